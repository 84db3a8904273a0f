"""Answers to plain questions: passages in the order of how much of the question they hold.

What has all the words comes first, then what has some, the best first in each. Candidates come
from the full-text engine; each is then measured by its words, how near they stand, what its
findings say, and what it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ..documents import vectors
from ..documents.vectors import Nearness
from ..query.ast import Has, Near, Node, Text, leaves
from ..query.question import Question
from ..storage import passage_tags
from ..storage.database import Database
from ..text.stem_frequencies import rarity
from ..text.word_vectors import embed
from .prepared import PreparedQuery
from .relevance import Held, Measure

WEIGHTS: Final[Mapping[str, float]] = {
    "words": 0.5,
    "near": 0.5,
    "together": 0.3,
    "theme": 0.35,
    "tone": 0.2,
    "judges": 0.15,
    "meaning": 0.2,
}
"""What each part of a score counts; chosen on half of the questions of the benchmark."""
_CANDIDATES: Final = 100
_SPARE: Final = 10
_MOST_PHRASES: Final = 40
_COMMON: Final = 1.2
"""A word that stands in more than a third of the passages is not looked for, if others are."""
_MEANT: Final = 30  # candidates that are found by their meaning
_CLOSE: Final = 0.45
"""What is less near in meaning does not answer by that alone."""
_FEW: Final = 40  # candidates: then the common words are looked for too
_OF_ONE_REPORT: Final = 3  # of ten
_ALIKE: Final = 0.8  # of all words shared: then two passages are worded the same


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage with what it is ordered by."""

    id: int
    document: int
    same: int
    stems: frozenset[str]
    whole: bool
    """Whether it has all of the words."""
    late: bool
    """Whether it is furniture or a heading, which come last."""
    held: Held
    parts: dict[str, float]
    """What each part adds to the score."""

    @property
    def score(self) -> float:
        return sum(self.parts.values())

    @property
    def order(self) -> tuple[bool, bool, float, int]:
        return self.late, not self.whole, -self.score, self.id


@dataclass(frozen=True, slots=True)
class Cluster:
    """A passage, and those that are worded nearly as it is: one place on the page."""

    best: Scored
    alike: tuple[Scored, ...] = ()

    @property
    def others(self) -> int:
        """How many are not made of the very same words."""
        return sum(one.same != self.best.same for one in self.alike)


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
    whole, total = _with_all(db, asked, most)
    some, more = _with_some(db, asked, question, most)
    chosen = dict.fromkeys([*whole, *some])
    nearness: Nearness | None = None
    if len(question.words) > 1 or not chosen:
        nearest, nearness = _near(db, question, _MEANT + window)
        close = [one for one, how in zip(nearest, nearness(nearest), strict=True) if how >= _CLOSE]
        chosen |= dict.fromkeys(_may_answer(db, asked, close))
    scorer = _Scorer(question, Measure(question), weights, set(whole))
    rows = _rows(db, chosen)
    near = nearness([row["id"] for row in rows]) if nearness else [0.0] * len(rows)
    scored = [scorer.at_most(row, meant) for row, meant in zip(rows, near, strict=True)]
    scored.sort(key=lambda one: one.order)
    scored = [scorer.exactly(one) for one in scored[: 2 * window + _SPARE * 3]]
    scored.sort(key=lambda one: one.order)
    places = _places(scored, 2 * window + _SPARE)
    return Ranking(tuple(places), total, max(more - total, 0))


def asks_of_one(node: Node | None) -> bool:
    """Whether a query names the authority that it is about."""
    parts = leaves(node) if node else ()
    return any(isinstance(part, Has) and part.field == "la" for part in parts)


def spread(places: Sequence[Cluster]) -> list[Cluster]:
    """The places with at most three of one report in each ten, as long as there are others."""
    left = list(places)
    page: list[Cluster] = []
    while left:
        counts: dict[int, int] = {}
        ten: list[Cluster] = []
        late = left[0].best.late
        for place in left:
            document = place.best.document
            if place.best.late == late and counts.get(document, 0) < _OF_ONE_REPORT:
                counts[document] = counts.get(document, 0) + 1
                ten.append(place)
                if len(ten) == 10:
                    break
        taken = set(map(id, ten))
        left = [place for place in left if id(place) not in taken]
        page += ten
    return page


def _with_all(db: Database, asked: PreparedQuery, most: int) -> tuple[list[int], int]:
    """The best passages that have all the words, and the number of all that do."""
    if not asked.driven:
        rows = db.all(asked.select("p.id"), asked.values)
        return [row[0] for row in rows[:most]], len(rows)
    rows = db.all(
        f"WITH hit AS MATERIALIZED ({asked.select(f'p.id AS id, {asked.engine.score} AS score')})"
        " SELECT id, (SELECT count(*) FROM hit) AS total FROM hit ORDER BY score LIMIT ?",
        [*asked.values, most],
    )
    return [row["id"] for row in rows], rows[0]["total"] if rows else 0


