"""What people said of files when they ingested them, kept to read the files again with."""

from __future__ import annotations

from corpus.model import Given

from .database import Database


def put(db: Database, sha256: str, given: Given) -> None:
    """Keep what is said of these bytes now, in the place of what was said before."""
    values = (given.authority, given.doc_type, given.published, given.url, given.visibility)
    if any(values):
        marks = "?, ?, ?, ?, ?, ?"
        db.execute(f"INSERT OR REPLACE INTO given VALUES ({marks})", (sha256, *values))
    else:
        forget(db, sha256)


def get(db: Database, sha256: str | None) -> Given:
    """What was said of these bytes; an empty record where nothing was."""
    row = db.one("SELECT * FROM given WHERE sha256 = ?", (sha256,))
    if row is None:
        return Given()
    return Given(
        authority=row["authority"],
        doc_type=row["doc_type"],
        published=row["published"],
        url=row["url"],
        visibility=row["visibility"],
    )


def forget(db: Database, sha256: str) -> None:
    """Remove what was said of these bytes."""
    db.execute("DELETE FROM given WHERE sha256 = ?", (sha256,))
