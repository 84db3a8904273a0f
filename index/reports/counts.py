"""Lists and counts, read-only: documents, judgements, findings, themes, the library."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.model import (
    Field,
    Finding,
    Judgement,
    Polarity,
    Problem,
    Recommendation,
    Timing,
    Visibility,
    Voice,
)

from ..documents import decisions, provenance
from ..documents.authorities import count_unresolved
from ..documents.citation_rows import DOCUMENT, PASSAGE, Place, place_in
from ..documents.records import Outcome, Provenance
from ..documents.store import field, finding, judgement
from ..engines import ENGINES, choose
from ..query.ast import OF_FINDING
from ..query.field_values import POLARITIES
from ..query.filters import Filters
from ..search.conditions import PUBLIC
from ..search.sql import Compiler
from ..storage import texts
from ..storage.database import PATIENCE, Database, Value

ORDER: Final = "d.authority_name IS NULL, d.authority_name, coalesce(d.date, '') DESC, d.sha256"
_BATCH: Final = 1_000
"""Findings that are read at once."""

_SAME: Final = (
    *("id", "sha256", "name", "url", "media_type", "bytes", "doc_type", "framework"),
    *("authority", "authority_name", "region", "start_date", "end_date", "date", "published"),
    *("published_source", "lead_inspector", "voice", "visibility", "outcome", "ingested_at"),
    *("pages", "passages", "findings", "replaces"),
)
_DOCUMENT_COLUMNS: Final = """d.id, d.sha256, d.name, d.url, d.media_type, d.bytes, d.doc_type,
    d.framework, d.authority, d.authority_name, a.region, d.start_date, d.end_date, d.date,
    d.published, d.published_source, d.lead_inspector, d.voice, d.visibility, d.outcome,
    d.ingested_at, d.reader_version, d.pipeline_version, d.themes,
    (SELECT count(*) FROM page WHERE document = d.id) AS pages,
    (SELECT count(*) FROM passage WHERE document = d.id) AS passages,
    (SELECT count(*) FROM passage p JOIN finding_now f ON f.passage = p.id
        WHERE p.document = d.id) AS findings,
    (SELECT replaces FROM reissue WHERE document = d.id) AS replaces"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document in a list: everything but its text and what points into it."""

    id: int
    sha256: str
    name: str
    url: str | None
    media_type: str
    bytes: int
    doc_type: str
    framework: str | None
    authority: str | None
    authority_name: str | None
    region: str | None
    start_date: str | None
    end_date: str | None
    date: str | None
    """The inspection's start, else the day that is described, else that of publication."""
    published: str | None
    published_source: str | None
    lead_inspector: str | None
    voice: Voice
    visibility: Visibility
    outcome: Outcome
    made: Provenance
    ingested_at: str
    pages: int
    passages: int
    findings: int
    replaces: int | None
    """The document of which this one is a later issue."""
    fields: tuple[Field, ...]
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow(Place):
    """A finding with its passage; `evidence` is its own text."""

    finding: Finding
    evidence: str

    @property
    def theme(self) -> str:
        """What it is about."""
        return self.finding.theme

    @property
    def polarity(self) -> Polarity:
        """Strength, concern, mixed or neutral."""
        return self.finding.polarity

    @property
    def timing(self) -> Timing:
        """Current, improved, worsened, planned or past."""
        return self.finding.timing


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationRow(Place):
    """Something that inspectors ask for, with its passage."""

    recommendation: Recommendation
    themes: tuple[str, ...]
    """What the findings of its passage are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCount:
    """Counts of a theme: findings, passages and documents.

    The polarities count documents that hold such a finding.
    """

    theme: str
    findings: int
    passages: int
    documents: int
    strength: int
    concern: int
    mixed: int
    neutral: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The status of a library: contents, failures, provenance."""

    documents: int
    by_outcome: dict[str, int]
    by_type: dict[str, int]
    passages: int
    findings: int
    problems: int
    unresolved: int
    """The documents that are filed under no authority."""
    files: dict[str, int]
    """The paths that were tried, by the outcome of the last time."""
    made: dict[Provenance, int]
    """The documents that each combination of versions made; more than one: some are stale."""
    models: dict[str, dict[str, str]]
    """The learned models and their versions, by the version of the pipeline that used them."""
    orphans: int
    """Decisions whose words no document has any more."""
    indexes: dict[str, str]
    """The full-text indexes and the version of the chain that made each."""


