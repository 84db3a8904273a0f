"""A short look at SQLite and at a library, for a person whose installation does not work."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ..engines import ENGINES
from ..storage.database import open_read


@dataclass(frozen=True, slots=True)
class Health:
    """How many documents a library has, and what SQLite finds damaged in its file."""

    documents: int
    damage: str | None


def engines() -> tuple[str, ...]:
    """The full-text engines of this build of SQLite, the preferred one first."""
    with closing(sqlite3.connect(":memory:")) as db:
        modules = {row[0] for row in db.execute("SELECT name FROM pragma_module_list")}
    return tuple(name for name, engine in ENGINES.items() if engine.module in modules)


def look(folder: Path) -> Health:
    """Opens the library in a folder and looks at it. Raises LibraryError."""
    with open_read(folder) as db:
        [damage] = db.all("PRAGMA quick_check(1)")
        sound = damage[0] == "ok"
        count = db.number("SELECT count(*) FROM document")
        return Health(count, None if sound else str(damage[0]))
