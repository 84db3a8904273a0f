"""What the learned model of polarity looks at: the rules' reading of a sentence, and its parts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple, final

from corpus.model import Polarity

from ..rules.headings import Place
from ..rules.phrase_matcher import Match
from ..rules.polarity import clauses, decided_by_place, judge, settle
from .theme_features import short_kind

TOLD: Final = frozenset(
    {"good", "bad", "many", "not", "no", "lack", "or", "relief", "rise", "fall", "burden", "asset"}
)
"""Cues that the signs tell of: counted again they would undo a negation."""


class Context(NamedTuple):
    """Where a sentence stands."""

    place: Place
    kind: str
    first: bool
    alone: bool
    before: Polarity | None
    """What the rules said of the sentence before."""


@final
class Reading:
    """What the rules make of a sentence: its words, marks, cues, and where it stands."""

    __slots__ = ("clauses", "context", "cues", "rule", "verdict", "words")

    def __init__(
        self,
        words: Sequence[str],
        breaks: Sequence[tuple[int, str]],
        cues: Sequence[Match],
        context: Context,
    ) -> None:
        self.words = words
        self.cues = cues
        self.context = context
        self.clauses = clauses(words, breaks, cues)
        self.verdict = judge(self.clauses, cues, words)
        self.rule: Polarity = settle(
            self.verdict.polarity, context.place.stance, context.before, alone=context.alone
        )

    @property
    def by_place(self) -> bool:
        """Whether it is a concern by its place alone, whatever its words."""
        return decided_by_place(self.context.place.stance, alone=self.context.alone)

    @property
    def is_demand(self) -> bool:
        """Whether it asks for something: never a strength."""
        return any(
            cue.label == "demand" or (cue.label == "order" and not cue.start) for cue in self.cues
        )

    @property
    def unheaded(self) -> bool:
        """Whether it is all there is, without a heading: mostly an item of a list."""
        return self.context.alone and not self.context.place.heading

    def sign_places(self) -> list[tuple[int, int]]:
        """The words of its signs."""
        return [(s.start, s.end) for clause in self.clauses for s in clause.signs]

    def names(self) -> list[str]:
        """The features that it has beside its words."""
        shape, counts, names = _form(self)
        length = min(5, len(self.words) // 8)
        verdict = self.verdict
        return [
            *_said_names(verdict.polarity, self.context.kind, length),
            *_form_names(shape, *counts),
            f"clear={verdict.clear and verdict.polarity}",
            *{f"cue={cue.label}" for cue in self.cues if cue.label not in TOLD},
            *names,
        ]


def _form(reading: Reading) -> tuple[str, tuple[int, int, int, int], set[str]]:
    """The order and counts of strengths and concerns, and the names of the signs.

    The counts are of main clauses, then of others.
    """
    words = reading.words
    names: set[str] = set()
    shape = ""
    strength, concern = [0, 0], [0, 0]
    for clause in reading.clauses:
        if not clause.signs:
            continue
        minor = clause.role != "main"
        rank = "m" if minor else "M"
        before = concern[minor]
        for value, start, end, _, _ in clause.signs:
            if value < 0:
                concern[minor] += 1
            else:
                strength[minor] += 1
            text = words[start] if end == start + 1 else _short(words[start:end])
            names.add(f"{rank}{value}={text}")
        shape += rank + ("-" if concern[minor] > before else "+")
    return shape[:8], (strength[0], concern[0], strength[1], concern[1]), names


@lru_cache(maxsize=4096)
def _said_names(said: Polarity | None, kind: str, length: int) -> tuple[str, ...]:
    """What the words say: few combinations, made again and again."""
    short = short_kind(kind)
    return (f"said={said}", f"said={said}/{short}", f"kind={short}", f"length={length}")


@lru_cache(maxsize=4096)
def _form_names(
    shape: str, strength: int, concern: int, conceded: int, minor: int
) -> tuple[str, ...]:
    """How many signs there are, and their order by clause."""
    return (
        *(["=signs"] if shape else []),
        f"shape={shape}",
        f"main={min(3, strength)},{min(3, concern)}",
        f"minor={min(2, conceded)},{min(2, minor)}",
    )


def _short(words: Sequence[str]) -> str:
    """The words of a sign; of many words the first and the last."""
    return " ".join(words if len(words) < 4 else (words[0], "_", words[-1]))