def problems(db: Database) -> Iterator[tuple[int, str, Problem]]:
    """Problems of documents, with their numbers and names."""
    for row in db.each(
        "SELECT d.id, d.name, p.kind, p.message, p.page FROM problem p"
        " JOIN document d ON d.id = p.document ORDER BY d.name, d.id, p.position"
    ):
        yield row["id"], row["name"], Problem(row["kind"], row["message"], row["page"])


def documents(db: Database, filters: Filters | None = None) -> tuple[DocumentRow, ...]:
    """Documents that pass the filters, by authority, newest first.

    Theme, polarity and timing pass documents with such a finding.
    """
    with db.deadline(PATIENCE):
        narrowed = Narrowed(db, filters)
        rows = db.all(
            f"SELECT {_DOCUMENT_COLUMNS} FROM document d"
            " LEFT JOIN authority a ON a.key = d.authority"
            f" WHERE {narrowed.of_document} AND {narrowed.with_finding} ORDER BY {ORDER}",
            narrowed.values,
        )
        # Of the documents alone: the views would else read the fields of the whole library.
        numbers = json.dumps([row["id"] for row in rows])
        parts = "WHERE document IN (SELECT value FROM json_each(?)) ORDER BY document, position"
        fields = _grouped(db.all(f"SELECT * FROM field_now {parts}", (numbers,)))
        grades = _grouped(db.all(f"SELECT * FROM judgement_now {parts}", (numbers,)))
    return tuple(
        _document(row, fields.get(row["id"], []), grades.get(row["id"], [])) for row in rows
    )


def count_documents(db: Database, filters: Filters | None = None) -> int:
    """How many documents pass the filters."""
    with db.deadline(PATIENCE):
        narrowed = Narrowed(db, filters)
        where = f"{narrowed.of_document} AND {narrowed.with_finding}"
        return db.number(f"SELECT count(*) FROM document d WHERE {where}", narrowed.values)


def findings(
    db: Database,
    filters: Filters | None = None,
    *,
    limit: int | None = None,
    machine: bool = False,
) -> Iterator[FindingRow]:
    """The findings that the filters let through, by authority, the newest document first.

    `machine` is whether they are what the machine says, whatever people decided since.
    """
    table = _OF_MACHINE if machine else "finding_now"
    with db.snapshot():
        with db.deadline(PATIENCE):
            narrowed = Narrowed(db, filters)
            numbers = db.all(
                f"SELECT f.id FROM {table} f"
                " JOIN passage p ON p.id = f.passage JOIN document d ON d.id = p.document"
                f" WHERE {narrowed.of_document} AND {narrowed.of_finding}"
                f" ORDER BY {ORDER}, f.start, f.theme, f.id LIMIT ?",
                [*narrowed.values, -1 if limit is None else limit],
            )
        yield from _findings(db, [row[0] for row in numbers], table)


_OF_MACHINE: Final = "(SELECT * FROM finding WHERE decision IS NULL)"


def _findings(db: Database, numbers: Sequence[int], table: str) -> Iterator[FindingRow]:
    """The findings with these numbers, in this order, some of them in memory at a time."""
    batches = (numbers[at : at + _BATCH] for at in range(0, len(numbers), _BATCH))
    rows = (
        row
        for batch in batches
        for row in db.all(
            f"SELECT {DOCUMENT}, {PASSAGE}, f.* FROM json_each(?) j"
            f" CROSS JOIN {table} f ON f.id = j.value"
            " JOIN passage p ON p.id = f.passage JOIN document d ON d.id = p.document"
            " ORDER BY j.key",
            (json.dumps(batch),),
        )
    )
    for row, text in with_text(db, rows):
        yield FindingRow(
            *place_in(row, text), finding=finding(row), evidence=text[row["start"] : row["end"]]
        )


