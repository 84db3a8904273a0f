"""What a sentence shows of its themes, for the learned part to weigh."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..batch import Batch
from ..rules.headings import Place
from ..rules.topics import EARLY, Topics
from ..tokens.records import made
from ..tokens.runs import Flags, Floats, Passages

HEADING: Final = 20
"""The words of a heading that are looked at."""
SHORT: Final = 4
"""Shorter words of a heading say nothing of themes."""

_STRIP = ".,:;()"
_LINKS: Final = frozenset(
    "this these they it however such as their there where when consequently he she those".split()
)
"""Words with which a sentence leans on the one before."""
_VERDICT: Final = frozenset(
    "that this because judged judgement judgment graded grade performance".split()
)
"""Words of a heading around a grade: they say nothing of themes."""

MEASURED: Final = ("times", "position")
"""What a sign says that is no flag."""

Spot: TypeAlias = tuple[str, Place]
"""The family of the document's type, and what the heading says."""


class Sign(NamedTuple):
    """How the rules met a theme in a sentence: flags, 0 or 1, but for times and position."""

    sentence: int
    theme: str
    kept: float
    """Named, and no mention in passing."""
    carried: float
    times: float
    position: float
    """Of the first mention that was kept, as a part of the sentence; 1 where there is none."""
    firm: float
    common: float
    weak: float
    early: float
    """Kept, and in the part of the sentence that makes a topic."""
    only: float
    """Kept, and the only theme."""


class Met(NamedTuple):
    """What the rules met, by sentences and themes: the values of a sign."""

    kept: Flags
    carried: Flags
    times: Floats
    position: Floats
    firm: Flags
    common: Flags
    weak: Flags
    early: Flags
    only: Flags


class ThemeFeatures(NamedTuple):
    """The sentences of a batch as the learned part sees them."""

    passages: Passages
    spots: list[Spot]
    """Where each sentence stands."""
    names: list[tuple[str, ...]]
    """What else is known of each: place in the passage, setting, themes that the rules read."""
    lengths: Floats
    leans: Floats
    met: Met

    @classmethod
    def of(cls, batch: Batch, topics: Sequence[Topics], themes: Sequence[str]) -> ThemeFeatures:
        """What the rules read in each sentence of a batch, of themes that are known."""
        lengths = batch.lengths()
        places = (np.arange(len(batch)) - batch.passages.first).tolist()
        names = [
            _names(min(place, 3), read.setting, tuple(read.cues), length // 8)
            for place, read, length in zip(places, topics, lengths.tolist(), strict=True)
        ]
        spots = [
            (short_kind(given.kind), place)
            for given, place in zip(batch.inputs, batch.places, strict=True)
        ]
        signs = [
            sign
            for number, (length, read) in enumerate(zip(lengths.tolist(), topics, strict=True))
            for sign in _signs(number, length, read)
        ]
        return cls(
            batch.passages,
            [spots[passage] for passage in batch.passage.tolist()],
            names,
            lengths.astype(np.float32),
            np.array([leans(batch.words_of(n)) for n in range(len(batch))], np.float32),
            _met(signs, len(batch), {theme: number for number, theme in enumerate(themes)}),
        )

    def rules(self) -> Flags:
        """What the rules read in the sentence and around it: kinds by sentences and themes."""
        met, around = self.met, self.passages
        named = met.kept | met.carried
        return np.stack(
            [
                *(met.kept, met.carried, met.firm, met.common, met.weak, met.early, met.only),
                *(met.times > 1, around.before(named, False), around.lead(named, False)),
                *(around.after(met.kept, False), around.elsewhere(met.kept)),
            ]
        )


def short_kind(kind: str) -> str:
    """The family of a type of document: their letters are written in one way."""
    for short in ("send", "jtai", "sif"):
        if short in kind:
            return short
    return "ilacs" if "ilacs" in kind or kind.endswith("_visit") else ""


def leans(words: Sequence[str]) -> bool:
    """Whether a sentence leans on the one before by its first word."""
    return bool(words) and words[0] in _LINKS


def spot_names(spot: Spot) -> list[str]:
    """What the passage's place says of all its sentences, as names of features."""
    kind, place = spot
    words = [w.strip(_STRIP) for w in place.heading.split()]
    telling = [w for w in words if len(w) >= SHORT and w not in _VERDICT]
    return [
        *(f"heading:{word}" for word in dict.fromkeys(telling[:HEADING])),
        f"kind:{kind}",
        f"place:{place.setting}",
        f"stance:{place.stance}",
    ]


@lru_cache(maxsize=4096)
def _names(number: int, setting: str, themes: tuple[str, ...], length: int) -> tuple[str, ...]:
    """What is known of a sentence beside its words: few combinations, made again and again."""
    return (
        *(f"{setting}: {theme}" for theme in themes),
        *(f"{min(number, 1)}: {theme}" for theme in themes),
        *(f"setting: {setting}", f"number: {min(number, 3)}", f"length: {length}"),
    )


def _signs(number: int, length: int, topics: Topics) -> list[Sign]:
    cues, (firm, common, weak) = topics.cues, topics.named
    only = len(cues) == 1
    signs = []
    for theme, places in cues.items():
        named = (theme in firm, theme in common, theme in weak)
        if places:
            at = places[0][0]
            kept = (True, False, len(places), at / length, *named, at < EARLY * length, only)
            signs.append(made(Sign, (number, theme, *kept)))
        else:
            fields = (number, theme, False, True, 0, 1.0, *named, False, False)
            signs.append(made(Sign, fields))
    if firm or common or weak:
        for theme in firm | common | weak:
            if theme not in cues:
                named = (theme in firm, theme in common, theme in weak)
                fields = (number, theme, False, False, 0, 1.0, *named, False, False)
                signs.append(made(Sign, fields))
    return signs


def _met(signs: Sequence[Sign], sentences: int, numbers: dict[str, int]) -> Met:
    """What the rules met in each sentence of each theme."""
    shape = (sentences, len(numbers))
    met = Met(*(np.zeros(shape, np.float32 if n in MEASURED else np.bool_) for n in Met._fields))
    met.position[:] = 1.0
    if not signs:
        return met
    sentence, theme, *values = zip(*signs, strict=True)
    row = np.fromiter(sentence, np.int64, len(sentence))
    column = np.fromiter(map(numbers.get, theme, repeat(-1)), np.int64, len(theme))
    known = column >= 0
    places = row[known] * shape[1] + column[known]
    for plane, value in zip(met, values, strict=True):
        column_of: NDArray[np.float32 | np.bool_] = np.fromiter(value, plane.dtype, len(value))
        plane.put(places, column_of[known])
    return met
