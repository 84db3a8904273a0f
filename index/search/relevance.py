"""How much of a plain question a passage holds: its words or others for them, and how near."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ..query.question import Question
from ..query.vocabulary import Stems
from ..text.stem_frequencies import rarity

WINDOW: Final = 25
"""Words within which a question's words are near to one another."""
_AVERAGE: Final = 67.0  # words of a passage
_SATURATION: Final = 0.6
_LENGTH: Final = 0.4  # how much the length of a passage tempers what stands in it often
_TIGHT: Final = 3  # words within which each word of a question stands where they are said together
_LITTLE: Final = 0.03  # of what a passage holds: what is less is not looked at for its place
_REST: Final = 0.3  # what the commoner words of a phrase add to its rarest


class Coverage(NamedTuple):
    """What a passage holds of a question, each from 0 to 1 or a little more."""

    whole: float
    """In all of it; words that stand in it often count more."""
    most: float
    """What its best stretch can hold at the most."""
    named: int
    """A bit for each of the question's words that it holds, or another name for."""
    places: Sequence[tuple[int, _Phrase]]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase that answers some of the words, and how much of the question that is."""

    number: int
    stems: Stems
    mask: int
    credit: float
    same: bool


class Measure:
    """Measures passages against one question."""

    def __init__(self, question: Question) -> None:
        phrases = list(question.phrases())
        weights = [_weight(at, phrases) for at in range(len(question.words))]
        self.full = (1 << len(weights)) - 1
        self._tight = _TIGHT * len(weights)
        self._by_stem: dict[str, list[_Phrase]] = {}
        for number, (stems, mask, weight) in enumerate(phrases):
            own = sum(w for at, w in enumerate(weights) if mask >> at & 1)
            credit = weight * (min(own, _rarity(stems)) + own) / 2
            self._by_stem.setdefault(stems[0], []).append(
                _Phrase(number, stems, mask, credit, weight == 1.0)
            )
        self._most = max(math.fsum(weights), 1e-6)

    def coverage(self, stems: Sequence[str]) -> Coverage:
        """What a passage of these stems holds."""
        places: list[tuple[int, _Phrase]] = []
        known = self._by_stem
        for at, stem in enumerate(stems):
            if stem in known:
                for phrase in known[stem]:
                    size = len(phrase.stems)
                    if size == 1 or tuple(stems[at : at + size]) == phrase.stems:
                        places.append((at, phrase))
        counts: dict[int, tuple[float, int]] = {}
        named = 0
        for _, phrase in places:
            if phrase.same:
                named |= phrase.mask
            best, times = counts.get(phrase.mask, (0.0, 0))
            counts[phrase.mask] = max(best, phrase.credit), times + 1
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * len(stems) / _AVERAGE)
        often = {
            mask: best * times * (1 + _SATURATION) / (times + norm)
            for mask, (best, times) in counts.items()
        }
        most = _sum({mask: best for mask, (best, _) in counts.items()})
        return Coverage(_sum(often) / self._most, most / self._most, named, places)

    def near(self, coverage: Coverage) -> tuple[float, float]:
        """What a passage holds within so many words, and within very few."""
        if coverage.most <= 0:
            return 0.0, 0.0
        least = _LITTLE * coverage.most * self._most
        places = [place for place in coverage.places if place[1].credit >= least]
        tight = self._near(places, self._tight)
        near = tight if tight >= coverage.most * self._most else self._near(places, WINDOW)
        return near / self._most, tight / self._most

    def within(self, coverage: Coverage, first: int, last: int) -> float:
        """What a passage holds from one of its words up to another."""
        inside: dict[int, float] = {}
        for at, phrase in coverage.places:
            if first <= at < last:
                inside[phrase.mask] = max(inside.get(phrase.mask, 0.0), phrase.credit)
        return _sum(inside) / self._most

    def _near(self, places: Sequence[tuple[int, _Phrase]], width: int) -> float:
        """What the best stretch of so many words holds."""
        best = 0.0
        seen: dict[tuple[int, ...], float] = {}
        for first, (start, _) in enumerate(places):
            inside: dict[int, float] = {}
            key: dict[int, None] = {}
            for at, phrase in places[first:]:
                if at >= start + width:
                    break
                key[phrase.number] = None
                inside[phrase.mask] = max(inside.get(phrase.mask, 0.0), phrase.credit)
            numbers = tuple(sorted(key))
            if numbers not in seen:
                seen[numbers] = _sum(inside)
            best = max(best, seen[numbers])
        return best


def _sum(values: dict[int, float]) -> float:
    """The values of sets of words added up, the largest first; for words held twice the larger."""
    total, held = 0.0, 0
    for mask, value in sorted(values.items(), key=lambda item: -item[1]):
        new = mask & ~held
        if new:
            total += value * new.bit_count() / mask.bit_count()
            held |= mask
    return total


def _weight(number: int, phrases: Sequence[tuple[Stems, int, float]]) -> float:
    """What a word of the question counts: less where reports say it in commoner words."""
    own, *others = (_rarity(stems) for stems, mask, _ in phrases if mask == 1 << number)
    return (own + min(own, *others)) / 2 if others else own


def _rarity(stems: Sequence[str]) -> float:
    """How much it says of a passage that these words stand in it side by side."""
    each = sorted(map(rarity, stems), reverse=True)
    return each[0] + _REST * math.fsum(each[1:])