def count_findings(db: Database, filters: Filters | None = None) -> int:
    """The number of findings that pass the filters."""
    with db.deadline(PATIENCE):
        narrowed = Narrowed(db, filters)
        row = db.one(
            "SELECT count(*) FROM finding_now f"
            " JOIN passage p ON p.id = f.passage JOIN document d ON d.id = p.document"
            f" WHERE {narrowed.of_document} AND {narrowed.of_finding}",
            narrowed.values,
        )
    return int(row[0]) if row else 0


def recommendations(
    db: Database,
    filters: Filters | None = None,
    *,
    kinds: Sequence[str] = (),
    tags: Sequence[str] = (),
) -> Iterator[RecommendationRow]:
    """The recommendations in documents that pass the filters.

    Theme, polarity and timing let through passages with such a finding. Of several kinds or
    tags ("outcome 4", or "outcome" for all of them), any one.
    """
    with db.deadline(PATIENCE):
        narrowed = Narrowed(db, filters)
        where = f"{narrowed.of_document} AND {narrowed.on_passage}"
        values = [*narrowed.values, *kinds, *(value for tag in tags for value in (tag, f"{tag} %"))]
        if kinds:
            where += f" AND r.kind IN ({', '.join('?' * len(kinds))})"
        if tags:
            where += f" AND ({' OR '.join(['r.tag = ? OR r.tag LIKE ?'] * len(tags))})"
        rows = db.all(
            f"SELECT {DOCUMENT}, {PASSAGE},"
            " r.kind AS asked, r.number AS asked_number, r.tag, r.responsible,"
            " (SELECT group_concat(DISTINCT theme) FROM finding_now WHERE passage = p.id) AS themes"
            " FROM recommendation r"
            " JOIN passage p ON p.id = r.passage JOIN document d ON d.id = p.document"
            f" WHERE {where} ORDER BY {ORDER}, p.ordinal",
            values,
        )
    for row, text in with_text(db, rows):
        yield RecommendationRow(
            *place_in(row, text),
            recommendation=Recommendation(
                row["ordinal"], row["asked"], row["asked_number"], row["tag"], row["responsible"]
            ),
            themes=tuple(sorted(filter(None, (row["themes"] or "").split(",")))),
        )


def with_text(db: Database, rows: Iterable[sqlite3.Row]) -> Iterator[tuple[sqlite3.Row, str]]:
    """Rows with the texts of their documents."""
    number, text = 0, ""
    for row in rows:
        if row["document"] != number:
            number = row["document"]
            text = texts.text(db, number)
        yield row, text


def themes(db: Database, filters: Filters | None = None) -> tuple[ThemeCount, ...]:
    """Counts of each theme that occurs, in alphabetical order."""
    each = ", ".join(f"max(f.polarity = '{name}') AS {name}" for name in POLARITIES)
    sums = ", ".join(f"sum({name}) AS {name}" for name in POLARITIES)
    with db.deadline(PATIENCE):
        narrowed = Narrowed(db, filters)
        rows = db.all(
            "SELECT theme, sum(findings) AS findings, sum(passages) AS passages,"
            f" count(*) AS documents, {sums} FROM"
            " (SELECT f.theme, count(*) AS findings, count(DISTINCT p.id) AS passages,"
            f" {each} FROM finding_now f JOIN passage p ON p.id = f.passage"
            " JOIN document d ON d.id = p.document"
            f" WHERE {narrowed.of_document} AND {narrowed.of_finding}"
            " GROUP BY d.id, f.theme) GROUP BY theme ORDER BY theme",
            narrowed.values,
        )
    return tuple(ThemeCount(**row) for row in rows)


