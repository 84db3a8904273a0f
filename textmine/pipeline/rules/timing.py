"""Of what time a sentence speaks, by its cues and the tense of its verbs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

from corpus.model import Polarity, Timing

from ..tokens.vocabulary import fold
from .clauses import Clause
from .phrase_matcher import Match

TIMINGS: Final[tuple[Timing, ...]] = get_args(Timing)

_NOW: Final = frozenset(
    map(
        fold,
        "is are has have now remain remains still continue continues currently today does do show"
        " shows need needs receive receives take takes make makes get gets".split(),
    )
)
_THEN: Final = frozenset(map(fold, "was were had did".split()))
_SOON: Final = frozenset(map(fold, "will would plan planned planning intend due".split()))
_CHANGE: Final = frozenset({"ended", "than", "lost"})
_MOVES: Final = frozenset({"rise", "fall"})
_PEOPLE: Final = frozenset(map(fold, "who when they it if once that".split()))
_NEEDS: Final = frozenset(
    map(fold, "need needs needed require requires required necessary looked live".split())
)
_BY_POLARITY: Final[dict[Polarity, Timing]] = {"strength": "improved", "concern": "worsened"}

_VALUES: Final[dict[Polarity, int]] = {"strength": 1, "concern": -1}
DECIDING: Final = frozenset({"ended", "than", "lost", "unchanged", "then"})
"""Cues that decide by themselves."""


def tenses(words: Sequence[str]) -> tuple[bool, bool, bool]:
    """Whether a sentence speaks of now, of an earlier time, of one to come."""
    every = set(words)
    return bool(every & _NOW), bool(every & _THEN), bool(every & _SOON)


def names(words: Sequence[str], cues: Sequence[Match], polarity: Polarity, place: str) -> list[str]:
    """The features of a sentence's time beside its words."""
    now, then, soon = tenses(words)
    tense = f"{now:d}{then:d}{soon:d}"
    labels = sorted({cue.label for cue in cues})
    return [
        f"tense={tense}",
        f"polarity={polarity}",
        f"place={place}",
        *(f"cue={label}" for label in labels),
        *(f"cue={label}/{tense}" for label in labels),
        *(f"cue={label}/{polarity}" for label in labels),
    ]


def plain(
    words: Sequence[str],
    cues: Sequence[Match],
    of_polarity: Sequence[Match],
    clauses: Sequence[Clause],
    polarity: Polarity,
) -> Timing | None:
    """The time of which the words leave no doubt; None where what was learned must say."""
    labels = {cue.label for cue in cues if cue.label != "ended" or _ends(words, cue)}
    now, then, _ = tenses(words)
    if "unchanged" in labels and "lost" not in labels:
        return "current"
    moved = _moved(words, of_polarity, clauses)
    if labels & _CHANGE or moved == {_VALUES.get(polarity)}:
        return _BY_POLARITY.get(polarity)
    if any(clause.role == "earlier" and clause.signs for clause in clauses):
        before = min(clause.value for clause in clauses if clause.role == "earlier")
        after = clauses[-1].value
        return _BY_POLARITY.get(polarity) if before * after < 0 else "current"
    if "then" in labels and then and not now:
        return "past"
    return None


def _ends(words: Sequence[str], cue: Match) -> bool:
    """Whether "no longer" is said of the service, and not of who no longer needs it."""
    return _PEOPLE.isdisjoint(words[max(0, cue.start - 3) : cue.start]) and _NEEDS.isdisjoint(
        words[cue.end : cue.end + 2]
    )


def _moved(words: Sequence[str], cues: Sequence[Match], clauses: Sequence[Clause]) -> set[int]:
    """How what has risen or fallen is judged: "caseloads have risen"."""
    moves = {
        cue.start
        for cue in cues
        if cue.label in _MOVES and words[cue.start] in {"has", "have"} and cue.end - cue.start > 1
    }
    return {sign.value for clause in clauses for sign in clause.signs if sign.start in moves}


def fitting(timing: Timing, polarity: Polarity, said: Polarity) -> Timing:
    """The time of a theme that has a polarity of its own: what is praised is not worse."""
    apart = polarity != said and _BY_POLARITY.get(polarity) != timing
    return "current" if apart and timing in _BY_POLARITY.values() else timing


def allowed(words: Sequence[str], polarity: Polarity) -> dict[Timing, bool]:
    """Which times the words rule out.

    Only about an earlier time is a sentence that says nothing of now; what is praised has not
    become worse.
    """
    now, then, _ = tenses(words)
    return {"past": then and not now, "worsened": polarity != "strength"}
