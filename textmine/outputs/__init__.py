"""Output formats, one function each, looked up by name.

A row is an ordered mapping from column to a value that JSON can hold. Formats for machines keep
nested values; formats for people flatten them.
"""

from __future__ import annotations

from .columns import ColumnType, type_of
from .formats import OUTPUTS, Output, Row, output

__all__ = ["OUTPUTS", "ColumnType", "Output", "Row", "output", "type_of"]
