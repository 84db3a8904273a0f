"""Orphans: files among the originals that no document refers to.

A file of the last minutes may belong to a document that is being stored, and is skipped.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..storage import originals
from ..storage.database import Database

_NAME: Final = re.compile(r"([0-9a-f]{64})\.[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file that nothing in the library needs, and what it seems to be."""

    path: Path
    what: str


def orphans(db: Database) -> Iterator[Orphan]:
    """Files with names of originals that no document refers to."""
    for path in originals.list_files(db.folder):
        if path.name.startswith(originals.UNFINISHED):
            what = "an original that was never finished"
        elif _NAME.fullmatch(path.name) and not _named(db, path):
            what = "an original that no document names"
        else:
            continue
        if _settled(path):
            yield Orphan(path, what)


def remove(db: Database, file: Orphan) -> bool:
    """Delete the file, unless a document has come to name it."""
    with db.transaction(), suppress(OSError):
        if not _named(db, file.path) and _settled(file.path):
            file.path.unlink()
            return True
    return False


def _named(db: Database, path: Path) -> bool:
    row = db.one("SELECT sha256, media_type FROM document WHERE sha256 = ?", (path.stem,))
    return row is not None and originals.place(db.folder, *row) == path


def _settled(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > originals.STALE
    except OSError:
        return False  # gone meanwhile
