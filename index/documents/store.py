"""The document store: insert, replace, load and delete, one transaction each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from corpus.errors import UsageError
from corpus.model import (
    Document,
    Field,
    Figure,
    Finding,
    Judgement,
    Origin,
    PageSize,
    Passage,
    Problem,
    Recommendation,
    Section,
)

from .. import engines
from ..engines.base import Engine
from ..storage import cues, line_positions, passage_tags, texts
from ..storage.database import Database, Value
from . import corrections, decisions, digests, reissues, table_digests, vectors
from .records import Entry, Original, Provenance, StoredDocument, now
from .rows import FIGURE, FINDING, OF_DOCUMENT, OF_PASSAGE, Row, Rows, Table, TagRows

_UNUSED = (
    "SELECT 1 + max((SELECT coalesce(max(id), 0) FROM document),"
    " (SELECT coalesce(max(document), 0) FROM page),"
    " (SELECT coalesce(max(document), 0) FROM passage))"
)
"""A number that not even what was left of a lost document has."""


def put(db: Database, rows: Rows, *, ingested_at: str | None = None) -> int:
    """Store a document with its findings; its number.

    An earlier reading of the same bytes gives way, but its number, its day and what people
    corrected in it stay. A new one was ingested now, unless it comes from another library.
    """
    with db.transaction():
        kept = engines.active(db)
        reissues.freshen(db)
        digests.freshen(db)
        number = document_with_hash(db, rows.sha256)
        altered = () if number is None else digests.mismatches(db, number, "entered")
        behind = [] if number is None else reissues.dependants(db, number)
        columns, values = zip(*rows.document, strict=True)
        if number is None:
            number = db.number(_UNUSED)
            values = (number, *values, ingested_at or now())
            _insert(db, "document", ("id", *columns, "ingested_at"), [values])
        else:
            _clear(db, number, kept)
            marks = ", ".join(f"{name} = ?" for name in columns)
            db.execute(f"UPDATE document SET {marks} WHERE id = ?", (*values, number))
        for table, part in zip(OF_DOCUMENT, rows.parts, strict=True):
            columns = ("document", *table.columns)
            _insert(db, table.name, columns, ((number, *row) for row in part))
        passages = _passage_ids(db, number)
        for table, part in zip(OF_PASSAGE, rows.by_passage, strict=True):
            _insert_of_passages(db, table, part, passages)
        engines.write_texts(db, number, rows.text)
        vectors.write(db, number)
        for engine in kept:
            engine.add(db, number)
        corrections.follow(db, number)
        decisions.follow(db, number)
        digests.write(db, number, [part for part in digests.PARTS if part not in altered])
        reissues.link(db, [number, *behind])
    return number


def retag(db: Database, number: int, found: TagRows) -> None:
    """Put new findings and figures in the place of a document's; nothing else is touched."""
    with digests.changing(db, number, "extracted"):
        passages = _passage_ids(db, number)
        for table, rows in ((FINDING, found.findings), (FIGURE, found.figures)):
            db.execute(
                f"DELETE FROM {table.name}"
                " WHERE passage IN (SELECT id FROM passage WHERE document = ?)",
                (number,),
            )
            _insert_of_passages(db, table, rows, passages)
        db.execute(passage_tags.SQL, (number,))
        decisions.follow(db, number)
        db.execute(
            "UPDATE document SET pipeline_version = ?, themes = ? WHERE id = ?",
            (found.made.pipeline, found.made.themes, number),
        )


def delete(db: Database, number: int) -> None:
    """Remove a document with all that belongs to it, people's corrections too.

    The original file is the caller's to remove, after this has succeeded.
    """
    with db.transaction():
        behind = reissues.dependants(db, number)
        _clear(db, number, engines.active(db))
        same = "sha256 = (SELECT sha256 FROM document WHERE id = ?)"
        for table in ("file_log", "saved_seen"):
            with table_digests.changing(db, table, same, (number,)):
                db.execute(f"DELETE FROM {table} WHERE {same}", (number,))
        with table_digests.changing(db, vectors.TABLE, "document = ?", (number,)):
            db.execute(f"DELETE FROM {vectors.TABLE} WHERE document = ?", (number,))
        for table in ("given", "document_digest"):
            db.execute(f"DELETE FROM {table} WHERE {same}", (number,))
        db.execute("DELETE FROM document WHERE id = ?", (number,))
        reissues.link(db, behind)


