"""The library on disk: the SQLite file, its schema, the originals, packed columns."""
