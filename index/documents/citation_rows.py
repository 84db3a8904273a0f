"""Citation rows: the document and passage columns shared by all lists."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Final, TypeVar

from corpus.errors import UsageError
from corpus.model import Passage, Visibility, Voice

from ..storage.database import Database

DOCUMENT: Final = """d.id AS document, d.sha256, d.name, d.url, d.doc_type, d.authority_name,
    (SELECT urn FROM authority WHERE key = d.authority) AS urn,
    CASE WHEN d.authority IS NULL THEN (SELECT value FROM field_now
        WHERE document = d.id AND name = 'provider') END AS provider,
    CASE WHEN d.authority IS NULL THEN (SELECT value FROM field_now
        WHERE document = d.id AND name = 'provider_urn') END AS provider_urn,
    CASE WHEN d.voice = 'unknown' THEN (SELECT value FROM field_now
        WHERE document = d.id AND name = 'title') END AS title,
    d.voice AS document_voice, d.visibility, d.start_date, d.end_date, d.date, d.published"""
"""The columns of `Cited` in its order, from a document `d`; the first of a statement."""

PASSAGE: Final = """p.kind AS passage_kind, p.ordinal, p.number AS passage_number, p.section,
    p.page, p.start AS passage_start, p."end" AS passage_end, p.voice AS passage_voice,
    p.about AS passage_about, p.id AS passage_id,
    (SELECT heading FROM section WHERE document = p.document AND position = p.section) AS heading"""
"""What `Place` has besides, from a passage `p`: next, the columns of `Passage` in its order."""


@dataclass(frozen=True, slots=True)
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
    title: str | None
    """As it is printed, where nobody knows whose the document is."""
    document_voice: Voice
    visibility: Visibility
    start_date: str | None
    end_date: str | None
    date: str | None
    """The inspection's start, else the day that is described, else that of publication."""
    published: str | None


@dataclass(frozen=True, slots=True)
class Place(Cited):
    """The citation columns of a passage; `section` is its heading."""

    passage: Passage
    section: str
    text: str

    @property
    def page(self) -> int:
        """The page on which the passage begins."""
        return self.passage.page

    @property
    def paragraph(self) -> str | None:
        """The passage's number as printed; None where none is."""
        return self.passage.number


def document(db: Database, number: int) -> Cited:
    """The document of this number. Raises UsageError where there is none."""
    row = db.one(f"SELECT {DOCUMENT} FROM document d WHERE d.id = ?", (number,))
    if row is None:
        raise UsageError(f"no document {number} in {db.folder}")
    return Cited(*row)


Row = TypeVar("Row", bound=Place)


def by_document(rows: Iterable[Row], numbers: Iterable[int] = ()) -> dict[int, tuple[Row, ...]]:
    """Rows by document, in the order in which they come; `numbers` are there without any too."""
    groups: dict[int, list[Row]] = {number: [] for number in numbers}
    for row in rows:
        groups.setdefault(row.document, []).append(row)
    return {number: tuple(group) for number, group in groups.items()}


_PASSAGE: Final = slice(len(fields(Cited)), len(fields(Cited)) + len(Passage._fields))
_HEADING: Final = _PASSAGE.stop + 1


def place(row: sqlite3.Row, text: str) -> tuple[Any, ...]:
    """The arguments of `Place` from its columns, and the passage's text."""
    return (
        *row[: _PASSAGE.start],
        Passage._make(row[_PASSAGE]),
        row[_HEADING] or "",
        text,
    )


def place_in(row: sqlite3.Row, document: str) -> tuple[Any, ...]:
    """The citation columns of a passage, with its text."""
    return place(row, document[row["passage_start"] : row["passage_end"]])
