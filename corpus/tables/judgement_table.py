"""Judgement tables: rows of an area and its grade, at the head of a report.

Lines are split at their wide spaces; text in the grade column is a grade, the rest a label.
Labels and grades may wrap and need not be level, so both are grouped by their own line spacing
and matched by height. If a row lacks a grade, or a grade a row, the result is inconclusive, and
the caller uses the ruled cells of a slower reader (`readers.pdf.plumber`).

Reports from 2018 have column headings; those of 2013 to 2018 print numbered rows without a
header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..frameworks import GRADE_WORDS, grade_of
from ..layout.blocks import PageLine
from ..model import Line

SAME_CELL = 1.5
"""Lines of one cell are at most this many ems apart, from top to top."""

PAGE = 10_000.0
"""More than any page is high, in points."""

NUMBERED_LINES = 14
"""A table without a header has at most so many lines: five rows, each over two or three."""

INDENT = 120.0
"""A table's grades begin at least this far right of its labels, in points."""

SLACK = 6.0
"""A cell begins at the grade column if it begins at most this far left of it, in points."""

_NUMBERED = re.compile(r"1\.?\s+children who need help\b", re.IGNORECASE)
_GRADE_WORD = re.compile(rf"(?:{'|'.join(map(re.escape, GRADE_WORDS))}|not)\b", re.IGNORECASE)
_HEADER = re.compile(r"(?:key )?judge?ments?(?: area)?\b.*\bgrades?", re.IGNORECASE)
_NOT_JUDGED = re.compile(r"not\s+(?:judged|graded|inspected)", re.IGNORECASE)


def is_not_judged(printed: str) -> bool:
    """Whether a cell says "not judged"."""
    return bool(_NOT_JUDGED.search(printed))


