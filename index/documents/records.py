"""Records that go into a library and come out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias

from corpus.model import Document, Figure, Finding

Outcome: TypeAlias = Literal["ok", "partial"]
FileOutcome: TypeAlias = Literal["ok", "partial", "duplicate", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The file that a document was read from. `name` is its name when first met."""

    sha256: str
    name: str
    bytes: int
    media_type: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The provenance of a document's rows: versions of reader and pipeline, themes fingerprint."""

    reader: str
    pipeline: str
    themes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A library entry: original, document, findings, provenance."""

    original: Original
    document: Document
    findings: tuple[Finding, ...]
    made: Provenance
    figures: tuple[Figure, ...] = ()
    outcome: Outcome = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """An entry that is in the library: with its number, its other names and its day."""

    id: int
    entry: Entry
    """As it was put."""
    document: Document
    """With what people set since in the place of what was read."""
    findings: tuple[Finding, ...]
    """As they hold: with what people decided in the place of what the machine says."""
    aliases: tuple[str, ...]
    ingested_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """A row of the file log; `reason` is a word, `message` a line."""

    path: str
    outcome: FileOutcome
    size: int | None = None
    sha256: str | None = None
    reason: str | None = None
    message: str | None = None
    tried_at: str = ""
    """Set by the library when the record is written, unless it comes from another library."""


def now() -> str:
    """This moment, UTC, as it is recorded."""
    return datetime.now(UTC).isoformat(timespec="seconds")
