"""What goes to a worker and what comes back. Imports no spaCy: the parent needs none."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.doctypes import OTHER
from corpus.model import Document, Finding, Source


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, and what is known of it; or a document to tag anew."""

    source: Source
    path: str = ""
    """Where its bytes are; they must still be those of the source's SHA-256."""
    document: Document | None = None
    """Where there is one, it is tagged and nothing is read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file turned into."""

    document: Document
    findings: tuple[Finding, ...]
    media_type: str

    @property
    def missing(self) -> str:
        """One line on what should be there and could not be read; empty where nothing is."""
        document = self.document
        parts = []
        unread = [field.name for field in document.fields if field.status == "unreadable"]
        unread += [judged.area for judged in document.judgements if judged.status == "unreadable"]
        if unread and document.doc_type != OTHER:
            parts.append(f"could not read {', '.join(unread)}")
        blank = [str(p.page) for p in document.problems if p.kind == "page-without-text"]
        if blank:
            parts.append(f"no text on page {', '.join(blank)}")
        return "; ".join(parts)
