"""Reports: lists and counts over the library."""
