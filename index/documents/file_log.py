"""The file log: the last outcome of every path, and the register's rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Protocol

from ..storage.database import Database
from . import table_digests
from .records import FileRecord, now


class Authority(Protocol):
    """A stored row of the register (see `corpus.register.authorities.Authority`)."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def urn(self) -> str | None: ...
    @property
    def gss(self) -> str | None: ...
    @property
    def former_gss(self) -> str | None: ...
    @property
    def la_code(self) -> str | None: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def trusts(self) -> tuple[str, ...]: ...
    @property
    def neighbours(self) -> tuple[str, ...]: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def successors(self) -> tuple[str, ...]: ...


def log_file(db: Database, record: FileRecord) -> None:
    """Record what became of a path, in the place of what became of it before."""
    with table_digests.changing(db, "file_log", "path = ?", (record.path,)):
        db.execute(
            "INSERT OR REPLACE INTO file_log VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(record.path, record.size, record.sha256, record.outcome),
                *(record.reason, record.message, record.tried_at or now()),
            ),
        )


def file_outcome(db: Database, path: str) -> FileRecord | None:
    """The last outcome of a path."""
    row = db.one("SELECT * FROM file_log WHERE path = ?", (path,))
    return FileRecord(**row) if row else None


def files(db: Database, outcome: str | None = None) -> tuple[FileRecord, ...]:
    """The last outcomes of paths, all or of one kind, ordered by path."""
    rows = db.all(
        "SELECT * FROM file_log WHERE ?1 IS NULL OR outcome = ?1 ORDER BY path", (outcome,)
    )
    return tuple(FileRecord(**row) for row in rows)


def refresh_authorities(db: Database, register: Iterable[Authority]) -> None:
    """Replace the library's copy of the register."""
    rows = [_row(authority) for authority in register]
    with table_digests.changing(db, "authority"):
        db.execute("DELETE FROM authority")
        db.many(
            "INSERT INTO authority (key, name, region, kind, urn, gss, former_gss, la_code,"
            " valid_from, valid_to, aliases, trusts, neighbours, successors)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )


def _row(authority: Authority) -> tuple[str | None, ...]:
    a = authority
    return (
        *(a.key, a.name, a.region, a.kind, a.urn, a.gss, a.former_gss, a.la_code),
        *(day.isoformat() if day else None for day in (a.valid_from, a.valid_to)),
        *(json.dumps(many) for many in (a.aliases, a.trusts, a.neighbours, a.successors)),
    )
