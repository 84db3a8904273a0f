"""The database connection: transactions, and SQLite's errors as errors for users.

A library is a folder with `textmine.db` and `originals/`. Only this module opens
connections, and it translates every `sqlite3` exception.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Final, Literal, Self, TypeAlias

from corpus.errors import (
    CannotStore,
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryMissing,
    TextmineError,
    UsageError,
)
from corpus.lazy import lazy

from .schema import APPLICATION_ID, check, upgrade

FILE_NAME: Final = "textmine.db"
DEADLINE: Final = 10.0
"""Seconds that a search may take before it is given up."""

PATIENCE: Final = 120.0
"""Seconds that a count over the whole library, or a list of everything, may take."""

_BUSY_MS: Final = 10_000
_STEPS: Final = 20_000  # of SQLite's machine between two looks at the clock: about 1 ms
_CACHE_KB: Final = 32_000
"""What of a library is kept in memory at the most; the usual 2 MB are less than one query reads."""
_NEEDED: Final = (3, 37, 0)  # STRICT tables

Value: TypeAlias = str | int | float | bytes | None
Mode: TypeAlias = Literal["create", "write", "read"]


class Database:
    """A library that is open. Use as a context manager; close it in the thread that opened it."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, mode: Mode) -> None:
        self.folder = folder
        self.writable = mode != "read"
        self._connection = connection
        self._done: set[str] = set()
        self._end: float | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def abandon(self) -> None:
        """Close where nobody can any more: the garbage collector runs in whichever thread it likes.

        A connection of another thread ends with its object.
        """
        with suppress(sqlite3.ProgrammingError):
            self._connection.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """For the engines, which register functions with it."""
        return self._connection

    def execute(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Run one statement; the number of rows it changed."""
        with translated(self.folder):
            return self._connection.execute(sql, values).rowcount

    def many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each row."""
        with translated(self.folder):
            self._connection.executemany(sql, rows)

    def all(self, sql: str, values: Sequence[Value] = ()) -> list[sqlite3.Row]:
        self.check_deadline()
        with translated(self.folder):
            return self._connection.execute(sql, values).fetchall()

    def each(self, sql: str, values: Sequence[Value] = ()) -> Iterator[sqlite3.Row]:
        """Iterate over rows, for results that need not fit into memory."""
        self.check_deadline()
        with translated(self.folder):
            # A chain, as `yield from` closes a cursor, which a library that is closed refuses.
            yield from chain(self._connection.execute(sql, values))

    def one(self, sql: str, values: Sequence[Value] = ()) -> sqlite3.Row | None:
        rows = self.all(sql, values)
        return rows[0] if rows else None

    def number(self, sql: str, values: Sequence[Value] = ()) -> int:
        """The single integer that a counting statement gives."""
        row = self.one(sql, values)
        return int(row[0]) if row and row[0] is not None else 0

    def temporary(self, name: str, module: str) -> None:
        """Make a virtual table of this connection alone, unless it is there."""
        if self.one("SELECT 1 FROM temp.sqlite_schema WHERE name = ?", (name,)):
            return
        with translated(self.folder):
            # Not even a temporary table may be made while only queries are allowed.
            self._connection.execute("PRAGMA query_only = OFF")
            self._connection.execute(f"CREATE VIRTUAL TABLE temp.{name} USING {module}")
            if not self.writable:
                self._connection.execute("PRAGMA query_only = ON")

    def first(self, what: str) -> bool:
        """Whether this key is new to the connection, for one-off setup."""
        first = what not in self._done
        self._done.add(what)
        return first

    @lazy
    def modules(self) -> frozenset[str]:
        """The kinds of virtual tables that this build of SQLite has."""
        return frozenset(row[0] for row in self.all("SELECT name FROM pragma_module_list"))

    def function(self, name: str, arguments: int, call: Callable[..., Value]) -> None:
        """Let SQL call a function of ours, which gives the same for the same arguments."""
        with translated(self.folder):
            self._connection.create_function(name, arguments, call, deterministic=True)

    def setting(self, key: str) -> str | None:
        """The setting of the library under `key`."""
        row = self.one("SELECT value FROM library WHERE key = ?", (key,))
        return str(row[0]) if row else None

    def record(self, key: str, value: str | None) -> None:
        """Set the setting under `key`; None removes it."""
        if value is None:
            self.execute("DELETE FROM library WHERE key = ?", (key,))
        else:
            self.execute("INSERT OR REPLACE INTO library VALUES (?, ?)", (key, value))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that takes the write lock at once; joins an outer one."""
        if self._connection.in_transaction:
            yield
            return
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # a full disk may have rolled it back already
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A read snapshot: all reads within see the library at the first; joins an outer."""
        if self._connection.in_transaction:
            yield
            return
        self.execute("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):  # nothing was written; an interruption may have closed it
                self._connection.execute("ROLLBACK")

    def check_deadline(self) -> None:
        """Raises UsageError where the time of a deadline is over: for work outside SQLite."""
        if self._end is not None and time.monotonic() > self._end:
            raise UsageError(_TOO_LONG)

    @contextmanager
    def deadline(self, seconds: float = DEADLINE) -> Iterator[None]:
        """Give up reads that are still running after `seconds`; within another, at its end."""
        outer = self._end
        end = time.monotonic() + seconds
        end = self._end = end if outer is None else min(end, outer)
        self._connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
        try:
            yield
        except UsageError as error:
            # SQLite keeps an interruption by the user that meets it in our handler to itself.
            if _is_given_up(error.__cause__) and time.monotonic() <= end:
                raise KeyboardInterrupt from error
            raise
        finally:
            self._end = outer
            again = None if outer is None else (lambda: time.monotonic() > outer)
            self._connection.set_progress_handler(again, _STEPS)


def create(folder: Path) -> Database:
    """Open the library in `folder` for writing; make folder and library where there is none."""
    with translated(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # For its owner alone; what SQLite puts beside it gets the same rights.
            os.close(os.open(folder / FILE_NAME, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise LibraryError(f"cannot create the library {folder}: {error.strerror}") from error
        return _open(folder, "create")


def open_write(folder: Path) -> Database:
    """Open an existing library for writing, migrating an older one."""
    _require(folder)
    with translated(folder):
        return _open(folder, "write")


def open_read(folder: Path) -> Database:
    """Open an existing library for reading only: it cannot be changed through this."""
    _require(folder)
    with translated(folder):
        return _open(folder, "read")


def copy(folder: Path, target: Path) -> Database:
    """Copy the library's database as it is at this moment, while others go on; the copy, open.

    The copy is one file, without a log. It keeps the schema that the library has.
    """
    _require(folder)
    with translated(folder), closing(_connect(folder / FILE_NAME, "read")) as source:
        _check_ours(source, folder)
        connection = _dial(f"{target.resolve().as_uri()}?mode=rwc")
        try:
            source.backup(connection)
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.row_factory = sqlite3.Row
        except BaseException:
            connection.close()
            raise
        return Database(target.parent, connection, "read")


def _require(folder: Path) -> None:
    path = folder / FILE_NAME
    try:
        there = path.is_file() and path.stat().st_size > 0
    except OSError as error:
        raise LibraryError(f"cannot open {folder}: {error.strerror}") from error
    if not there:
        raise LibraryMissing(
            f"no library in {folder}; to create one: textmine ingest PATH --library {folder}"
        )


def _open(folder: Path, mode: Mode) -> Database:
    if sqlite3.sqlite_version_info < _NEEDED:
        raise LibraryError(f"SQLite 3.37 or later is needed; this is {sqlite3.sqlite_version}")
    connection = _connect(folder / FILE_NAME, mode)
    try:
        connection.row_factory = sqlite3.Row
        for pragma in (
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "secure_delete = ON",
            f"cache_size = -{_CACHE_KB}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        _check_ours(connection, folder)
        if mode == "read":
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            connection.execute("PRAGMA query_only = ON")
        elif connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
        database = Database(folder, connection, mode)
        upgrade(connection, folder, write=mode != "read")
        if mode != "read":
            check(connection, folder)
    except BaseException:
        connection.close()
        raise
    return database


def _connect(path: Path, mode: Mode) -> sqlite3.Connection:
    access = {"create": "rwc", "write": "rw", "read": "ro"}[mode]
    address = f"{path.resolve().as_uri()}?mode={access}"
    connection = _dial(address)
    if mode != "read":
        return connection
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK:
            return _dial_undone(address, path)
        log = path.with_name(path.name + "-wal")
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CANTOPEN or log.exists():
            raise
        # A folder that cannot be written, and no writer's log in it: nobody can be writing.
        return _dial(address + "&immutable=1")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _dial_undone(address: str, path: Path) -> sqlite3.Connection:
    """Connect to read, after a change that was cut short (a writer was killed) is undone."""
    try:
        with closing(_dial(f"{path.resolve().as_uri()}?mode=rw")) as writer:
            writer.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
    except sqlite3.OperationalError as error:
        raise LibraryError(
            f"{path} was left in the middle of a change; run this once as a user who may write it"
        ) from error
    return _dial(address)


def _dial(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=_BUSY_MS / 1000)


def _check_ours(connection: sqlite3.Connection, folder: Path) -> None:
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and mark != APPLICATION_ID:
        raise LibraryDamaged(f"{folder / FILE_NAME} is not a textmine library")


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Translate SQLite's errors into errors for users."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(error, folder) from error
    except UnicodeDecodeError as error:  # even the message of SQLite quotes damaged bytes
        raise LibraryDamaged(f"{folder / FILE_NAME} is damaged; restore a backup") from error
    except UnicodeEncodeError as error:
        raise CannotStore("the text contains incomplete characters and cannot be stored") from error
    except OverflowError as error:
        raise UsageError("a number is too large; give a smaller one") from error


_TOO_LONG: Final = "the query took too long; make it narrower"
_MEANINGS: Final[dict[int, tuple[type[TextmineError], str]]] = {
    sqlite3.SQLITE_INTERRUPT: (UsageError, _TOO_LONG),
    sqlite3.SQLITE_BUSY: (LibraryBusy, "{path} is in use by another process; try again later"),
    sqlite3.SQLITE_LOCKED: (LibraryBusy, "{path} is in use by another process; try again later"),
    sqlite3.SQLITE_CORRUPT: (LibraryDamaged, "{path} is damaged; restore a backup"),
    sqlite3.SQLITE_NOTADB: (LibraryDamaged, "{path} is not a database; restore a backup"),
    sqlite3.SQLITE_CONSTRAINT: (CannotStore, "{path} does not take a value: {error}"),
    sqlite3.SQLITE_TOOBIG: (CannotStore, "{path} does not take a value: {error}"),
    sqlite3.SQLITE_FULL: (LibraryError, "no space left on the disk for {path}"),
    sqlite3.SQLITE_READONLY: (LibraryError, "{path} cannot be written; check its permissions"),
    sqlite3.SQLITE_PERM: (LibraryError, "{path} cannot be written; check its permissions"),
    sqlite3.SQLITE_CANTOPEN: (LibraryError, "{path} cannot be opened; check its permissions"),
    sqlite3.SQLITE_IOERR: (LibraryError, "{path} cannot be read or written ({error})"),
}


def _is_given_up(error: BaseException | None) -> bool:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    return bool(code == sqlite3.SQLITE_INTERRUPT)


def _translate(error: sqlite3.Error, folder: Path) -> TextmineError:
    # Python's own refusals (a closed connection, a value too large) carry no code.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if str(error).startswith("Could not decode"):  # what it quotes is bytes that are no text
        code = sqlite3.SQLITE_CORRUPT
    kind, message = _MEANINGS.get(code, (LibraryError, "{path}: {error}"))
    return kind(message.format(path=folder / FILE_NAME, error=error))
