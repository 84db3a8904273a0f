"""What belongs to no document, of two libraries: saved searches, models, and the log of files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, count

from corpus.printable import printable

from ...documents import file_log, ingest_options, provenance, store, table_digests
from ...documents.records import FileRecord
from ...storage.database import Database
from .records import Conflict, MergeResult
from .source import Source

_NUMBERED = re.compile(r"(?<=\bdocument )\d+|(?<=\btextmine set )\d+")
_READ = "('ok', 'partial')"


def merge_tables(db: Database, source: Source) -> MergeResult:
    """Brings in what is not here, in one transaction."""
    conflicts = [_damaged(source, table) for table in sorted(source.damaged & _MERGED)]
    searches = files = 0
    with db.transaction():
        if "model" not in source.damaged:
            _merge_models(db, source)
        if not {"saved_search", "saved_seen"} & source.damaged:
            for row in source.db.all("SELECT * FROM saved_search ORDER BY name"):
                name, new = _merge_search(db, source, row["name"], row["query"])
                searches += new
                if name != row["name"]:
                    conflicts.append(_renamed(db, source, row["name"], name, row["query"]))
        if "file_log" not in source.damaged:
            files = sum(_merge_files(db, source))
    return MergeResult(
        source=source.name,
        name="",
        result="tables",
        searches=searches,
        files=files,
        conflicts=tuple(conflicts),
    )


_MERGED = frozenset({"model", "saved_search", "saved_seen", "file_log"})


def _damaged(source: Source, table: str) -> Conflict:
    return Conflict(
        kind="damaged",
        source=source.name,
        about=f"the table {table} is not what was stored",
        result="nothing of it was merged",
        remedy=f"restore a backup of {source.name}, then merge again",
    )


def _merge_models(db: Database, source: Source) -> None:
    known = provenance.models(db)
    for pipeline, models in provenance.models(source.db).items():
        if pipeline not in known:
            provenance.record_models(db, pipeline, models)


def _merge_search(db: Database, source: Source, name: str, query: str) -> tuple[str, int]:
    """Keeps a search, under another name where its own means something else; the name it has."""
    names = chain([name], (f"{name} ({number})" for number in count(2)))
    kept = next(each for each in names if _query(db, each) in {None, query})
    new = _query(db, kept) is None
    theirs = source.db.all("SELECT made_at, last_run FROM saved_search WHERE name = ?", (name,))[0]
    seen = source.db.all("SELECT sha256, same FROM saved_seen WHERE name = ?", (name,))
    with (
        table_digests.changing(db, "saved_search", "name = ?", (kept,)),
        table_digests.changing(db, "saved_seen", "name = ?", (kept,)),
    ):
        db.execute(
            "INSERT INTO saved_search (name, query, made_at, last_run) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (name) DO UPDATE SET made_at = min(made_at, excluded.made_at), last_run ="
            " nullif(max(coalesce(last_run, ''), coalesce(excluded.last_run, '')), '')",
            (kept, query, theirs["made_at"], theirs["last_run"]),
        )
        db.many(
            "INSERT OR IGNORE INTO saved_seen (name, sha256, same) VALUES (?, ?, ?)",
            ((kept, row["sha256"], row["same"]) for row in seen),
        )
    return kept, int(new)


def _query(db: Database, name: str) -> str | None:
    row = db.one("SELECT query FROM saved_search WHERE name = ?", (name,))
    return str(row["query"]) if row else None


def _renamed(db: Database, source: Source, name: str, kept: str, query: str) -> Conflict:
    return Conflict(
        kind="search",
        source=source.name,
        about=printable(f"the saved search {name!r}"),
        here=printable(_query(db, name) or ""),
        there=printable(query),
        result=printable(f"both are kept, the other as {kept!r}"),
        remedy="remove the one that is not needed: textmine saved remove NAME",
    )


def _merge_files(db: Database, source: Source) -> Iterator[bool]:
    """What became of paths; what was said of bytes that could not be read. Whether each is new."""
    numbers = _numbers(db, source)
    for row in source.db.each("SELECT * FROM file_log ORDER BY tried_at, path"):
        record = FileRecord(**row)
        path, sha256 = printable(record.path), record.sha256
        here = file_log.file_outcome(db, path)
        number = store.document_with_hash(db, sha256) if sha256 else None
        if record.outcome != "failed" and number is None:
            continue  # of a document that was refused
        if here and _stands(here, record):
            continue
        message = _NUMBERED.sub(lambda m: numbers.get(m[0], "?"), record.message or "") or None
        record = replace(record, path=path, message=message and printable(message))
        if number and (record.outcome == "failed" or _has_name(db, sha256, path)):
            message = f"the same bytes as document {number}"
            record = replace(record, outcome="duplicate", reason=None, message=message)
        file_log.log_file(db, record)
        if sha256 and number is None:
            said = ingest_options.at_ingest(source.db, sha256)
            if ingest_options.at_ingest(db, sha256) != said:
                ingest_options.put(db, sha256, said)
        yield here is None


def _stands(here: FileRecord, there: FileRecord) -> bool:
    """Whether the outcome here stays: of the same bytes the better one, else the later one."""
    if here.sha256 == there.sha256:
        return here.outcome != "failed" or there.outcome == "failed"
    return here.tried_at >= there.tried_at


def _has_name(db: Database, sha256: str | None, path: str) -> bool:
    """Whether these bytes were read under another path already."""
    return bool(
        db.number(
            f"SELECT count(*) FROM file_log WHERE sha256 = ? AND outcome IN {_READ} AND path <> ?",
            (sha256, path),
        )
    )


def _numbers(db: Database, source: Source) -> dict[str, str]:
    """The numbers of documents here by those there."""
    here = {row["sha256"]: row["id"] for row in db.all("SELECT id, sha256 FROM document")}
    rows = source.db.all("SELECT id, sha256 FROM document")
    return {str(row["id"]): str(here[row["sha256"]]) for row in rows if row["sha256"] in here}
