"""The library on disk: SQLite, and the only place with SQL. Imports `corpus` alone."""
