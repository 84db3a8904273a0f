"""Ingest and refresh: files into rows, through worker processes that can be killed."""
