"""Digests of documents: what verify compares the rows of a document with.

A document has two: one over what was read from its file, which reading it again gives, and one over
what people entered (names, options, corrections, decisions), which only a backup gives. Both are
written in the transaction that writes the rows. A digest that did not match before a change does
not match after it: no use of a damaged library makes the damage official.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Final, Literal, TypeAlias

from corpus.errors import LibraryError

from ..storage.database import Database
from . import table_digests
from .rows import OF_DOCUMENT, OF_PASSAGE

Part: TypeAlias = Literal["extracted", "entered"]
PARTS: Final[tuple[Part, ...]] = ("extracted", "entered")

_SETTING: Final = "digests"
_VERSION: Final = "2"
_NAMED: Final = ("sha256", "name", "url", "media_type", "bytes", "ingested_at")
"""The columns of a document that are entered, not read."""
_OF: Final = "sha256 = (SELECT sha256 FROM document WHERE id = ?1)"
COMPUTED: Final = frozenset({"reissue", "document_vectors"})
"""Tables that are made from others, and made anew when they are needed."""


def write(db: Database, number: int, parts: Iterable[Part] = PARTS) -> None:
    """Write digests of a document as it is now."""
    now = {part: _digest(db, number, part) for part in parts}
    db.execute(
        "INSERT OR IGNORE INTO document_digest (sha256, name, media_type, extracted, entered)"
        " SELECT sha256, name, media_type, '', '' FROM document WHERE id = ?",
        (number,),
    )
    if "entered" in now:  # else the name that was written stays, whatever the row says
        db.execute(
            "UPDATE document_digest SET (name, media_type, ingested_at) = (SELECT name, media_type,"
            f" ingested_at FROM document WHERE id = ?1) WHERE {_OF}",
            (number,),
        )
    for part, digest in now.items():
        db.execute(f"UPDATE document_digest SET {part} = ?2 WHERE {_OF}", (number, digest))


@contextmanager
def changing(db: Database, number: int | None, *parts: Part) -> Iterator[None]:
    """Brings the digests of a document in line with a change, where they matched before it."""
    if number is None:
        yield
        return
    with db.transaction():
        wrong = mismatches(db, number, *parts)
        yield
        write(db, number, [part for part in parts or PARTS if part not in wrong])


def mismatches(db: Database, number: int, *parts: Part) -> tuple[Part, ...]:
    """The parts of a document that are not what was written."""
    stored = _stored(db, number)
    if stored is None:
        return parts or PARTS
    return tuple(part for part in parts or PARTS if _digest(db, number, part) != stored[part])


def of_rows(db: Database, number: int) -> str | None:
    """The digest that was written over what was read of a document."""
    stored = _stored(db, number)
    return stored["extracted"] if stored else None


def lost(db: Database) -> list[sqlite3.Row]:
    """SHA-256, name, media type and day of documents that were stored and are not there."""
    return db.all(
        "SELECT sha256, name, media_type, ingested_at FROM document_digest"
        " WHERE sha256 NOT IN (SELECT sha256 FROM document) ORDER BY name"
    )


def present(db: Database) -> bool:
    """Whether every document of the library has digests."""
    return db.setting(_SETTING) == _VERSION


def freshen(db: Database) -> None:
    """Write all digests where there are none: a library of an earlier schema."""
    table_digests.freshen(db)
    if present(db):
        return
    with db.transaction():
        for row in db.all("SELECT id FROM document"):
            write(db, row["id"])
        db.record(_SETTING, _VERSION)


def _stored(db: Database, number: int) -> dict[str, str] | None:
    row = db.one(f"SELECT extracted, entered FROM document_digest WHERE {_OF}", (number,))
    return dict(row) if row else None


def _digest(db: Database, number: int, part: Part) -> str:
    """The digest of one part; empty where its rows cannot even be read."""
    digest = blake2b(digest_size=16)
    try:
        for name, sql in _statements(db, part):
            rows = sorted(repr(tuple(row)) for row in db.each(sql, (number,)))
            digest.update(f"{name} {len(rows)}\n".encode())
            digest.update("\n".join(rows).encode(errors="surrogatepass"))
    except LibraryError:
        return ""
    return digest.hexdigest()


def _statements(db: Database, part: Part) -> Iterator[tuple[str, str]]:
    """For each table, what selects the rows of a document in this part."""
    if part == "extracted":
        own = [name for name in _columns(db, "document") if name not in {"id", *_NAMED}]
        yield "document", f"SELECT {_listed(own)} FROM document WHERE id = ?"
        for table in OF_DOCUMENT:
            yield table.name, _of_document(db, table.name)
        for passages in OF_PASSAGE:
            own = [name for name in _columns(db, passages.name) if name not in {"id", "passage"}]
            columns = _listed(own, "t.")
            joined = f"{passages.name} t JOIN passage p ON p.id = t.passage"
            yield passages.name, f"SELECT p.ordinal, {columns} FROM {joined} WHERE p.document = ?"
        joined = "passage_text t JOIN passage p ON p.id = t.passage"
        yield "passage_text", f"SELECT p.ordinal, t.text FROM {joined} WHERE p.document = ?"
        return
    yield "document", f"SELECT {_listed(_NAMED)} FROM document WHERE id = ?"
    same = "sha256 = (SELECT sha256 FROM document WHERE id = ?)"
    yield "given", f"SELECT {_listed(_columns(db, 'given'))} FROM given WHERE {same}"
    for name in entered_tables(db):
        yield name, _of_document(db, name)


def _of_document(db: Database, table: str) -> str:
    own = [name for name in _columns(db, table) if name not in {"id", "document"}]
    return f"SELECT {_listed(own)} FROM {table} WHERE document = ?"


def entered_tables(db: Database) -> list[str]:
    """Tables of what people entered of a document: the schema is asked, so none is forgotten."""
    rows = db.all(
        "SELECT DISTINCT m.name FROM sqlite_schema m, pragma_foreign_key_list(m.name) f"
        " WHERE m.type = 'table' AND f.\"table\" = 'document' ORDER BY 1"
    )
    others = {*(table.name for table in OF_DOCUMENT), *COMPUTED}
    return [row["name"] for row in rows if row["name"] not in others]


def _columns(db: Database, table: str) -> list[str]:
    return [row["name"] for row in db.all("SELECT name FROM pragma_table_info(?)", (table,))]


def _listed(names: Iterable[str], prefix: str = "") -> str:
    return ", ".join(f'{prefix}"{name}"' for name in names)
