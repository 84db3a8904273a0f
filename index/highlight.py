"""Where a passage matches, and the part of it worth showing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from .query import Text
from .terms import Term, terms

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


def highlights(text: str, texts: Sequence[Text]) -> tuple[Range, ...]:
    """The ranges of `text` in which any of the texts stands, in order, none overlapping."""
    found = terms(text)
    ranges = sorted(
        (found[at].start, found[at + len(wanted.terms) - 1].end)
        for wanted in texts
        for at in places(found, wanted)
    )
    merged: list[Range] = []
    for start, end in ranges:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def places(found: Sequence[Term], wanted: Text) -> list[int]:
    """Where in the terms the text begins."""
    words = [term.form if wanted.column == "forms" else term.stem for term in found]
    *fixed, last = wanted.terms
    size = len(fixed)

    def ends(word: str) -> bool:
        return word.startswith(last) if wanted.prefix else word == last

    return [
        at
        for at in range(len(words) - size)
        if ends(words[at + size]) and words[at : at + size] == fixed
    ]


def excerpt(text: str, ranges: Sequence[Range], width: int = WIDTH) -> Excerpt:
    """The window of about `width` words with the most highlights, the earliest of equals."""
    found = terms(text)
    if len(found) <= width:
        return Excerpt(text, 0, len(text), tuple(ranges))
    starts = [start for start, _ in ranges]
    lit = [0]
    at = 0
    for term in found:  # how many highlights begin before each word's end
        while at < len(starts) and starts[at] < term.end:
            at += 1
        lit.append(at)
    first = max(range(len(found) - width + 1), key=lambda i: (lit[i + width] - lit[i], -i))
    first = _centred(lit, first, width)
    last = first + width - 1
    start = 0 if first == 0 else found[first].start
    end = len(text) if last == len(found) - 1 else found[last].end
    inside = tuple(
        (max(a, start) - start, min(b, end) - start) for a, b in ranges if a < end and b > start
    )
    return Excerpt(text[start:end], start, end, inside)


def _centred(lit: Sequence[int], first: int, width: int) -> int:
    """Move the window on while it loses no highlight, half of the way: words on both sides."""
    count = lit[first + width] - lit[first]
    last = first
    while (
        last + width + 1 < len(lit)
        and lit[last + 1 + width] - lit[last + 1] == count
        and (lit[last + 1] == lit[first])
    ):
        last += 1
    return (first + last) // 2 if count else first