def _with_some(
    db: Database, asked: PreparedQuery, question: Question, most: int
) -> tuple[list[int], int]:
    """The best passages that have some of the words, or others for them, and how many there are."""
    rows = _found(db, asked, _sought(asked, question, _COMMON), most)
    if len(rows) < _FEW:
        rows = _found(db, asked, _sought(asked, question, 0.0), most)
    return [row["id"] for row in rows], rows[0]["total"] if rows else 0


def _found(
    db: Database, asked: PreparedQuery, texts: Sequence[Text | Near], most: int
) -> list[sqlite3.Row]:
    sql, values = asked.engine.ranking(texts)
    if asked.besides != "1":
        sql = (
            f"SELECT r.id, r.score FROM ({sql}) r CROSS JOIN passage p ON p.id = r.id"
            f" WHERE {asked.besides}"
        )
    return db.all(
        f"WITH hit AS MATERIALIZED ({sql})"
        " SELECT id, (SELECT count(*) FROM hit) AS total FROM hit ORDER BY score LIMIT ?",
        [*values, *asked.besides_values, most],
    )


def _near(db: Database, question: Question, most: int) -> tuple[list[int], Nearness]:
    """The passages nearest to the question in meaning, and how near others are."""
    (vector,) = embed([[stem for word in question.words for stem in word.stems]])
    return vectors.load(db).near(vector, most)


def _may_answer(db: Database, asked: PreparedQuery, passages: Sequence[int]) -> list[int]:
    """Those of the passages that meet what is asked besides words."""
    if asked.besides == "1":
        return list(passages)
    sql = f"SELECT p.id FROM passage p WHERE p.id IN ({', '.join('?' * len(passages))})"
    rows = db.all(f"{sql} AND {asked.besides}", [*passages, *asked.besides_values])
    return [row["id"] for row in rows]


def _sought(asked: PreparedQuery, question: Question, least: float) -> list[Text | Near]:
    """The phrases that candidates are found by: the rarest, as the others say little."""
    weights: dict[tuple[str, ...], float] = {}
    for stems, _, weight in question.phrases():
        weights[stems] = max(weights.get(stems, 0.0), weight * max(map(rarity, stems)))
    ranked = sorted(weights, key=lambda stems: -weights[stems])
    telling = [stems for stems in ranked if weights[stems] >= least] or ranked
    return [*asked.firm, *(Text(stems, stems) for stems in telling[:_MOST_PHRASES])]


def _rows(db: Database, ids: Iterable[int]) -> list[sqlite3.Row]:
    chosen = list(ids)
    rows: list[sqlite3.Row] = []
    for at in range(0, len(chosen), 500):
        some = chosen[at : at + 500]
        rows += db.all(
            "SELECT p.id, p.document, p.kind, p.tier, p.tags, t.same, t.stems FROM passage p"
            " JOIN passage_terms t ON t.passage = p.id"
            f" WHERE p.id IN ({', '.join('?' * len(some))})",
            some,
        )
    return rows


@dataclass(frozen=True, slots=True)
class _Scorer:
    """Scores passages against one question."""

    question: Question
    measure: Measure
    weights: Mapping[str, float]
    whole: set[int]

    def at_most(self, row: sqlite3.Row, meant: float) -> Scored:
        """What a passage can score at the most: how near its words stand takes longest to see."""
        stems = row["stems"].split()
        held = self.measure.held(stems)
        tags = passage_tags.read(row["tags"])
        parts = {
            "words": held.whole,
            "near": held.most,
            "together": held.most,
            "theme": self.question.fits(tags),
            "tone": self.question.tone(tags),
            "judges": 0.0 if row["tier"] == 1 else 1.0,
            "meaning": max(meant, 0.0),
        }
        return Scored(
            id=row["id"],
            document=row["document"],
            same=row["same"],
            stems=frozenset(stems),
            whole=row["id"] in self.whole or held.named == self.measure.full,
            late=row["tier"] == 2 or row["kind"] == "heading",
            held=held,
            parts={name: self.weights[name] * value for name, value in parts.items()},
        )

    def exactly(self, one: Scored) -> Scored:
        """The passage with how near its words do stand."""
        near, together = self.measure.near(one.held)
        parts = one.parts | {
            "near": self.weights["near"] * near,
            "together": self.weights["together"] * together,
        }
        return replace(one, parts=parts)


def _places(scored: Sequence[Scored], most: int) -> list[Cluster]:
    """One place for passages of nearly the same words, where the best of them stands."""
    places: list[list[Scored]] = []
    for one in scored:
        if len(places) >= most:
            break
        for place in reversed(places):
            if _alike(place[0], one):
                place.append(one)
                break
        else:
            places.append([one])
    return [Cluster(first, tuple(others)) for first, *others in places]


def _alike(one: Scored, other: Scored) -> bool:
    if one.same == other.same:
        return True
    size, others = len(one.stems), len(other.stems)
    if not _ALIKE <= size / max(others, 1) <= 1 / _ALIKE:
        return False
    shared = len(one.stems & other.stems)
    return shared >= _ALIKE * (size + others - shared)
