"""What a sentence shows of its themes, for the learned part to weigh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from .settings import Place
from .topics import EARLY, Topics

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


class Evidence(NamedTuple):
    """A sentence as the learned part sees it."""

    words: list[str]
    """Each once."""
    names: tuple[str, ...]
    """What else is known: place in the passage, setting, and in it the themes the rules read."""
    signs: list[Sign]
    length: int
    leans: bool


class Shown(NamedTuple):
    """A passage as the learned part sees it."""

    spot: Spot
    sentences: list[Evidence]


def short_kind(kind: str) -> str:
    """The family of a type of document: their letters are written in one way."""
    for short in ("send", "jtai", "sif"):
        if short in kind:
            return short
    return "ilacs" if "ilacs" in kind or kind.endswith("_visit") else ""


def evidence(number: int, words: Sequence[str], topics: Topics) -> Evidence:
    """The evidence of a passage's sentence, from its words and what the rules read in it."""
    leans = bool(words) and words[0] in _LINKS
    signs = list(_signs(len(words), topics))
    names = _names(number, topics.setting, tuple(topics.cues), len(words) // 8)
    return Evidence(list(dict.fromkeys(words)), names, signs, len(words), leans)


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


def _signs(length: int, topics: Topics) -> Iterator[Sign]:
    cues = topics.cues
    firm, common, weak = topics.named
    only = len(cues) == 1
    for theme in cues | firm | common | weak:
        named = (theme in firm, theme in common, theme in weak)
        places = cues.get(theme)
        if places:
            at = places[0][0]
            early = at < EARLY * length
            yield Sign(theme, 1, 0, len(places), at / length, *named, early, only)
        else:
            yield Sign(theme, 0, places is not None, 0, 1, *named, 0, 0)
