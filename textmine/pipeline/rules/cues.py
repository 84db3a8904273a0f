"""Cues looked up sentence by sentence; words that only colour a phrase do not break it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from ..tokens.runs import Run
from ..tokens.vocabulary import Vocabulary, at
from .phrase_matcher import Lexicon, Match, Parts, longest
from .scope import labelled

TIMING, POLARITY, SCOPE = range(3)
"""The books of cues in the order in which they are given."""


class CueFinder:
    """Looks up the cues of timing, polarity and scope in one go."""

    def __init__(
        self,
        books: Sequence[Sequence[tuple[Parts, str]]],
        fillers: Collection[str],
        vocabulary: Vocabulary,
    ) -> None:
        self._lexicon = Lexicon(vocabulary, *books)
        self._fillers = vocabulary.column(dict.fromkeys(fillers, 1))

    def __call__(self, run: Run) -> list[tuple[list[Match], ...]]:
        """For each sentence the cues of every book, from left to right without overlap."""
        found = self._lexicon.find(run)
        self._add_broken(run, found)
        return list(zip(*(map(longest, book) for book in found), strict=True))

    def _add_broken(self, run: Run, found: list[list[list[Match]]]) -> None:
        """Cues with a filler inside: "are still too infrequent"."""
        filler = at(self._fillers, run.numbers) > 0
        ends = np.append(run.begins[1:], len(run.numbers))
        counts = np.add.reduceat(filler, run.begins) if len(run.begins) else run.begins
        some = np.flatnonzero(counts)
        if not some.size:
            return
        kept = [np.flatnonzero(~filler[run.begins[n] : ends[n] - 1]) for n in some]
        numbers = [run.numbers[run.begins[n] + k] for n, k in zip(some, kept, strict=True)]
        lengths = np.array(list(map(len, numbers)), np.int64)
        again = self._lexicon.find(Run.of(np.concatenate(numbers), lengths))
        for book, shorter in zip(found, again, strict=True):
            for number, places, matches in zip(some.tolist(), kept, shorter, strict=True):
                wider = [
                    Match(label, int(places[start]), int(places[end - 1]) + 1)
                    for label, start, end in matches
                    if places[end - 1] - places[start] >= end - start
                ]
                if wider:
                    book[number] = sorted(book[number] + wider, key=lambda match: match.start)


def books_of(
    rules: Mapping[str, Any], phrases: Mapping[str, Parts]
) -> list[list[tuple[Parts, str]]]:
    """The books of cues from the rule data; `phrases` are its phrases in folded words."""
    given = (rules["timing"], rules["polarity"], dict(labelled(rules["scope"])))
    return [
        [(phrases[phrase], label) for label, some in book.items() for phrase in some]
        for book in given
    ]
