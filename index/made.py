"""What made the documents: to find those that another version of it would make otherwise."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from .database import Database
from .records import Made, Outcome

_COLUMNS = "id, doc_type, reader_version, pipeline_version, themes"


def each(db: Database) -> Iterator[tuple[int, str, Made]]:
    """Every document's number and type, and what made it."""
    for row in db.each(f"SELECT {_COLUMNS} FROM document ORDER BY id"):
        yield row["id"], row["doc_type"], _made(row)


def of(db: Database, number: int) -> Made | None:
    """What made a document; None where there is none of that number."""
    row = db.one(f"SELECT {_COLUMNS} FROM document WHERE id = ?", (number,))
    return _made(row) if row else None


def mixed(db: Database) -> bool:
    """Whether documents were tagged by different versions, so that their findings differ."""
    return bool(
        db.number(
            "SELECT EXISTS (SELECT 1 FROM document WHERE (pipeline_version, themes) <>"
            " (SELECT pipeline_version, themes FROM document LIMIT 1))"
        )
    )


def log_again(db: Database, sha256: str, outcome: Outcome, message: str | None) -> None:
    """Record on every path with these bytes how they were read this time."""
    db.execute(
        "UPDATE file_log SET outcome = ?, message = ?"
        " WHERE sha256 = ? AND outcome IN ('ok', 'partial')",
        (outcome, message, sha256),
    )


def _made(row: sqlite3.Row) -> Made:
    return Made(
        reader=row["reader_version"], pipeline=row["pipeline_version"], themes=row["themes"]
    )
