"""Storage: the SQLite file, its schema, the originals, packed columns."""
