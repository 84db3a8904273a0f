"""Whether a sentence speaks of what was asked for, not only of the same theme."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import log, sqrt

CLOSE = 5.5
"""Weight of shared words from which two sentences speak of the same thing: two words that each
stand in one sentence of sixteen. Chosen by reading what demands of real reports are close to."""

NEAR, ALIKE = 0.15, 0.25
"""Likeness from which a finding is near a demand, and from which two demands ask for the same:
both are lists of things, so that they share words more easily."""

_WORD = re.compile(r"[^\W_]{4,}|\d{2}")
_ENDING = re.compile(r"(?:ings?|ness|ment|ly|ed|ies|es|s|y|e)$")
_OF_ANYTHING = frozenset(
    "quality timeliness timely consistency consistent consistently effectiveness effective impact"
    " improve improved improving ensure including support children child needs services service"
    " local authority national framework outcome enabler principle leaders social worker workers"
    " work practice take taken good better strong strengthen this that with from their they have"
    " been which when where what those these well".split()
)
"""Words that say how something should be, or whose it is, not what it is."""


class Words:
    """How rare each word is among the sentences of an authority's documents."""

    def __init__(self, sentences: Iterable[str]) -> None:
        different = set(sentences)
        self._holding = Counter(stem for text in different for stem in stems(text))
        self._all = len(different) + 1

    def shared(self, one: str, other: str) -> float:
        """The weight of the words that two texts share; nothing where it is one word only."""
        both = stems(one) & stems(other)
        if len(both) < 2:
            return 0.0
        return self._weight(both)

    def likeness(self, one: str, other: str) -> float:
        """What two texts share beside all that they say, between 0 and 1."""
        whole = sqrt(self._weight(stems(one)) * self._weight(stems(other)))
        return self.shared(one, other) / whole if whole else 0.0

    def close(self, one: str, other: str, likeness: float = NEAR) -> bool:
        """Whether they speak of the same thing."""
        return self.shared(one, other) >= CLOSE and self.likeness(one, other) >= likeness

    def _weight(self, words: Iterable[str]) -> float:
        return sum(log(self._all / (1 + self._holding[stem])) for stem in sorted(words))


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words that say what a text is about."""
    words = _WORD.findall(text.lower())
    return frozenset(_stem(word) for word in words if word not in _OF_ANYTHING)


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)[:6]
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
