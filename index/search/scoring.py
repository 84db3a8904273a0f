"""Scores of passages against a plain question: words, findings, meaning, and what a passage is."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Final, NamedTuple

from ..query.question import Question
from ..storage import passage_tags
from ..text.analyzer import stems_of
from .relevance import Coverage, Measure

WEIGHTS: Final[Mapping[str, float]] = {
    "words": 0.5,
    "near": 0.5,
    "together": 0.3,
    "theme": 0.35,
    "tone": 0.2,
    "said": 0.3,
    "judges": 0.15,
    "meaning": 0.2,
}
"""What each part of a score counts; chosen on half of the questions of the benchmark."""


_REMEMBERED: Final = 20_000  # passages
_known: Final[dict[int, list[str]]] = {}
"""Stems by the digest of a passage's words: questions meet the same passages again and again."""


def _stems(row: sqlite3.Row) -> list[str]:
    """The stems of a passage in order."""
    known = _known.get(row["same"])
    if known is None:
        if len(_known) >= _REMEMBERED:
            _known.clear()
        known = _known[row["same"]] = list(map(intern, stems_of(row["text"]).split()))
    return known


class Scored(NamedTuple):
    """A passage with what it is ordered by."""

    id: int
    document: int
    same: int
    words: Sequence[str]
    """Its stems in order."""
    whole: bool
    """Whether it has all of the words."""
    late: bool
    """Whether it is furniture or a heading, which come last."""
    coverage: Coverage
    parts: dict[str, float]
    """What each part adds to the score."""
    stems: frozenset[str] = frozenset()
    """Each of its stems once, of passages that were scored exactly."""

    @property
    def score(self) -> float:
        return sum(self.parts.values())

    @property
    def order(self) -> tuple[bool, bool, float, int]:
        return self.late, not self.whole, -self.score, self.id


class FindingSpan(NamedTuple):
    """A finding and the words of its passage that it stands on."""

    theme: str
    polarity: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores passages against one question."""

    question: Question
    measure: Measure
    weights: Mapping[str, float]
    whole: set[int]

    def at_most(self, row: sqlite3.Row, meant: float) -> Scored:
        """What a passage can score at the most: how near its words stand takes longest to see."""
        stems = _stems(row)
        coverage = self.measure.coverage(stems)
        tags = passage_tags.read(row["tags"])
        parts = {
            "words": coverage.whole,
            "near": coverage.most,
            "together": coverage.most,
            "theme": self.question.fits(tags),
            "tone": self.question.tone(tags),
            "said": coverage.most,
            "judges": 0.0 if row["tier"] == 1 else 1.0,
            "meaning": max(meant, 0.0),
        }
        return Scored(
            id=row["id"],
            document=row["document"],
            same=row["same"],
            words=stems,
            whole=row["id"] in self.whole or coverage.named == self.measure.full,
            late=row["tier"] == 2 or row["kind"] == "heading",
            coverage=coverage,
            parts={name: self.weights[name] * value for name, value in parts.items()},
        )

    def exactly(self, one: Scored, findings: Sequence[FindingSpan]) -> Scored:
        """The passage with how near its words do stand, and what the findings there say."""
        near, together = self.measure.near(one.coverage)
        said = max(
            (
                self.question.fit(each.theme, each.polarity)
                * self.measure.within(one.coverage, each.first, each.last)
                for each in findings
            ),
            default=0.0,
        )
        exact = {"near": near, "together": together, "said": said}
        parts = one.parts | {name: self.weights[name] * value for name, value in exact.items()}
        return one._replace(parts=parts, stems=frozenset(one.words))
