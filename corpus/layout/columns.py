"""Column detection: pages with several columns, slides with text boxes side by side.

Lines that reach over a gutter divide a page into bands; in each band the lines left of the gutter
are read before those right of it, and both may be divided again. Tables have gutters too, and are
read in rows: a side counts as a column only when it holds running text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..model import Line, Page

GUTTER = 8.0
"""A gutter is at least so wide, in points."""

ROW = 1.8
"""A white band of so many ems over the whole page parts one row of boxes from the next."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What makes one side of a gutter a column.

    That is lines of so many words, how many of them there are, what share of its lines they are,
    and its width as a share of the page's.
    """

    words: int
    lines: int
    share: float
    width: float


_UPRIGHT = _Evidence(words=4, lines=5, share=0.6, width=0.33)
_SLIDE = _Evidence(words=3, lines=1, share=0.5, width=0.08)
"""A slide has few lines in boxes of any width; an upright page in two columns is full of them."""


def columns(page: Page) -> tuple[tuple[Line, ...], ...]:
    """The parts of a page in reading order; none for a page of one column."""
    if not page.lines or page.lines[0].role:
        return ()
    pieces = [piece for line in page.lines for piece in (_pieces(line) if line.gaps else (line,))]
    stretches = tuple(tuple(lines) for lines in _Divider(page).divide(pieces) if lines)
    return stretches if len(stretches) > 1 else ()


class _Divider:
    """Divides the lines of one page."""

    def __init__(self, page: Page) -> None:
        self._width = page.width
        self._slide = page.width > page.height
        self._evidence = _SLIDE if self._slide else _UPRIGHT

    def divide(self, lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
        """The lines in stretches, each from top to bottom."""
        gutter = self._gutter(lines)
        if gutter is None:
            yield sorted(lines, key=lambda line: line.y0)
            return
        ordered = sorted(lines, key=lambda line: line.y0)
        for over, band in groupby(ordered, key=lambda line: not _side(line, gutter)):
            if over:
                yield tuple(band)
            else:
                yield from self._band(tuple(band), gutter)

    def _band(self, band: Sequence[Line], gutter: float) -> Iterator[Sequence[Line]]:
        for row in self._rows(band, gutter):
            yield from self.divide([line for line in row if _side(line, gutter) < 0])
            yield from self.divide([line for line in row if _side(line, gutter) > 0])

    def _rows(self, band: Sequence[Line], gutter: float) -> Iterator[Sequence[Line]]:
        """Of a slide the rows of boxes, each with its head; else all in one.

        A row without heads of its own is one more row of a table, whose columns go on.
        """
        row: list[Line] = []
        for place, line in enumerate(band):
            if self._slide and row and _begins_boxes(row, band[place:], gutter):
                yield row
                row = []
            row.append(line)
        yield row

    def _gutter(self, lines: Sequence[Line]) -> float | None:
        """The left edge of a column that has another beside it."""
        if not lines:
            return None
        least = self._evidence.width * self._width
        left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
        begin = [line.x0 for line in lines if left + least < line.x0 < right - least]
        if len(begin) < self._evidence.lines:
            return None  # as on nearly every page
        return next((edge for edge in sorted(set(begin)) if self._parts(lines, edge)), None)

    def _parts(self, lines: Sequence[Line], gutter: float) -> bool:
        sides: dict[int, list[Line]] = {-1: [], 0: [], 1: []}
        for line in lines:
            sides[_side(line, gutter)].append(line)
        left, over, right = sides.values()
        if not (self._is_column(left) and self._is_column(right)):
            return False
        top = max(min(line.y0 for line in side) for side in (left, right))
        bottom = min(max(line.y1 for line in side) for side in (left, right))
        beside = sum(top <= line.y0 <= bottom for line in (*left, *right))
        across = sum(top < line.y0 < bottom for line in over)
        return bottom > top and across * 4 < beside

    def _is_column(self, side: Sequence[Line]) -> bool:
        wanted = self._evidence
        running = sum(len(line.text.split()) >= wanted.words for line in side)
        if running < max(wanted.lines, wanted.share * len(side)):
            return False
        width = max(line.x1 for line in side) - min(line.x0 for line in side)
        return width >= wanted.width * self._width


def _side(line: Line, gutter: float) -> int:
    """-1 left of the gutter, 1 right of it, 0 over it."""
    if line.x0 >= gutter - 1:
        return 1
    return -1 if line.x1 <= gutter - GUTTER else 0


def _begins_boxes(above: Sequence[Line], below: Sequence[Line], gutter: float) -> bool:
    """Whether a white band parts the lines, and heads stand below it on both sides."""
    first = below[0]
    if first.y0 - max(line.y1 for line in above) <= ROW * first.size:
        return False
    level = [line for line in below if line.y0 < first.y1]
    heads = all(line.bold for line in level) and not all(line.bold for line in above)
    return heads and {-1, 1} <= {_side(line, gutter) for line in level}


def _pieces(line: Line) -> Iterator[Line]:
    """The line, in parts where wide spaces part it."""
    start, left = 0, line.x0
    for gap in line.gaps:
        yield line._replace(
            text=line.text[start : gap.offset].strip(), x0=left, x1=gap.left, gaps=()
        )
        start, left = gap.offset, gap.right
    yield line._replace(text=line.text[start:].strip(), x0=left, gaps=()) if start else line
