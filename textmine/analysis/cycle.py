"""The cycle of inspections and visits: the position of every authority.

No due date is computed: inspections are scheduled by risk. Beside the months since the last
inspection is the range observed in this library after the same overall grade.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from corpus.frameworks import family_of
from corpus.model import Grade
from index.reports.counts import DocumentRow

from .grades import inspections


@dataclass(frozen=True, slots=True)
class IntervalRange:
    """Months between an inspection with some overall grade and the next, in this library."""

    n: int
    shortest: int
    median: float
    longest: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An authority's last inspection and what has been published since."""

    authority: str
    region: str | None
    last: DocumentRow
    overall: Grade | None
    months: int
    visits: tuple[DocumentRow, ...]
    observed: IntervalRange | None
    """None where no such interval was observed, or the last inspection has no overall grade."""


def cycle(documents: Iterable[DocumentRow], as_of: date) -> tuple[Standing, ...]:
    """Every authority that was inspected on or before a day, by name."""
    known = [row for row in documents if (row.date or "9") <= as_of.isoformat()]
    by_authority = inspections(known)
    ranges = interval_ranges(by_authority.values())
    found = []
    for whose, rows in by_authority.items():
        last = rows[-1]
        began = date.fromisoformat(last.date or as_of.isoformat())
        visits = [
            row
            for row in known
            if (row.authority or row.authority_name) == whose
            and family_of(row.doc_type) == "visit"
            and (row.date or "") > began.isoformat()
        ]
        grade = overall(last)
        found.append(
            Standing(
                last.authority_name or whose,
                last.region,
                last,
                grade,
                months_between(began, as_of),
                tuple(sorted(visits, key=lambda row: (row.date or "", row.id))),
                ranges.get(grade) if grade else None,
            )
        )
    return tuple(sorted(found, key=lambda standing: standing.authority))


def interval_ranges(groups: Iterable[list[DocumentRow]]) -> dict[Grade, IntervalRange]:
    """The months between inspections that follow each other, by the first one's overall grade."""
    months: dict[Grade, list[int]] = {}
    for rows in groups:
        for before, after in pairwise(rows):
            grade, first, second = overall(before), before.date, after.date
            if grade and first and second:
                span = months_between(date.fromisoformat(first), date.fromisoformat(second))
                months.setdefault(grade, []).append(span)
    return {
        grade: IntervalRange(len(spans), min(spans), median(spans), max(spans))
        for grade, spans in months.items()
    }


def overall(row: DocumentRow) -> Grade | None:
    """The printed overall grade of an inspection."""
    if family_of(row.doc_type) != "inspection":
        return None
    return next((each.grade for each in row.judgements if each.area == "overall"), None)


def months_between(first: date, second: date) -> int:
    """Whole months from one day to another."""
    months = (second.year - first.year) * 12 + second.month - first.month
    return months - (second.day < first.day)
