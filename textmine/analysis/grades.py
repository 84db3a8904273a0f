"""Comparability of grades across frameworks.

What each framework judges is in corpus/frameworks.py. Where a row changed between two frameworks,
two grades stand side by side without a direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from corpus.framework_records import Row
from corpus.frameworks import family_of, opposite, scale_of
from corpus.model import Grade, Status
from index.reports.counts import DocumentRow

Direction: TypeAlias = Literal["better", "worse", "same"]

ROW_CHANGED: Final = "the framework changed"


@dataclass(frozen=True, slots=True)
class AreaGrade:
    """A grade of one document in one area; None where `status` is not "found"."""

    document: int
    framework: str | None
    date: str | None
    area: str
    grade: Grade | None
    status: Status


@dataclass(frozen=True, slots=True)
class Pair:
    """A grade and the one that followed it; `direction` only where the two may be compared."""

    before: AreaGrade
    after: AreaGrade
    direction: Direction | None
    note: str | None = None


def inspections(documents: Iterable[DocumentRow]) -> dict[str, list[DocumentRow]]:
    """Each authority's inspections in the order of their dates; reports issued again once."""
    rows = list(documents)
    replaced = {row.replaces for row in rows}
    groups: dict[str, list[DocumentRow]] = {}
    for row in sorted(rows, key=lambda row: (row.date or "", row.id)):
        whose = row.authority or row.authority_name
        if family_of(row.doc_type) == "inspection" and row.id not in replaced and whose:
            groups.setdefault(whose, []).append(row)
    return groups


def pairs(before: DocumentRow, after: DocumentRow) -> Iterator[Pair]:
    """Pairs of comparable grades of two inspections, area by area."""
    earlier, later = _grades(before), _grades(after)
    for one, other in opposite(before.framework, after.framework):
        if one.area in earlier and other.area in later:
            yield _pair(earlier[one.area], later[other.area], one, other)


def _pair(before: AreaGrade, after: AreaGrade, one: Row, other: Row) -> Pair:
    if one.means != other.means:
        return Pair(before, after, None, ROW_CHANGED)
    if other.ended and after.status == "not_printed":
        return Pair(before, after, None, other.ended)
    old, new = _rank(before), _rank(after)
    if old is None or new is None:
        missing = before if old is None else after
        return Pair(before, after, None, missing.status.replace("_", " "))
    return Pair(before, after, "same" if old == new else "better" if new > old else "worse")


def _rank(judged: AreaGrade) -> int | None:
    return scale_of(judged.framework).ranks.get(judged.grade) if judged.grade else None


def _grades(row: DocumentRow) -> dict[str, AreaGrade]:
    return {
        each.area: AreaGrade(row.id, row.framework, row.date, each.area, each.grade, each.status)
        for each in row.judgements
    }
