"""Clusters of passages that are worded nearly alike, and how they are spread over a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from .scoring import Scored

_OF_ONE_REPORT: Final = 3  # of ten
_ALIKE: Final = 0.8  # of all words shared: then two passages are worded the same
_BEFORE: Final = 60  # places that are compared: what is worded alike scores alike


@dataclass(frozen=True, slots=True)
class Cluster:
    """A passage, and those that are worded nearly as it is: one place on the page."""

    best: Scored
    alike: tuple[Scored, ...] = ()

    @property
    def others(self) -> int:
        """How many are not made of the very same words."""
        return sum(one.same != self.best.same for one in self.alike)


def clusters(scored: Sequence[Scored], most: int) -> list[Cluster]:
    """One place for passages of nearly the same words, where the best of them stands."""
    places: list[list[Scored]] = []
    by_words: dict[int, list[Scored]] = {}
    for one in scored:
        if len(places) >= most:
            break
        near = islice(reversed(places), _BEFORE)
        place = by_words.get(one.same) or next((p for p in near if _alike(p[0], one)), None)
        if place is None:
            place = []
            places.append(place)
        place.append(one)
        by_words.setdefault(one.same, place)
    return [Cluster(first, tuple(others)) for first, *others in places]


def _alike(one: Scored, other: Scored) -> bool:
    size, others = len(one.stems), len(other.stems)
    if not _ALIKE <= size / max(others, 1) <= 1 / _ALIKE:
        return False
    shared = len(one.stems & other.stems)
    return shared >= _ALIKE * (size + others - shared)


def spread(places: Sequence[Cluster]) -> list[Cluster]:
    """The places with at most three of one report in each ten, as long as there are others."""
    left = list(places)
    page: list[Cluster] = []
    while left:
        counts: dict[int, int] = {}
        ten: list[Cluster] = []
        late = left[0].best.late
        for place in left:
            document = place.best.document
            if place.best.late == late and counts.get(document, 0) < _OF_ONE_REPORT:
                counts[document] = counts.get(document, 0) + 1
                ten.append(place)
                if len(ten) == 10:
                    break
        taken = set(map(id, ten))
        left = [place for place in left if id(place) not in taken]
        page += ten
    return page
