"""Places: one number or grade for each authority, as a map shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Grade
from index.reports.counts import DocumentRow

from .grades import inspections

PER = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRate:
    """How often something is said in the reports of one authority."""

    authority: str
    key: str
    region: str | None
    matches: int
    words: int
    """All words of its reports that were looked at."""
    find: str
    """The query that finds the passages; empty where there are none."""

    @property
    def per_10000_words(self) -> float:
        """Matches for 10,000 words."""
        return PER * self.matches / self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGrade:
    """The grade of one authority at its last inspection."""

    authority: str
    key: str
    region: str | None
    area: str
    grade: Grade | None
    """None where that inspection does not judge the area."""
    date: str | None
    framework: str | None
    find: str


def last_grades(documents: Iterable[DocumentRow], area: str) -> list[PlaceGrade]:
    """The grade of an area at each authority's last inspection, by name."""
    found = []
    for key, rows in inspections(documents).items():
        last = rows[-1]
        grade = next((each.grade for each in last.judgements if each.area == area), None)
        name = last.authority_name or key
        found.append(
            PlaceGrade(
                authority=name,
                key=key,
                region=last.region,
                area=area,
                grade=grade,
                date=last.date,
                framework=last.framework,
                find=f'la:"{name}" AND {area}:{grade} AND date:{last.date}' if grade else "",
            )
        )
    return sorted(found, key=lambda each: each.authority)


def thirds(values: Sequence[float]) -> tuple[float, float]:
    """The two values that part those above zero into thirds, as even as they come."""
    ordered = sorted(value for value in values if value > 0)
    if not ordered:
        return 0.0, 0.0
    return ordered[(len(ordered) - 1) // 3], ordered[2 * (len(ordered) - 1) // 3]
