"""Highlighting: matches in a passage, and the snippet worth showing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

from ..engines.matching import Span, finder
from ..query.ast import Near, Text
from ..text.analyzer import Words, end_of_word

Range: TypeAlias = tuple[int, int]

WIDTH: Final = 40
"""Words of an excerpt."""


class Excerpt(NamedTuple):
    """A part of a passage: its words, their place in the passage, and highlights in it."""

    text: str
    start: int
    end: int
    highlights: tuple[Range, ...]


class Marker:
    """Finds some texts in passages, and the part of each passage that shows them best."""

    def __init__(self, texts: Sequence[Text | Near], width: int = WIDTH) -> None:
        self._finders = [finder(text) for text in texts]
        self._width = width

    def mark(self, text: str, found: Words) -> tuple[tuple[Range, ...], Excerpt]:
        """The highlights of a passage of these words, and its excerpt."""
        ranges, words = self._marked(text, found)
        return ranges, self._excerpt(text, found.starts, ranges, words)

    def highlights(self, text: str, found: Words) -> tuple[Range, ...]:
        """The ranges of `text` that match any of the texts, in order, without overlap."""
        return self._marked(text, found)[0]

    def _marked(self, text: str, found: Words) -> tuple[tuple[Range, ...], list[int]]:
        """The highlights, and the number of the word with which each begins."""
        spans: list[Span] = []
        for find in self._finders:
            spans += find(found)
        starts = found.starts
        merged: list[Range] = []
        words: list[int] = []
        last = 0
        for first, behind in sorted(spans):
            following = starts[behind] if behind < len(starts) else 0
            start, end = starts[first], end_of_word(text, starts[behind - 1], following)
            if start < last:
                start = merged.pop()[0]
                end = max(end, last)
            else:
                words.append(first)
            merged.append((start, end))
            last = end
        return tuple(merged), words

    def _excerpt(
        self, text: str, starts: Sequence[int], ranges: tuple[Range, ...], words: Sequence[int]
    ) -> Excerpt:
        """The window of about so many words with the most highlights, the earliest of equals.

        `words` are those with which the ranges begin.
        """
        width = self._width
        if len(starts) <= width:
            return Excerpt(text, 0, len(text), ranges)
        first = _window(words, width)
        first = min(first, len(starts) - width)
        last = first + width - 1
        start = starts[first] if first else 0
        end = len(text)
        if last < len(starts) - 1:
            end = end_of_word(text, starts[last], starts[last + 1])
        inside = [
            (a - start if a > start else 0, (min(end, b)) - start)
            for a, b in ranges
            if a < end and b > start
        ]
        return Excerpt(text[start:end], start, end, tuple(inside))


def _window(lit: Sequence[int], width: int) -> int:
    """The first word of a window that holds the most highlights, given the word of each.

    It is in the middle between the earliest and the latest that do: words stand on both sides.
    """
    best, group = 0, (0, width - 1)
    if lit and lit[-1] < lit[0] + width:
        best, group, lit = len(lit), (lit[0], lit[-1]), ()
    behind = 0
    for at, word in enumerate(lit):
        behind = max(behind, at)
        while behind < len(lit) and lit[behind] < word + width:
            behind += 1
        if behind - at > best:
            best, group = behind - at, (word, lit[behind - 1])
    earliest = max(group[1] - width + 1, 0)
    return (earliest + group[0]) // 2
