"""Digests of the tables that no document's digest covers, kept in step by whatever changes them.

Each is the sum of the digests of a table's rows, so that a change of some rows costs no look at the
others. A digest that did not match before a change does not match after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from typing import Final

from corpus.errors import LibraryError

from ..storage.database import Database, Value

TABLES: Final = (
    *("authority", "document_vectors", "file_log", "model", "saved_search", "saved_seen"),
)

SETTING: Final = "digest of "
"""How the keys of these settings begin."""

_BYTES: Final = 16
_MODULUS: Final = 1 << 8 * _BYTES


@contextmanager
def changing(
    db: Database, table: str, where: str = "1", values: Sequence[Value] = ()
) -> Iterator[None]:
    """Brings the digest of a table in line with a change of the rows that the condition selects."""
    with db.transaction():
        written = db.setting(SETTING + table)
        before = _sum(db, table, where, values) if written else 0
        yield
        if written:
            now = int(written, 16) - before + _sum(db, table, where, values)
            db.record(SETTING + table, _text(now))


def freshen(db: Database) -> None:
    """Write the digests that are not there: of a new library, or one of an earlier version."""
    with db.transaction():
        for table in TABLES:
            if db.setting(SETTING + table) is None:
                write(db, table)


def write(db: Database, table: str) -> None:
    """Write the digest of a table as it is now."""
    db.record(SETTING + table, _text(_sum(db, table)))


def damaged(db: Database) -> Iterator[str]:
    """The tables that are not what was written."""
    for table in TABLES:
        written = db.setting(SETTING + table)
        try:
            if written is not None and written != _text(_sum(db, table)):
                yield table
        except LibraryError:
            yield table


def _sum(db: Database, table: str, where: str = "1", values: Sequence[Value] = ()) -> int:
    rows = db.each(f"SELECT * FROM {table} WHERE {where}", values)
    return sum(int.from_bytes(_digest(repr(tuple(row)))) for row in rows)


def _digest(row: str) -> bytes:
    return blake2b(row.encode(errors="surrogatepass"), digest_size=_BYTES).digest()


def _text(number: int) -> str:
    return f"{number % _MODULUS:0{2 * _BYTES}x}"
