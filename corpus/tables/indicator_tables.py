"""Indicator tables, ruled or not: measures with values by period, targets, comparators.

Positions define the cells: a line is split at its wide spaces, lines at one height are a row, and
white space through all rows separates columns. It is a table, rather than text in columns, if
most cells beside the first column are numbers or single words. Further lines of a measure that
wraps belong to the nearest row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from ..layout.blocks import Block, PageLine
from ..model import Line

COLUMNS = 3
"""A table of data has at least so many columns."""

ROWS = 2
"""And so many rows with that many cells."""

WHITE = 3.0
"""Columns are parted by at least so many points of white."""

APART = 3.2
"""A row begins at most so many ems below the one before it; a wrapped heading is that high."""

SHORT = 24
"""A cell of data has at most so many characters."""

_VALUE = re.compile(
    r"[~<>≤≥+–−-]?\s?£?\d[\d,.]*\s?(?:%|per cent|pp|[km]|days?|weeks?|months?)?[*^†]?"
    r"|(?:red|amber|green|n/?a|nil|none|tbc|yes|no|[–−—-]|\*|c|x)",
    re.IGNORECASE,
)


class _Piece(NamedTuple):
    """A stretch of a line without a wide space in it; `source` is the line's number in the flow."""

    source: int
    placed: PageLine

    @property
    def line(self) -> Line:
        return self.placed.line


@dataclass(slots=True)
class _Row:
    """Pieces at one height, from left to right."""

    pieces: list[_Piece]
    top: float = 0.0
    size: float = 0.0
    cells: list[list[_Piece]] = field(default_factory=list)


def data_tables(flow: Sequence[PageLine]) -> dict[PageLine, list[Block]]:
    """The lines of indicator tables; the first maps to one block per row, the rest to none."""
    ready: dict[PageLine, list[Block]] = {}
    for _, page in groupby(flow, key=attrgetter("page")):
        lines = list(page)
        if _may_hold_one(lines):
            for rows in _tables(lines):
                sources = sorted({p.source for row in rows for cell in row.cells for p in cell})
                ready |= {lines[source]: [] for source in sources}
                ready[lines[sources[0]]] = [_block(row) for row in rows]
    return ready


def _may_hold_one(lines: Sequence[PageLine]) -> bool:
    """A look that costs little: lines with several wide spaces, or several lines at one height."""
    if lines[0].line.role:
        return False  # the file itself says what its tables are
    if sum(len(placed.line.gaps) >= COLUMNS - 1 for placed in lines) >= ROWS:
        return True
    heights: dict[int, int] = {}
    for placed in lines:
        height = round(placed.line.y1)
        heights[height] = heights.get(height, 0) + 1 + len(placed.line.gaps)
    return sum(count >= COLUMNS for count in heights.values()) >= ROWS


def _tables(lines: Sequence[PageLine]) -> Iterator[list[_Row]]:
    rows = list(_rows(lines))
    place = 0
    while place < len(rows):
        stretch = _stretch(rows, place)
        table = _table(stretch) if stretch else None
        if table:
            yield table
        place += max(len(stretch), 1)


def _rows(lines: Sequence[PageLine]) -> Iterator[_Row]:
    """The pieces of a page, row by row from the top."""
    pieces = [piece for source, placed in enumerate(lines) for piece in _pieces(source, placed)]
    row: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.line.y1):
        if row and piece.line.y1 - row[0].line.y1 > row[0].line.size / 2:
            yield _row(row)
            row = []
        row.append(piece)
    if row:
        yield _row(row)


def _row(pieces: list[_Piece]) -> _Row:
    pieces.sort(key=lambda piece: piece.line.x0)
    first = pieces[0].line
    return _Row(pieces, top=first.y0, size=first.size)


def _pieces(source: int, placed: PageLine) -> Iterator[_Piece]:
    line = placed.line
    begin, left = 0, line.x0
    for gap in line.gaps:
        text = line.text[begin : gap.offset].strip()
        yield _Piece(source, _cut(placed, text, left, gap.left))
        begin, left = gap.offset, gap.right
    yield _Piece(source, _cut(placed, line.text[begin:].strip(), left, line.x1))


def _cut(placed: PageLine, text: str, left: float, right: float) -> PageLine:
    return placed._replace(line=placed.line._replace(text=text, x0=left, x1=right, gaps=()), skip=0)


