"""Matches of a query in one document: the passages that answer, and the ranges to mark in them."""

from __future__ import annotations

from dataclasses import dataclass

from ..search.highlight import Marker, Range
from ..search.prepared import PreparedQuery
from ..storage.database import Database
from ..text.analyzer import Words, unpack


@dataclass(frozen=True, slots=True)
class PassageMatch:
    """A passage in which words of the query stand; `highlights` are ranges in its text."""

    ordinal: int
    highlights: tuple[Range, ...]
    answers: bool
    """Whether it is one of the passages that the query finds."""


def matches(db: Database, asked: PreparedQuery, document: int) -> tuple[PassageMatch, ...]:
    """The document's passages that answer or hold some of the words, in the order of the text."""
    answering = {
        row["id"]
        for row in db.all(
            asked.select("p.id", tail=" AND p.document = ?"), [*asked.values, document]
        )
    }
    others = asked.question.other_texts() if asked.question else ()
    marker = Marker((*asked.texts, *others))
    found = []
    for row in db.all(
        "SELECT p.id, p.ordinal, t.text, t.starts, t.words FROM passage p"
        " JOIN passage_text t ON t.passage = p.id WHERE p.document = ? ORDER BY p.ordinal",
        (document,),
    ):
        text, starts, words = row[-3:]
        ranges = marker.highlights(text, Words(text, unpack(starts, words)))
        if ranges or row["id"] in answering:
            found.append(PassageMatch(row["ordinal"], ranges, row["id"] in answering))
    return tuple(found)
