"""The reading package: from a file to a document with its fields and passages.

The lowest of the three packages: it imports neither `index` nor `textmine`. Internal to
textmine; library users import `textmine`.
"""
