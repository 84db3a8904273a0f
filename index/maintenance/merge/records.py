"""Records of a merge: what became of each document, and the conflicts between libraries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "decision",
    "correction",
    "options",
    "visibility",
    "version",
    "rows",
    "search",
    "damaged",
]
"""What two libraries do not agree on; "damaged" is what could not be taken from one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something that two libraries say differently, what the merge did, and what a person can do.

    No words of a document are in it, but for the values of corrections.
    """

    kind: Kind
    source: str
    """The library that was merged."""
    about: str
    here: str | None = None
    """What the library says that takes the others in."""
    there: str | None = None
    """What the library says that was merged."""
    result: str
    """What holds now."""
    remedy: str
    document: int | None = None
    """Its number in the library that takes the others in."""
    name: str = ""
    internal: bool = False
    """Whether the document is internal in either library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeResult:
    """What a merge made of one document, or ("tables") of what belongs to no document.

    The numbers count what was new here.
    """

    source: str
    name: str
    result: Literal["added", "known", "refused", "tables"]
    document: int | None = None
    corrections: int = 0
    decisions: int = 0
    notes: int = 0
    collected: int = 0
    searches: int = 0
    files: int = 0
    conflicts: tuple[Conflict, ...] = ()
