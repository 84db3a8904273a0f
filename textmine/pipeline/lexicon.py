"""Many phrases looked up at once: a tree of words.

On blank English this is as quick as spaCy's PhraseMatcher on LOWER, and it compares folded words,
which that could do only by changing the shared vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

GAP: Final = 6
"""How many words three dots may stand for."""

Parts = Sequence[Sequence[str]]


class Match(NamedTuple):
    """A phrase found: its label and the words `[start, end)`."""

    label: str
    start: int
    end: int


Phrases = Iterable[tuple[Parts, str]]

Node: TypeAlias = tuple[Sequence[tuple[int, str]], Sequence[tuple[int, int]], dict[str, Any] | None]
"""The phrases that end here, by book and label; parts of gapped ones; and how it goes on."""


class Lexicon:
    """Books of labelled phrases in folded words; a phrase may have parts with a gap between them.

    All books are looked up in one walk over the words.
    """

    def __init__(self, *books: Phrases) -> None:
        tree: dict[str, Any] = {}
        self._books = len(books)
        self._gapped: list[tuple[int, str, int]] = []
        for number, phrases in enumerate(books):
            for parts, label in phrases:
                if len(parts) == 1:
                    _add(tree, parts[0], 0, (number, label))
                    continue
                for place, part in enumerate(parts):
                    _add(tree, part, 1, (len(self._gapped), place))
                self._gapped.append((number, label, len(parts)))
        self._tree: dict[str, Node] = _frozen(tree)

    def find(self, words: Sequence[str]) -> list[Match]:
        """Every phrase of the first book at every place, in the order of their first words."""
        return self.find_each(words)[0]

    def find_each(self, words: Sequence[str]) -> list[list[Match]]:
        """The same for every book."""
        found: list[list[Match]] = [[] for _ in range(self._books)]
        pieces: dict[tuple[int, int], list[tuple[int, int]]] = {}
        tree = self._tree
        count = len(words)
        # Most words begin no phrase: passing over them quickly is what counts.
        for start in [at for at, word in enumerate(words) if word in tree]:
            labels, gaps, nexts = tree[words[start]]
            end = start + 1
            while True:
                for book, label in labels:
                    found[book].append(Match(label, start, end))
                for gap in gaps:
                    pieces.setdefault(gap, []).append((start, end))
                if nexts is None or end == count or words[end] not in nexts:
                    break
                labels, gaps, nexts = nexts[words[end]]
                end += 1
        if pieces:
            for book, match in self._join(pieces):
                found[book].append(match)
            for matches in found:
                matches.sort(key=lambda match: match.start)
        return found

    def _join(
        self, pieces: dict[tuple[int, int], list[tuple[int, int]]]
    ) -> list[tuple[int, Match]]:
        joined = []
        for (phrase, number), firsts in pieces.items():
            if number:
                continue
            book, label, count = self._gapped[phrase]
            for start, first_end in firsts:
                end = first_end
                for part in range(1, count):
                    nexts = [b for a, b in pieces.get((phrase, part), ()) if 0 <= a - end <= GAP]
                    end = min(nexts, default=-1)
                    if end < 0:
                        break
                else:
                    joined.append((book, Match(label, start, end)))
        return joined


def _add(tree: dict[str, Any], words: Sequence[str], use: int, payload: object) -> None:
    for word in words[:-1]:
        tree = tree.setdefault(word, ([], [], {}))[2]
    payloads = tree.setdefault(words[-1], ([], [], {}))[use]
    if payload not in payloads:
        payloads.append(payload)


def _frozen(tree: dict[str, Any]) -> dict[str, Node]:
    return {
        word: (tuple(labels), tuple(gaps), _frozen(nexts) if nexts else None)
        for word, (labels, gaps, nexts) in tree.items()
    }


def longest(matches: Sequence[Match]) -> list[Match]:
    """Of matches in order of their starts those from left to right without overlap.

    The longest counts at each place.
    """
    kept: list[Match] = []
    last = end = -1
    for match in matches:
        if match.start >= end:
            kept.append(match)
        elif match.start == last and match.end > end:
            kept[-1] = match
        else:
            continue
        last, end = match.start, match.end
    return kept
