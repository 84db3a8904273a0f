"""Action tables: one demand per row, beside the body responsible for it.

Rows are so close together that text positions do not show where one ends, so the ruled cells of
these pages, and of no others, are read (`pdf.plumber`). Cells only group lines, which remain
those that PDFium read. A row may continue after a page break, and the last rows of a page may
lack rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..layout.blocks import Block, PageLine
from ..model import Line
from ..readers import TableReader

EDGE = 4.0
"""A row of the table begins at most this many points from the table's or a column's edge."""

_ENDS = re.compile(r"[.!?][’”'\")\d]*$")


class _Band(NamedTuple):
    """A ruled row on a page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    column: float | None
    """Where its second cell begins."""


@dataclass(slots=True)
class _Row:
    """A row as it grows: the lines of its two cells."""

    page: int
    band: _Band | None
    body: list[PageLine] = field(default_factory=list)
    demand: list[PageLine] = field(default_factory=list)
    bulleted: list[bool] = field(default_factory=list)
    number: str | None = None


def in_rows(blocks: Sequence[Block], tables: TableReader) -> list[Block]:
    """The blocks of an action table, one per row; the responsible body's cell precedes its row.

    Where a page has no rules, its blocks remain rows as the layout found them.
    """
    bands = _bands(blocks, tables)
    rows = _merged(list(_rows(blocks, bands)))
    found: list[Block] = []
    responsible: str | None = None
    for row in rows:
        if row.body:
            cell = Block("table_row", row.body)
            responsible = cell.text
            found.append(cell)
        if row.demand:
            lines = [
                _marked(placed) if bulleted and index else placed
                for index, (placed, bulleted) in enumerate(
                    zip(row.demand, row.bulleted, strict=True)
                )
            ]
            found.append(Block("paragraph", lines, row.number, responsible=responsible))
    return found


def _bands(blocks: Sequence[Block], tables: TableReader) -> list[_Band]:
    """The ruled rows that hold any of the blocks, boxes inside a cell left out."""
    lines = [placed for block in blocks for placed in block.lines]
    pages = sorted({placed.page for placed in lines})
    every = [
        _band(page, cells) for page in pages for rows in tables(page) for cells in rows if cells
    ]
    every = [band for band in every if any(_holds(band, placed) for placed in lines)]
    outer = [band for band in every if not any(_inside(band, other) for other in every)]
    left = min((band.left for band in outer), default=0.0)
    edges = {left, *(band.column for band in outer if band.column)}
    return [band for band in outer if any(abs(band.left - edge) <= EDGE for edge in edges)]


def _band(page: int, cells: Sequence[Line]) -> _Band:
    first = cells[0]
    right = max(cell.x1 for cell in cells)
    column = next((cell.x0 for cell in cells[1:] if cell.x0 >= first.x1 - EDGE), None)
    bottom = max(cell.y1 for cell in cells)
    return _Band(page, first.x0, first.y0, right, bottom, column)


def _inside(band: _Band, other: _Band) -> bool:
    narrower = band.right - band.left < other.right - other.left
    level = band.page == other.page and other.top - EDGE <= band.top < other.bottom - EDGE
    return narrower and level and band.left >= other.left


def _rows(blocks: Sequence[Block], bands: Sequence[_Band]) -> Iterator[_Row]:
    """Rows in reading order; a line without rules goes on with its block or begins a row."""
    rows: dict[object, _Row] = {}
    column = next((band.column for band in bands if band.column), None)
    for place, block in enumerate(blocks):
        current: _Row | None = None
        for index, whole in enumerate(block.lines):
            band = next((band for band in bands if _holds(band, whole)), None)
            if band or current is None:
                key = band or place
                current = rows.setdefault(key, _Row(whole.page, band))
            for placed in _split(whole, column):
                if column and placed.line.x0 < column - EDGE:
                    current.body.append(placed)
                else:
                    if not current.demand:
                        current.number = block.number
                    current.demand.append(placed)
                    current.bulleted.append(block.kind == "bullet" and index == 0)
    yield from rows.values()


def _holds(band: _Band, placed: PageLine) -> bool:
    line = placed.line
    return placed.page == band.page and band.top <= (line.y0 + line.y1) / 2 <= band.bottom


def _split(placed: PageLine, column: float | None) -> Iterator[PageLine]:
    """A line that runs over both columns as the parts that stand in each."""
    line = placed.line
    gap = next((gap for gap in line.gaps if column and gap.left <= column <= gap.right), None)
    if gap is None:
        yield placed
        return
    before, behind = line.text[: gap.offset].strip(), line.text[gap.offset :].strip()
    yield placed._replace(line=line._replace(text=before, x1=gap.left, gaps=()))
    yield PageLine(placed.page, line._replace(text=behind, x0=gap.right, gaps=()))


def _merged(rows: Sequence[_Row]) -> Iterator[_Row]:
    """Rows joined again that a page break or the lack of rules had parted."""
    held: _Row | None = None
    for row in rows:
        if held and _goes_on(held, row):
            held.body += row.body
            held.demand += row.demand
            held.bulleted += row.bulleted
            held.page = row.page
        else:
            if held:
                yield held
            held = row
    if held:
        yield held


def _goes_on(row: _Row, other: _Row) -> bool:
    """Whether the second row is the rest of the first."""
    if not row.demand or not other.demand:
        return False
    last, first = row.demand[-1].line.text, other.demand[0].line.text
    in_list = (
        other.bulleted[0] and not row.bulleted[0] and (last.endswith(":") or any(row.bulleted))
    )
    if row.page != other.page:
        unfinished = not _ENDS.search(last) or first[:1].islower()
        return unfinished or in_list or bool(row.body and not other.body)
    return in_list and not (row.band and other.band)


def _marked(placed: PageLine) -> PageLine:
    """A bullet inside a row, marked alike whatever glyph was printed."""
    line = placed.line
    return PageLine(placed.page, line._replace(text=f"• {line.text[placed.skip :].strip()}"))
