"""The cycle section: topics visited since the last inspection, and those worth a visit."""

from __future__ import annotations

from index.reports.counts import DocumentRow, FindingRow

from ...analysis.changes import is_concern
from ...sure import is_beyond_doubt, is_sure
from ..dossier import Dossier
from ..model import TOPICS, Absence, Cell, Grid, Section
from ..quoting import best, count_of, join_words, month, of_finding, sentences
from .patterns import OUTWEIGHED

SUGGESTED, FEWEST = 3, 2
"""How many topics are suggested, and the fewest concerns of such a topic."""


def section(dossier: Dossier) -> Section:
    """The section: visits and inspection findings by topic."""
    last = dossier.last
    since = dossier.since_last()
    when = f"since the inspection of {month(last.date)}" if last else ""
    intro = f"Topics visited {when}, and what it found on each." if last else "Topics visited."
    if last and not since:
        intro += " Nothing later is in the library."
    if last:
        intro += " “Consider”: no later visit in the library, and the highest share of concerns."
    chosen = suggested(dossier)[:SUGGESTED]
    rows = tuple(_row(dossier, topic, consider=topic in chosen) for topic in TOPICS)
    header = ("Topic", "Visited", "Concerns at inspection", "Strengths at inspection", "Suggestion")
    return Section(
        key="coverage",
        title="The cycle: what has been visited, and what has not",
        intro=intro,
        grid=Grid(header=header, rows=rows, widths=(6, 4, 7, 3, 3)),
    )


def suggested(dossier: Dossier) -> list[str]:
    """Topics not visited since the last inspection with two concerns or more, the weightiest first.

    That is those with most concerns for each strength: a large topic has more of both.
    """
    shares = {}
    for topic in TOPICS:
        against = sentences(filter(is_beyond_doubt, concerns(dossier, topic)))
        all_ = sentences(_coverage(dossier, topic))
        mainly = all_ - against <= OUTWEIGHED * against
        if against >= FEWEST and mainly and not _visits(dossier, topic):
            shares[topic] = against / all_
    return sorted(shares, key=lambda each: -shares[each])


def concerns(dossier: Dossier, topic: str) -> list[FindingRow]:
    """The concerns of the last inspection on a topic's themes."""
    return [row for row in _coverage(dossier, topic) if is_concern(row)]


def _row(dossier: Dossier, topic: str, *, consider: bool) -> tuple[Cell, ...]:
    visits = _visits(dossier, topic)
    looked = join_words([month(row.date) for row in visits]) or "not since"
    since = dossier.since_last()
    searched = f"the topics of {count_of(len(since), 'later document')}"
    absence = Absence(said="no later document covers this topic", searched=searched)
    found = concerns(dossier, topic)
    themes = sorted({dossier.label(row.finding.theme) for row in found})
    said = f"{sentences(found)}: {', '.join(themes)}" if found else "none"
    strengths = [row for row in _coverage(dossier, topic) if row.finding.polarity == "strength"]
    return (
        Cell(text=TOPICS[topic]),
        Cell(text=looked, evidence=() if visits else (absence,)),
        Cell(text=said, evidence=tuple(of_finding(row) for row in best(found, 2))),
        Cell(
            text=str(sentences(strengths)),
            evidence=tuple(of_finding(row) for row in best(strengths)),
        ),
        Cell(text="consider" if consider else ""),
    )


def _visits(dossier: Dossier, topic: str) -> list[DocumentRow]:
    wanted = topic.replace("-", "_")
    return [
        row
        for row in dossier.since_last()
        if any(
            field.name == "topic" and field.value and field.value.replace("-", "_") == wanted
            for field in row.fields
        )
    ]


def _coverage(dossier: Dossier, topic: str) -> list[FindingRow]:
    if dossier.last is None:
        return []
    themes = {
        theme.id for theme in dossier.themes.values() if theme.focused_visit_topic == topic
    }  # fmt: skip
    return [
        row
        for row in dossier.observations(dossier.last.id)
        if row.finding.theme in themes and is_sure(row)
    ]
