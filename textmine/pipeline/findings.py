"""Findings put together from what was read of each sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus.model import Aspect, Cue, CueKind, Extent, Polarity, Timing

from .batch import Batch
from .learned.polarity_features import Reading
from .rules.cues import SCOPE, TIMING
from .rules.phrase_matcher import Match
from .rules.scope import extent_and_aspect
from .rules.timing import DECIDING, fitting
from .rules.topics import Topics


class Tagged(NamedTuple):
    """What a sentence says of a theme; `[start, end)` is the sentence within the input's text."""

    start: int
    end: int
    theme: str
    polarity: Polarity
    timing: Timing
    cues: tuple[Cue, ...]
    """The words that decided. Where none is of polarity, the context did."""
    extent: Extent | None = None
    aspect: Aspect | None = None
    score: float | None = None
    """The chance that theme and polarity are right; None without what was learned."""


class SentenceVerdict(NamedTuple):
    """What a sentence says, its themes aside."""

    polarity: Polarity
    timing: Timing
    spoke: tuple[Match, ...]
    """The words that spoke for the polarity where the rules' signs did not; label and words."""


class RuleRead(NamedTuple):
    """What the rules read in a sentence."""

    topics: Topics
    reading: Reading
    cues: Sequence[Sequence[Match]]
    """Of timing, of polarity, of scope."""


def places_of(theme: str, topics: Topics) -> Sequence[tuple[int, int]]:
    """The words that named a theme in its sentence; none where it was carried or learned."""
    if theme in topics.cues:
        return topics.cues[theme]
    return next((named[theme] for named in topics.named if theme in named), ())


def polarity_of(theme: str, said: Polarity, read: RuleRead) -> Polarity:
    """The polarity of one theme of a sentence: that of its clause, where clauses differ.

    Only where every word that names the theme stands in clauses of one value, and those of the
    others say the opposite of something else.
    """
    clauses = [clause for clause in read.reading.clauses if clause.signs]
    if len({clause.value for clause in clauses}) == 1 or said == "neutral":
        return said
    if not clauses or any(clause.role == "condition" for clause in clauses):
        return said
    own = _values(theme, read)
    others = {v for other in read.topics.cues if other != theme for v in _values(other, read)}
    if len(own) != 1 or own == others or not others:
        return said
    return "strength" if own == {1} else "concern"


def _values(theme: str, read: RuleRead) -> set[int]:
    """The values of the clauses in which a theme is named, but of those that say nothing."""
    values = set()
    for start, _ in places_of(theme, read.topics):
        clauses = reversed(read.reading.clauses)
        values.add(next(c for c in clauses if c.start <= start or not c.start).value)
    return values - {0}


def tagged(
    batch: Batch,
    number: int,
    theme: str,
    said: SentenceVerdict,
    read: RuleRead,
    *,
    score: float | None,
) -> Tagged:
    """The finding of a sentence on a theme."""
    polarity = polarity_of(theme, said.polarity, read)
    timing = fitting(said.timing, polarity, said.polarity)
    signs = [s for c in read.reading.clauses for s in c.signs]
    signs = [s for s in signs if polarity in {"mixed", s.label}]
    spoke = [(s.start, s.end) for s in signs] or [(start, end) for _, start, end in said.spoke]
    extent, aspect = extent_and_aspect(read.cues[SCOPE])
    every: list[tuple[CueKind, str, int, int]] = [
        *(("theme", theme, *place) for place in places_of(theme, read.topics)),
        *(
            ("timing", timing, cue.start, cue.end)
            for cue in read.cues[TIMING]
            if cue.label == timing or cue.label in DECIDING
        ),
        *(("polarity", polarity, *place) for place in spoke),
    ]
    if extent:
        every.append(("extent", *extent))
    if aspect:
        every.append(("aspect", *aspect))
    return Tagged(
        batch.starts[number],
        batch.ends[number],
        theme,
        polarity,
        timing,
        tuple(Cue(kind, label, *batch.span(number, a, b)) for kind, label, a, b in every),
        extent and extent.label,  # type: ignore[arg-type]
        aspect and aspect.label,  # type: ignore[arg-type]
        score,
    )
