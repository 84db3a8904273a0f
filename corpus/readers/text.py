"""The plain text reader: a form feed ends a page, a blank line a paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ..errors import NotADocument
from ..model import Line, Page, RawDocument
from .repair import repair

SIZE = 12.0
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


def read_text(data: bytes) -> RawDocument:
    """The lines of a text file in UTF-8 or, failing that, Windows-1252."""
    text = _decode(data)
    chunks = text.split("\f") if "\f" in text else _paged(text.splitlines())
    full = max(map(len, text.splitlines()), default=0)
    pages = tuple(
        Page(number, WIDTH, HEIGHT, tuple(_place(chunk.splitlines(), full)))
        for number, chunk in enumerate(chunks, start=1)
    )
    return RawDocument("text/plain", pages)


def _place(texts: Sequence[str], full: int) -> Iterator[Line]:
    """Sets lines of text on an imagined page, so that layout has geometry to read.

    `full` is the length of the longest line of the file.
    """
    top = MARGIN
    for raw, below in zip_longest(texts, texts[1:], fillvalue=""):
        text, _ = repair(raw)
        if text:
            right = MARGIN + len(text) * SIZE / 2
            yield Line(text, MARGIN, top, right, top + SIZE, SIZE, bold=False)
        top += STEP if text else BLANK
        if text and below.strip() and _ends(text, below, full):
            top += BLANK


def _ends(text: str, below: str, full: int) -> bool:
    """Whether a paragraph ends with this line: the next word would have fitted into it.

    In a file with very long lines each line is a paragraph.
    """
    fitting = len(text) + 1 + len(below.split(maxsplit=1)[0])
    return full > UNWRAPPED or fitting < SHORT * full


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    odd = sum(char < " " and char not in "\t\r\n\f" for char in text)
    if odd + text.count("\ufffd") > ODD * len(text):
        raise NotADocument("not a format that textmine reads (PDF, Word, HTML or text)")
    return text


def _paged(lines: list[str]) -> list[str]:
    return ["\n".join(lines[i : i + PER_PAGE]) for i in range(0, len(lines), PER_PAGE)] or [""]
