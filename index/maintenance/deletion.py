"""Secure deletion: no byte of a document is left in the library's folder.

SQLite overwrites deleted rows, but full-text indexes keep old words until they are merged, the
log keeps old pages until it is emptied, and the original is a file of its own. The transaction
that deletes the rows records what is left to do, so that `verify` finds an interrupted deletion
and can complete it.
"""

from __future__ import annotations

from typing import Final

from corpus.errors import LibraryBusy, LibraryError

from .. import engines
from ..documents import store
from ..engines import ENGINES
from ..storage import originals
from ..storage.database import Database

_MARK: Final = "erasing "


def erase(db: Database, number: int) -> None:
    """Delete a document with all that belongs to it, and its traces."""
    present = engines.available(db)
    for name, engine in ENGINES.items():
        if engines.exists(db, engine) and name not in present:
            raise LibraryError(
                "this Python's SQLite does not support an index of the library "
                f"({name.upper()}), so nothing can be deleted; use the Python that made the library"
            )
    original = store.get(db, number).entry.original
    with db.transaction():
        store.delete(db, number)
        db.record(_MARK + original.sha256, original.media_type)
    finish(db)


def unfinished(db: Database) -> bool:
    """Whether an interrupted deletion has left traces."""
    return bool(_marks(db))


def finish(db: Database) -> None:
    """Remove the traces of deleted documents. Raises LibraryBusy while others read."""
    marks = _marks(db)
    for sha256, media_type in marks:
        with db.transaction():  # it may have been ingested again
            if store.document_with_hash(db, sha256) is None:
                originals.remove(db.folder, sha256, media_type)
    for engine in ENGINES.values():
        if engines.exists(db, engine) and not engines.is_current(db, engine):
            db.execute(f"DROP TABLE {engine.table}")  # no longer kept in step: rebuilt when used
    engines.optimize(db)
    db.execute("VACUUM")  # pages that were split or merged may hold copies in their gaps
    _empty_log(db)
    with db.transaction():
        for sha256, _ in marks:
            db.record(_MARK + sha256, None)


def _marks(db: Database) -> list[tuple[str, str]]:
    rows = db.all(
        "SELECT substr(key, 1 + length(?1)), value FROM library"
        " WHERE substr(key, 1, length(?1)) = ?1",
        (_MARK,),
    )
    return [(row[0], row[1]) for row in rows]


def _empty_log(db: Database) -> None:
    busy = db.number("PRAGMA wal_checkpoint(TRUNCATE)")
    if busy:
        raise LibraryBusy(
            f"deleted, but another process is reading {db.folder} and a log still holds the text; "
            "when it has finished: textmine verify --repair"
        )