class Piece(NamedTuple):
    """A part of a printed line: one cell's words."""

    placed: PageLine
    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the pieces of its label and of its grade, in reading order."""

    label: tuple[Piece, ...]
    grade: tuple[Piece, ...]

    @property
    def label_text(self) -> str:
        return " ".join(piece.text for piece in self.label)

    @property
    def grade_text(self) -> str:
        return " ".join(piece.text for piece in self.grade)


@dataclass(frozen=True, slots=True)
class GradeTable:
    """A judgement table: rows, header, and whether every row has a grade."""

    header: tuple[PageLine, ...]
    """Its lines; none where the table has no header."""
    rows: tuple[Row, ...]
    conclusive: bool
    replaced: tuple[PageLine, ...] = ()
    """Lines of the flow that the rows stand for, where the rows were read from ruled cells."""

    @property
    def page(self) -> int:
        """The page on which the table begins."""
        return next(self.lines()).page

    def lines(self) -> Iterator[PageLine]:
        """Every line of the table, the header first, each once."""
        pieces = (piece.placed for row in self.rows for piece in (*row.label, *row.grade))
        yield from dict.fromkeys((*self.header, *self.replaced, *pieces))


def find_grade_table(flow: Sequence[PageLine]) -> GradeTable | None:
    """The first judgement table among lines, if any."""
    for index, placed in enumerate(flow):
        line = placed.line
        if _NUMBERED.match(line.text):
            return _numbered(flow[index:])
        if line.gaps and _HEADER.fullmatch(line.text):
            return _read((placed,), line.gaps[-1].right, flow[index + 1 :])
        behind = flow[index + 1] if index + 1 < len(flow) else placed
        level = behind.page == placed.page and abs(behind.line.y0 - line.y0) < line.size
        if level and _HEADER.fullmatch(f"{line.text} {behind.line.text}"):
            return _read((placed, behind), behind.line.x0, flow[index + 2 :])
    return None


def _numbered(flow: Sequence[PageLine]) -> GradeTable | None:
    """A table without a header: the column is where the grades begin."""
    label = flow[0].line.x0
    right = [
        piece.x0
        for placed in flow[:NUMBERED_LINES]
        for piece in pieces_of(placed)
        if piece.x0 > label + INDENT and _GRADE_WORD.match(piece.text)
    ]
    table = _read((), min(right), flow) if right else None
    return table if table and table.rows else None


def _read(header: tuple[PageLine, ...], column: float, below: Sequence[PageLine]) -> GradeTable:
    left: list[Piece] = []
    right: list[Piece] = []
    first = (header or below)[0].page
    for placed in below:
        pieces = list(pieces_of(placed))
        over = placed.page > first + 1
        if over or any(_runs_through(piece, column) for piece in pieces):
            break
        for piece in pieces:
            (right if piece.x0 >= column - SLACK else left).append(piece)
    labels, grades = list(_cells(left)), [cell for cell in _cells(right) if _is_grade(cell)]
    rows, conclusive = _match(labels, grades)
    return GradeTable(header, rows, conclusive)


def pieces_of(placed: PageLine) -> Iterator[Piece]:
    """The stretches of a line between its wide spaces."""
    line = placed.line
    start, x0 = 0, line.x0
    for gap in line.gaps:
        yield Piece(placed, line.text[start : gap.offset].strip(), x0, gap.left)
        start, x0 = gap.offset, gap.right
    yield Piece(placed, line.text[start:].strip(), x0, line.x1)


def _runs_through(piece: Piece, column: float) -> bool:
    """Running text, which crosses the grade column, ends the table."""
    return piece.x0 < column - SLACK and piece.x1 > column + 2 * SLACK


def _cells(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    cell: list[Piece] = []
    for piece in sorted(pieces, key=_top):
        if cell and _top(piece) - _top(cell[-1]) > SAME_CELL * piece.placed.line.size:
            yield tuple(cell)
            cell = []
        cell.append(piece)
    if cell:
        yield tuple(cell)


def _is_grade(cell: Sequence[Piece]) -> bool:
    text = " ".join(piece.text for piece in cell)
    return grade_of(text) is not None or is_not_judged(text)


def _match(
    labels: list[tuple[Piece, ...]], grades: list[tuple[Piece, ...]]
) -> tuple[tuple[Row, ...], bool]:
    """Each grade goes to the label that it is most level with."""
    taken: dict[int, tuple[Piece, ...]] = {}
    conclusive = bool(grades)
    for grade in grades:
        nearest = min(range(len(labels)), key=lambda i: _apart(labels[i], grade), default=None)
        if nearest is None or nearest in taken:
            conclusive = False
        else:
            taken[nearest] = grade
    if taken and set(range(max(taken) + 1)) != set(taken):
        conclusive = False
    return tuple(Row(labels[i], taken[i]) for i in sorted(taken)), conclusive


def _apart(one: Sequence[Piece], other: Sequence[Piece]) -> float:
    return abs(_middle(one) - _middle(other))


def _middle(cell: Sequence[Piece]) -> float:
    return (_top(cell[0]) + _top(cell[-1])) / 2


def _top(piece: Piece) -> float:
    """The height of a piece, one page below the other: a table may run over a page break."""
    return piece.placed.page * PAGE + piece.placed.line.y0


def table_from_cells(
    table: GradeTable,
    ruled: Iterable[Sequence[Sequence[Line]]],
    flow: Sequence[PageLine],
) -> GradeTable | None:
    """The judgement table from a page's ruled cells; None if it stays inconclusive.

    `flow` are the page's lines: those inside the ruled table are replaced by its cells.
    """
    page = table.page
    for rows in ruled:
        graded = [
            cells for cells in rows if len(cells) > 1 and _is_grade([_piece(page, cells[-1])])
        ]
        if len(graded) >= max(2, len(table.rows)):
            pairs = [Row((_piece(page, row[0]),), (_piece(page, row[-1]),)) for row in graded]
            edges = [line for cells in graded for line in cells]
            inside = tuple(
                placed for placed in flow if placed.page == page and _within(placed.line, edges)
            )
            return GradeTable(table.header, tuple(pairs), conclusive=True, replaced=inside)
    return None


def _piece(page: int, cell: Line) -> Piece:
    return Piece(PageLine(page, cell), cell.text, cell.x0, cell.x1)


def _within(line: Line, cells: Sequence[Line]) -> bool:
    top, bottom = min(cell.y0 for cell in cells), max(cell.y1 for cell in cells)
    return top - 1 <= line.y0 and line.y1 <= bottom + 1
