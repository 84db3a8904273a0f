"""The canonical dump: lines that any library with the same content gives.

Two libraries with the same content can differ in every row: in ids and times, in the order of
ingest, in which of two names of the same bytes came first. None of that is dumped. Everything
else is taken from the schema itself, so that a new table or column is compared from its first
day.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePath
from typing import Final, TypeAlias

from .. import engines
from ..documents import table_digests
from ..engines.base import Engine
from ..query.ast import Text
from ..storage.database import Database
from ..text.analyzer import index_text

WORDS: Final = ("children", "supervision", "leavers", "improve", "not", "2018")
"""Common ones and rare: what each engine answers to them shows an index out of step."""

_LONG: Final = 300  # characters; what is longer is shown by its beginning and a digest
_APART: Final = frozenset({"document", "alias", "file_log"})  # written below, in their own way
_CHECKS: Final = frozenset({"document_digest"})  # says nothing that is not elsewhere, and has times
_SOME: Final = {
    "finding": "decision IS NULL",
    "library": f"key NOT LIKE '{table_digests.SETTING}%'",  # of rows that have times
}
"""The condition on the rows of a table, where not all are content."""
_COMPUTED: Final = frozenset({"decision", "replaced"})  # where nobody decided, they say nothing
_NUMBERED: Final = re.compile(r"(?<=\bdocument )\d+")

Line: TypeAlias = dict[str, object]


def dump(db: Database) -> Iterator[str]:
    """The library's content, a line of JSON each. Nobody may write meanwhile."""
    keys = _Keys(db)
    yield from _sorted(_documents(db, keys))
    for table in _tables(db):
        if table not in _APART | _CHECKS:
            rows = db.each(f'SELECT * FROM "{table}" WHERE {_SOME.get(table, "1")}')
            references = _references(db, table)
            yield from _sorted(_line(table, row, keys, references) for row in rows)
    yield from _sorted(_files(db, keys))
    for name in engines.available(db):
        if db.setting(name):
            yield from _sorted(_answers(db, engines.ENGINES[name], keys))


class _Keys:
    """What stands for a row's number: a document's hash, a passage's document and ordinal."""

    def __init__(self, db: Database) -> None:
        documents = db.all("SELECT id, sha256 FROM document")
        passages = db.each("SELECT id, document, ordinal FROM passage")
        self.document: dict[object, str] = {row["id"]: row["sha256"] for row in documents}
        self.passage: dict[object, tuple[str, int]] = {
            row["id"]: (str(self.of("document", row["document"])), row["ordinal"])
            for row in passages
        }

    def of(self, table: str, number: object) -> object:
        """The portable key of a row of `table`, also for missing rows."""
        keys = self.document if table == "document" else self.passage
        return number if number is None else keys.get(number, f"no {table} {number}")

    def in_words(self, message: str) -> str:
        """A message that names a document by its number, naming it by its hash."""
        return _NUMBERED.sub(lambda found: self.document.get(int(found[0]), "?"), message)


def _sorted(lines: Iterable[Line]) -> list[str]:
    return sorted(json.dumps(line, sort_keys=True, ensure_ascii=False) for line in lines)


def _tables(db: Database) -> list[str]:
    """Our own tables; an engine's are for the engine to know."""
    rows = db.all("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    return sorted(row["name"] for row in rows if not row["name"].startswith("sqlite_"))


def _references(db: Database, table: str) -> dict[str, str]:
    """The columns that hold the number of a document or a passage."""
    rows = db.all('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,))
    return {row["from"]: row["table"] for row in rows if row["table"] in {"document", "passage"}}


def _line(table: str, row: sqlite3.Row, keys: _Keys, references: dict[str, str]) -> Line:
    return {"table": table} | {
        name: keys.of(references[name], row[name]) if name in references else _plain(row[name])
        for name in row.keys()  # noqa: SIM118  a row yields its values
        if name != "id" and not name.endswith("_at") and (row[name] or name not in _COMPUTED)
    }


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return f"{len(value)} bytes, {hashlib.sha256(value).hexdigest()}"
    if isinstance(value, str) and len(value) > _LONG:
        digest = hashlib.sha256(value.encode()).hexdigest()
        return f"{value[:80]}... {len(value)} characters, {digest}"
    return value


def _documents(db: Database, keys: _Keys) -> Iterator[Line]:
    """Documents with all their names: which was first depends on the order of files."""
    names = defaultdict(list)
    for row in db.all("SELECT id, name FROM document UNION ALL SELECT document, name FROM alias"):
        names[row["id"]].append(row["name"])
    references = _references(db, "document")
    for row in db.each("SELECT * FROM document"):
        line = _line("document", row, keys, references)
        del line["name"]
        yield {**line, "names": sorted(names[row["id"]])}


def _files(db: Database, keys: _Keys) -> Iterator[Line]:
    """What became of the paths, those of the same bytes together: one of them was first."""
    rows = db.all("SELECT * FROM file_log ORDER BY coalesce(sha256, path)")
    for _, group in groupby(rows, lambda row: row["sha256"] or row["path"]):
        same: defaultdict[str, list[str]] = defaultdict(list)
        for row in group:
            line = _line("file_log", row, keys, {})
            line["path"] = "/".join(PurePath(row["path"]).parts[-2:])
            line["message"] = keys.in_words(row["message"] or "")
            for name, value in line.items():
                same[name].append(str(value))
        yield {**{name: sorted(values) for name, values in same.items()}, "table": "file_log"}


def _answers(db: Database, engine: Engine, keys: _Keys) -> Iterator[Line]:
    """The passages in which an engine finds some words, by their stems and as written."""
    for word in WORDS:
        stems, forms = (tuple(terms.split()) for terms in index_text(word))
        for exact in (False, True):
            found: defaultdict[str, list[int]] = defaultdict(list)
            for row in db.each(*engine.matching(Text(forms=forms, stems=stems, exact=exact))):
                sha256, ordinal = keys.passage.get(row[0], ("no such passage", row[0]))
                found[sha256].append(ordinal)
            for sha256, ordinals in found.items():
                asked = {"engine": engine.name, "word": word, "exact": exact}
                yield {**asked, "document": sha256, "passages": sorted(ordinals)}
