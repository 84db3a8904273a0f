"""What moved, what recurs and where authorities stand: computed from what the library holds.

Pure functions over the library's rows. Nothing here reads a file or asks the database.
"""
