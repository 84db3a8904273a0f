"""The risk section: signals that may bring an inspection forward, with the age of the evidence.

Source of the list: the framework's triggers as the sector knows them: social workers leaving,
caseloads, children not being seen when they should be, drift without oversight.
"""

from __future__ import annotations

import re

from index.reports.counts import DocumentRow, FindingRow

from ...analysis.changes import is_concern
from ..dossier import Dossier
from ..model import Line, Section, absent
from ..quoting import age, best, count_of, decided, month, of_finding, sentences, some

_SELF_EVALUATION = re.compile(
    r"self-(?:evaluation|assessment|awareness)|know themselves", re.IGNORECASE
)

SIGNALS = ("workforce", "caseloads", "children-seen", "supervision-and-oversight", "front-door")
"""Themes whose concerns are such signals."""


def section(dossier: Dossier) -> Section:
    """The section: latest evidence by signal, those with most concerns first."""
    found = [*(_signal(dossier, theme) for theme in SIGNALS), _self_knowledge(dossier)]
    return Section(
        key="risks",
        title="Risk signals",
        intro="The latest evidence for each signal, and older concerns not mentioned since.",
        lines=tuple(line for _, line in sorted(found, key=lambda pair: -pair[0])),
    )


def _self_knowledge(dossier: Dossier) -> tuple[int, Line]:
    """What the last inspection says of how well the authority knows itself."""
    last, key = dossier.last, "risk-self-evaluation"
    rows = [
        row
        for row in (dossier.observations(last.id) if last else ())
        if _SELF_EVALUATION.search(row.evidence) and decided(row)
    ]
    if last is None or not rows:
        said = "Accuracy of the self-evaluation: the last inspection report does not mention it."
        return -1, absent(key, said, "findings that name it")
    concerns = [row for row in rows if is_concern(row)]
    chosen = best(concerns or rows, 1) + (best(rows, 1) if concerns else ())
    quoted = tuple(dict.fromkeys(of_finding(row) for row in chosen))
    detail = f"as the report of {month(last.date)} puts it"
    line = Line(key=key, text="Accuracy of the self-evaluation:", detail=detail, evidence=quoted)
    return sentences(concerns), line


def _recent(dossier: Dossier) -> list[DocumentRow]:
    """What inspectors wrote from the last inspection but one on: older signals are history."""
    since = [row.date or "" for row in dossier.inspections[-2:]]
    return [row for row in dossier.judged() if (row.date or "") >= min(since, default="")]


def _signal(dossier: Dossier, theme: str) -> tuple[int, Line]:
    """The number of concerns in the latest document that speaks of a theme, and what is said."""
    name, key = dossier.label(theme), f"risk-{theme}"
    recent = _recent(dossier)
    rows = [
        row
        for document in recent
        for row in dossier.observations(document.id)
        if row.finding.theme == theme and decided(row)
    ]
    if not rows:
        said = f"{name}: not mentioned."
        searched = f"findings about {name.lower()} in {count_of(len(recent), 'document')}"
        return -1, absent(key, said, searched)
    latest = _of_latest(rows)
    concerns = [row for row in latest if is_concern(row)]
    strengths = [row for row in latest if row.finding.polarity == "strength"]
    when = latest[0].date
    tally = [count_of(sentences(concerns), "concern")] if concerns else []
    tally.append(some(sentences(strengths), "strength"))
    if not concerns:
        tally.append("no concerns")
    said = f"{', '.join(tally)} in {month(when)} ({age(when, dossier.as_of)})"
    quoted = best(concerns or strengths or latest, 2)
    older = _of_latest([row for row in rows if is_concern(row)]) if not concerns else []
    if older:
        before = older[0].date
        said += f"; {count_of(sentences(older), 'concern')} in {month(before)}"
        quoted += best(older, 1)
    line = Line(
        key=key,
        text=f"{name}:",
        detail=said,
        evidence=tuple(of_finding(row) for row in quoted),
    )
    return sentences(concerns), line


def _of_latest(rows: list[FindingRow]) -> list[FindingRow]:
    latest = max((row.date or "" for row in rows), default="")
    return [row for row in rows if (row.date or "") == latest]
