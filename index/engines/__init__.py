"""Full-text engines, kept in step with the texts they index.

For each engine the library records the version of the analyzer (`analyzer.VERSION`) whose
index is complete. Every write keeps recorded engines up to date; an unrecorded one, or one of
another version, is rebuilt before use.
"""

from __future__ import annotations

from typing import Final

from corpus.errors import LibraryError, UsageError

from ..storage.database import Database, open_write
from ..text.analyzer import VERSION, term_row
from .base import Engine
from .fts4 import Fts4
from .fts5 import Fts5
from .near_function import NEARBY, nearby

ENGINES: Final[dict[str, Engine]] = {engine.name: engine for engine in (Fts5(), Fts4())}
"""By name, the preferred one first."""

_CURRENT: Final = """SELECT (SELECT value FROM library WHERE key = 'terms') = ?1
    AND (SELECT value FROM library WHERE key = ?2) = ?1"""


def choose(db: Database, name: str | None = None) -> tuple[Engine, str | None]:
    """The requested engine, or the best in this build of SQLite, with a note if it differs."""
    if name is not None and name not in ENGINES:
        raise UsageError(f"unknown engine: {name}. Use {' or '.join(ENGINES)}")
    present = available(db)
    if not present:
        raise LibraryError("this build of SQLite has neither FTS5 nor FTS4; use another Python")
    if name is None or name in present:
        chosen = name or present[0]
        poorer = chosen == present[0] and chosen != next(iter(ENGINES))
        note = f"this build of SQLite has no FTS5; searched with {chosen}" if poorer else None
        return ENGINES[chosen], note if name is None else None
    return (
        ENGINES[present[0]],
        f"this build of SQLite has no {name.upper()}; searched with {present[0]}",
    )


def available(db: Database) -> list[str]:
    """The engines that this build of SQLite has."""
    return [name for name, engine in ENGINES.items() if engine.module in db.modules]


def ready(db: Database, name: str | None = None) -> tuple[Engine, str | None]:
    """An engine with a complete index, built now if need be; and a note if it is another."""
    engine, note = choose(db, name)
    if not is_current(db, engine):
        if db.writable:
            rebuild(db, engine)
        else:
            with open_write(db.folder) as writer:
                rebuild(writer, engine)
    if db.first(engine.name):  # to make a function again is to compile every statement again
        engine.prepare(db)
        db.function(NEARBY, 2, nearby)
    return engine, note


def rebuild(db: Database, engine: Engine) -> None:
    """Make the engine's index anew from the stored texts."""
    with db.transaction():
        freshen_terms(db)
        db.execute(f"DROP TABLE IF EXISTS {engine.table}")
        engine.create(db)
        engine.fill(db)
        db.record(engine.name, VERSION)


def active(db: Database) -> list[Engine]:
    """The engines that a write must keep in step; call within its transaction.

    The first write makes the default engine's index. An index that this build cannot write is
    recorded as unfinished, so that it is rebuilt where it can be.
    """
    freshen_terms(db)
    present = available(db)
    for name in ENGINES:
        if name not in present and db.setting(name):
            db.record(name, None)
    engine, _ = choose(db)
    if not is_current(db, engine):
        rebuild(db, engine)
    return [ENGINES[name] for name in present if is_current(db, ENGINES[name])]


def freshen_terms(db: Database) -> None:
    """Bring what is stored of terms in line with this version of the analyzer."""
    if db.setting("terms") == VERSION:
        return
    for engine in ENGINES.values():
        db.record(engine.name, None)
    db.execute("DELETE FROM document_vectors")  # which are made from the terms
    for document in db.all("SELECT id FROM document"):
        write_terms(db, document["id"])
    db.record("terms", VERSION)


def write_texts(db: Database, document: int, text: str) -> None:
    """Store the texts of a document's passages, with what is stored of their terms."""
    places = db.all('SELECT id, start, "end" FROM passage WHERE document = ?', (document,))
    texts = ((place["id"], text[place["start"] : place["end"]]) for place in places)
    db.many(
        "INSERT OR REPLACE INTO passage_text (passage, text, same, words, starts)"
        " VALUES (?, ?, ?, ?, ?)",
        ((passage, of_passage, *term_row(of_passage)) for passage, of_passage in texts),
    )


def write_terms(db: Database, document: int) -> None:
    """Make what is stored of terms anew from the stored texts of a document's passages."""
    rows = db.all(
        "SELECT passage, text FROM passage_text"
        " WHERE passage IN (SELECT id FROM passage WHERE document = ?)",
        (document,),
    )
    db.many(
        "UPDATE passage_text SET same = ?, words = ?, starts = ? WHERE passage = ?",
        ((*term_row(row["text"]), row["passage"]) for row in rows),
    )


def optimize(db: Database) -> None:
    """Merge the pieces of every current index: worthwhile after many additions."""
    for name in available(db):
        if is_current(db, ENGINES[name]):
            ENGINES[name].optimize(db)


def exists(db: Database, engine: Engine) -> bool:
    """Whether the library has the engine's index, complete or not."""
    return db.number("SELECT count(*) FROM sqlite_schema WHERE name = ?", (engine.table,)) > 0


def is_current(db: Database, engine: Engine) -> bool:
    """Whether the engine's index is complete and of this version of the analyzer."""
    return db.number(_CURRENT, (VERSION, engine.name)) == 1