def document_with_hash(db: Database, sha256: str) -> int | None:
    """The number of the document with these bytes."""
    row = db.one("SELECT id FROM document WHERE sha256 = ?", (sha256,))
    return int(row["id"]) if row else None


_NAMED = "(name = ?1 OR substr(name, -length(?1) - 1) = '/' || ?1)"


def resolve(db: Database, reference: str) -> int:
    """The document that a person means: its number, the start of its SHA-256, or its file name.

    The name may come without its folder. Raises UsageError where there is none or more than one.
    """
    wanted = reference.strip()
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 16:
        row = db.one("SELECT id FROM document WHERE id = ?", (int(wanted),))
        if row:
            return int(row["id"])
    rows = db.all(
        f"SELECT id FROM document WHERE {_NAMED}"
        f" OR id IN (SELECT document FROM alias WHERE {_NAMED})"
        " OR (length(?1) >= 6 AND substr(sha256, 1, length(?1)) = lower(?1))"
        " ORDER BY id",
        (wanted,),
    )
    if len(rows) == 1:
        return int(rows[0]["id"])
    if rows:
        numbers = ", ".join(str(row["id"]) for row in rows[:5])
        raise UsageError(f"{reference!r} matches {len(rows)} documents ({numbers}); give a number")
    raise UsageError(
        f"no document {reference!r}; give a number, a file name or a SHA-256"
        " (to list them: textmine judgements)"
    )


def get(db: Database, number: int) -> StoredDocument:
    """A document as it was put, and with what people set since.

    Raises UsageError where there is none of that number.
    """
    row = db.one("SELECT * FROM document WHERE id = ?", (number,))
    if row is None:
        raise UsageError(f"no document {number} in {db.folder}")
    document = _document(db, row)
    aliases = db.all("SELECT name FROM alias WHERE document = ? ORDER BY name", (number,))
    return StoredDocument(
        id=number,
        entry=Entry(
            original=_original(row),
            document=document,
            findings=tuple(
                finding(each)
                for each in _rows_of(db, "finding", number)
                if each["decision"] is None
            ),
            figures=tuple(map(figure, _rows_of(db, "figure", number))),
            made=Provenance(
                reader=row["reader_version"],
                pipeline=row["pipeline_version"],
                themes=row["themes"],
            ),
            outcome=row["outcome"],
        ),
        document=_as_set(db, row, document),
        findings=findings(db, number),
        aliases=tuple(a["name"] for a in aliases),
        ingested_at=row["ingested_at"],
    )


def findings(db: Database, number: int) -> tuple[Finding, ...]:
    """A document's findings as they hold, in the order of the text."""
    return tuple(map(finding, _rows_of(db, "finding_now", number, order="t.start, t.theme")))


def is_internal(db: Database, number: int) -> bool:
    """Whether a document is internal."""
    sql = "SELECT visibility = 'internal' FROM document WHERE id = ?"
    return db.number(sql, (number,)) == 1


def original(db: Database, number: int) -> Original | None:
    """The file that a document was read from; None where there is none of that number."""
    row = db.one(
        "SELECT sha256, name, bytes, media_type, url FROM document WHERE id = ?", (number,)
    )
    return _original(row) if row else None


def section_kinds(db: Database, number: int) -> tuple[str, ...]:
    """The kind of each of a document's sections."""
    rows = db.all("SELECT kind FROM section WHERE document = ? ORDER BY position", (number,))
    return tuple(row["kind"] for row in rows)


def finding(row: sqlite3.Row) -> Finding:
    """A finding from its row joined with its passage's ordinal."""
    plain = Finding(
        passage=row["ordinal"],
        theme=row["theme"],
        polarity=row["polarity"],
        timing=row["timing"],
        start=row["start"],
        end=row["end"],
        cues=(),
        about=row["about"],
        extent=row["extent"],
        aspect=row["aspect"],
        score=row["score"],
    )
    return cues.unpack(row["cues"], plain)


def figure(row: sqlite3.Row) -> Figure:
    """A figure from its row joined with its passage's ordinal."""
    return Figure(row["ordinal"], *(row[name] for name in Figure._fields[1:]))


def _recommendation(row: sqlite3.Row) -> Recommendation:
    return Recommendation(
        row["ordinal"], row["kind"], row["number"], row["tag"], row["responsible"]
    )


