"""Backup: the whole library as a zip file that unpacks to its folder.

Originals never change and are written before the rows that refer to them. So the database is
copied first, then the originals that the copy refers to: together they are a consistent snapshot,
while others read and write.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from corpus.errors import LibraryError, UsageError

from ..storage import originals
from ..storage.database import FILE_NAME, copy
from .progress import Step, silent
from .scratch import scratch

CHUNK: Final = 1 << 20

_SCRATCH: Final = ".backup-"
_WHOLE: Final = "whole"
"""The archive while it is written."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The size of a backup: documents and bytes."""

    documents: int
    bytes: int


def backup(library: Path, file: Path, *, force: bool = False, step: Step = silent) -> Saved:
    """Write the library into one file, atomically; others may read and write."""
    if file.is_dir() or (file.exists() and not force):
        hint = (
            "name a file in that folder"
            if file.is_dir()
            else "give another name, or --force to replace it"
        )
        raise UsageError(f"{file} already exists; {hint}")
    with _writing(file), scratch(file.parent, _SCRATCH) as folder:
        whole = folder / _WHOLE
        with whole.open("xb") as out:
            whole.chmod(0o600)
            documents = _write(library, folder / FILE_NAME, out, step)
            out.flush()
            os.fsync(out.fileno())
        whole.replace(file)
        originals.sync_folder(file.parent)
        return Saved(documents, file.stat().st_size)


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        raise LibraryError(f"cannot write the backup {file}: {error.strerror}{place}") from error


def _write(library: Path, database: Path, out: IO[bytes], step: Step) -> int:
    """Fill the archive by way of a copy of the database; the number of documents."""
    with copy(library, database) as db, ZipFile(out, "w") as archive:
        total = db.number("SELECT count(*) FROM document") + 1
        step("database", total)
        _add(archive, database, FILE_NAME, ZIP_DEFLATED)
        for row in db.each("SELECT id, name, sha256, media_type FROM document ORDER BY sha256"):
            step(row["name"], total)
            path = originals.place(library, row["sha256"], row["media_type"])
            _add_original(archive, library, path, row["sha256"], row["id"])
    return total - 1


def _add_original(archive: ZipFile, library: Path, path: Path, sha256: str, document: int) -> None:
    """A backup that lacks an original is none, and would be missed only when it is needed."""
    name = path.relative_to(library).as_posix()
    try:
        same = _add(archive, path, name, ZIP_STORED) == sha256
    except FileNotFoundError:
        same = False
    if not same:
        raise LibraryError(
            f"no backup made: the original of document {document} is missing or damaged; "
            "for details: textmine verify"
        )


def _add(archive: ZipFile, path: Path, name: str, compression: int) -> str:
    """Add a file piece by piece; its SHA-256."""
    entry = ZipInfo.from_file(path, name, strict_timestamps=False)
    entry.compress_type = compression
    digest = hashlib.sha256()
    with path.open("rb") as source, archive.open(entry, "w") as target:
        while piece := source.read(CHUNK):
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()
