"""The connection of a library: one for reading, kept; one for each write."""

from __future__ import annotations

import weakref
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

from corpus.lazy import lazy
from index.storage.database import DEADLINE, Database, open_read, open_write


class Connection:
    """What reading and writing share: the folder, and the connection for the library's life."""

    def __init__(self, path: str | Path, *, internal: bool = False) -> None:
        """`path` is the library's folder; it may be missing until something is ingested.

        `internal` is whether questions let internal documents through that do not say so.
        """
        self.path = Path(path)
        self.internal = internal

    @lazy
    def _db(self) -> Database:
        db = open_read(self.path)
        self._ending = weakref.finalize(self, db.abandon)
        return db

    def deadline(self, seconds: float = DEADLINE) -> AbstractContextManager[None]:
        """A context in which reads are given up that are still running after so many seconds."""
        return self._db.deadline(seconds)

    def _writer(self) -> Database:
        return open_write(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.path)!r})"

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        if self.__dict__.pop("_db", None):
            self._ending()
