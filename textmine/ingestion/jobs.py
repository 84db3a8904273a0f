"""Messages between the main process and workers. No spaCy is imported."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Document, Source
from index.documents.rows import Rows


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, and what is known of it."""

    source: Source
    name: str
    """What the library calls it."""
    content: str | bytes
    """The path of the file, or its bytes; they must be those of the source's SHA-256."""
    media_type: str | None = None
    """Under which the library keeps it already; None for a new file: the reader says."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """A job to tag a stored document again; returns `index.documents.rows.TagRows`."""

    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A summary of a document, for messages."""

    doc_type: str
    authority: str | None
    start_date: str | None
    pages: int
    passages: int
    findings: int
    missing: str | None
    """One line on what should be there and could not be read; None where nothing is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The result of reading one file."""

    rows: Rows
    media_type: str
    summary: Summary
