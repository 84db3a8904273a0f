"""Ingest and refresh: files into rows, through worker processes."""
