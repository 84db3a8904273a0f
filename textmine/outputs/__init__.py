"""Output formats, one function each, looked up by name.

A row is an ordered mapping from column to a value that JSON can hold. Formats for machines keep
nested values; formats for people flatten them.
"""

from __future__ import annotations

from .formats import OUTPUTS, Output, Row

__all__ = ["OUTPUTS", "Output", "Row"]
