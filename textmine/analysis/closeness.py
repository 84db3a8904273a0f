"""The closeness of two sentences: whether they are about the same thing, not just one theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log, sqrt

from index.text.analyzer import terms

CLOSE = 5.5
"""Weight of shared stems from which two sentences are about the same thing: two stems that each
occur in one sentence of sixteen. Chosen by reading what is close to demands of real reports."""

NEAR, ALIKE = 0.15, 0.25
"""Likeness from which a finding is close to a demand, and from which two demands are the same:
both are lists of things, so that they share words more easily."""

SUBJECT, LINKED = 0.3, 0.22
"""Likeness from which an earlier demand is shown beside a later one as on the same subject, and
the same where the follow-up, too, found that one leads to the other."""

ONE_SUBJECT, MANY_SUBJECTS, FAINT = 0.65, 0.5, 0.1
"""Share of named subjects from which two demands on one theme are on the same subject, whatever
their words; and the same where they are at least faintly alike. Of 22 pairs of 39 authorities that
this adds, 19 were read as on the same subject."""

ASKED_AGAIN = 0.4
"""Likeness of what the follow-up found to be asked for again, from which a brief says so."""

AGAIN = 0.5
"""Likeness from which a brief says that a demand was made before: of 110 pairs of 39 authorities,
a third of those read below it asked for something near only, and none above it."""

ANSWERED = 0.33
"""Likeness from which praise answers a concern: of 226 pairs of real reports, those read above it
were about the same thing, those below 0.25 about the theme only."""

_SHORTEST = 4  # letters of a word that counts; a number counts from two digits on
_OF_ANYTHING = frozenset(
    "quality timeliness timely consistency consistent consistently effectiveness effective impact"
    " improve improved improving ensure including support children child needs services service"
    " local authority national framework outcome enabler principle leaders social worker workers"
    " work practice take taken good better strong strengthen this that with from their they have"
    " been which when where what those these well".split()
)
"""Words about quality or ownership, which say little about the subject."""


class StemWeights:
    """Stem weights: the rarity of each stem among the sentences of an authority's documents."""

    def __init__(self, sentences: Iterable[str]) -> None:
        distinct = set(sentences)
        self._frequency = Counter(stem for text in distinct for stem in stems(text))
        self._size = len(distinct) + 1

    def shared(self, one: str, other: str) -> float:
        """The weight of the stems that two texts share; 0 where they share only one."""
        both = stems(one) & stems(other)
        if len(both) < 2:
            return 0.0
        return self._weight(both)

    def likeness(self, one: str, other: str) -> float:
        """The shared weight in proportion to the weight of both texts, between 0 and 1."""
        whole = sqrt(self._weight(stems(one)) * self._weight(stems(other)))
        return self.shared(one, other) / whole if whole else 0.0

    def close(self, one: str, other: str, likeness: float = NEAR) -> bool:
        """Whether two texts are about the same thing."""
        return self.shared(one, other) >= CLOSE and self.likeness(one, other) >= likeness

    def _weight(self, of: Iterable[str]) -> float:
        return sum(log(self._size / (1 + self._frequency[stem])) for stem in sorted(of))


def stems(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(
        term.stem
        for term in terms(text)
        if term.form not in _OF_ANYTHING
        and (len(term.form) >= _SHORTEST or (term.form.isdigit() and len(term.form) > 1))
    )
