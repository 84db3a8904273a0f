"""Analyses of rows of the library: changes, the cycle, intervals.

Pure functions over the library's rows. Nothing here reads a file or asks the database.
"""
