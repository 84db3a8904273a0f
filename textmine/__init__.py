"""Findings from inspection reports of English children's services."""

__version__ = "0.1.0"
