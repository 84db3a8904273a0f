"""Authorities known to a library: its copy of the register."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.errors import UsageError

from ..query.authority_register import of_library
from ..query.field_values import meanings
from ..storage.database import Database
from .coverage import Seen, inspections_and_visits, what_is_missing

if TYPE_CHECKING:
    from corpus.register.authorities import Authority


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
    urn: str | None = None
    gss: str | None = None
    la_code: str | None = None
    aliases: tuple[str, ...] = ()
    last_inspection: str | None = None
    """When the last inspection in the library began."""
    missing: str | None = None
    """What the library seems to lack of it, in words."""


def count_documents(db: Database) -> tuple[AuthorityCount, ...]:
    """Every authority of the register with its documents, by name."""
    rows = db.all(
        "SELECT a.key, a.name, a.region, count(d.id) AS documents FROM authority a"
        " LEFT JOIN document d ON d.authority = a.key GROUP BY a.key ORDER BY a.name"
    )
    register = {each.key: each for each in of_library(db)}
    seen = inspections_and_visits(db)
    return tuple(_count(row, register.get(row["key"]), seen.get(row["key"], ())) for row in rows)


def _count(row: sqlite3.Row, known: Authority | None, seen: Sequence[Seen]) -> AuthorityCount:
    inspected = [each.began for each in seen if each.inspection]
    return AuthorityCount(
        **row,
        urn=known.urn if known else None,
        gss=known.gss if known else None,
        la_code=known.la_code if known else None,
        aliases=known.aliases if known else (),
        last_inspection=max(inspected, default=None),
        missing=what_is_missing(seen)
        if known is None or known.existed(datetime.now(UTC).date())
        else None,
    )


def count_unresolved(db: Database) -> int:
    """How many documents are filed under no authority, and are about no provider of childcare."""
    return db.number(
        "SELECT count(*) FROM document WHERE authority IS NULL AND NOT EXISTS (SELECT 1 FROM"
        " field_now WHERE document = document.id AND name = 'provider' AND value IS NOT NULL)"
    )


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
