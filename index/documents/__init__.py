"""Documents in the library: rows in and out, provenance, corrections, the file log."""
