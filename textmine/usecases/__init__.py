"""Use cases: called by command line, page and notebooks; they print and parse nothing."""
