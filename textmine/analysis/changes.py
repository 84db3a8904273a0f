"""Changes between an authority's successive inspections: grades and concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Literal, TypeAlias

from corpus.frameworks import AREAS, is_own
from corpus.model import CONCERNS, Judgement
from index.reports.counts import DocumentRow, FindingRow

from ..sure import is_sure
from .closeness import ANSWERED, StemWeights
from .grades import AreaGrade, Pair, inspections, pairs

Fate: TypeAlias = Literal["new", "recurring", "resolved", "silent"]
"""Of a theme's concerns: only in the later document; in both; answered by a strength or an
improvement that is about the same thing; or not spoken of any more, which says nothing."""


@dataclass(frozen=True, slots=True)
class Change:
    """One area of an authority in two inspections that follow each other."""

    authority: str
    region: str | None
    pair: Pair


@dataclass(frozen=True, slots=True)
class ConcernChange:
    """The change of concerns about a theme from one document to a later one."""

    theme: str
    fate: Fate
    before: tuple[FindingRow, ...]
    """The concerns of the earlier document."""
    after: tuple[FindingRow, ...]
    """What the later one says of the theme."""


def changes(
    documents: Iterable[DocumentRow], *, since: str | None = None, until: str | None = None
) -> list[Change]:
    """The grades of inspections that follow each other, by authority, the oldest first.

    `since` and `until` are days, months or years: the later inspection must lie between them.
    """
    found = (
        Change(after.authority_name or "", after.region, pair)
        for rows in inspections(documents).values()
        for before, after in pairwise(rows)
        for pair in pairs(before, after)
        if _between(pair.after.date, since, until)
    )
    return sorted(found, key=lambda change: (change.authority, change.pair.after.date or ""))


def _between(day: str | None, since: str | None, until: str | None) -> bool:
    if day is None:
        return since is None and until is None
    return (since is None or day >= since) and (until is None or day[: len(until)] <= until)


def paragraphs(found: Iterable[Change]) -> Iterator[str]:
    """A short plain paragraph for each pair of inspections, the overall grade first."""
    for _, group in groupby(found, key=lambda each: (each.authority, each.pair.after.document)):
        rows = list(group)
        first = rows[0].pair
        span = f"{_month(first.before.date)} to {_month(first.after.date)}"
        said = "; ".join(_sentence(row.pair) for row in rows)
        yield f"{rows[0].authority}, {span}: {said}."


def _sentence(pair: Pair) -> str:
    before, after = (label(each.area) for each in (pair.before, pair.after))
    old, new = (in_words(each) for each in (pair.before, pair.after))
    if pair.direction == "same":
        return f"{after} unchanged ({new})"
    if pair.direction:
        return f"{after} from {old} to {new}"
    if old == new:
        return f"{after} {new} in both"
    if pair.after.status == "not_printed":
        return f"{after} was {old}, {pair.note}"
    if pair.before.area == pair.after.area:
        return f"{after} was {old}, is now {new} ({pair.note})"
    return f"{before} was {old}, {after} is now {new} ({pair.note})"


def in_words(judged: Judgement | AreaGrade) -> str:
    """A grade for a person, or why there is none."""
    return (judged.grade or judged.status).replace("_", " ")


def label(area: str) -> str:
    """An area's name for a person."""
    return AREAS[area].label if area in AREAS else area.replace("_", " ")


def _month(day: str | None) -> str:
    return date.fromisoformat(day).strftime("%B %Y") if day else "no date"


def concern_changes(
    before: Iterable[FindingRow], after: Iterable[FindingRow]
) -> tuple[ConcernChange, ...]:
    """Changes of concerns between two documents, by theme.

    Only sure findings make a statement, and none is made that a doubtful one speaks against. Give
    findings of one voice and about one body only: a partner's are
    not the council's.
    """
    before, after = list(before), list(after)
    weights = StemWeights(row.evidence for row in (*before, *after))
    earlier, later = by_theme(filter(is_concern, before)), by_theme(after)
    found = []
    for theme in sorted(earlier.keys() | later.keys()):
        old, new = earlier.get(theme, ()), later.get(theme, ())
        if fate := _fate(old, new, weights):
            sure = tuple(filter(is_sure, old)), tuple(filter(is_sure, new))
            found.append(ConcernChange(theme, fate, *sure))
    return tuple(found)


def _fate(
    old: tuple[FindingRow, ...], new: tuple[FindingRow, ...], weights: StemWeights
) -> Fate | None:
    """What became of a theme's concerns; None where that hangs on a finding that is not sure."""
    sure = [row for row in old if is_sure(row)]
    concerns = [row for row in new if is_concern(row)]
    if any(is_sure(row) for row in concerns):
        return "recurring" if sure else None if old else "new"
    if not sure or concerns:
        return None
    answered = any(
        weights.close(concern.evidence, row.evidence, ANSWERED)
        for row in new
        if is_sure(row) and (row.finding.polarity == "strength" or row.finding.timing == "improved")
        for concern in sure
    )
    return "resolved" if answered else "silent"


def is_concern(row: FindingRow) -> bool:
    """Whether the finding is a concern, in whole or in part."""
    return row.finding.polarity in CONCERNS


def of_council(row: FindingRow) -> bool:
    """Whether it is an inspectors' finding about the body that they inspect."""
    return row.passage.voice == "inspectorate" and is_own(row.finding.about, row.doc_type)


def by_theme(rows: Iterable[FindingRow]) -> dict[str, tuple[FindingRow, ...]]:
    """Findings by what they are about, in the order in which they come."""
    groups: dict[str, list[FindingRow]] = {}
    for row in rows:
        groups.setdefault(row.finding.theme, []).append(row)
    return {theme: tuple(group) for theme, group in groups.items()}
