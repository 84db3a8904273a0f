"""Ruled tables, with pdfplumber: slow, so asked only where geometry cannot settle a table."""

from __future__ import annotations

import io

import pdfplumber

from ..model import Line
from .repair import repair


def read_tables(data: bytes, page: int) -> tuple[tuple[tuple[Line, ...], ...], ...]:
    """The ruled tables of a page (from 1): rows of cells, each cell one line with its box.

    Empty cells are left out. A page that pdfplumber cannot read has no tables.
    """
    with pdfplumber.open(io.BytesIO(data), pages=[page]) as document:
        found = document.pages[0].find_tables() if document.pages else []
        tables = []
        for table in found:
            texts = table.extract()
            rows = zip(table.rows, texts, strict=True)
            tables.append(tuple(_row(row.cells, cells) for row, cells in rows))
        return tuple(tables)


def _row(
    boxes: list[tuple[float, float, float, float] | None], texts: list[str | None]
) -> tuple[Line, ...]:
    cells = []
    for box, text in zip(boxes, texts, strict=False):
        if box is None or not text:
            continue
        words = repair(" ".join(text.split()))[0]
        x0, y0, x1, y1 = (round(edge, 1) for edge in box)
        cells.append(Line(words, x0, y0, x1, y1, size=0.0, bold=False))
    return tuple(cells)
