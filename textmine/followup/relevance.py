"""Relevance: how surely a sentence of a later report speaks of just what was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from typing import Final, Literal, TypeAlias

from index.reports.counts import FindingRow

from . import wording
from .linear import Linear
from .wording import Rarity, Wording

Sign: TypeAlias = Literal["better", "worse", "both", "none"]
"""What a sentence says of its subject: that it is well, or not; both; or neither."""

_SIGNS: Final[dict[str, int]] = {"strength": 1, "concern": -1, "mixed": 0}
_LEANS: Final = re.compile(
    r"(this|these|they|however|it|such|as a result|consequently|although this|in addition|those"
    r"|their|where this|but|while these)\b",
    re.IGNORECASE,
)
"""How a sentence begins that speaks of what the one before names."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a report with its findings, as a witness for or against a demand."""

    rows: tuple[FindingRow, ...]
    wording: Wording
    heading: frozenset[str]
    """The subjects of the heading above it."""
    leans: bool
    """Whether it speaks of what the sentence before names."""
    asks: bool
    """Whether it is something that the report asks for in its turn."""
    sign: Sign

    @property
    def row(self) -> FindingRow:
        """The first of its findings: where it stands, and its words."""
        return self.rows[0]


def _sign_of(rows: Iterable[FindingRow]) -> Sign:
    """What a sentence says of its subject, by the polarities of its findings."""
    signs = [_sign(r) for r in rows if r.finding.polarity in _SIGNS]
    if not signs:
        return "none"
    total = sum(signs)
    return "better" if total > 0 else "worse" if total < 0 else "both"


def _sign(row: FindingRow) -> int:
    """Of a finding: a concern that has improved is neither praise nor blame."""
    sign = _SIGNS[row.finding.polarity]
    return 0 if sign < 0 and row.finding.timing == "improved" else sign


@dataclass(frozen=True, slots=True)
class Question:
    """A demand as it is looked for: its wording and themes."""

    wording: Wording
    themes: frozenset[str]


def statements(rows: Iterable[FindingRow]) -> tuple[Statement, ...]:
    """The sentences of a report, in the order of its text, from its findings in that order."""
    every: list[Statement] = []
    passage = 0
    for (ordinal, _), group in groupby(rows, key=lambda r: (r.passage.ordinal, r.finding.start)):
        same = tuple(group)
        text = same[0].evidence
        leans = ordinal == passage and bool(_LEANS.match(text))
        heading = wording.subjects_of(same[0].section)
        asks = same[0].passage.kind == "recommendation"
        said = wording.of_answer(text)
        every.append(Statement(same, said, heading, leans, asks, _sign_of(same)))
        passage = ordinal
    return tuple(every)


def relevances(
    question: Question, report: Sequence[Statement], rarity: Rarity, model: Linear
) -> list[float]:
    """For each sentence of a report the log-odds that it speaks of just what was asked for."""
    return [model.score(features) for features in described(question, report, rarity)]


def described(
    question: Question, report: Sequence[Statement], rarity: Rarity
) -> Iterable[dict[str, float]]:
    """The features of each sentence beside the question, by name."""
    asked = question.wording
    weight = rarity.of_stems(asked.stems) or 1.0
    subjects = rarity.of_subjects(asked.subjects) or 1.0
    paragraphs = _paragraphs(report)
    before = (0.0, 0.0)
    for each in report:
        said = each.wording
        both = asked.stems & said.stems
        shared = rarity.of_stems(both)
        named = asked.subjects & said.subjects
        rarest = sorted((rarity.of_stems((stem,)) for stem in both), reverse=True)[:2]
        rarest += [0.0] * (2 - len(rarest))
        cover, on_subject = shared / weight, rarity.of_subjects(named) / subjects
        stems, spoken = paragraphs[each.row.passage.ordinal]
        on_theme = len(question.themes & {row.finding.theme for row in each.rows})
        answers = bool(asked.facets & said.facets)
        lent = before if each.leans else (0.0, 0.0)
        yield {
            "words": cover,
            "likeness": shared / sqrt(weight * (rarity.of_stems(said.stems) or 1.0)),
            "words of paragraph": rarity.of_stems(asked.stems & stems) / weight,
            "weight": shared / 20,
            "rarest word": rarest[0] / 8,
            "second word": rarest[1] / 8,
            "words shared": min(2, len(both)) / 2,
            "themes": min(on_theme, 2) / 2,
            "other theme": float(bool(question.themes) and not on_theme),
            "subjects": on_subject,
            "subjects' weight": on_subject * subjects / 5,
            "other subjects": min(rarity.of_subjects(said.subjects - asked.subjects), 12) / 12,
            "subjects of paragraph": rarity.of_subjects(asked.subjects & spoken) / subjects,
            "facet": float(answers),
            "other facet": float(bool(asked.facets) and not answers),
            "asks": float(each.asks),
            "asks, words": each.asks * cover,
            "asks, subjects": each.asks * on_subject,
            "heading": float(bool(asked.subjects & each.heading)),
            "other heading": float(bool(each.heading) and not asked.subjects & each.heading),
            "no sign": float(each.sign == "none"),
            "length": len(each.row.evidence) / 300,
            "very short": float(len(each.row.evidence) < 40),
            "leans": float(each.leans),
            "leans, words": lent[0],
            "leans, subjects": lent[1],
            "words and subjects": cover * on_subject,
            "themes and words": on_theme * cover,
        }
        before = (max(cover, lent[0]), max(on_subject, lent[1]))


def _paragraphs(report: Sequence[Statement]) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """The stems and subjects of each passage, by its ordinal."""
    whole: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
    for each in report:
        stems, subjects = whole.get(each.row.passage.ordinal, (frozenset(), frozenset()))
        said = each.wording
        whole[each.row.passage.ordinal] = (stems | said.stems, subjects | said.subjects)
    return whole
