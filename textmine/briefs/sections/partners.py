"""The section on SEND and joint inspections: outcomes, demands, bodies responsible, follow-up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.frameworks import DOCUMENTS
from index.reports.counts import DocumentRow, RecommendationRow

from ..dossier import Dossier
from ..model import Cell, Grid, Line, Section, absent
from ..quoting import (
    asked_words,
    count_of,
    join_words,
    month,
    of_demand,
    of_finding,
    of_judgement,
    own,
    short,
    source,
)

TITLE = "SEND and joint inspections"
BODIES = {
    "council": "the council",
    "trust": "the children's trust",
    "police": "the police",
    "health": "health services",
    "schools": "schools",
    "board": "the safeguarding partnership",
    "partnership": "the area's partners together",
}
"""Bodies in words, where the report prints none."""

_TOGETHER = re.compile(
    r"\b(?:(?i:partners|local area|all agencies)\b)|(?:^|\b[Tt]he )partnership\b"
)
_OPENING = 90  # characters in which a demand names who is to act

_CELL = 600  # characters of a quote in the table: nearly every demand is shorter
_MOST, _RECENT = 6, 5
"""Rows for a report beside its priority actions, if it is so many years old at most."""
_STRANDS = ("send", "joint")


def section(dossier: Dossier) -> Section:
    """The last report of each kind: its outcome, and what it asks of whom."""
    reports = [row for strand in _STRANDS if (row := _last(dossier, strand))]
    if not reports:
        line = absent("none", "None in the library.", own(dossier))
        return Section(key="partners", title=TITLE, lines=(line,))
    rows = tuple(row for report in reports for row in _rows(dossier, report))
    return Section(
        key="partners",
        title=TITLE,
        intro="These judge the partners of the area together: the council, health services, the"
        " police and others. Earlier points are followed up from reports of the same kind only.",
        grid=Grid(header=("Report", "Asked for", "Responsible"), rows=rows, widths=(4, 12, 5))
        if rows
        else None,
        lines=tuple(
            line
            for report in reports
            for line in (*_outcome(dossier, report), *_rest(dossier, report))
        ),
    )


def _last(dossier: Dossier, strand: str) -> DocumentRow | None:
    rows = [row for row in dossier.documents if DOCUMENTS[row.doc_type].strand == strand]
    return rows[-1] if rows else None


def _outcome(dossier: Dossier, report: DocumentRow) -> Iterator[Line]:
    judged = next((each for each in report.judgements if each.area == "outcome"), None)
    quote = of_judgement(dossier, report, judged) if judged and judged.grade else None
    if quote is not None:
        yield Line(
            key=f"outcome-{report.sha256[:8]}",
            text=f"{source(report)}:",
            detail=f"“{short(quote.text, _CELL)}”",
            evidence=(quote,),
            show="mark",
        )
    for each in dossier.follow_ups:
        answer = each.answer
        if each.later is not None and each.later.id == report.id and answer and answer.witnesses:
            first = answer.witnesses[0].statement.row
            yield Line(
                key=f"since-{each.demand.sha256[:8]}-{each.demand.passage.ordinal}",
                text=f"Asked for in {month(each.demand.date)}: “{short(each.demand.text, 120)}”.",
                detail="The later report says:",
                evidence=(of_finding(first), of_demand(each.demand)),
            )


def _rows(dossier: Dossier, report: DocumentRow) -> Iterator[tuple[Cell, ...]]:
    for row in _first(dossier, report):
        yield (
            Cell(text=source(report)),
            Cell(
                text=f"{_urgent(row)}“{short(asked_words(dossier, row), _CELL)}”",
                evidence=(of_demand(row),),
            ),
            Cell(text=_body(row)),
        )


def _body(row: RecommendationRow) -> str:
    """Who is to act: as printed, else whose work the demand speaks of; empty where it is open."""
    if printed := row.recommendation.responsible:
        return join_words([name.strip() for name in printed.split(";")])
    about = row.passage.about or ""
    if about == "partnership" and not _TOGETHER.search(row.text[:_OPENING]):
        return ""
    return BODIES.get(about, "")


def _first(dossier: Dossier, report: DocumentRow) -> list[RecommendationRow]:
    """All priority actions, and the first of the other demands."""
    asked = dossier.demands[report.id]
    urgent = [row for row in asked if row.recommendation.kind == "priority_action"]
    others = [row for row in asked if row not in urgent]
    is_recent = dossier.as_of.year - int((report.date or "0")[:4]) <= _RECENT
    return [*urgent, *(others[:_MOST] if is_recent else ())]


def _rest(dossier: Dossier, report: DocumentRow) -> Iterator[Line]:
    """A line for the demands that the table leaves out."""
    rows = [row for row in dossier.demands[report.id] if row not in _first(dossier, report)]
    names = ("more point", "more points")
    if not _first(dossier, report):
        names = ("point to improve", "points to improve")
    if rows:
        yield Line(
            key=f"rest-{report.sha256[:8]}",
            text=f"{source(report)}: {count_of(len(rows), *names)}, in the annex.",
            evidence=tuple(map(of_demand, rows)),
            show="annex",
        )


def _urgent(row: RecommendationRow) -> str:
    return "Priority action: " if row.recommendation.kind == "priority_action" else ""
