"""Rows of a document and its findings, built in the worker that read it.

Everything that does not depend on the library is computed here, in a worker: packed lines,
cues and tags. `store` adds what only the library knows: the document's number, and the ids of
passages, for which ordinals stand in. It also computes the terms, which follow from the text,
because the writing process has more time than a reading one.

To add a column of the document, add a line to `_document`; for another table, a name and its
value in one of the tables below. Passages, recommendations and findings are stored field by
field. `store` reads all of them back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from corpus.model import Document, Figure, Finding, Passage, Recommendation

from ..storage import cues, line_positions, passage_tags
from ..storage.database import Value
from ..storage.texts import outside
from ..text.analyzer import fold, index_text
from .records import Entry, Provenance

LATE_SECTIONS: Final = frozenset(
    {
        "boilerplate",
        "contents",
        "context",
        "definitions",
        "details",
        "footnotes",
        "front",
        "record",
    }
)
LATE_KINDS: Final = frozenset({"heading", "footnote"})
"""What repeats in every report or says little by itself ranks after everything else."""

Row: TypeAlias = tuple[Value, ...]


class Table(NamedTuple):
    """A table that holds a part of a document: its columns but for the key, and their rows."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Entry], Iterable[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of a document, cheap to send between processes."""

    sha256: str
    text: str
    document: tuple[tuple[str, Value], ...]
    """The columns of `document` and their values."""
    parts: tuple[tuple[Row, ...], ...]
    """For each of `OF_DOCUMENT`; the key, the document's number, is left out."""
    by_passage: tuple[tuple[Row, ...], ...]
    """For each of `OF_PASSAGE`; the first value, the passage's id, is an ordinal as yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRows:
    """The rows of tagging alone: findings and figures, with provenance."""

    findings: tuple[Row, ...]
    figures: tuple[Row, ...]
    made: Provenance


def of(entry: Entry) -> Rows:
    """The rows of an entry."""
    return Rows(
        sha256=entry.original.sha256,
        text=entry.document.text,
        document=tuple(_document(entry).items()),
        parts=tuple(tuple(table.rows(entry)) for table in OF_DOCUMENT),
        by_passage=tuple(tuple(table.rows(entry)) for table in OF_PASSAGE),
    )


def of_findings(findings: Iterable[Finding]) -> tuple[Row, ...]:
    """The rows of findings, as `FINDING` has them."""
    values = attrgetter(*_SIMPLE)
    return tuple((*values(finding), cues.pack(finding)) for finding in findings)


def of_figures(figures: Iterable[Figure], text: str) -> tuple[Row, ...]:
    """The rows of figures in a document of this text, as `FIGURE` has them."""
    return tuple(
        (*figure, f" {index_text(text[figure.counts_start : figure.counts_end])[0]} ")
        for figure in figures
    )


def _document(entry: Entry) -> dict[str, Value]:
    original, document, made = entry.original, entry.document, entry.made
    fields = {field.name: field for field in document.fields}

    def value(name: str) -> str | None:
        return fields[name].value if name in fields else None

    authority = fields.get("authority")
    published = fields.get("published")
    return {
        "sha256": original.sha256,
        "name": original.name,
        "url": original.url,
        "media_type": original.media_type,
        "bytes": original.bytes,
        "doc_type": document.doc_type,
        "framework": document.framework,
        "outside": outside(document.text, document.passages),
        "first_line": document.text.partition("\n")[0],
        "authority": document.authority,
        "authority_read": document.authority,
        "authority_name": authority.value if authority else None,
        "authority_known": int(document.authority is not None),
        "start_date": value("start_date"),
        "as_at": value("as_at"),
        "end_date": value("end_date"),
        "published": value("published"),
        "published_source": published.origin if published else None,
        "lead_inspector": value("lead_inspector"),
        "voice": document.voice,
        "visibility": document.visibility,
        "outcome": entry.outcome,
        "reader_version": made.reader,
        "pipeline_version": made.pipeline,
        "themes": made.themes,
        "lines": line_positions.pack(document.lines),
    }


def _numbered(name: str, records: Callable[[Document], Iterable[object]], *columns: str) -> Table:
    """A table of records in their order; its columns are named as their attributes."""
    values = attrgetter(*columns)

    def rows(entry: Entry) -> Iterator[Row]:
        return ((i, *values(record)) for i, record in enumerate(records(entry.document)))

    return Table(name, ("position", *columns), rows)


def _sections(entry: Entry) -> Iterator[Row]:
    for i, section in enumerate(entry.document.sections):
        yield i, section.kind, section.heading, fold(section.heading), section.start, section.end


def _passages(entry: Entry) -> Iterator[Row]:
    late = [section.kind in LATE_SECTIONS for section in entry.document.sections]
    tagged = passage_tags.pack(entry.findings)
    for passage in entry.document.passages:
        behind = int(late[passage.section] or passage.kind in LATE_KINDS)
        yield *passage, behind, tagged.get(passage.ordinal, "")


OF_DOCUMENT: Final = (
    _numbered("page", lambda document: document.pages, "number", "width", "height", "recognised"),
    _numbered(
        "field",
        lambda document: document.fields,
        *("name", "value", "status", "origin", "printed", "start", "end"),
    ),
    _numbered(
        "judgement",
        lambda document: document.judgements,
        *("area", "grade", "status", "printed", "start", "end"),
    ),
    Table("section", ("position", "kind", "heading", "terms", "start", "end"), _sections),
    Table("passage", (*Passage._fields, "late", "tags"), _passages),
    _numbered("problem", lambda document: document.problems, "kind", "message", "page"),
)
"""The tables whose key begins with the document."""

_SIMPLE: Final = tuple(name for name in Finding._fields if name != "cues")
FINDING: Final = Table("finding", (*_SIMPLE, "cues"), lambda entry: of_findings(entry.findings))
FIGURE: Final = Table(
    "figure",
    (*Figure._fields, "counted"),
    lambda entry: of_figures(entry.figures, entry.document.text),
)
OF_PASSAGE: Final = (
    Table("recommendation", Recommendation._fields, lambda entry: entry.document.recommendations),
    FINDING,
    FIGURE,
)
"""The tables whose rows begin with the passage."""
