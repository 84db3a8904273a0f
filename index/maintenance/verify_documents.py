"""Integrity checks of documents: parts, terms, originals.

Documents are checked one by one: memory does not grow with their number, and no snapshot is held
for long, so that others can write meanwhile.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import LibraryError, UsageError

from .. import engines
from ..documents import store, vectors
from ..documents.records import Original
from ..storage import originals
from ..storage.database import Database
from ..text.analyzer import VERSION, term_row
from . import consistency
from .issues import READ_AGAIN, REPAIR, IntegrityIssue
from .progress import Step


def documents(db: Database, step: Step, total: int, *, repair: bool) -> Iterator[IntegrityIssue]:
    """The issues of each document; `repair` rebuilds its terms."""
    number = 0
    while row := db.one(
        "SELECT id, name FROM document WHERE id > ? ORDER BY id LIMIT 1", (number,)
    ):
        number = row["id"]
        step(row["name"], total)
        yield from _document(db, number, row["name"], repair=repair)
    stray = "passage_text WHERE passage NOT IN (SELECT id FROM passage)"
    if count := db.number(f"SELECT count(*) FROM {stray}"):
        if repair:
            db.execute(f"DELETE FROM {stray}")
        message = f"terms of {count} passages that do not exist"
        yield IntegrityIssue(kind="terms", message=message, remedy=REPAIR, repaired=repair)


def _document(db: Database, number: int, name: str, *, repair: bool) -> Iterator[IntegrityIssue]:
    try:
        with db.snapshot():
            entry = store.get(db, number).entry
            wrong_terms = _wrong_terms(db, number)
    except UsageError:
        return  # somebody deleted it just now
    except (LibraryError, ValueError, TypeError, LookupError, zlib.error) as error:
        yield IntegrityIssue(
            kind="database",
            message=f"cannot be read from the library: {error}",
            remedy=READ_AGAIN,
            document=number,
            name=name,
        )
        return
    for kind, what in consistency.contradictions(entry.document, entry.findings, entry.figures):
        yield IntegrityIssue(kind=kind, message=what, remedy=READ_AGAIN, document=number, name=name)
    if wrong_terms:
        if repair:
            with db.transaction():
                engines.write_terms(db, number)
                vectors.write(db, number)
        yield IntegrityIssue(
            kind="terms",
            message=f"passages with wrong or missing terms: {wrong_terms}",
            remedy=REPAIR,
            document=number,
            name=name,
            repaired=repair,
        )
    problem = _original(db.folder, entry.original)
    if problem and store.document_with_hash(db, entry.original.sha256) == number:
        yield IntegrityIssue(
            kind="original", message=problem, remedy=READ_AGAIN, document=number, name=name
        )


def _wrong_terms(db: Database, number: int) -> int:
    """How many passages have another digest, number or places of words than their text gives."""
    if db.setting("terms") != VERSION:
        return 0  # of another version of the analyzer: rebuilt before they are used
    rows = db.each(
        "SELECT t.text, t.same, t.words, t.starts FROM passage p"
        " JOIN passage_text t ON t.passage = p.id WHERE p.document = ?",
        (number,),
    )
    return sum(term_row(text) != tuple(stored) for text, *stored in rows)


def _original(library: Path, original: Original) -> str | None:
    """What is wrong with a document's original."""
    path = originals.place(library, original.sha256, original.media_type)
    place = path.relative_to(library).as_posix()
    try:
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == original.sha256
    except FileNotFoundError:
        return f"its original is missing: {place}"
    except OSError as error:
        return f"its original cannot be read: {place}: {error.strerror}"
    return None if same else f"its original has changed since it was stored: {place}"