def add_alias(db: Database, number: int, name: str) -> None:
    """Note another name under which a document's bytes were met."""
    with digests.changing(db, number, "entered"):
        db.execute(
            "INSERT OR IGNORE INTO alias SELECT id, ?2 FROM document WHERE id = ?1 AND name <> ?2",
            (number, name),
        )


def _original(row: sqlite3.Row) -> Original:
    return Original(
        sha256=row["sha256"],
        name=row["name"],
        bytes=row["bytes"],
        media_type=row["media_type"],
        url=row["url"],
    )


def _clear(db: Database, number: int, kept: Sequence[Engine]) -> None:
    """Remove all that was read from a document, the indexes first: they need the old terms."""
    for engine in kept:
        engine.remove(db, number)
    for table in OF_DOCUMENT:
        db.execute(f"DELETE FROM {table.name} WHERE document = ?", (number,))


def _insert(
    db: Database, table: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]
) -> None:
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    db.many(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def _insert_of_passages(
    db: Database, table: Table, rows: Iterable[Row], passages: Mapping[Value, int]
) -> None:
    """Rows of passages, by their ordinals."""
    _insert(db, table.name, table.columns, ((passages[row[0]], *row[1:]) for row in rows))


def _passage_ids(db: Database, number: int) -> dict[Value, int]:
    """The rows of a document's passages by their ordinals."""
    rows = db.all("SELECT ordinal, id FROM passage WHERE document = ?", (number,))
    return {row["ordinal"]: row["id"] for row in rows}


def _rows_of(db: Database, table: str, number: int, order: str = "t.rowid") -> list[sqlite3.Row]:
    """What is said in a document's passages, in the order in which it was put."""
    return db.all(
        f"SELECT p.ordinal, t.* FROM {table} t JOIN passage p ON p.id = t.passage"
        f" WHERE p.document = ? ORDER BY {order}",
        (number,),
    )


def _document(db: Database, row: sqlite3.Row) -> Document:
    number = (row["id"],)

    def rows(table: str, order: str = "position") -> list[sqlite3.Row]:
        return db.all(f"SELECT * FROM {table} WHERE document = ? ORDER BY {order}", number)

    return Document(
        doc_type=row["doc_type"],
        framework=row["framework"],
        text=texts.text(db, row["id"]),
        pages=tuple(
            PageSize(r["number"], r["width"], r["height"], r["recognised"]) for r in rows("page")
        ),
        lines=line_positions.unpack(row["lines"]),
        sections=tuple(
            Section(r["kind"], r["heading"], r["start"], r["end"]) for r in rows("section")
        ),
        passages=tuple(passage(r) for r in rows("passage", "ordinal")),
        authority=row["authority_read"],
        fields=tuple(field(r) for r in rows("field")),
        judgements=tuple(judgement(r) for r in rows("judgement")),
        recommendations=tuple(map(_recommendation, _rows_of(db, "recommendation", row["id"]))),
        problems=tuple(Problem(r["kind"], r["message"], r["page"]) for r in rows("problem")),
        voice=row["voice"],
        visibility=row["visibility"],
    )


def _as_set(db: Database, row: sqlite3.Row, document: Document) -> Document:
    number = (row["id"],)
    fields = db.all("SELECT * FROM field_now WHERE document = ? ORDER BY position", number)
    judgements = db.all("SELECT * FROM judgement_now WHERE document = ? ORDER BY position", number)
    return replace(
        document,
        authority=row["authority"],
        fields=tuple(map(field, fields)),
        judgements=tuple(judgement(row, row["origin"]) for row in judgements),
    )


def field(row: sqlite3.Row) -> Field:
    """A field from its row."""
    return Field(
        name=row["name"],
        value=row["value"],
        status=row["status"],
        origin=row["origin"],
        printed=row["printed"],
        start=row["start"],
        end=row["end"],
    )


def judgement(row: sqlite3.Row, origin: Origin | None = None) -> Judgement:
    """A judgement from its row."""
    return Judgement(
        area=row["area"],
        grade=row["grade"],
        status=row["status"],
        origin=origin,
        printed=row["printed"],
        start=row["start"],
        end=row["end"],
    )


def passage(row: sqlite3.Row) -> Passage:
    """A passage from its row."""
    return Passage(
        kind=row["kind"],
        ordinal=row["ordinal"],
        number=row["number"],
        section=row["section"],
        page=row["page"],
        start=row["start"],
        end=row["end"],
        voice=row["voice"],
        about=row["about"],
    )
