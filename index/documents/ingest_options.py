"""Ingest options: what people said about files, stored to read them again."""

from __future__ import annotations

from dataclasses import fields, replace

from corpus.model import IngestOptions

from ..storage.database import Database
from . import digests

_NAMES = tuple(field.name for field in fields(IngestOptions))


def put(db: Database, sha256: str, options: IngestOptions) -> None:
    """Store the ingest options of these bytes, replacing earlier ones."""
    values = tuple(getattr(options, name) for name in _NAMES)
    with digests.changing(db, _document(db, sha256), "entered"):
        db.execute("DELETE FROM given WHERE sha256 = ?", (sha256,))
        if any(values):
            marks = ", ".join("?" * len(_NAMES))
            db.execute(
                f"INSERT INTO given (sha256, {', '.join(_NAMES)}) VALUES (?, {marks})",
                (sha256, *values),
            )


def at_ingest(db: Database, sha256: str | None) -> IngestOptions:
    """The options that were given at an ingest of these bytes; empty if there are none."""
    row = db.one("SELECT * FROM given WHERE sha256 = ?", (sha256,))
    return IngestOptions() if row is None else IngestOptions(**{name: row[name] for name in _NAMES})


def get(db: Database, sha256: str | None) -> IngestOptions:
    """The options that hold for these bytes: those that were given, and what people set since."""
    said = at_ingest(db, sha256)
    later = db.all(
        "SELECT c.field, c.value FROM correction_now c JOIN document d ON d.id = c.document"
        " WHERE d.sha256 = ? AND c.part = 'given'",
        (sha256,),
    )
    return replace(said, **{row["field"]: row["value"] for row in later})


def changes(db: Database, sha256: str, options: IngestOptions) -> dict[str, str]:
    """What is said of these bytes now and was not said before, by name."""
    before = get(db, sha256)
    said = {name: getattr(options, name) for name in _NAMES}
    return {
        name: value
        for name, value in said.items()
        if value is not None and value != getattr(before, name)
    }


def set_by_hand(db: Database, sha256: str) -> frozenset[str]:
    """The names of what a person has set for the document with these bytes."""
    rows = db.all(
        "SELECT c.field FROM correction_now c JOIN document d ON d.id = c.document"
        " WHERE d.sha256 = ? AND c.part = 'given'",
        (sha256,),
    )
    return frozenset(row["field"] for row in rows)


def _document(db: Database, sha256: str) -> int | None:
    row = db.one("SELECT id FROM document WHERE sha256 = ?", (sha256,))
    return row["id"] if row else None
