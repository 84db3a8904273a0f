"""Damaged documents: rows that are not what was stored, read again from the original.

What people entered cannot be read again: where that is damaged, a document is left as it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from typing import Final, TypeAlias

from corpus.errors import LibraryError

from ..documents import digests, reissues, store, table_digests, vectors
from ..documents.digests import Part
from ..documents.rows import OF_DOCUMENT, OF_PASSAGE
from ..engines import ENGINES
from ..storage import originals
from ..storage.database import Database
from .issues import BACKUP, REPAIR, IntegrityIssue

ReadAgain: TypeAlias = Callable[[Database, tuple[int, ...]], None]
"""Reads documents, by number, again from their originals."""

Damaged: TypeAlias = dict[int, tuple[str, tuple[Part, ...]]]
"""Documents by number: their names, and which parts are not what was stored."""

_MADE_AGAIN: Final = frozenset({"authority", "model"})
"""Tables that an ingest writes anew."""

_WHAT: Final[dict[Part, str]] = {
    "extracted": "its rows are not what was read from its file",
    "entered": "its name, options, corrections or decisions are not what was entered",
}


def damaged(db: Database) -> Damaged:
    """The documents whose rows do not give their digests."""
    if not digests.present(db):
        return {}
    found: Damaged = {}
    for row in db.all("SELECT id, name FROM document ORDER BY id"):
        # A document that is deleted or changed at this moment is whole a moment later.
        if digests.mismatches(db, row["id"]) and (wrong := _mismatches(db, row["id"])):
            found[row["id"]] = (row["name"], wrong)
    return found


def mend(db: Database, documents: Damaged, read_again: ReadAgain) -> None:
    """Read again what can be; full-text indexes are rebuilt, as they may be wrong too."""
    for number, (_, parts) in documents.items():
        if "entered" in parts:
            _restore_name(db, number)
    numbers = tuple(number for number in documents if _readable(db, number))
    with db.transaction():
        if not (_remove_stray(db) or numbers):
            return
        for name, engine in ENGINES.items():
            db.execute(f"DROP TABLE IF EXISTS {engine.table}")
            db.record(name, None)
    read_again(db, numbers)


def lost_issues(db: Database, lost: Sequence[sqlite3.Row]) -> Iterator[IntegrityIssue]:
    """The documents that were lost, and which of them are there again."""
    for row in lost:
        number = store.document_with_hash(db, row["sha256"])
        original = originals.place(db.folder, row["sha256"], row["media_type"])
        yield IntegrityIssue(
            kind="digest",
            message="it was stored and is not there",
            remedy=f"{REPAIR}; else restore a backup, or textmine ingest {original}",
            name=row["name"],
            repaired=number is not None and not _mismatches(db, number),
        )


def issues(
    db: Database, documents: Damaged, but: AbstractSet[str] = frozenset()
) -> Iterator[IntegrityIssue]:
    """What is wrong with the documents but for some, and what of it is repaired by now."""
    for number, (name, parts) in documents.items():
        if (original := store.original(db, number)) and original.sha256 in but:
            continue
        left = _mismatches(db, number)
        for part in parts:
            remedy = REPAIR if part == "extracted" and "entered" not in parts else BACKUP
            yield IntegrityIssue(
                kind="digest",
                message=_WHAT[part],
                remedy=remedy,
                document=number,
                name=name,
                repaired=part not in left,
            )
    yield from _others(db)


def _others(db: Database) -> Iterator[IntegrityIssue]:
    if not digests.present(db):
        if db.number("SELECT count(*) FROM document"):
            message = "it has no digests yet, so changed rows cannot be found"
            yield IntegrityIssue(kind="digest", message=message, remedy="textmine refresh")
        return
    for table in table_digests.damaged(db):
        if table == vectors.TABLE:
            continue
        message = f"the table {table} is not what was stored"
        remedy = f"textmine ingest, or {BACKUP}" if table in _MADE_AGAIN else BACKUP
        yield IntegrityIssue(kind="digest", message=message, remedy=remedy)
    for number in reissues.wrong(db):
        message = "what it replaces is not what the documents give"
        yield IntegrityIssue(kind="digest", message=message, remedy=REPAIR, document=number)


def vector_issues(db: Database, *, repair: bool) -> Iterator[IntegrityIssue]:
    """Vectors of passages that are not what was made; after all else, which they follow from."""
    if vectors.TABLE in table_digests.damaged(db):
        if repair:
            vectors.rebuild(db)
        message = "the vectors of passages are not what was stored"
        yield IntegrityIssue(kind="vectors", message=message, remedy=REPAIR, repaired=repair)


def _mismatches(db: Database, number: int) -> tuple[Part, ...]:
    with db.snapshot():
        if db.one("SELECT 1 FROM document WHERE id = ?", (number,)) is None:
            return ()
        return digests.mismatches(db, number)


def _readable(db: Database, number: int) -> bool:
    """Whether reading again gives the right rows: from a whole original, as people said."""
    if _mismatches(db, number) != ("extracted",):
        return False
    original = store.original(db, number)
    try:
        if original:
            originals.read(db.folder, original.sha256, original.media_type)
    except LibraryError:
        return False
    return original is not None


def _restore_name(db: Database, number: int) -> None:
    """The name is in the digest's row too: put it back where nothing else was changed."""
    with suppress(_StillWrong), db.transaction():
        db.execute(
            "UPDATE document SET (name, media_type, ingested_at) = (SELECT g.name, g.media_type,"
            " coalesce(g.ingested_at, document.ingested_at) FROM document_digest g"
            " WHERE g.sha256 = document.sha256) WHERE id = ?"
            " AND sha256 IN (SELECT sha256 FROM document_digest)",
            (number,),
        )
        if digests.mismatches(db, number, "entered"):
            raise _StillWrong


class _StillWrong(Exception):
    """Takes a transaction back."""


def _remove_stray(db: Database) -> bool:
    """Remove rows that were read and belong to nothing any more; whether there were any."""
    tables = [(table, "passage") for table in ("passage_text", *(t.name for t in OF_PASSAGE))]
    if not digests.lost(db):
        tables += [(table.name, "document") for table in OF_DOCUMENT]
        tables += [(table, "document") for table in digests.COMPUTED]
    removed = [
        db.execute(f"DELETE FROM {table} WHERE {parent} NOT IN (SELECT id FROM {parent})")
        for table, parent in reversed(tables)
    ]
    return any(removed)
