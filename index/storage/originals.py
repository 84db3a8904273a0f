"""Originals: files stored by content hash, `originals/ab/<sha256>.<ext>`.

A file is written under a temporary name, synced, and renamed; only then may a row refer to it. So
a row never refers to an incomplete file, and a crash leaves at worst an orphan.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from corpus.errors import LibraryError

FOLDER: Final = "originals"

STALE: Final = 600.0
"""Seconds after which no writer can still be at work on one original."""

UNFINISHED: Final = ".new-"
"""How the names of files begin that are being written."""

_EXTENSIONS: Final = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/html": "html",
    "text/plain": "txt",
}


MEDIA_TYPES: Final = frozenset(_EXTENSIONS)
"""Those that readers give."""


def place(library: Path, sha256: str, media_type: str) -> Path:
    """The path of the original with this hash."""
    name = f"{sha256}.{_EXTENSIONS.get(media_type, 'bin')}"
    return library / FOLDER / sha256[:2] / name


def keep(library: Path, data: bytes, media_type: str, sha256: str | None = None) -> str:
    """Store the bytes, durably, unless they are there; their SHA-256, if the caller has it not."""
    sha256 = sha256 or digest(data)
    path = place(library, sha256, media_type)
    try:
        if path.is_file() and path.stat().st_size == len(data):
            os.utime(path)  # in use again: none may take it for left behind
        else:
            _write(path, data)
    except OSError as error:
        raise LibraryError(f"cannot store the original {path}: {error.strerror}") from error
    return sha256


def digest(data: bytes) -> str:
    """The SHA-256 by which bytes are kept."""
    return hashlib.sha256(data).hexdigest()


def read(library: Path, sha256: str, media_type: str) -> bytes:
    """The original's bytes, checked against their name."""
    path = place(library, sha256, media_type)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LibraryError(f"cannot read the original {path}: {error.strerror}") from error
    if digest(data) != sha256:
        raise LibraryError(
            f"the original {path} has changed since it was stored; restore it from a backup"
        )
    return data


def remove(library: Path, sha256: str, media_type: str) -> None:
    """Delete an original that no row names any more."""
    path = place(library, sha256, media_type)
    try:
        path.unlink(missing_ok=True)
        with suppress(OSError):  # others may be in it
            path.parent.rmdir()
    except OSError as error:
        raise LibraryError(f"cannot delete the original {path}: {error.strerror}") from error


def list_files(library: Path) -> Iterator[Path]:
    """All files in the folder of originals."""
    for folder in sorted((library / FOLDER).glob("??")):
        yield from (path for path in sorted(folder.glob("*")) if path.is_file())


def sweep(library: Path, *, older: float = STALE) -> list[Path]:
    """Remove unfinished files of killed writers."""
    swept = []
    for path in (library / FOLDER).glob(f"??/{UNFINISHED}*"):
        with suppress(OSError):  # another process may be sweeping too
            if time.time() - path.stat().st_mtime > older:
                path.unlink()
                swept.append(path)
    return swept


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the rename durable. Windows has no handle for a folder and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
