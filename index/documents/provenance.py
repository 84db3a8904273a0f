"""Provenance: versions of reader, pipeline and themes, and documents where they are stale."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from ..storage.database import Database
from . import table_digests
from .records import Outcome, Provenance

_COLUMNS = "id, doc_type, reader_version, pipeline_version, themes"


def each(db: Database) -> Iterator[tuple[int, str, Provenance]]:
    """Number, type and provenance of every document."""
    for row in db.each(f"SELECT {_COLUMNS} FROM document ORDER BY id"):
        yield row["id"], row["doc_type"], _of_row(row)


def of(db: Database, number: int) -> Provenance | None:
    """The provenance of a document, if it exists."""
    row = db.one(f"SELECT {_COLUMNS} FROM document WHERE id = ?", (number,))
    return _of_row(row) if row else None


def unread_scans(db: Database) -> frozenset[int]:
    """The documents with pages that wait for text recognition, unless it was not wanted."""
    rows = db.all(
        "SELECT DISTINCT p.document FROM problem p JOIN document d ON d.id = p.document"
        " LEFT JOIN given g ON g.sha256 = d.sha256"
        " WHERE p.kind = 'page-without-text' AND coalesce(g.ocr, 'auto') <> 'never'"
    )
    return frozenset(row["document"] for row in rows)


def mixed(db: Database) -> bool:
    """Whether documents were tagged by different versions, so that their findings differ."""
    return bool(
        db.number(
            "SELECT EXISTS (SELECT 1 FROM document WHERE (pipeline_version, themes) <>"
            " (SELECT pipeline_version, themes FROM document LIMIT 1))"
        )
    )


def record_models(db: Database, pipeline: str, models: Mapping[str, str]) -> None:
    """Record the learned models of a version of the pipeline, each with its own version."""
    with table_digests.changing(db, "model", "pipeline_version = ?", (pipeline,)):
        db.many(
            "INSERT OR REPLACE INTO model (pipeline_version, name, version) VALUES (?, ?, ?)",
            [(pipeline, name, version) for name, version in models.items()],
        )


def models(db: Database) -> dict[str, dict[str, str]]:
    """The learned models behind each version of the pipeline, where they are known."""
    known: dict[str, dict[str, str]] = {}
    for row in db.all("SELECT * FROM model ORDER BY pipeline_version, name"):
        known.setdefault(row["pipeline_version"], {})[row["name"]] = row["version"]
    return known


def log_again(db: Database, sha256: str, outcome: Outcome, message: str | None) -> None:
    """Record on every path with these bytes how they were read this time."""
    with table_digests.changing(db, "file_log", "sha256 = ?", (sha256,)):
        db.execute(
            "UPDATE file_log SET outcome = ?, message = ?"
            " WHERE sha256 = ? AND outcome IN ('ok', 'partial')",
            (outcome, message, sha256),
        )


def _of_row(row: sqlite3.Row) -> Provenance:
    return Provenance(
        reader=row["reader_version"], pipeline=row["pipeline_version"], themes=row["themes"]
    )
