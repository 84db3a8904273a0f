"""Named collections of passages, such as those for a report; each passage is kept by its words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from corpus.errors import UsageError
from corpus.model import Passage

from ..documents import digests
from ..documents.records import now
from ..storage import texts
from ..storage.database import Database
from ..text import quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionCount:
    """A collection, with how many passages it has and how many of them are found no more."""

    name: str
    passages: int
    missing: int
    created: str


def add(db: Database, name: str, number: int, passage: Passage, *, who: str) -> bool:
    """Put a passage of a document into a collection; False where it is in it already.

    Raises UsageError for a name without letters, or with quotation marks or line breaks.
    """
    if not any(map(str.isalnum, name)) or set(name) & set('"\n'):
        raise UsageError(f"not a name for a collection: {name!r}. Use letters, digits and hyphens")
    text = texts.text(db, number)
    quote = text[passage.start : passage.end]
    key = (name, number, quote, quotes.occurrence(text, quote, passage.start))
    known = "collection = ? AND document = ? AND quote = ? AND occurrence = ?"
    if db.one(f"SELECT 1 FROM collected WHERE {known}", key):
        return False
    with digests.changing(db, number, "entered"):
        db.execute(
            "INSERT INTO collected (collection, document, quote, occurrence, who, made_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*key, who, now()),
        )
    return True


def remove(db: Database, name: str, number: int | None = None, start: int | None = None) -> int:
    """Take a passage out of a collection, or all of a document, or all; how many were taken."""
    chosen = [
        each
        for each in _entries(db, [name])
        if number in {None, each.document} and start in {None, each.start}
    ]
    for each in chosen:
        with digests.changing(db, each.document, "entered"):
            db.execute("DELETE FROM collected WHERE id = ?", (each.id,))
    return len(chosen)


def names(db: Database) -> tuple[str, ...]:
    """The names of all collections."""
    rows = db.all("SELECT DISTINCT collection FROM collected ORDER BY collection")
    return tuple(row["collection"] for row in rows)


def every(db: Database) -> tuple[CollectionCount, ...]:
    """All collections, by name."""
    return tuple(
        CollectionCount(
            name=name,
            passages=len(entries),
            missing=sum(each.start is None for each in entries),
            created=min(each.made_at for each in entries),
        )
        for name in names(db)
        if (entries := _entries(db, [name]))
    )


def passage_ids(db: Database, of: Iterable[str]) -> list[int]:
    """The row numbers of the passages that stand in any of these collections now."""
    found = []
    for each in _entries(db, of):
        if each.start is not None:
            passage = db.one(
                'SELECT id FROM passage WHERE document = ? AND start <= ? AND "end" > ?',
                (each.document, each.start, each.start),
            )
            found += [passage["id"]] if passage else []
    return found


class _Entry(NamedTuple):
    """A passage in a collection; `start` is where its words stand now, None where nowhere."""

    id: int
    document: int
    made_at: str
    start: int | None


def _entries(db: Database, of: Iterable[str]) -> list[_Entry]:
    rows = db.all(
        "SELECT * FROM collected WHERE collection IN (SELECT value FROM json_each(?))"
        " ORDER BY document, id",
        (json.dumps(list(of)),),
    )
    read = {number: texts.text(db, number) for number in {row["document"] for row in rows}}
    entries = []
    for row in rows:
        found = quotes.place(read[row["document"]], row["quote"], row["occurrence"])
        start = found[0] if found else None
        entries.append(_Entry(row["id"], row["document"], row["made_at"], start))
    return entries
