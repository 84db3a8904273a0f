"""Candidates for the answer to a plain question, by their words and by their meaning."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..documents import vectors
from ..documents.vectors import Nearness
from ..query.ast import Near, Text
from ..query.question import Question
from ..storage.database import Database, Value
from ..text.analyzer import unpack
from ..text.stem_frequencies import rarity
from ..text.word_vectors import embed
from .prepared import ANY, PreparedQuery
from .scoring import FindingSpan

_MOST_PHRASES: Final = 40
_COMMON: Final = 1.2
"""A word that stands in more than a third of the passages is not looked for, if others are."""
_CLOSE: Final = 0.45
"""What is less near in meaning does not answer by that alone."""
_FEW: Final = 40  # candidates: then the common words are looked for too
_BATCH: Final = 500


def with_all(db: Database, asked: PreparedQuery, most: int) -> tuple[list[int], int]:
    """The best passages that have all the words, and the number of all that do."""
    if not asked.driven:
        found = db.all(asked.select("p.id"), asked.values)
        return [row[0] for row in found[:most]], len(found)
    alone = asked.apart == ANY
    score = f"{asked.engine.score} AS score"
    sql = asked.select(f"p.id AS id, {score}")
    if alone:
        table = asked.engine.table
        sql = f"SELECT rowid AS id, {score} FROM {table} WHERE {table} MATCH ?"
    return _best(db, sql, asked.values, most, alone=alone)


def with_some(
    db: Database, asked: PreparedQuery, question: Question, most: int
) -> tuple[list[int], int]:
    """The best passages that have some of the words, or others for them, and how many there are."""
    found = _ranked(db, asked, _sought(asked, question, _COMMON), most)
    if len(found[0]) < _FEW:
        found = _ranked(db, asked, _sought(asked, question, 0.0), most)
    return found


def _ranked(
    db: Database, asked: PreparedQuery, texts: Sequence[Text | Near], most: int
) -> tuple[list[int], int]:
    sql, values = asked.engine.ranking(texts)
    alone = asked.besides == ANY
    if not alone:
        sql = (
            f"SELECT r.id, r.score FROM ({sql}) r CROSS JOIN passage p ON p.id = r.id"
            f" WHERE {asked.besides}"
        )
    return _best(db, sql, [*values, *asked.besides_values], most, alone=alone)


def _best(
    db: Database, sql: str, values: Sequence[Value], most: int, *, alone: bool
) -> tuple[list[int], int]:
    """The first rows by their score, and the number of all.

    Where words stand alone, without a condition, it is cheaper to count them once more than to keep
    all rows.
    """
    if alone:
        rows = db.all(f"{sql} ORDER BY score LIMIT ?", [*values, most])
        all_ = len(rows) if len(rows) < most else db.number(f"SELECT count(*) FROM ({sql})", values)
        return [row["id"] for row in rows], all_
    rows = db.all(
        f"WITH hit AS MATERIALIZED ({sql})"
        " SELECT id, (SELECT count(*) FROM hit) AS total FROM hit ORDER BY score LIMIT ?",
        [*values, most],
    )
    return [row["id"] for row in rows], rows[0]["total"] if rows else 0


def near(
    db: Database, asked: PreparedQuery, question: Question, most: int
) -> tuple[list[int], Nearness]:
    """The passages nearest to the question in meaning, and how near any others are."""
    (vector,) = embed([[stem for word in question.words for stem in word.stems]])
    nearest, nearness = vectors.load(db).near(vector, most)
    close = [one for one, how in zip(nearest, nearness(nearest), strict=True) if how >= _CLOSE]
    if asked.besides == ANY:
        return close, nearness
    sql = f"SELECT p.id FROM passage p WHERE {asked.besides} AND p.id IN"
    return [row["id"] for row in _each(db, sql, close, asked.besides_values)], nearness


def _sought(asked: PreparedQuery, question: Question, least: float) -> list[Text | Near]:
    """The phrases that candidates are found by: the rarest, as the others say little."""
    weights: dict[tuple[str, ...], float] = {}
    for stems, _, weight in question.phrases():
        weights[stems] = max(weights.get(stems, 0.0), weight * max(map(rarity, stems)))
    ranked = sorted(weights, key=lambda stems: -weights[stems])
    telling = [stems for stems in ranked if weights[stems] >= least] or ranked
    return [*asked.firm, *(Text(stems, stems) for stems in telling[:_MOST_PHRASES])]


def rows(db: Database, passages: Iterable[int]) -> list[sqlite3.Row]:
    """What scoring asks of passages."""
    sql = (
        "SELECT p.id, p.document, p.kind, p.tier, p.tags, t.same, t.text FROM passage p"
        " JOIN passage_text t ON t.passage = p.id WHERE p.id IN"
    )
    return list(_each(db, sql, list(passages)))


def findings(db: Database, passages: Sequence[int]) -> dict[int, list[FindingSpan]]:
    """The findings of passages, by the words of the passage that they stand on."""
    found: dict[int, list[FindingSpan]] = {}
    starts: dict[int, list[int]] = {}
    sql = (
        "SELECT f.passage, f.theme, f.polarity, f.start - p.start AS first,"
        ' f."end" - p.start AS last, t.starts, t.words'
        " FROM finding_now f JOIN passage p ON p.id = f.passage"
        " JOIN passage_text t ON t.passage = f.passage WHERE f.passage IN"
    )
    for row in _each(db, sql, passages):
        passage, theme, polarity, first, last, packed, words = row
        if passage not in found:
            found[passage] = []
            starts[passage] = unpack(packed, words)
        places = starts[passage]
        span = FindingSpan(theme, polarity, bisect_left(places, first), bisect_left(places, last))
        found[passage].append(span)
    return found


def _each(
    db: Database, sql: str, passages: Sequence[int], values: Sequence[Value] = ()
) -> Iterator[sqlite3.Row]:
    """The rows of a statement that ends in IN, in parts that SQLite can be given at once."""
    for at in range(0, len(passages), _BATCH):
        some = passages[at : at + _BATCH]
        yield from db.all(f"{sql} ({', '.join('?' * len(some))})", [*values, *some])
