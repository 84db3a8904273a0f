"""Restore: a library from its backup, checked before use."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import struct
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from corpus.errors import (
    LibraryDamaged,
    LibraryError,
    LibraryMissing,
    LibraryTooNew,
    UsageError,
)
from corpus.files import open_regular

from ..storage import originals
from ..storage.database import FILE_NAME, open_write
from .backup import CHUNK, Saved
from .progress import Step, silent
from .verify import integrity

_SCRATCH: Final = ".restore-"
_ORIGINAL: Final = re.compile(rf"{originals.FOLDER}/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})\.[a-z0-9]+")
_ENCRYPTED: Final = 0x1
_SHOWN: Final = 120  # characters of a name that does not belong there
_BROKEN: Final = (
    *(BadZipFile, zlib.error, EOFError, struct.error),
    *(RuntimeError, ValueError, OverflowError),  # what zipfile makes of nonsense
)


def restore(file: Path, library: Path, *, step: Step = silent) -> Saved:
    """Unpack a backup into a folder that is new or empty: whole, or not at all."""
    _require_empty(library)
    with _reading(file), open_regular(file) as source, ZipFile(source) as archive:
        entries = _entries(archive)
        _require_room(library, sum(entry.file_size for entry in entries))
        with _scratch(library) as scratch:
            for entry in entries:
                step(Path(entry.filename).name, len(entries))
                _unpack(archive, entry, scratch / entry.filename)
            documents = _check(file, scratch)
            _move(scratch, library)
    return Saved(documents, file.stat().st_size)


def _require_empty(folder: Path) -> None:
    try:
        names = [each.name for each in folder.iterdir()] if folder.exists() else []
    except OSError as error:
        raise UsageError(f"cannot restore into {folder}: {error.strerror}") from error
    for name in names:
        if not name.startswith(_SCRATCH):
            raise UsageError(f"{folder} is not empty; restore into a new or an empty folder")
    for name in names:  # of a restore that was killed
        shutil.rmtree(folder / name, ignore_errors=True)


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise LibraryDamaged(f"{file} is not a complete backup: {error}") from error
    except OSError as error:
        raise LibraryError(f"cannot restore {file}: {error.strerror or error}") from error


def _entries(archive: ZipFile) -> list[ZipInfo]:
    """What is in the archive, where all of it is what a backup holds."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if FILE_NAME not in names or len(set(names)) < len(names):
        raise BadZipFile("it contains no library, or more than one")
    for entry in entries:
        known = entry.filename == FILE_NAME or _ORIGINAL.fullmatch(entry.filename)
        plain = entry.compress_type in {ZIP_STORED, ZIP_DEFLATED}
        if not known or not plain or entry.flag_bits & _ENCRYPTED:
            name = entry.filename if len(entry.filename) <= _SHOWN else entry.filename[:_SHOWN]
            raise BadZipFile(f"{name!r} does not belong in a backup")
    return entries


def _require_room(folder: Path, size: int) -> None:
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if shutil.disk_usage(there).free < size:
        raise LibraryError(f"not enough space in {folder} for the {size >> 20} MB of the backup")


@contextmanager
def _scratch(library: Path) -> Iterator[Path]:
    """A folder to unpack into, on the disk of the library; what is left in it goes."""
    made = not library.exists()
    library.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=library, prefix=_SCRATCH) as scratch:
            yield Path(scratch)
    except BaseException:
        if made:
            with suppress(OSError):
                library.rmdir()
        raise


def _unpack(archive: ZipFile, entry: ZipInfo, target: Path) -> None:
    """Write one entry, durably. It cannot give more bytes than it declares."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with archive.open(entry) as source, target.open("xb") as out:
        target.chmod(0o600)
        while piece := source.read(CHUNK):
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    found = _ORIGINAL.fullmatch(entry.filename)
    if found and found[2] != digest.hexdigest():
        raise BadZipFile(f"{entry.filename} is damaged")


def _check(file: Path, unpacked: Path) -> int:
    """Make sure that this is a library, and bring it up to date; the number of its documents."""
    try:
        with open_write(unpacked) as db:
            if lines := integrity(db):
                raise BadZipFile(lines[0])
            for row in db.each("SELECT id, sha256, media_type FROM document"):
                if not originals.place(unpacked, row["sha256"], row["media_type"]).is_file():
                    raise BadZipFile(f"the original of document {row['id']} is not in it")
            return db.number("SELECT count(*) FROM document")
    except LibraryTooNew as error:
        message = f"{file} was written by a newer textmine; upgrade textmine to restore it"
        raise LibraryTooNew(message) from error
    except (LibraryDamaged, LibraryMissing) as error:
        raise BadZipFile("its database is damaged") from error


def _move(unpacked: Path, library: Path) -> None:
    """Put everything in its place, the database last: only then is the folder a library."""
    if (unpacked / originals.FOLDER).exists():
        (unpacked / originals.FOLDER).rename(library / originals.FOLDER)
    (unpacked / FILE_NAME).rename(library / FILE_NAME)
    originals.sync_folder(library)
