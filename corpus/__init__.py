"""What a document is, and how a file becomes one.

The lowest of the three packages: it imports neither `index` nor `textmine`. Internal to
textmine; library users import `textmine`.
"""
