"""The cycle: what has been looked at since the last inspection, and what evidence points to."""

from __future__ import annotations

from index.counts import DocumentRow, FindingRow

from ...analysis.changes import is_concern
from ...analysis.judged import day
from ..dossier import Dossier
from ..model import Absence, Cell, Grid, Line, Section
from ..quoting import counted, listed, month, quotes

TOPICS = {
    "front-door": "The front door",
    "children-in-need-or-on-a-plan": "Children in need or subject to a protection plan",
    "vulnerable-adolescents": "Vulnerable children at risk from outside the family",
    "children-in-care": "Children in care",
    "permanence": "Planning and achieving permanence",
    "care-leavers": "Care leavers",
}
"""The topics of focused and monitoring visits, from the framework's list."""

SUGGESTED = 3


def section(dossier: Dossier) -> Section:
    """Each topic: when it was visited, and the concerns of the last inspection."""
    last = dossier.last
    ranked = suggested(dossier)
    rows = tuple(_row(dossier, topic) for topic in TOPICS)
    when = f"since the inspection of {month(day(last))}" if last else "in the library"
    return Section(
        key="coverage",
        title="The cycle: what has been looked at, and what not",
        intro=f"Topics of visits {when}. Evidence: concerns of the last inspection on the topic's "
        "themes. It is a reason to consider a topic, no more.",
        grid=Grid(header=("Topic", "Looked at", "Concerns then"), rows=rows, widths=(4, 2, 2)),
        lines=tuple(_suggestion(dossier, topic) for topic in ranked[:SUGGESTED]),
    )


def suggested(dossier: Dossier) -> list[str]:
    """Topics not looked at since the last inspection, the most concerns first; none without."""
    open_ = [topic for topic in TOPICS if not _visits(dossier, topic)]
    counts = {topic: len(_concerns(dossier, topic)) for topic in open_}
    return sorted((topic for topic in open_ if counts[topic]), key=lambda each: -counts[each])


def _row(dossier: Dossier, topic: str) -> tuple[Cell, ...]:
    visits = _visits(dossier, topic)
    looked = listed([month(day(row)) for row in visits]) or "not since"
    concerns = _concerns(dossier, topic)
    searched = f"{counted(len(dossier.since_last()), 'document')} since"
    absence = () if visits else (Absence(said=f"no visit on {TOPICS[topic]}", searched=searched),)
    return (Cell(text=TOPICS[topic]), Cell(text=looked, evidence=absence),
            Cell(text=str(len(concerns)), evidence=quotes(concerns, 1)))  # fmt: skip


def _visits(dossier: Dossier, topic: str) -> list[DocumentRow]:
    wanted = topic.replace("-", "_")
    return [
        row
        for row in dossier.since_last()
        if any(field.name == "topic" and field.value and field.value.replace("-", "_") == wanted
               for field in row.fields)
    ]  # fmt: skip


def _concerns(dossier: Dossier, topic: str) -> list[FindingRow]:
    last = dossier.last
    if last is None:
        return []
    themes = {
        theme.id for theme in dossier.themes.values() if theme.focused_visit_topic == topic
    }  # fmt: skip
    return [
        row
        for row in dossier.of_council(last.id)
        if row.finding.theme in themes and is_concern(row)
    ]  # fmt: skip


def _suggestion(dossier: Dossier, topic: str) -> Line:
    concerns = _concerns(dossier, topic)
    themes = sorted({dossier.label(row.finding.theme) for row in concerns})
    text = (
        f"{TOPICS[topic]}: not looked at since, and {counted(len(concerns), 'concern')} then"
        f" ({listed(themes)})"
    )
    return Line(key=f"topic-{topic}", text=text, evidence=quotes(concerns, 2))
