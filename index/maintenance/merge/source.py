"""A library to merge: a copy of its database, opened with distrust, and documents out of it.

The folder may come from anywhere. Its database is never written, nor asked anything but through a
copy whose schema is word for word ours. Of a document, only records are taken that agree with the
digests, with the text and with the original; the rows that are stored are made anew from them.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.errors import LibraryDamaged, LibraryError, LibraryMissing, UsageError
from corpus.files import read_regular
from corpus.limits import Limits
from corpus.model import IngestOptions
from corpus.printable import printable

from ...documents import digests, ingest_options, rows, store, table_digests
from ...documents.records import Entry, StoredDocument
from ...documents.rows import Rows
from ...storage import originals
from ...storage.database import FILE_NAME, Database, copy, open_write
from ..consistency import contradictions
from ..verify import integrity

SECONDS: Final = 60.0
"""That reading one document may take: millions of invented rows could take hours."""
_LONGEST: Final = 100 * 2**20
"""Bytes of one value."""
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_UNREADABLE: Final = (
    *(LibraryError, UsageError, ValueError, TypeError, LookupError),
    *(AttributeError, ArithmeticError, zlib.error, RecursionError),
)
"""What rows bring about that no reader has written."""


class Refused(Exception):
    """A document cannot be taken; says why."""


@dataclass(frozen=True, slots=True)
class ForeignDocument:
    """A document of another library, checked: with its original, and what was said of it."""

    number: int
    """There."""
    stored: StoredDocument
    rows: Rows
    """Made anew from the records."""
    data: bytes
    at_ingest: IngestOptions
    options: IngestOptions
    """With what people set since."""

    @property
    def entry(self) -> Entry:
        return self.stored.entry


class Source:
    """A library to merge. Use `open_source`."""

    def __init__(self, folder: Path, db: Database) -> None:
        self.folder = folder
        self.name = printable(str(folder))
        self.db = db
        self.damaged = frozenset(table_digests.damaged(db))
        """Tables of no document that are not what was written."""

    def documents(self) -> list[tuple[int, str]]:
        """Number and name of each document, in the order of ingest."""
        found = self.db.all("SELECT id, name FROM document ORDER BY ingested_at, id")
        return [(row["id"], printable(row["name"])) for row in found]

    def lost(self) -> Sequence[str]:
        """The names of documents that were stored and are not there."""
        return [printable(row["name"]) for row in digests.lost(self.db)]

    def is_known(self, number: int, db: Database) -> int | None:
        """The document of another library with the same rows and options, if it has one.

        What gives the digest that is written there is what is there, and needs no other look.
        """
        try:
            with self.db.deadline(SECONDS):
                return self._is_known(number, db)
        except _UNREADABLE:
            return None

    def _is_known(self, number: int, db: Database) -> int | None:
        original = store.original(self.db, number)
        known = original and store.document_with_hash(db, original.sha256)
        if (
            not original
            or not known
            or digests.of_rows(db, known) != (digests.of_rows(self.db, number))
        ):
            return None
        place = originals.place(db.folder, original.sha256, original.media_type)
        same = all(
            options(db, original.sha256) == options(self.db, original.sha256)
            for options in (ingest_options.at_ingest, ingest_options.get)
        )
        sound = same and place.is_file() and not digests.mismatches(self.db, number)
        return known if sound else None

    def names(self, number: int) -> tuple[str, ...]:
        """All names under which the bytes of a document were met."""
        rows = self.db.all(
            "SELECT name FROM document WHERE id = ?1 UNION ALL"
            " SELECT name FROM alias WHERE document = ?1",
            (number,),
        )
        return tuple(printable(row["name"]) for row in rows)

    def document(self, number: int) -> ForeignDocument:
        """A document, checked. Raises Refused where it is not what was stored."""
        try:
            with self.db.deadline(SECONDS):
                return self._document(number)
        except _UNREADABLE as error:
            raise Refused(f"it cannot be read: {printable(' '.join(str(error).split()))}") from None

    def _document(self, number: int) -> ForeignDocument:
        wrong = digests.mismatches(self.db, number)
        stored = store.get(self.db, number)
        entry = stored.entry
        original = entry.original
        if not _SHA256.fullmatch(original.sha256) or original.media_type not in (
            originals.MEDIA_TYPES
        ):
            raise Refused("it has no original that textmine reads")
        if wrong:
            raise Refused("its rows are not what was stored")
        cues = (cue for finding in entry.findings for cue in finding.cues)
        if not all(type(c.start) is type(c.end) is int and isinstance(c.kind, str) for c in cues):
            raise Refused("the words that decided a finding have no place")
        if fault := next(contradictions(entry.document, entry.findings, entry.figures), None):
            raise Refused(fault[1])
        if printable(stored.entry.original.name) != stored.entry.original.name:
            raise Refused("its name has control characters")
        return ForeignDocument(
            number=number,
            stored=stored,
            rows=rows.of(entry),
            data=self._original(original.sha256, original.media_type),
            at_ingest=ingest_options.at_ingest(self.db, original.sha256),
            options=ingest_options.get(self.db, original.sha256),
        )

    def _original(self, sha256: str, media_type: str) -> bytes:
        path = originals.place(self.folder, sha256, media_type)
        try:
            data = read_regular(path, Limits().bytes)
        except OSError as error:
            raise Refused(f"its original cannot be read: {error.strerror}") from None
        if originals.digest(data) != sha256:
            raise Refused("its original has changed since it was stored")
        return data


@contextmanager
def open_source(folder: Path, scratch: Path) -> Iterator[Source]:
    """A library, opened by way of a copy in an empty folder, as it is at this moment.

    Raises LibraryError where it is none, is damaged, or was made by a newer textmine.
    """
    try:
        copy(folder, scratch / FILE_NAME).close()
        db = open_write(scratch)
    except LibraryError as error:
        raise type(error)(str(error).replace(str(scratch), str(folder))) from error
    with db:
        db.connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        _check(folder, db)
        yield Source(folder, db)


def require(folder: Path) -> None:
    """Raises LibraryMissing where there is no library in a folder."""
    if not (folder / FILE_NAME).is_file():
        raise LibraryMissing(f"no library in {folder}; name the folder of one")


def _check(folder: Path, db: Database) -> None:
    if db.number("SELECT count(*) FROM document") and not digests.present(db):
        raise LibraryError(
            f"the library {folder} is of an earlier textmine, without digests to check it by; "
            f"run textmine refresh --library {folder} first"
        )
    lines = integrity(db) + [
        f"rows of {row['table']} belong to nothing" for row in db.each("PRAGMA foreign_key_check")
    ]
    if lines:
        raise LibraryDamaged(
            f"the library {folder} is damaged: {printable(lines[0])}; restore a backup of it"
        )
