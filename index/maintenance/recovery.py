"""Recovery of lost documents: a row that is gone is made again, to be filled from its original.

Only where all that people entered is still there: where the digest over it matches. Parts that were
left behind keep the number of their document; which of the lost it was, the digest tells too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from corpus.errors import LibraryError

from ..documents import digests
from ..documents.rows import OF_DOCUMENT
from ..storage import originals
from ..storage.database import Database

_EMPTY: Final = {
    "doc_type": "other",
    "authority_known": 0,
    "voice": "unknown",
    "visibility": "internal",
    "outcome": "partial",
    "lines": b"",
    "reader_version": "",
    "pipeline_version": "",
    "themes": "",
}
"""What stands in the row until the original has been read."""


def recover(db: Database) -> None:
    """Make the rows of lost documents again, where that gives back what people entered."""
    for lost in digests.lost(db):
        if lost["ingested_at"] is None:
            continue
        with suppress(LibraryError):  # without its original it stays lost
            size = len(originals.read(db.folder, lost["sha256"], lost["media_type"]))
            any(_is_again(db, lost, size, number) for number in (*_left_behind(db), None))


def _left_behind(db: Database) -> list[int]:
    """The numbers of documents of which parts are left."""
    tables = " UNION ".join(f"SELECT document FROM {table}" for table in _tables(db))
    rows = db.all(
        f"SELECT document FROM ({tables}) WHERE document NOT IN (SELECT id FROM document)"
    )
    return [row["document"] for row in rows]


def _tables(db: Database) -> Iterator[str]:
    yield from (table.name for table in OF_DOCUMENT)
    yield from digests.entered_tables(db)


def _is_again(db: Database, lost: sqlite3.Row, size: int, number: int | None) -> bool:
    """Make the row under a number; whether what people entered is then as it was."""
    names = ("sha256", "name", "media_type", "ingested_at")
    row = {**_EMPTY, **{name: lost[name] for name in names}, "id": number, "bytes": size}
    with suppress(_Otherwise), db.transaction():
        db.execute(
            f"INSERT INTO document ({', '.join(row)}, url)"
            f" VALUES ({', '.join('?' * len(row))}, (SELECT url FROM given WHERE sha256 = ?))",
            (*row.values(), lost["sha256"]),
        )
        made = db.number("SELECT id FROM document WHERE sha256 = ?", (lost["sha256"],))
        if digests.mismatches(db, made, "entered"):
            raise _Otherwise
        return True
    return False


class _Otherwise(Exception):
    """Takes a transaction back."""
