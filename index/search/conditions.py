"""SQL conditions for fields: the documents, sections and passages with a value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from ..query import fields
from ..query.ast import Has
from ..query.fields import Interval
from ..storage.database import Database, Value
from ..text.analyzer import fold

Sql: TypeAlias = tuple[str, list[Value]]

PUBLIC: Final = "{} NOT IN (SELECT id FROM document WHERE visibility = 'internal')"
"""The condition that the document of that number is not internal."""

_NAMED: Final = {
    "la": "SELECT id FROM document WHERE whose IN ({})",
    "region": "SELECT d.id FROM document d JOIN authority a ON a.key = d.authority"
    " WHERE a.region IN ({})",
    "neighbours": "SELECT d.id FROM authority a, json_each(a.neighbours) n"
    " JOIN document d ON d.authority = n.value WHERE a.key IN ({})",
    "type": "SELECT id FROM document WHERE doc_type IN ({})",
    "visibility": "SELECT id FROM document WHERE visibility IN ({})",
    "framework": "SELECT id FROM document WHERE framework IN ({})",
}
_DATES: Final = {
    "date": "date",
    "year": "date",
    "inspected": "start_date",
    "published": "published",
}
NEWEST: Final = "max(coalesce(date, '') || ' ' || coalesce(published, '') || printf(' %12d', id))"
"""Of several documents the newest; of one day's the one that came in last."""

_LATEST: Final = (
    f"SELECT id FROM (SELECT id, {NEWEST} FROM document"
    " GROUP BY coalesce(whose, 'document ' || id), doc_type)"
)
_CURRENT: Final = (
    "SELECT id FROM document WHERE whose IN (SELECT whose FROM (SELECT whose, grade,"
    f" {NEWEST} FROM judgement_now JOIN document ON id = document WHERE area = ?"
    " AND grade IS NOT NULL AND whose IS NOT NULL GROUP BY whose) WHERE grade IN ({}))"
)


def documents(node: Has, names: Sequence[str]) -> Sql:
    """The statement that selects the documents with any of a field's values.

    `names` are the values as the library writes them, for a field that takes names.
    """
    if column := _DATES.get(node.field):
        return _any([_dated(column, value) for value in node.values], "SELECT id FROM document")
    if node.field in _NAMED:
        return _NAMED[node.field].format(_marks(names)), list(names)
    area = node.field.removeprefix("la.")
    wanted = [grade for value in node.values for grade in fields.grades(node.field, value)]
    if area != node.field:
        return _CURRENT.format(_marks(wanted)), [area, *wanted]
    unknown = [status for value in node.values if (status := fields.status(value))]
    either = f"grade IN ({_marks(wanted)}) OR status IN ({_marks(unknown)})"
    sql = f"SELECT document FROM judgement_now WHERE area = ? AND ({either})"
    return sql, [area, *wanted, *unknown]


def sections(db: Database, values: Sequence[str]) -> Sql:
    """The condition that `p` is in a section of that kind, else under such a heading."""
    parts, bound = [], list[Value]()
    for value in values:
        words = fold(value.replace("_", " "))
        kind = "_".join(words.split())
        if db.number("SELECT EXISTS (SELECT 1 FROM section WHERE kind = ?)", (kind,)):
            parts.append("kind = ?")
            bound.append(kind)
        else:
            parts.append("instr(' ' || terms || ' ', ?)")
            bound.append(f" {words} ")
    found = f"SELECT document, position FROM section WHERE {' OR '.join(parts)}"
    return f"(p.document, p.section) IN ({found})", bound


def numbered(_db: Database, values: Sequence[str]) -> Sql:
    """The condition that `p` has such a printed number."""
    number = "CAST(p.number AS INTEGER)"
    parts, bound = [], list[Value]()
    for value in values:
        found = fields.interval(value) or Interval()
        if found.low is not None and found.low == found.high:
            parts.append("p.number = ?")
            bound.append(found.low)
            continue
        ends = [(found.low, ">" if found.low_open else ">=")]
        ends += [(found.high, "<" if found.high_open else "<=")]
        parts.append(" AND ".join(f"{number} {sign} ?" for end, sign in ends if end))
        bound += [int(end) for end, _ in ends if end]
    return f"(p.number IS NOT NULL AND ({' OR '.join(parts)}))", bound


def scored(values: Sequence[str]) -> Sql:
    """The condition that a row of `finding` has such a score; one without any has none."""
    parts, bound = [], list[Value]()
    for value in values:
        found = fields.interval(value) or Interval()
        ends = [(found.low, ">" if found.low_open else ">=")]
        ends += [(found.high, "<" if found.high_open else "<=")]
        parts.append(" AND ".join(f"score {sign} ?" for end, sign in ends if end))
        bound += [float(end) for end, _ in ends if end]
    return f"(score IS NOT NULL AND ({' OR '.join(parts)}))", bound


def flagged(_db: Database, values: Sequence[str]) -> Sql:
    """The condition that `p` is something: of a newest document, a recommendation."""
    conditions = {
        "latest": f"p.document IN ({_LATEST})",
        "recommendation": "p.id IN (SELECT passage FROM recommendation)",
    }
    found = [conditions[flag] for value in values if (flag := fields.flag(value))]
    return f"({' OR '.join(found)})", []


def _dated(column: str, value: str) -> Sql:
    """A shorter date is all of its month or year."""
    found = fields.interval(value) or Interval()
    parts, bound = [], list[Value]()
    if found.low is not None:
        if found.low_open:
            parts.append(f"substr({column}, 1, length(?)) > ?")
            bound += [found.low] * 2
        else:
            parts.append(f"{column} >= ?")
            bound.append(found.low)
    if found.high is not None:
        sign = "<" if found.high_open else "<="
        parts.append(f"substr({column}, 1, length(?)) {sign} ?")
        bound += [found.high] * 2
    return f"({' AND '.join(parts)})", bound


def _any(conditions: Sequence[Sql], select: str) -> Sql:
    where = " OR ".join(sql for sql, _ in conditions)
    return f"{select} WHERE {where}", [value for _, values in conditions for value in values]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
