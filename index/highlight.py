"""Where a passage matches, and the part of it worth showing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from .places import spans
from .terms import Words, words
from .tree import Near, Text

Range: TypeAlias = tuple[int, int]

WIDTH: Final = 40
"""Words of an excerpt."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a passage: its words, their place in the passage, and highlights in it."""

    text: str
    start: int
    end: int
    highlights: tuple[Range, ...]


def shown(text: str, texts: Sequence[Text | Near]) -> tuple[tuple[Range, ...], Excerpt]:
    """The highlights of a passage and its excerpt."""
    found = words(text)
    ranges = _ranges(found, texts)
    return ranges, _excerpt(text, found, ranges, WIDTH)


def highlights(text: str, texts: Sequence[Text | Near]) -> tuple[Range, ...]:
    """The ranges of `text` in which any of the texts stands, in order, none overlapping."""
    return _ranges(words(text), texts)


def excerpt(text: str, ranges: Sequence[Range], width: int = WIDTH) -> Excerpt:
    """The window of about `width` words with the most highlights, the earliest of equals."""
    return _excerpt(text, words(text), ranges, width)


def _ranges(found: Words, texts: Sequence[Text | Near]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for first, behind in sorted(place for wanted in texts for place in spans(found, wanted)):
        start, end = found.starts[first], found.ends[behind - 1]
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _excerpt(text: str, found: Words, ranges: Sequence[Range], width: int) -> Excerpt:
    if len(found.starts) <= width:
        return Excerpt(text, 0, len(text), tuple(ranges))
    first = _window([bisect_right(found.starts, start) - 1 for start, _ in ranges], width)
    first = min(first, len(found.starts) - width)
    last = first + width - 1
    start = 0 if first == 0 else found.starts[first]
    end = len(text) if last == len(found.starts) - 1 else found.ends[last]
    inside = tuple(
        (max(a, start) - start, min(b, end) - start) for a, b in ranges if a < end and b > start
    )
    return Excerpt(text[start:end], start, end, inside)


def _window(lit: Sequence[int], width: int) -> int:
    """The first word of a window that holds the most highlights, given the word of each.

    It is in the middle between the earliest and the latest that do: words stand on both sides.
    """
    best, group = 0, (0, width - 1)
    behind = 0
    for at, word in enumerate(lit):
        behind = max(behind, at)
        while behind < len(lit) and lit[behind] < word + width:
            behind += 1
        if behind - at > best:
            best, group = behind - at, (word, lit[behind - 1])
    earliest = max(group[1] - width + 1, 0)
    return (earliest + group[0]) // 2
