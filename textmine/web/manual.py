"""The manual of the query language as parts of a page, from the text that the commands print.

It reads only what that text uses: headings, paragraphs, bullets, tables, code and bold words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple

from ..syntax import page

ELSEWHERE: Final = frozenset({"More ways to use a query", "Engines"})
"""Sections that are about commands only."""

_INLINE: Final = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*")


class Span(NamedTuple):
    """Some words, and what they are."""

    text: str
    kind: Literal["text", "code", "strong", "em"] = "text"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list of bullets, or a table."""

    kind: Literal["paragraph", "list", "table"]
    head: tuple[str, ...]
    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    """Rows of cells; of a list one cell each, of a paragraph one cell in all."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the manual."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """The sections that are about what one types."""
    found = []
    for part in page().split("\n## ")[1:]:
        title, _, text = part.partition("\n")
        if title not in ELSEWHERE:
            key = "-".join(re.findall(r"[a-z]+", title.lower()))
            found.append(Chapter(key, title, tuple(_blocks(text))))
    return tuple(found)


def _blocks(text: str) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.splitlines()
        if lines[0].startswith("|"):
            head, _, *rows = [_cells(line) for line in lines]
            spans = tuple(tuple(tuple(_spans(cell)) for cell in row) for row in rows)
            yield Block("table", tuple(head), spans)
        elif lines[0].startswith("- "):
            items = re.split(r"\n- ", part[2:])
            spans = tuple((tuple(_spans(_joined(item))),) for item in items)
            yield Block("list", (), spans)
        else:
            yield Block("paragraph", (), ((tuple(_spans(_joined(part))),),))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split(" | ")]


def _joined(text: str) -> str:
    return " ".join(text.split())


def _spans(text: str) -> Iterator[Span]:
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            yield Span(text[at : found.start()])
        code, strong, em = found.groups()
        if code:
            yield Span(code, "code")
        else:
            yield Span(strong, "strong") if strong else Span(em, "em")
        at = found.end()
    if at < len(text):
        yield Span(text[at:])
