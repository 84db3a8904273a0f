"""Verify: integrity checks of a library, and repair of what can be rebuilt.

Repair rebuilds derived data (indexes, terms) and removes orphans. Nothing is guessed: if a
document or its original is wrong, a person has to decide.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from corpus.errors import LibraryDamaged, LibraryError

from .. import engines
from ..documents import digests
from ..engines import ENGINES
from ..engines.base import Engine
from ..storage.database import FILE_NAME, Database, copy, open_write, translated
from ..storage.schema import differences
from . import damage, deletion
from .damage import ReadAgain
from .issues import BACKUP, REPAIR, IntegrityIssue
from .orphans import orphans, remove
from .progress import Step, silent
from .recovery import recover
from .verify_documents import documents

_OTHER_STEPS: Final = 3  # the database, the indexes, the folder


def verify(
    db: Database,
    *,
    repair: bool = False,
    read_again: ReadAgain | None = None,
    step: Step = silent,
) -> Iterator[IntegrityIssue]:
    """Everything that is wrong with the library; with `repair`, what can be mended is.

    Repairing needs a library that is open for writing; damaged documents are repaired where the
    caller gives a way to read them again.
    """
    total = db.number("SELECT count(*) FROM document") + _OTHER_STEPS
    step("database", total)
    broken = list(_database(db, repair=repair))
    yield from broken
    # Whatever is written to pages that are damaged may make them worse.
    repair = repair and all(trouble.repaired for trouble in broken)
    foreign = list(_complete(_schema(db)))
    yield from foreign
    parts = (
        _damage(db, read_again if repair else None),
        _rows(db),
        documents(db, step, total, repair=repair),
        () if foreign else _indexes(db, step, total, repair=repair),
        damage.vector_issues(db, repair=repair),
        _log(db),
        _files(db, step, total, repair=repair),
        _erasure(db, repair=repair),
    )
    for part in parts:
        yield from _complete(part)


def _complete(part: Iterable[IntegrityIssue]) -> Iterator[IntegrityIssue]:
    """A part of the checks; where the database cannot be read, that is an issue too."""
    try:
        yield from part
    except LibraryError as error:
        yield IntegrityIssue(kind="database", message=str(error), remedy=BACKUP)


def _database(db: Database, *, repair: bool) -> Iterator[IntegrityIssue]:
    """The file as SQLite wrote it; SQLite's own indexes can be rebuilt."""
    lines = integrity(db)
    mended = False
    if lines and repair:
        try:
            db.execute("REINDEX")
            mended = not integrity(db)
        except LibraryError:
            mended = False
    for line in lines:
        yield IntegrityIssue(
            kind="database", message=f"SQLite says: {line}", remedy=BACKUP, repaired=mended
        )


def _schema(db: Database) -> Iterator[IntegrityIssue]:
    """What the schema has that textmine does not make, or lacks."""
    with translated(db.folder):
        lines = differences(db.connection)
    for line in lines:
        yield IntegrityIssue(kind="schema", message=line, remedy=BACKUP)


def _damage(db: Database, read_again: ReadAgain | None) -> Iterator[IntegrityIssue]:
    """Rows that are not what was stored, and documents that are not there."""
    lost = digests.lost(db)
    if read_again:
        digests.freshen(db)
        recover(db)
    found = damage.damaged(db)
    if read_again:
        damage.mend(db, found, read_again)
    yield from damage.lost_issues(db, lost)
    yield from damage.issues(db, found, but={row["sha256"] for row in lost})


def integrity(db: Database) -> list[str]:
    """SQLite's integrity check, as issues.

    Newer versions look into full-text indexes too; those are caches, and checked apart.
    """
    try:
        lines = [str(row[0]) for row in db.all("PRAGMA integrity_check")]
    except LibraryDamaged as error:
        return [str(error)]
    return [line for line in lines if line != "ok" and "inverted index for FTS" not in line]


def _rows(db: Database) -> Iterator[IntegrityIssue]:
    """Rows that belong to nothing."""
    pairs = ((row["table"], row["parent"]) for row in db.each("PRAGMA foreign_key_check"))
    for (table, parent), count in Counter(pairs).items():
        if table != "passage_text":  # those can be removed, and are told of with the terms
            message = f"{count} rows of {table} belong to a {parent} that does not exist"
            yield IntegrityIssue(kind="database", message=message, remedy=BACKUP)


def _indexes(db: Database, step: Step, total: int, *, repair: bool) -> Iterator[IntegrityIssue]:
    """The full-text indexes; one that is stale is rebuilt before it is used, and passes."""
    step("indexes", total)
    present = engines.available(db)
    current = [ENGINES[name] for name in present if engines.is_current(db, ENGINES[name])]
    if not current or db.writable:
        yield from _engines(db, current, repair=repair)
        return
    # The engines' own checks need to write: to a copy, as the library may be for reading only.
    try:
        with tempfile.TemporaryDirectory(prefix="textmine-") as scratch:
            copy(db.folder, Path(scratch) / FILE_NAME).close()
            with open_write(Path(scratch)) as writer:
                yield from _engines(writer, current, repair=False)
    except (LibraryError, OSError) as error:
        message = f"the full-text indexes cannot be checked: {error}"
        yield IntegrityIssue(kind="index", message=message, remedy="make room for a copy")


def _engines(db: Database, current: Sequence[Engine], *, repair: bool) -> Iterator[IntegrityIssue]:
    for engine in current:
        if fault := _fault(db, engine):
            yield IntegrityIssue(
                kind="index",
                message=f"the {engine.name} index {fault}",
                remedy=REPAIR,
                repaired=repair and _rebuilt(db, engine),
            )


def _fault(db: Database, engine: Engine) -> str | None:
    """What is wrong with an index that should be complete."""
    if not engines.exists(db, engine):
        return "is missing"
    try:
        row = db.one(
            f"SELECT (SELECT count(*) FROM {engine.table}_docsize),"
            " (SELECT count(*) FROM passage_text), (SELECT count(*) FROM passage)"
        )
        if row and len(set(row)) > 1:
            return f"has {row[0]} passages, the terms {row[1]}, the documents {row[2]}"
        engine.check(db)
    except LibraryDamaged:
        return "does not match the terms"
    return None


def _rebuilt(db: Database, engine: Engine) -> bool:
    """Rebuild the index; whether that worked."""
    try:
        with db.transaction():
            engines.rebuild(db, engine)
    except LibraryError:
        return False
    return _fault(db, engine) is None


def _log(db: Database) -> Iterator[IntegrityIssue]:
    rows = db.each(
        "SELECT path FROM file_log f WHERE outcome <> 'failed'"
        " AND NOT EXISTS (SELECT 1 FROM document d WHERE d.sha256 = f.sha256)"
    )
    for row in rows:
        message = "logged as read, but the document is missing"
        yield IntegrityIssue(
            kind="log", message=message, remedy="ingest it again", name=row["path"]
        )


def _files(db: Database, step: Step, total: int, *, repair: bool) -> Iterator[IntegrityIssue]:
    step("originals", total)
    for file in orphans(db):
        yield IntegrityIssue(
            kind="orphan",
            message=file.what,
            remedy=REPAIR,
            name=file.path.relative_to(db.folder).as_posix(),
            repaired=repair and remove(db, file),
        )


def _erasure(db: Database, *, repair: bool) -> Iterator[IntegrityIssue]:
    if deletion.unfinished(db):
        if repair:
            deletion.finish(db)
        message = "a deletion was interrupted and left traces"
        yield IntegrityIssue(kind="erasure", message=message, remedy=REPAIR, repaired=repair)
