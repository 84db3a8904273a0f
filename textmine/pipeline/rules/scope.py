"""How far a finding reaches (all, most, some, too many ...), and what about a service it judges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from .phrase_matcher import Match

CLOSE: Final = 4
"""How many words behind a quantity what it counts may begin."""


class Scope(NamedTuple):
    """The cues that decided on extent and aspect, or None; the label says which it is."""

    extent: Match | None
    aspect: Match | None


NO_SCOPE: Final = Scope(None, None)


def labelled(rules: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    """The phrases of the rule data by labels: the kind of cue, and behind a colon what it says."""
    for kind in ("extent", "alone", "aspect"):
        for name, phrases in rules[kind].items():
            yield f"{kind}:{name}", phrases
    for kind in ("things", "none"):
        yield kind, rules[kind]


def extent_and_aspect(cues: Sequence[Match]) -> Scope:
    """What the cues of a sentence say, taken from left to right without overlap."""
    found: dict[str, Match] = {}
    waiting: Match | None = None
    for cue in cues:
        kind, _, name = cue.label.partition(":")
        if kind == "things":
            if waiting and cue.start - waiting.end < CLOSE:
                found.setdefault("extent", waiting)
            waiting = None
        elif kind == "extent":
            waiting = Match(name, cue.start, cue.end)
            if not cue.start:
                found.setdefault("extent", waiting)
        elif kind == "alone":
            found.setdefault("extent", Match(name, cue.start, cue.end))
        elif kind == "aspect":
            found.setdefault("aspect", Match(name, cue.start, cue.end))
    return Scope(found.get("extent"), found.get("aspect"))