def _stretch(rows: Sequence[_Row], place: int) -> list[_Row]:
    """Rows from the first with enough cells on that may be a table, wrapped lines among them."""
    if len(rows[place].pieces) < COLUMNS - 1:
        return []
    found = [rows[place]]
    for row in rows[place + 1 :]:
        last = found[-1]
        if row.top - last.top > APART * last.size or _is_prose(row, found):
            break
        found.append(row)
    while found and len(found[-1].pieces) == 1 and not _is_wrapped(found):
        found.pop()
    return found


def _is_prose(row: _Row, table: Sequence[_Row]) -> bool:
    """A line that runs over the gutters of the table is text after it."""
    full = [other for other in table if len(other.pieces) >= COLUMNS]
    if not full or len(row.pieces) > 1:
        return False
    line = row.pieces[0].line
    return line.x1 > min(other.pieces[1].line.x0 for other in full) and line.x0 < min(
        other.pieces[0].line.x1 for other in full
    )


def _is_wrapped(table: Sequence[_Row]) -> bool:
    """Whether the last row is the rest of a cell of the one before it."""
    last, before = table[-1], table[-2] if len(table) > 1 else table[-1]
    return last is not before and last.top - before.top < 1.4 * last.size


def _table(stretch: list[_Row]) -> list[_Row] | None:
    """The rows with their cells, where they are a table of data."""
    full = [row for row in stretch if len(row.pieces) >= COLUMNS]
    if len(full) < ROWS:
        return None
    columns = _columns(stretch)
    most = max(len(row.pieces) for row in full)
    fullest = [row for row in full if len(row.pieces) == most]
    if len(columns) < most and len(fullest) >= ROWS:
        # A long label reaches over the white that parts the columns of all other rows.
        columns = _columns(fullest)
        for row in stretch:
            row.pieces = [part for piece in row.pieces for part in _parted(piece, columns)]
    if len(columns) < COLUMNS:
        return None
    for row in stretch:
        row.cells = [[] for _ in columns]
        for piece in row.pieces:
            middle = (piece.line.x0 + piece.line.x1) / 2
            nearest = min(columns, key=lambda column: max(column[0] - middle, middle - column[1]))
            row.cells[columns.index(nearest)].append(piece)
    rows = _whole(stretch)
    values = [_words(cell) for row in rows[1:] for cell in row.cells[1:] if cell]
    data = sum(len(words) <= SHORT and bool(_VALUE.fullmatch(words)) for words in values)
    return rows if len(rows) > 1 and values and 2 * data >= len(values) else None


def _columns(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """The columns from left to right: between them is white in every row."""
    spans = sorted(
        (piece.line.x0, piece.line.x1)
        for row in rows
        if len(row.pieces) > 1
        for piece in row.pieces
    )
    columns = [spans[0]]
    for left, right in spans[1:]:
        if left - columns[-1][1] < WHITE:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _parted(piece: _Piece, columns: Sequence[tuple[float, float]]) -> Iterator[_Piece]:
    """A label that reaches into the next column, and the value that stands right after it."""
    line = piece.line
    beyond = next((left for left, _ in columns[1:] if line.x0 < left < line.x1 - WHITE), None)
    label, _, value = line.text.rpartition(" ")
    if beyond is None or not label or not _VALUE.fullmatch(value):
        yield piece
        return
    middle = max(beyond, line.x1 - len(value) * line.size)
    yield _Piece(piece.source, _cut(piece.placed, label, line.x0, middle))
    yield _Piece(piece.source, _cut(piece.placed, value, middle, line.x1))


def _whole(stretch: Sequence[_Row]) -> list[_Row]:
    """The rows with the lines that wrapped put back: to the nearest row that has values."""
    anchors = [row for row in stretch if sum(map(bool, row.cells)) >= COLUMNS]
    for row in stretch:
        if row not in anchors:
            nearest = min(anchors, key=lambda anchor: abs(anchor.top - row.top))
            for cell, more in zip(nearest.cells, row.cells, strict=True):
                cell.extend(more)
    for row in anchors:
        for cell in row.cells:
            cell.sort(key=lambda piece: (round(piece.line.y1), piece.line.x0))
    return anchors


def _words(cell: Sequence[_Piece]) -> str:
    return " ".join(piece.line.text for piece in cell)


def _block(row: _Row) -> Block:
    """A row as a block; a cell that is empty holds one empty line, so that columns stay in step."""
    lines: list[PageLine] = []
    begins: list[int] = []
    some = row.pieces[0].placed
    for cell in row.cells:
        begins.append(len(lines))
        blank = some._replace(line=some.line._replace(text="", gaps=()), skip=0)
        lines += [piece.placed for piece in cell] or [blank]
    return Block("table_row", lines, size=row.size, cells=tuple(begins[1:]))
