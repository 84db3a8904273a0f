"""Output formats, one function each, looked up by name or by the ending of a file.

A row is an ordered mapping from column to a value that JSON can hold. Formats for machines keep
nested values; formats for people flatten them.
"""

from __future__ import annotations

from . import parquet, spreadsheet, word  # each registers its format
from .columns import COLUMNS, Column, ColumnType, describe, type_of
from .formats import OUTPUTS, Output, format_of, output
from .spool import Row, flatten

__all__ = [
    "COLUMNS",
    "OUTPUTS",
    "Column",
    "ColumnType",
    "Output",
    "Row",
    "describe",
    "flatten",
    "format_of",
    "output",
    "parquet",
    "spreadsheet",
    "type_of",
    "word",
]
