"""Rates of reports by group: how many hold what was asked for, and how often, with intervals.

Reports of different types are never added up: a visit's letter and an inspection's report do not
look at the same things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from corpus.frameworks import FRAMEWORKS, scale_of
from index.reports.counts import DocumentRow
from index.reports.word_use import Portion

from .grades import inspections
from .intervals import wilson
from .statistics.rates import ratio_interval

PER = 10_000

Grouping = Callable[[Portion], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportShare:
    """The share of reports for which something is so."""

    reports: int
    of_reports: int

    @property
    def share(self) -> float:
        """How many of all, between 0 and 1."""
        return self.reports / self.of_reports

    @property
    def share_interval(self) -> tuple[float, float]:
        """Its interval (Wilson)."""
        return wilson(self.reports, self.of_reports)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(ReportShare):
    """A rate: what was found in the reports of one type and one group, with what it is out of."""

    query: str
    """What was looked for."""
    group: str
    doc_type: str
    frameworks: tuple[str, ...]
    passages: int
    of_words: int
    words_interval: tuple[float, float] | None
    """Of the passages for 10,000 words; None for fewer than five reports."""
    find: str
    """The query that finds the passages."""

    @property
    def per_report(self) -> float:
        """Passages for each report."""
        return self.passages / self.of_reports

    @property
    def per_10000_words(self) -> float:
        """Passages for 10,000 words."""
        return PER * self.passages / self.of_words if self.of_words else 0.0


def rates(
    whole: Iterable[Portion],
    found: Iterable[Portion],
    group_of: Grouping,
    *,
    query: str,
    find: Callable[[str, str], str],
) -> Iterator[Rate]:
    """The rates of each group within each type of report, in the order of their names.

    `whole` are the documents that were looked at, `found` those with something; `find` makes the
    query that finds the passages of a type and group.
    """
    hits = {each.document: each.passages for each in found}
    named = ((each, group_of(each)) for each in whole)
    keyed = [((each.doc_type, name), each) for each, name in named if name]
    keyed.sort(key=lambda pair: (pair[0][0], _order(pair[0][1])))
    for (doc_type, group), rows in groupby(keyed, key=lambda pair: pair[0]):
        documents = [each for _, each in rows]
        counts = [hits.get(each.document, 0) for each in documents]
        sizes = [each.words for each in documents]
        interval = ratio_interval(counts, sizes)
        yield Rate(
            query=query,
            group=group,
            doc_type=doc_type,
            frameworks=tuple(sorted({each.framework for each in documents if each.framework})),
            passages=sum(counts),
            reports=sum(n > 0 for n in counts),
            of_reports=len(documents),
            of_words=sum(sizes),
            words_interval=interval and (PER * interval[0], PER * interval[1]),
            find=find(doc_type, group),
        )


def _order(group: str) -> str:
    """What a period is sorted by: a framework by its first day, after those that it follows."""
    known = FRAMEWORKS.get(group)
    return f"{known.first_day.isoformat()} {group}" if known else group


def year(portion: Portion) -> str | None:
    """The year of the document's date."""
    return portion.date[:4] if portion.date else None


def quarter(portion: Portion) -> str | None:
    """The quarter of the calendar year: "2024 Q2"."""
    if not portion.date or len(portion.date) < 7:
        return None
    return f"{portion.date[:4]} Q{(int(portion.date[5:7]) + 2) // 3}"


def framework(portion: Portion) -> str | None:
    """The framework of the inspection."""
    return portion.framework


def region(portion: Portion) -> str | None:
    """The region of the authority."""
    return portion.region


PERIODS: Mapping[str, Grouping] = {"year": year, "quarter": quarter, "framework": framework}
"""The periods of a trend."""

GROUPS: Mapping[str, Grouping] = {**PERIODS, "region": region}
"""What rates go by."""


def condition(by: str, group: str) -> str:
    """A period as a condition of a query."""
    if by != "quarter":
        return f'{by}:"{group}"' if " " in group else f"{by}:{group}"
    first = 3 * int(group[-1]) - 2
    return f"date:{group[:4]}-{first:02}..{group[:4]}-{first + 2:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRate(ReportShare):
    """The share of inspections with a grade in one area, among grades that mean the same."""

    area: str
    means: str
    """What the row judges: rows of different meaning are never added up."""
    group: str
    grade: str
    find: str


def grade_rates(documents: Iterable[DocumentRow], area: str, by: str) -> list[GradeRate]:
    """Grades of an area by period; a row whose meaning changed is a series of its own."""
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in (row for rows in inspections(documents).values() for row in rows):
        framework_ = FRAMEWORKS.get(row.framework or "")
        judged = framework_.row(area) if framework_ else None
        grade = next((g.grade for g in row.judgements if g.area == area and g.grade), None)
        period = GROUPS[by](_as_portion(row))
        if judged and grade and period:
            scale = framework_.scale if framework_ else ""
            means = judged.means if scale == "ofsted" else f"{judged.means} ({scale})"
            groups.setdefault((means, period), []).append((grade, row.framework or ""))
    known = {grade for grades in groups.values() for grade, _ in grades}
    found = []
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], _order(item[0][1])))
    for (means, period), grades in ordered:
        ranks = scale_of(grades[0][1]).ranks
        for grade in sorted(ranks, key=lambda each: -ranks[each]):
            n = sum(each == grade for each, _ in grades)
            if grade in known:
                found.append(
                    GradeRate(
                        area=area,
                        means=means,
                        group=period,
                        grade=grade,
                        reports=n,
                        of_reports=len(grades),
                        find=f"{area}:{grade} {condition(by, period)}",
                    )
                )
    return found


def _as_portion(row: DocumentRow) -> Portion:
    return Portion(
        document=row.id,
        authority=row.authority_name,
        region=row.region,
        doc_type=row.doc_type,
        framework=row.framework,
        date=row.date,
        passages=row.passages,
        words=0,
    )