def status(db: Database) -> Status:
    """The status of a library: contents, failures, provenance."""
    made = db.all(
        "SELECT reader_version, pipeline_version, themes, count(*) FROM document"
        " GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3"
    )
    indexes = {name: db.setting(name) for name in ENGINES}
    return Status(
        documents=db.number("SELECT count(*) FROM document"),
        by_outcome=_tally(db, "SELECT outcome, count(*) FROM document GROUP BY 1 ORDER BY 1"),
        by_type=_tally(db, "SELECT doc_type, count(*) FROM document GROUP BY 1 ORDER BY 1"),
        passages=db.number("SELECT count(*) FROM passage"),
        findings=db.number("SELECT count(*) FROM finding_now"),
        problems=db.number("SELECT count(*) FROM problem"),
        unresolved=count_unresolved(db),
        files=_tally(db, "SELECT outcome, count(*) FROM file_log GROUP BY 1 ORDER BY 1"),
        made={Provenance(reader=r[0], pipeline=r[1], themes=r[2]): r[3] for r in made},
        models=provenance.models(db),
        orphans=len(decisions.orphans(db)),
        indexes={name: version for name, version in indexes.items() if version},
    )


def count_internal(db: Database) -> int:
    """The number of internal documents."""
    return db.number("SELECT count(*) FROM document WHERE visibility = 'internal'")


def searched(db: Database, *, internal: bool) -> int:
    """The number of documents that a search covers."""
    return db.number("SELECT count(*) FROM document") - (0 if internal else count_internal(db))


def unknown(db: Database, filters: Filters) -> tuple[str, ...]:
    """A note for each value of the filters that nothing in the library has."""
    return tuple(Narrowed(db, filters).notes)


class Narrowed:
    """Filters as SQL conditions on a document `d` and on a finding `f`."""

    def __init__(self, db: Database, filters: Filters | None) -> None:
        filters = filters or Filters()
        nodes = filters.nodes()
        about = [node for node in nodes if node.field in OF_FINDING]
        collected = [node for node in nodes if node.field == "in"]
        compiler = Compiler(db, choose(db)[0])
        of_document = [
            f"d.id IN ({compiler.documents(node)})"
            for node in nodes
            if node not in about and node not in collected
        ]
        if not filters.internal:
            of_document.append(PUBLIC.format("d.id"))
        self.of_document = " AND ".join(of_document) or "1"
        of_finding = compiler.finding(about)
        chosen = [compiler.collected(node) for node in collected]
        self.of_finding = " AND ".join([of_finding, *(f"passage IN ({ids})" for ids in chosen)])
        passages = [f"SELECT passage FROM finding_now WHERE {of_finding}"] if about else []
        passages += chosen
        self.on_passage = " AND ".join(f"p.id IN ({ids})" for ids in passages) or "1"
        within = " AND ".join(f"id IN ({ids})" for ids in passages)
        self.with_finding = (
            f"d.id IN (SELECT document FROM passage WHERE {within})" if within else "1"
        )
        self.values: list[Value] = compiler.values
        self.notes = compiler.notes


def _tally(db: Database, sql: str) -> dict[str, int]:
    return {row[0]: row[1] for row in db.all(sql)}


def _grouped(rows: Iterable[sqlite3.Row]) -> dict[int, list[sqlite3.Row]]:
    groups: dict[int, list[sqlite3.Row]] = {}
    for row in rows:
        groups.setdefault(row["document"], []).append(row)
    return groups


def _document(
    row: sqlite3.Row, fields: Iterable[sqlite3.Row], grades: Iterable[sqlite3.Row]
) -> DocumentRow:
    same = {name: row[name] for name in _SAME}
    return DocumentRow(
        **same,
        made=Provenance(
            reader=row["reader_version"], pipeline=row["pipeline_version"], themes=row["themes"]
        ),
        fields=tuple(field(r) for r in fields),
        judgements=tuple(judgement(r, r["origin"]) for r in grades),
    )
