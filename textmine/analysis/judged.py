"""Comparability of grades across frameworks.

Source of the rules: the frameworks themselves. The Single Inspection Framework (2013-17) graded
looked-after children with adoption and care leavers as parts of it; ILACS (2018) had one row for
children in care and care leavers, split in two in January 2023; the overall grade ended in April
2026. Overall effectiveness, leaders, and help and protection mean the same throughout; rows of
care do not, and where they changed two grades stand side by side without a direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from corpus.model import Grade, Status
from index.reports.counts import DocumentRow

Direction: TypeAlias = Literal["better", "worse", "same"]

INSPECTIONS: Final = frozenset({"ilacs_inspection", "sif_inspection"})
"""Documents that grade a whole authority."""

LABELS: Final = {
    "overall": "overall effectiveness",
    "leaders": "leaders",
    "help_and_protection": "help and protection",
    "care_and_care_leavers": "children in care and care leavers",
    "in_care": "children in care",
    "care_leavers": "care leavers",
    "adoption": "adoption",
    "lscb": "the safeguarding board",
}

ROW_CHANGED: Final = "the row changed between frameworks"
NO_OVERALL: Final = "no overall grade since April 2026"

_RANK: Final[dict[Grade, int]] = {
    "inadequate": 1,
    "requires_improvement": 2,
    "good": 3,
    "outstanding": 4,
}
_THROUGHOUT: Final = ("overall", "leaders", "help_and_protection")
_CARE_ROWS: Final = {
    "sif": ("in_care", "care_leavers"),
    "ilacs-2018": ("care_and_care_leavers",),
    "ilacs-2023": ("in_care", "care_leavers"),
    "ilacs-2026": ("in_care", "care_leavers"),
}
_SAME_CARE: Final = (frozenset({"ilacs-2023", "ilacs-2026"}),)
_SIF_ONLY: Final = ("adoption", "lscb")


@dataclass(frozen=True, slots=True)
class Judged:
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

    before: Judged
    after: Judged
    direction: Direction | None
    note: str | None = None


def inspections(documents: Iterable[DocumentRow]) -> dict[str, list[DocumentRow]]:
    """Each authority's inspections in the order of their dates; reports issued again once."""
    rows = list(documents)
    replaced = {row.replaces for row in rows}
    groups: dict[str, list[DocumentRow]] = {}
    for row in sorted(rows, key=lambda row: (row.date or "", row.id)):
        whose = row.authority or row.authority_name
        if row.doc_type in INSPECTIONS and row.id not in replaced and whose:
            groups.setdefault(whose, []).append(row)
    return groups


def pairs(before: DocumentRow, after: DocumentRow) -> Iterator[Pair]:
    """The grades of two inspections that stand opposite each other, area by area."""
    earlier, later = _grades(before), _grades(after)
    for one, other, changed in _opposite(before.framework, after.framework):
        if one in earlier and other in later:
            yield _pair(earlier[one], later[other], changed=changed)


def _opposite(before: str | None, after: str | None) -> Iterator[tuple[str, str, bool]]:
    """The areas that stand opposite each other, and whether their row changed between."""
    for area in _THROUGHOUT:
        yield area, area, False
    rows, later = _CARE_ROWS.get(before or "", ()), _CARE_ROWS.get(after or "", ())
    same = before == after or any({before, after} <= group for group in _SAME_CARE)
    if same or rows == later:
        for area in rows:
            yield area, area, not same
    else:
        for one in rows:
            for other in later:
                yield one, other, True
    if before == after == "sif":
        for area in _SIF_ONLY:
            yield area, area, False


def _pair(before: Judged, after: Judged, *, changed: bool) -> Pair:
    if changed:
        return Pair(before, after, None, ROW_CHANGED)
    if after.area == "overall" and after.status == "not_printed":
        return Pair(before, after, None, NO_OVERALL)
    old, new = _rank(before), _rank(after)
    if old is None or new is None:
        missing = before if old is None else after
        return Pair(before, after, None, missing.status.replace("_", " "))
    return Pair(before, after, "same" if old == new else "better" if new > old else "worse")


def _rank(judged: Judged) -> int | None:
    return _RANK.get(judged.grade) if judged.grade else None


def _grades(row: DocumentRow) -> dict[str, Judged]:
    return {
        each.area: Judged(row.id, row.framework, row.date, each.area, each.grade, each.status)
        for each in row.judgements
    }
