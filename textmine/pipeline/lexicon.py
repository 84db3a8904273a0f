"""Many phrases looked up at once: a tree of words.

On blank English this is as quick as spaCy's PhraseMatcher on LOWER, and it compares folded words,
which that could do only by changing the shared vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

GAP: Final = 6
"""How many words three dots may stand for."""

Parts = Sequence[Sequence[str]]


class Match(NamedTuple):
    """A phrase found: its label and the words `[start, end)`."""

    label: str
    start: int
    end: int


class Lexicon:
    """Labelled phrases in folded words; a phrase may have parts with a gap between them."""

    def __init__(self, phrases: Iterable[tuple[Parts, str]]) -> None:
        self._tree: dict[str, Any] = {}
        self._gapped: list[tuple[str, int]] = []
        for parts, label in phrases:
            if len(parts) == 1:
                self._add(parts[0], label)
                continue
            for number, part in enumerate(parts):
                self._add(part, (len(self._gapped), number))
            self._gapped.append((label, len(parts)))

    def _add(self, words: Sequence[str], payload: object) -> None:
        node = self._tree
        for word in words:
            node = node.setdefault(word, {})
        payloads = node.setdefault("", [])
        if payload not in payloads:
            payloads.append(payload)

    def find(self, words: Sequence[str]) -> list[Match]:
        """Every phrase at every place, in the order of their first words."""
        found: list[Match] = []
        pieces: dict[tuple[int, int], list[tuple[int, int]]] = {}
        tree = self._tree
        count = len(words)
        # Most words begin no phrase: passing over them quickly is what counts.
        for start in [at for at, word in enumerate(words) if word in tree]:
            node = tree[words[start]]
            end = start + 1
            while node is not None:
                for payload in node.get("", ()):
                    if isinstance(payload, str):
                        found.append(Match(payload, start, end))
                    else:
                        pieces.setdefault(payload, []).append((start, end))
                node = node.get(words[end]) if end < count else None
                end += 1
        if pieces:
            found += self._join(pieces)
            found.sort(key=lambda match: match.start)
        return found

    def _join(self, pieces: dict[tuple[int, int], list[tuple[int, int]]]) -> list[Match]:
        joined = []
        for (phrase, number), firsts in pieces.items():
            if number:
                continue
            label, count = self._gapped[phrase]
            for start, first_end in firsts:
                end = first_end
                for part in range(1, count):
                    nexts = [b for a, b in pieces.get((phrase, part), ()) if 0 <= a - end <= GAP]
                    end = min(nexts, default=-1)
                    if end < 0:
                        break
                else:
                    joined.append(Match(label, start, end))
        return joined


def longest(matches: Iterable[Match]) -> list[Match]:
    """The matches from left to right without overlap, the longest at each place."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start, -m.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
