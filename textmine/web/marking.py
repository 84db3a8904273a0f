"""Marking: texts cut into pieces that are marked or not, and boxes on the picture of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from corpus.model import Document

_WIDTHS: Final = {
    **dict.fromkeys("ijl'|.,:;!Iftr()[]/-\\ ", 0.30),
    **dict.fromkeys("mwMW@%", 0.86),
    **dict.fromkeys("ABCDEGHKNOPQRSUVXY&", 0.69),
    **dict.fromkeys("cksvxyzJ", 0.50),
}
"""About how wide letters are, in ems: enough to find a word within its printed line."""
_USUAL: Final = 0.556
_MARGIN: Final = 1.0
"""Points around a box."""


class Piece(NamedTuple):
    """A piece of a text; `kind` is how it is marked, empty where it is not."""

    text: str
    kind: str = ""
    words: bool = False
    """Whether words of the query stand here."""


class Box(NamedTuple):
    """A box on a page, in points from the top left corner."""

    x: float
    y: float
    width: float
    height: float
    kind: str


def pieces(
    text: str,
    ranges: Iterable[tuple[int, int]],
    marks: Sequence[tuple[int, int, str]] = (),
) -> tuple[Piece, ...]:
    """A text in pieces: ranges hold words of the query, marks are findings with their polarity."""
    found = tuple(ranges)
    cuts = {0, len(text)}
    for start, end in (*found, *((start, end) for start, end, _ in marks)):
        cuts |= {min(max(start, 0), len(text)), min(max(end, 0), len(text))}
    ordered = sorted(cuts)
    return tuple(
        Piece(
            text[start:end],
            next((kind for a, b, kind in marks if a <= start and end <= b), ""),
            any(a <= start and end <= b for a, b in found),
        )
        for start, end in pairwise(ordered)
    )


def boxes(document: Document, start: int, end: int, kind: str) -> Iterator[tuple[int, Box]]:
    """The boxes around the characters of a range, each with its page."""
    for line in document.boxes(start, end):
        printed = document.text[line.start : line.end]
        whole = _width(printed) or 1.0
        first = _width(printed[: max(start - line.start, 0)]) / whole
        last = _width(printed[: min(end, line.end) - line.start]) / whole
        across = line.x1 - line.x0
        yield (
            line.page,
            Box(
                round(line.x0 + first * across - _MARGIN, 1),
                round(line.y0 - _MARGIN, 1),
                round((last - first) * across + 2 * _MARGIN, 1),
                round(line.y1 - line.y0 + 2 * _MARGIN, 1),
                kind,
            ),
        )


def _width(text: str) -> float:
    return sum(_WIDTHS.get(letter, _USUAL) for letter in text)
