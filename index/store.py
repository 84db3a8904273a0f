"""Documents into the library, out of it, and away from it: one transaction each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from corpus.errors import UsageError
from corpus.model import (
    Cue,
    Document,
    Field,
    Finding,
    Judgement,
    Origin,
    PageSize,
    Passage,
    Problem,
    Recommendation,
    Section,
)

from . import corrections, engines, linemap, reissues
from .database import Database
from .engines.base import Engine
from .records import Entry, Made, Original, Stored, now
from .terms import fold

LATE_SECTIONS: Final = frozenset({"boilerplate", "front", "context", "details", "footnotes"})
LATE_KINDS: Final = frozenset({"heading", "footnote"})
"""What repeats in every report or says little by itself ranks after everything else."""

_CHILDREN: Final = ("page", "field", "judgement", "section", "passage", "problem")


def put(db: Database, entry: Entry) -> int:
    """Store a document with its findings; its number.

    An earlier reading of the same bytes gives way, but its number, its day and what people
    corrected in it stay.
    """
    with db.transaction():
        kept = engines.kept(db)
        reissues.freshen(db)
        values = _columns(entry)
        earlier = known(db, entry.original.sha256)
        behind = [] if earlier is None else reissues.behind(db, earlier)
        if earlier is None:
            values |= {"ingested_at": now()}
            names, marks = ", ".join(values), ", ".join("?" * len(values))
            db.execute(f"INSERT INTO document ({names}) VALUES ({marks})", (*values.values(),))
            number = db.number("SELECT last_insert_rowid()")
        else:
            number = earlier
            _clear(db, number, kept)
            marks = ", ".join(f"{name} = ?" for name in values)
            db.execute(f"UPDATE document SET {marks} WHERE id = ?", (*values.values(), number))
        _put_parts(db, number, entry.document)
        _put_findings(db, number, entry.findings)
        engines.write_terms(db, number)
        for engine in kept:
            engine.add(db, number)
        corrections.follow(db, number)
        reissues.link(db, [number, *behind])
    return number


def retag(db: Database, number: int, findings: Sequence[Finding], made: Made) -> None:
    """Put new findings in the place of a document's old ones; nothing else is touched."""
    with db.transaction():
        db.execute(
            "DELETE FROM finding WHERE passage IN (SELECT id FROM passage WHERE document = ?)",
            (number,),
        )
        _put_findings(db, number, findings)
        db.execute(
            "UPDATE document SET pipeline_version = ?, themes = ? WHERE id = ?",
            (made.pipeline, made.themes, number),
        )


def delete(db: Database, number: int) -> None:
    """Remove a document with all that belongs to it, people's corrections too.

    The original file is the caller's to remove, after this has succeeded.
    """
    with db.transaction():
        behind = reissues.behind(db, number)
        _clear(db, number, engines.kept(db))
        for table in ("file_log", "given"):
            db.execute(
                f"DELETE FROM {table} WHERE sha256 = (SELECT sha256 FROM document WHERE id = ?)",
                (number,),
            )
        db.execute("DELETE FROM document WHERE id = ?", (number,))
        reissues.link(db, behind)


def known(db: Database, sha256: str) -> int | None:
    """The number of the document with these bytes."""
    row = db.one("SELECT id FROM document WHERE sha256 = ?", (sha256,))
    return int(row["id"]) if row else None


def resolve(db: Database, reference: str) -> int:
    """The document that a person means: its number, the start of its SHA-256, or its file name.

    Raises UsageError where there is none or more than one.
    """
    wanted = reference.strip()
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 16:
        row = db.one("SELECT id FROM document WHERE id = ?", (int(wanted),))
        if row:
            return int(row["id"])
    rows = db.all(
        "SELECT id FROM document WHERE name = ?1 OR id IN (SELECT document FROM alias"
        " WHERE name = ?1) OR (length(?1) >= 6 AND substr(sha256, 1, length(?1)) = lower(?1))"
        " ORDER BY id",
        (wanted,),
    )
    if len(rows) == 1:
        return int(rows[0]["id"])
    if rows:
        numbers = ", ".join(str(row["id"]) for row in rows[:5])
        raise UsageError(f"{reference!r} means {len(rows)} documents ({numbers}); give a number")
    raise UsageError(f"no document {reference!r}; give a number, a file name or a SHA-256")


def get(db: Database, number: int) -> Stored:
    """A document as it was put, and with what people set since.

    Raises UsageError where there is none of that number.
    """
    row = db.one("SELECT * FROM document WHERE id = ?", (number,))
    if row is None:
        raise UsageError(f"no document {number} in {db.folder}")
    document = _document(db, row)
    aliases = db.all("SELECT name FROM alias WHERE document = ? ORDER BY name", (number,))
    return Stored(
        id=number,
        entry=Entry(
            original=_original(row),
            document=document,
            findings=findings_of(db, number),
            made=Made(
                reader=row["reader_version"],
                pipeline=row["pipeline_version"],
                themes=row["themes"],
            ),
            outcome=row["outcome"],
        ),
        document=_as_set(db, row, document),
        aliases=tuple(a["name"] for a in aliases),
        ingested_at=row["ingested_at"],
    )


def original(db: Database, number: int) -> Original | None:
    """The file that a document was read from; None where there is none of that number."""
    row = db.one(
        "SELECT sha256, name, bytes, media_type, url FROM document WHERE id = ?", (number,)
    )
    return _original(row) if row else None


