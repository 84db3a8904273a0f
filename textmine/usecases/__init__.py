"""Use cases: what command line, page and notebooks ask for; they print and parse nothing."""
