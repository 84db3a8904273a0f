"""Authorities known to a library: its copy of the register."""

from __future__ import annotations

import json
from dataclasses import dataclass

from corpus.errors import UsageError

from ..query.authority_register import of_library
from ..query.field_values import meanings
from ..storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An authority: as the register has it, or with its name alone where it has none."""

    key: str
    name: str
    region: str | None = None
    neighbours: tuple[str, ...] = ()
    """The keys of its statistical neighbours, the closest first."""


def entry(db: Database, key: str) -> Entry:
    """The authority of this key."""
    row = db.one("SELECT name, region, neighbours FROM authority WHERE key = ?", (key,))
    if row is None:
        return Entry(key=key, name=key)
    neighbours = tuple(json.loads(row["neighbours"]))
    return Entry(key=key, name=row["name"], region=row["region"], neighbours=neighbours)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityCount:
    """An authority of the register, and how many documents of it the library holds."""

    key: str
    name: str
    region: str | None
    documents: int


def count_documents(db: Database) -> tuple[AuthorityCount, ...]:
    """Every authority of the register with its documents, by name."""
    rows = db.all(
        "SELECT a.key, a.name, a.region, count(d.id) AS documents FROM authority a"
        " LEFT JOIN document d ON d.authority = a.key GROUP BY a.key ORDER BY a.name"
    )
    return tuple(AuthorityCount(**row) for row in rows)


def names(db: Database) -> dict[str, str]:
    """The name of every authority of the register by its key."""
    return {row["key"]: row["name"] for row in db.all("SELECT key, name FROM authority")}


def resolve(db: Database, name: str) -> Entry:
    """The one authority that a person means by any of its names.

    Raises UsageError where there is none, or more than one.
    """
    register = of_library(db)
    keys, _ = meanings(db, "la", [name])
    if meant := register.resolve(name):
        return entry(db, meant.key)
    if len(keys) == 1:
        return entry(db, keys[0])
    if keys:
        *others, last = sorted(entry(db, key).name for key in keys)[:5]
        known = f"{', '.join(others)} or {last}"
        raise UsageError(f"{name!r} could be {known}; give the full name")
    raise UsageError(f"unknown authority: {name!r}; {register.suggestion(name)}")