def findings_of(db: Database, number: int) -> tuple[Finding, ...]:
    """A document's findings, in the order in which they were put."""
    rows = db.all(
        "SELECT p.ordinal, f.* FROM finding f JOIN passage p ON p.id = f.passage"
        " WHERE p.document = ? ORDER BY f.id",
        (number,),
    )
    return tuple(finding(row) for row in rows)


def recommendations_of(db: Database, number: int) -> tuple[Recommendation, ...]:
    """What a document asks for, in its order."""
    rows = db.all(
        "SELECT p.ordinal, r.* FROM recommendation r JOIN passage p ON p.id = r.passage"
        " WHERE p.document = ? ORDER BY p.ordinal",
        (number,),
    )
    return tuple(
        Recommendation(r["ordinal"], r["kind"], r["number"], r["tag"], r["responsible"])
        for r in rows
    )


def finding(row: sqlite3.Row) -> Finding:
    """A finding from its row joined with its passage's ordinal."""
    return Finding(
        passage=row["ordinal"],
        theme=row["theme"],
        polarity=row["polarity"],
        timing=row["timing"],
        start=row["start"],
        end=row["end"],
        cues=tuple(Cue(*cue) for cue in json.loads(row["cues"])),
        about=row["about"],
    )


def add_alias(db: Database, number: int, name: str) -> None:
    """Note another name under which a document's bytes were met."""
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


def _columns(entry: Entry) -> dict[str, str | int | bytes | None]:
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
        "text": document.text,
        "authority": document.authority,
        "authority_read": document.authority,
        "authority_name": (authority.value or authority.printed) if authority else None,
        "authority_known": int(document.authority is not None),
        "start_date": value("start_date"),
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
        "lines": linemap.pack(document.lines),
    }


def _clear(db: Database, number: int, kept: Sequence[Engine]) -> None:
    """Remove all that was read from a document, the indexes first: they need the old terms."""
    for engine in kept:
        engine.remove(db, number)
    for table in _CHILDREN:
        db.execute(f"DELETE FROM {table} WHERE document = ?", (number,))


def _put_parts(db: Database, number: int, document: Document) -> None:
    pages = enumerate(document.pages)
    db.many(
        "INSERT INTO page VALUES (?, ?, ?, ?, ?)",
        ((number, i, p.number, p.width, p.height) for i, p in pages),
    )
    db.many(
        "INSERT INTO field VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (number, i, f.name, f.value, f.status, f.origin, f.printed, f.start, f.end)
            for i, f in enumerate(document.fields)
        ),
    )
    db.many(
        "INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (number, i, j.area, j.grade, j.status, j.printed, j.start, j.end)
            for i, j in enumerate(document.judgements)
        ),
    )
    db.many(
        "INSERT INTO section VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (number, i, s.kind, s.heading, fold(s.heading), s.start, s.end)
            for i, s in enumerate(document.sections)
        ),
    )
    db.many(
        "INSERT INTO problem VALUES (?, ?, ?, ?, ?)",
        ((number, i, p.kind, p.message, p.page) for i, p in enumerate(document.problems)),
    )
    kinds = [section.kind for section in document.sections]
    db.many(
        'INSERT INTO passage (document, ordinal, kind, number, section, page, start, "end", voice,'
        " about, late) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(number, p.ordinal, p.kind, p.number, p.section, p.page, p.start, p.end),
                *(p.voice, p.about, int(p.kind in LATE_KINDS or kinds[p.section] in LATE_SECTIONS)),
            )
            for p in document.passages
        ),
    )
    ids = _passage_ids(db, number)
    db.many(
        "INSERT INTO recommendation (passage, kind, number, tag, responsible)"
        " VALUES (?, ?, ?, ?, ?)",
        (
            (ids[r.passage], r.kind, r.number, r.tag, r.responsible)
            for r in document.recommendations
        ),
    )


def _put_findings(db: Database, number: int, findings: Sequence[Finding]) -> None:
    ids = _passage_ids(db, number)
    db.many(
        'INSERT INTO finding (passage, theme, polarity, timing, start, "end", cues, about)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(ids[f.passage], f.theme, f.polarity, f.timing, f.start, f.end),
                *(json.dumps(f.cues), f.about),
            )
            for f in findings
        ),
    )


def _passage_ids(db: Database, number: int) -> dict[int, int]:
    """The rows of a document's passages by their ordinals."""
    rows = db.all("SELECT ordinal, id FROM passage WHERE document = ?", (number,))
    return {row["ordinal"]: row["id"] for row in rows}


def _document(db: Database, row: sqlite3.Row) -> Document:
    number = (row["id"],)

    def rows(table: str, order: str = "position") -> list[sqlite3.Row]:
        return db.all(f"SELECT * FROM {table} WHERE document = ? ORDER BY {order}", number)

    return Document(
        doc_type=row["doc_type"],
        framework=row["framework"],
        text=row["text"],
        pages=tuple(PageSize(r["number"], r["width"], r["height"]) for r in rows("page")),
        lines=linemap.unpack(row["lines"]),
        sections=tuple(
            Section(r["kind"], r["heading"], r["start"], r["end"]) for r in rows("section")
        ),
        passages=tuple(passage(r) for r in rows("passage", "ordinal")),
        authority=row["authority_read"],
        fields=tuple(field(r) for r in rows("field")),
        judgements=tuple(judgement(r) for r in rows("judgement")),
        recommendations=recommendations_of(db, row["id"]),
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
