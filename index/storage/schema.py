"""The schema: numbered migrations, applied in order, recorded in `user_version`."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from corpus.errors import LibraryDamaged, LibraryError, LibraryMissing, LibraryTooNew

APPLICATION_ID: Final = 0x74_78_74_6D
"""Marks the file as ours ("txtm")."""

_ENGINES: Final = re.compile(r"passage_fts[45](_\w+)?")
"""Tables that engines make and SQLite keeps: caches, which are checked apart."""

_NOISE: Final = re.compile(r"--[^\n]*|[\"`]")
"""Comments and quotation marks: which of them are kept depends on the version of SQLite."""


@cache
def scripts() -> tuple[str, ...]:
    """The migrations in their order; the first is 0001."""
    found = sorted(
        (entry.name, entry.read_text(encoding="utf-8"))
        for entry in files(__package__).joinpath("migrations").iterdir()
        if entry.name.endswith(".sql")
    )
    return tuple(script for _, script in found)


def upgrade(connection: sqlite3.Connection, folder: Path, *, write: bool) -> None:
    """Migrate the library to this version's schema, or raise if it is too new."""
    newest = len(scripts())
    if (done := _version(connection)) == newest:
        return
    if done > newest:
        raise LibraryTooNew(
            f"the library {folder} was made by a newer version of textmine; upgrade textmine"
        )
    if not write:
        if done == 0:
            raise LibraryMissing(
                f"no library in {folder}; to create one: textmine ingest PATH --library {folder}"
            )
        raise LibraryError(
            f"the library {folder} was made by an older version of textmine; to upgrade it: "
            f"textmine refresh --library {folder}"
        )
    check(connection, folder, done)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again under the lock: another process may have come first.
        for number in range(_version(connection) + 1, newest + 1):
            for statement in _statements(scripts()[number - 1]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def check(connection: sqlite3.Connection, folder: Path, version: int | None = None) -> None:
    """Raises LibraryDamaged where the schema is not what the migrations make, word for word."""
    if lines := differences(connection, version):
        raise LibraryDamaged(
            f"the schema of {folder} is not what textmine makes: {lines[0]}; restore a backup"
        )


def differences(connection: sqlite3.Connection, version: int | None = None) -> list[str]:
    """What the schema has that the migrations do not make, and the other way round.

    A trigger that others put in could change what is written, a view what is read.
    """
    made = expected(len(scripts()) if version is None else version)
    there = _schema(connection)
    return [
        f"the {kind} {name!r} is not textmine's"
        if (kind, name) not in made
        else f"the {kind} {name!r} is missing"
        if (kind, name) not in there
        else f"the {kind} {name!r} is not as textmine makes it"
        for kind, name in sorted(made.keys() | there.keys())
        if made.get((kind, name)) != there.get((kind, name))
    ]


@lru_cache(maxsize=2)
def expected(version: int) -> dict[tuple[str, str], str]:
    """What the first `version` migrations make, by kind and name."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for script in scripts()[:version]:
            for statement in _statements(script):
                connection.execute(statement)
        return _schema(connection)


def _schema(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")
    return {
        (kind, name): " ".join(_NOISE.sub(" ", sql or "").split())
        for kind, name, table, sql in rows
        if not (_ENGINES.fullmatch(table) and kind in {"table", "index"})
        and not (table.startswith("sqlite_") or name.startswith("sqlite_"))
    }


def _version(connection: sqlite3.Connection) -> int:
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


def _statements(script: str) -> Iterator[str]:
    """The script's statements: `executescript` would commit before each run."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""
    if held.strip():
        yield held
