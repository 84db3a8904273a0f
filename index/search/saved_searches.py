"""Saved searches, and what is new since the last run of each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from corpus.errors import UsageError

from ..documents import table_digests
from ..documents.records import now
from ..query.expansion import Groups
from ..storage.database import Database
from .hits import Hit, Ranked, read
from .prepared import ask

_NAMED = "name = ?"
_DOCUMENT = " CROSS JOIN document d ON d.id = p.document"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A saved search; `last_run` is None until it has been run."""

    name: str
    query: str
    made_at: str
    last_run: str | None
    seen: int
    """How many passages it had found when it was last run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of a saved search: its new passages and the total."""

    search: SavedSearch
    """As it was before this run."""
    new: tuple[Hit, ...]
    total: int


def add(db: Database, name: str, query: str, *, synonyms: Groups = ()) -> None:
    """Save a search; raises UsageError for an invalid query or a name in use."""
    ask(db, query, synonyms=synonyms)
    with db.transaction():
        if db.one("SELECT 1 FROM saved_search WHERE name = ?", (name,)):
            raise UsageError(
                f"a saved search {name!r} already exists; choose another name or remove it first"
            )
        with table_digests.changing(db, "saved_search", _NAMED, (name,)):
            db.execute("INSERT INTO saved_search VALUES (?, ?, ?, NULL)", (name, query, now()))


def remove(db: Database, name: str) -> None:
    """Forget a search."""
    with db.transaction():
        _get(db, name)
        with _changing(db, name):
            db.execute("DELETE FROM saved_search WHERE name = ?", (name,))


def list_all(db: Database) -> tuple[SavedSearch, ...]:
    """The saved searches, by name."""
    rows = db.all(
        "SELECT *, (SELECT count(*) FROM saved_seen e WHERE e.name = s.name) AS seen"
        " FROM saved_search s ORDER BY name"
    )
    return tuple(SavedSearch(**row) for row in rows)


def run(db: Database, name: str, *, synonyms: Groups = ()) -> Run:
    """Run a saved search: the passages that are new since its last run.

    A passage is known by its document's bytes and its words: reading a document again, or moving
    its file, makes nothing new.
    """
    search = _get(db, name)
    asked = ask(db, search.query, synonyms=synonyms)
    with db.transaction():
        rows = db.all(
            "SELECT h.id, h.sha256, t.same FROM"
            f" ({asked.select('p.id, d.sha256, d.date, p.ordinal', joins=_DOCUMENT)}) h"
            " JOIN passage_text t ON t.passage = h.id"
            " ORDER BY coalesce(h.date, '') DESC, h.sha256, h.ordinal",
            asked.values,
        )
        known = {
            (row["sha256"], row["same"])
            for row in db.all("SELECT sha256, same FROM saved_seen WHERE name = ?", (name,))
        }
        new = [Ranked(r["id"], 0.0) for r in rows if (r["sha256"], r["same"]) not in known]
        with _changing(db, name):
            db.execute("DELETE FROM saved_seen WHERE name = ?", (name,))
            db.many(
                "INSERT OR IGNORE INTO saved_seen VALUES (?, ?, ?)",
                ((name, row["sha256"], row["same"]) for row in rows),
            )
            db.execute("UPDATE saved_search SET last_run = ? WHERE name = ?", (now(), name))
        return Run(search=search, new=read(db, new, asked.texts), total=len(rows))


@contextmanager
def _changing(db: Database, name: str) -> Iterator[None]:
    """Keeps the digests in step with a change of a search and of what it had found."""
    with (
        table_digests.changing(db, "saved_search", _NAMED, (name,)),
        table_digests.changing(db, "saved_seen", _NAMED, (name,)),
    ):
        yield


def _get(db: Database, name: str) -> SavedSearch:
    found = next((search for search in list_all(db) if search.name == name), None)
    if found is None:
        raise UsageError(f"no saved search {name!r}; to list them: textmine saved list")
    return found
