"""What a citation is made of: the document, and the passage in it. Shared by every list of rows."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Final

from corpus.errors import UsageError
from corpus.model import Passage, Visibility, Voice

from .database import Database

DOCUMENT: Final = """d.id AS document, d.sha256, d.name, d.url, d.doc_type, d.authority_name,
    d.start_date, d.end_date, d.date, d.published, d.voice AS document_voice, d.visibility,
    (SELECT urn FROM authority WHERE key = d.authority) AS urn,
    CASE WHEN d.authority IS NULL THEN (SELECT value FROM field_now
        WHERE document = d.id AND name = 'provider') END AS provider,
    CASE WHEN d.authority IS NULL THEN (SELECT value FROM field_now
        WHERE document = d.id AND name = 'provider_urn') END AS provider_urn"""
"""The columns of `Cited`, from a document `d`."""

PASSAGE: Final = """p.id AS passage_id, p.ordinal, p.kind AS passage_kind,
    p.number AS passage_number, p.section, p.page, p.voice AS passage_voice,
    p.about AS passage_about, p.start AS passage_start, p."end" AS passage_end,
    (SELECT heading FROM section WHERE document = p.document AND position = p.section) AS heading"""
"""The columns that `Place` has besides, from a passage `p`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A document as a citation names it."""

    document: int
    sha256: str
    name: str
    url: str | None
    """Where its owner found it, as given with the file."""
    doc_type: str
    authority: str | None
    urn: str | None
    """The inspectorate's number of the authority."""
    provider: str | None
    """The provider that the document is about, where it is about none of the authorities."""
    provider_urn: str | None
    document_voice: Voice
    visibility: Visibility
    start_date: str | None
    end_date: str | None
    date: str | None
    """The inspection's start, else the document's date."""
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Cited):
    """A passage as a citation names it. `section` is the heading that it stands under."""

    passage: Passage
    section: str
    text: str


def document(db: Database, number: int) -> Cited:
    """The document of this number. Raises UsageError where there is none."""
    row = db.one(f"SELECT {DOCUMENT} FROM document d WHERE d.id = ?", (number,))
    if row is None:
        raise UsageError(f"no document {number} in {db.folder}")
    return Cited(**cited(row))


def cited(row: sqlite3.Row) -> dict[str, Any]:
    """The arguments of `Cited` from its columns."""
    names = ("document", "sha256", "name", "url", "doc_type", "urn", "provider", "provider_urn")
    dates = ("document_voice", "visibility", "start_date", "end_date", "date", "published")
    return {"authority": row["authority_name"], **{name: row[name] for name in (*names, *dates)}}


WORDS: Final = "substr(CAST(d.text AS BLOB), p.octet + 1, p.octets) AS words"
"""The passage's text alone, as bytes, for `place`: quicker by far than the document's."""


def place(row: sqlite3.Row, document: str | None = None) -> dict[str, Any]:
    """The arguments of `Place` from its columns, and the document's text or `WORDS`."""
    start, end = row["passage_start"], row["passage_end"]
    passage = Passage(
        kind=row["passage_kind"],
        ordinal=row["ordinal"],
        number=row["passage_number"],
        section=row["section"],
        page=row["page"],
        start=start,
        end=end,
        voice=row["passage_voice"],
        about=row["passage_about"],
    )
    return {
        **cited(row),
        "passage": passage,
        "section": row["heading"] or "",
        "text": row["words"].decode() if document is None else document[start:end],
    }
