"""Damaged documents: rows that are not what was stored, read again from the original.

What people entered cannot be read again: where that is damaged, a document is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final, TypeAlias

from corpus.errors import LibraryError

from ..documents import digests, reissues, store
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
    if not numbers:
        return
    with db.transaction():
        for name, engine in ENGINES.items():
            db.execute(f"DROP TABLE IF EXISTS {engine.table}")
            db.record(name, None)
        _remove_stray(db)
    read_again(db, numbers)


def issues(db: Database, documents: Damaged) -> Iterator[IntegrityIssue]:
    """What is wrong with the documents, and what of it is repaired by now."""
    for number, (name, parts) in documents.items():
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
    for sha256, name, media_type in digests.lost(db):
        original = originals.place(db.folder, sha256, media_type)
        yield IntegrityIssue(
            kind="digest",
            message="it was stored and is not there",
            remedy=f"restore a backup, or textmine ingest {original}",
            name=name,
        )
    for table in digests.damaged_tables(db):
        message = f"the table {table} is not what was stored"
        yield IntegrityIssue(kind="digest", message=message, remedy="textmine ingest, or a backup")
    for number in reissues.wrong(db):
        message = "what it replaces is not what the documents give"
        yield IntegrityIssue(kind="digest", message=message, remedy=REPAIR, document=number)


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
            "UPDATE document SET (name, media_type) = (SELECT name, media_type"
            " FROM document_digest g WHERE g.sha256 = document.sha256) WHERE id = ?"
            " AND sha256 IN (SELECT sha256 FROM document_digest)",
            (number,),
        )
        if digests.mismatches(db, number, "entered"):
            raise _StillWrong


class _StillWrong(Exception):
    """Takes a transaction back."""


def _remove_stray(db: Database) -> None:
    """Rows that were read and belong to nothing any more."""
    for table in OF_PASSAGE:
        db.execute(f"DELETE FROM {table.name} WHERE passage NOT IN (SELECT id FROM passage)")
    if not any(digests.lost(db)):
        for table in OF_DOCUMENT:
            db.execute(f"DELETE FROM {table.name} WHERE document NOT IN (SELECT id FROM document)")
