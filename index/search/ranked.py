"""Answers to plain questions: passages in the order of how much of the question they hold.

What has all the words comes first, then what has some, the best first in each. Candidates come
from the full-text engine and from the vectors of passages; each is then scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..documents.vectors import Nearness
from ..query.ast import Has, Node, leaves
from ..query.question import Question
from ..storage.database import Database
from . import candidates
from .clusters import Cluster, clusters
from .prepared import PreparedQuery
from .relevance import Measure
from .scoring import WEIGHTS, Scorer

_CANDIDATES: Final = 100
_MEANT: Final = 30  # candidates that are found by their meaning
_SPARE: Final = 10


@dataclass(frozen=True, slots=True)
class Ranking:
    """The places in their order, and how many passages have all of the words and some of them."""

    places: tuple[Cluster, ...]
    whole: int
    some: int


def rank(
    db: Database,
    asked: PreparedQuery,
    question: Question,
    window: int,
    weights: Mapping[str, float] = WEIGHTS,
) -> Ranking:
    """The first places of the answer, at least so many where there are."""
    most = _CANDIDATES + 2 * window
    whole, total = candidates.with_all(db, asked, most)
    some, more = candidates.with_some(db, asked, question, most)
    chosen = dict.fromkeys([*whole, *some])
    nearness: Nearness | None = None
    if len(question.words) > 1 or not chosen:
        nearest, nearness = candidates.near(db, asked, question, _MEANT + window)
        chosen |= dict.fromkeys(nearest)
    scorer = Scorer(question, Measure(question), weights, set(whole))
    rows = candidates.rows(db, chosen)
    near = nearness([row["id"] for row in rows]) if nearness else [0.0] * len(rows)
    scored = [scorer.at_most(row, meant) for row, meant in zip(rows, near, strict=True)]
    scored.sort(key=lambda one: one.order)
    best = scored[: 2 * window + 3 * _SPARE]
    said = candidates.findings(db, [one.id for one in best])
    scored = [scorer.exactly(one, said.get(one.id, ())) for one in best]
    scored.sort(key=lambda one: one.order)
    places = clusters(scored, 2 * window + _SPARE)
    return Ranking(tuple(places), total, max(more - total, 0))


def asks_of_one(node: Node | None) -> bool:
    """Whether a query names the authority that it is about."""
    parts = leaves(node) if node else ()
    return any(isinstance(part, Has) and part.field == "la" for part in parts)
