"""The schema: numbered migrations, applied in order, recorded in `user_version`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from corpus.errors import LibraryError, LibraryMissing, LibraryTooNew

APPLICATION_ID: Final = 0x74_78_74_6D
"""Marks the file as ours ("txtm")."""


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
