"""What is published that a library lacks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus.errors import UsageError
from corpus.register.authorities import Authority, Register
from index.query.filters import Filters
from index.reports import counts
from index.storage.database import Database

if TYPE_CHECKING:
    from .fetch import Listed
    from .ledger import Ledger


def authorities_named(register: Register, names: Iterable[str]) -> tuple[Authority, ...]:
    """The authorities of some names, all that there are for none. Raises UsageError."""
    chosen: list[Authority] = []
    for name in names:
        matching = register.matching(name)
        if not matching:
            raise UsageError(f"unknown authority: {name!r}; {register.suggestion(name)}")
        chosen += [each for each in matching if each not in chosen]
    return tuple(chosen) or tuple(register)


def in_library(db: Database) -> tuple[frozenset[str], frozenset[str]]:
    """The addresses and the SHA-256 of the documents of a library."""
    rows = tuple(counts.documents(db, Filters(internal=True)))
    return frozenset(row.url for row in rows if row.url), frozenset(row.sha256 for row in rows)


def lacking(
    listed: Iterable[Listed], ledger: Ledger, addresses: frozenset[str], digests: frozenset[str]
) -> tuple[Listed, ...]:
    """What the library has neither by address nor, as far as the ledger knows, by content."""
    wanted: dict[str, Listed] = {}
    for each in listed:
        url = each.publication.url
        held = ledger.get(url)
        if url not in addresses and not (held and held.sha256 in digests):
            wanted.setdefault(url, each)
    return tuple(wanted.values())
