"""The plain text reader: a form feed ends a page, a blank line a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ..errors import NotADocument
from ..limits import Limits
from ..model import Gap, Line, Page, RawDocument
from .copied_text import Shape, headings, pages_of, restored, shape_of, without_running
from .encoding import decoded
from .repair import repair

SIZE = 12.0
CHARACTER = SIZE / 2
_WIDE = re.compile(r"(?<=\S) {3,}(?=\S)")
STEP = 14.0
BLANK = 2 * STEP
"""An empty line sets paragraphs apart, however few lines there are to compare it with."""

MARGIN = 72.0
WIDTH, HEIGHT = 595.0, 842.0
PER_PAGE = int((HEIGHT - 2 * MARGIN) / STEP)
"""Lines on a page of our own making, where the text says nothing of pages."""

UNWRAPPED = 140
"""A file with longer lines than this breaks them only at the end of a paragraph."""

SHORT = 0.7
"""A line of less than this share of the longest was ended on purpose."""

ODD = 0.05
"""More control characters than this share, and it is no text."""


def read_text(data: bytes, limits: Limits) -> RawDocument:
    """The lines of a text file, in whatever encoding it is.

    Raises NotADocument where it is no text, Unreadable where it has too many pages.
    """
    text = _decode(data)
    limits.check("pages", text.count("\f") + 1)
    chunks = without_running(pages_of(restored(text)))
    shape = shape_of([line for chunk in chunks for line in chunk])
    if len(chunks) == 1:
        chunks = _paged(chunks[0])
        limits.check("pages", len(chunks))
    pages = tuple(_page(number, chunk, shape) for number, chunk in enumerate(chunks, start=1))
    return RawDocument("text/plain", pages)


def _page(number: int, texts: Sequence[str], shape: Shape) -> Page:
    lines = tuple(_place(texts, shape))
    # The last lines stand at the foot, where a running foot is looked for.
    height = lines[-1].y1 + MARGIN if lines else HEIGHT
    return Page(number, WIDTH, height, lines)


def _place(texts: Sequence[str], shape: Shape) -> Iterator[Line]:
    """Sets lines of text on an imagined page, so that layout has geometry to read."""
    top = MARGIN
    heads = headings(texts, shape)
    for index, (raw, below) in enumerate(zip_longest(texts, texts[1:], fillvalue="")):
        text, lead = repair(raw.expandtabs())
        if text:
            left = MARGIN + lead * CHARACTER
            right = left + len(raw.strip()) * CHARACTER
            gaps = tuple(_gaps(raw.expandtabs().strip(), left))
            yield Line(text, left, top, right, top + SIZE, SIZE, index in heads, gaps)
        top += STEP if text else BLANK
        whole = {index, index + 1} <= heads and (shape.blanks or below.strip()[:1].islower())
        if text and below.strip() and not whole and _ends(text, below, shape.full):
            top += BLANK


def _gaps(text: str, left: float) -> Iterator[Gap]:
    """The wide spaces of a line, as copies that keep the columns of a page have them."""
    for match in _WIDE.finditer(text):
        offset = len(repair(text[: match.end()] + "x")[0]) - 1
        yield Gap(offset, left + match.start() * CHARACTER, left + match.end() * CHARACTER)


def _ends(text: str, below: str, full: int) -> bool:
    """Whether a paragraph ends with this line: the next word would have fitted into it.

    In a file with very long lines each line is a paragraph.
    """
    fitting = len(text) + 1 + len(below.split(maxsplit=1)[0])
    return full > UNWRAPPED or fitting < SHORT * full


def _decode(data: bytes) -> str:
    text = decoded(data)
    odd = sum(char < " " and char not in "\t\r\n\f" for char in text)
    if odd + text.count("\ufffd") > ODD * len(text):
        raise NotADocument("not a format that textmine reads (PDF, Word, HTML or text)")
    return text


def _paged(lines: list[str]) -> list[list[str]]:
    return [lines[i : i + PER_PAGE] for i in range(0, len(lines), PER_PAGE)] or [[]]
