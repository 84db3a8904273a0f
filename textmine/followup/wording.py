"""Wording of demands and answers: content words, subjects and facets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from math import log
from typing import Any

from corpus.own_yaml import read_own_yaml
from index.text.analyzer import Words

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The patterns of subjects, groups and facets, and the words that name neither."""

    subjects: dict[str, Pattern]
    groups: dict[str, Pattern]
    asks: dict[str, Pattern]
    answers: dict[str, Pattern]
    common: frozenset[str]
    broad: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text speaks of: stems of its content words, its subjects and facets.

    Facets of a demand are those it asks for; those of an answer, those it speaks of.
    """

    stems: frozenset[str]
    subjects: frozenset[str]
    facets: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary (wording.yaml)."""
    text = resources.files(__package__).joinpath("wording.yaml").read_bytes()
    data: dict[str, Any] = read_own_yaml(text)
    facets: dict[str, dict[str, str]] = data["facets"]
    return Vocabulary(
        {name: _compiled(pattern) for name, pattern in data["subjects"].items()},
        {name: _compiled(pattern) for name, pattern in data["groups"].items()},
        {name: _compiled(each["asks"]) for name, each in facets.items()},
        {name: _compiled(each["answers"]) for name, each in facets.items()},
        frozenset(data["common"].split()),
        frozenset(name.strip() for name in data["broad"].split(",")),
    )


def of_demand(text: str) -> Wording:
    """The wording of a demand."""
    known = vocabulary()
    return Wording(content(text), _matching(known.subjects, text), _matching(known.asks, text))


def of_answer(text: str) -> Wording:
    """The wording of a sentence that may answer one."""
    known = vocabulary()
    return Wording(content(text), _matching(known.subjects, text), _matching(known.answers, text))


@lru_cache(maxsize=4096)
def subjects_of(text: str) -> frozenset[str]:
    """The subjects that a text names: of a heading, for instance."""
    return _matching(vocabulary().subjects, text)


def groups_of(text: str) -> frozenset[str]:
    """The narrow groups of children that a text names."""
    return _matching(vocabulary().groups, text)


def shared_subjects(one: str, other: str) -> float:
    """The share of the subjects of two demands, broad ones apart, that both of them name.

    0 where they name different groups of children.
    """
    if groups_of(one) != groups_of(other):
        return 0.0
    subjects = [subjects_of(text) - vocabulary().broad for text in (one, other)]
    every = subjects[0] | subjects[1]
    return len(subjects[0] & subjects[1]) / len(every) if every else 0.0


def content(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about."""
    common, found = vocabulary().common, Words(text)
    return frozenset(
        stem
        for form, stem in zip(found.forms.split(), found.stems.split(), strict=True)
        if form not in common and len(form) > 1
    )


class Rarity:
    """Rarity of stems and subjects among sentences: the logarithm of one in how many has them."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        stems: Counter[str] = Counter()
        subjects: Counter[str] = Counter()
        self._all = 1
        for wording in wordings:
            stems.update(wording.stems)
            subjects.update(wording.subjects)
            self._all += 1
        self._stems, self._subjects = stems, subjects
        self._of_stems: dict[frozenset[str], float] = {}
        self._of_subjects: dict[frozenset[str], float] = {}

    def of_stems(self, stems: Iterable[str]) -> float:
        """The weight of stems together."""
        return self._weight(stems, self._stems, self._of_stems)

    def of_subjects(self, subjects: Iterable[str]) -> float:
        """The weight of subjects together."""
        return self._weight(subjects, self._subjects, self._of_subjects)

    def _weight(
        self, some: Iterable[str], seen: Counter[str], known: dict[frozenset[str], float]
    ) -> float:
        names = frozenset(some)
        # Each sentence is weighed anew for each demand: the weights are kept. In order, so that
        # the sum is the same to the last digit.
        if (weight := known.get(names)) is None:
            weight = sum(log(self._all / (1 + seen[each])) for each in sorted(names))
            known[names] = weight
        return weight


def _compiled(pattern: str) -> Pattern:
    """A pattern for lower case: one that ignores case is four times as slow."""
    return re.compile(pattern)


def _matching(patterns: dict[str, Pattern], text: str) -> frozenset[str]:
    lower = text.lower()
    return frozenset(name for name, pattern in patterns.items() if pattern.search(lower))
