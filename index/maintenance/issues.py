"""Integrity issues: the records that verify returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal[
    "database",
    "schema",
    "digest",
    "original",
    "offsets",
    "quotation",
    "terms",
    "vectors",
    "index",
    "log",
    "orphan",
    "erasure",
]

BACKUP: Final = "restore a backup"
REPAIR: Final = "textmine verify --repair"
READ_AGAIN: Final = "restore a backup, or delete it and ingest its file again"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityIssue:
    """Something that is wrong with the library, and what can be done about it."""

    kind: Kind
    message: str
    remedy: str
    document: int | None = None
    name: str = ""
    """The document's name, or the path of the file that it is about."""
    repaired: bool = False
