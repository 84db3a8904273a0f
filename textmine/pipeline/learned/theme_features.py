"""What a sentence shows of its themes, for the learned part to weigh."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from ..rules.headings import Place
from ..rules.topics import EARLY, Topics
from ..tokens.records import made
from ..tokens.splitter import Spoken
from ..tokens.vocabulary import Ints

HEADING: Final = 20
"""The words of a heading that are looked at."""

_STRIP = ".,:;()"
_QUOTES = str.maketrans("’‘", "''")
_LINKS: Final = frozenset(
    "this these they it however such as their there where when consequently he she those".split()
)
"""Words with which a sentence leans on the one before."""


class Sign(NamedTuple):
    """How the rules met a theme in a sentence: flags, 0 or 1, but for times and position."""

    sentence: int
    """Its number in the passage."""
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


class Spot(NamedTuple):
    """Where a passage stands."""

    kind: str
    """send, jtai, ilacs, sif or nothing."""
    heading: str
    place: Place


class PassageFeatures(NamedTuple):
    """A passage as the learned part sees it: its sentences side by side."""

    spot: Spot
    words: Ints
    """The numbers of all words, sentence after sentence."""
    lengths: list[int]
    """How many words each sentence has."""
    names: list[tuple[str, ...]]
    """What else is known of each: place in the passage, setting, themes that the rules read."""
    leans: list[bool]
    signs: list[Sign]


def short_kind(kind: str) -> str:
    """The family of a type of document: their letters are written in one way."""
    for short in ("send", "jtai", "sif"):
        if short in kind:
            return short
    return "ilacs" if "ilacs" in kind or kind.endswith("_visit") else ""


def show(spot: Spot, sentences: Spoken, readings: Sequence[Topics]) -> PassageFeatures:
    """What a passage shows, from its words and what the rules read in each sentence."""
    words, bounds = sentences.words, sentences.bounds
    names, leans, lengths = [], [], []
    signs: list[Sign] = []
    for number, topics in enumerate(readings):
        start = bounds[number]
        length = bounds[number + 1] - start
        lengths.append(length)
        cues = topics.cues
        names.append(_names(min(number, 3), topics.setting, tuple(cues), length // 8))
        leans.append(length > 0 and words[start] in _LINKS)
        signs += _signs(number, length, topics)
    return PassageFeatures(spot, sentences.numbers, lengths, names, leans, signs)


@lru_cache(maxsize=4096)
def _names(number: int, setting: str, themes: tuple[str, ...], length: int) -> tuple[str, ...]:
    """What is known of a sentence beside its words: few combinations, made again and again."""
    return (
        *(f"{setting}: {theme}" for theme in themes),
        *(f"{min(number, 1)}: {theme}" for theme in themes),
        *(f"setting: {setting}", f"number: {min(number, 3)}", f"length: {length}"),
    )


def about(spot: Spot) -> list[str]:
    """What the passage's place says of all its sentences, as names of features."""
    words = [w.strip(_STRIP) for w in spot.heading.lower().translate(_QUOTES).split()]
    return [
        *(f"heading:{word}" for word in dict.fromkeys(words[:HEADING])),
        f"kind:{spot.kind}",
        f"place:{spot.place.setting}",
        f"stance:{spot.place.stance}",
    ]


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
