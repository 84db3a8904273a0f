"""Use cases of notes on passages and of collections."""

from __future__ import annotations

from collections.abc import Iterable

from index.annotations import notes, passage_collections
from index.documents.citation_rows import Place
from index.storage.database import Database


def annotate(db: Database, place: Place, text: str, *, who: str) -> None:
    """Write a note on a passage."""
    span = place.passage
    notes.add(db, place.document, span.start, span.end, text=text, who=who)


def collect(db: Database, name: str, places: Iterable[Place], *, who: str) -> int:
    """Put passages into a collection; how many were not in it yet."""
    with db.transaction():
        return sum(
            passage_collections.add(db, name, place.document, place.passage, who=who)
            for place in places
        )
