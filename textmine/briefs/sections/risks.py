"""Signals that may bring an inspection forward: evidence and its age, nothing inferred.

Source of the list: the framework's triggers as the sector knows them: social workers leaving,
caseloads, children not being seen when they should be, drift without oversight.
"""

from __future__ import annotations

from index.counts import DocumentRow

from ...analysis.changes import is_concern
from ...analysis.judged import day
from ..dossier import Dossier
from ..model import Absence, Line, Section
from ..quoting import age, best, counted, of_finding

SIGNALS = ("workforce", "caseloads", "children-seen", "supervision-and-oversight", "front-door")
"""Themes whose concerns are such signals."""


def section(dossier: Dossier) -> Section:
    """The latest concern of each signal, or that there is none."""
    return Section(
        key="risks",
        title="Risk signals",
        intro="The latest concern that inspectors wrote on each, from the last inspection but one"
        " on.",
        lines=tuple(_line(dossier, theme) for theme in SIGNALS),
    )


def _recent(dossier: Dossier) -> list[DocumentRow]:
    """What inspectors wrote from the last inspection but one on: older signals are history."""
    since = [day(row) or "" for row in dossier.inspections[-2:]]
    return [row for row in dossier.inspected() if (day(row) or "") >= min(since, default="")]


def _line(dossier: Dossier, theme: str) -> Line:
    name = dossier.label(theme)
    rows = [
        row
        for document in _recent(dossier)
        for row in dossier.of_council(document.id)
        if row.finding.theme == theme and is_concern(row) and row.passage.kind != "recommendation"
    ]
    if not rows:
        said = f"{name}: no concern found."
        looked = counted(len(_recent(dossier)), "document")
        absence = Absence(said=said, searched=f"concerns about {name.lower()} in {looked}")
        return Line(key=f"risk-{theme}", text=said, evidence=(absence,))
    latest = max(row.date or row.published or "" for row in rows)
    newest = [row for row in rows if (row.date or row.published or "") == latest]
    text = f"{name}: {counted(len(newest), 'concern')}, {age(latest, dossier.as_of)}"
    evidence = tuple(of_finding(row) for row in best(newest, 2))
    return Line(key=f"risk-{theme}", text=text, evidence=evidence)
