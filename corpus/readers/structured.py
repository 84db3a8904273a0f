"""Structured files (Word, web pages): their parts laid out as pages of lines.

Each part becomes one line with its role, so that layout analysis need not infer it. Positions are
synthetic: parts are placed one below the other, cells of a row side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from ..model import Line, Page, PassageKind
from .repair import repair

BODY = 12.0
HEADINGS = (22.0, 18.0, 16.0, 14.0)
"""Sizes of a title and of headings of the first, second and third level; the rest are as the
third."""

WIDTH, HEIGHT = 595.0, 842.0
MARGIN = 72.0
APART = 3.5
"""From part to part, in ems: no two of them are lines of one paragraph."""

_CHARACTER = 0.5
"""The width of a character, in ems."""


class Part(NamedTuple):
    """A paragraph, heading, item or cell. `level` is a heading's: 0 is a title, 1 the first.

    Cells of one row have the same `row`, and it is no other row's; other parts have none. A cell
    may be empty, so that those after it keep their columns.
    """

    role: PassageKind
    text: str
    page: int = 1
    level: int = 0
    bold: bool = False
    row: int = 0
    column: int = 0


def pages(parts: Iterable[Part]) -> tuple[Page, ...]:
    """Lay out parts on their pages; there is always a first page."""
    found = [_page(number, each) for number, each in groupby(parts, lambda part: part.page)]
    return tuple(found) or (Page(1, WIDTH, HEIGHT, ()),)


def _page(number: int, parts: Iterable[Part]) -> Page:
    lines = tuple(_lines(parts))
    bottom = lines[-1].y1 + MARGIN if lines else HEIGHT
    return Page(number, WIDTH, max(HEIGHT, bottom), lines)


def _lines(parts: Iterable[Part]) -> Iterator[Line]:
    top, row = MARGIN, 0
    for part in parts:
        text, _ = repair(part.text)
        if not text and not part.row:
            continue
        size = HEADINGS[min(part.level, len(HEADINGS) - 1)] if part.role == "heading" else BODY
        if not (part.row and part.row == row):
            top += APART * size
        row = part.row
        left = MARGIN + part.column * (WIDTH - 2 * MARGIN) / 4
        right = left + len(text) * size * _CHARACTER
        bold = part.bold or part.role == "heading"
        yield Line(text, left, top, right, top + size, size, bold, role=part.role)
