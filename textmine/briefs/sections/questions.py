"""Questions to ask, each tied to a passage."""

from __future__ import annotations

from itertools import chain

from ..dossier import Dossier
from ..model import Line, Quote, Section
from ..quoting import best, month, of_demand, of_finding, quotes
from . import demands, patterns, self_evaluation
from .coverage import TOPICS, suggested

MOST = 10
_EACH = 3

ASK = {
    "worse": "This got worse. What has been done since, and what is different for children?",
    "not yet": "Inspectors still found concerns. What has changed since, and how is it known?",
    "promised": "What of the promise has been kept? What difference has it made?",
    "silent": "What has been done since, and what difference has it made for children?",
}
"""By what became of a demand: what to ask of it."""


def section(dossier: Dossier) -> Section:
    """Up to ten: priority actions and demands first, then what recurs and what differs."""
    lines = list(
        chain(_on_demands(dossier), _on_patterns(dossier), _on_claims(dossier), _on_topics(dossier))
    )
    return Section(
        key="questions",
        title="Questions to ask",
        intro="Each follows from the passage beside it."
        if lines
        else "The library gives no ground for any.",
        lines=tuple(lines[:MOST]),
    )


def _on_demands(dossier: Dossier) -> list[Line]:
    """What is not done, or of which nothing is known, priority actions before the rest."""
    if dossier.last is None:
        return []
    later = dossier.since_last()
    asked = [row for document in (dossier.last, *later) for row in dossier.demands[document.id]]
    asked.sort(key=lambda row: row.recommendation.kind != "priority_action")
    lines = []
    for row in asked:
        name, said = demands.fate(dossier, row, later)
        if name == "improved":
            continue
        when = month(row.date or row.published)
        evidence = (of_demand(row), *(of_finding(each) for each in best(said, 1)))
        text = f"Asked for in {when}: “{demands.short(row.text)}” {ASK[name]}"
        lines.append(Line(key=f"ask-{demands.demand_key(row)}", text=text, evidence=evidence))
    return lines[: _EACH + 1]


def _on_patterns(dossier: Dossier) -> list[Line]:
    concerns = patterns.by_theme(dossier, concern=True)
    lines = []
    for theme, rows in patterns.persistent(dossier, concerns)[:_EACH]:
        n = len({row.document for row in rows})
        text = (
            f"Concerns about {dossier.label(theme).lower()} recur in {n} documents. Why has it"
            " been hard to put right, and what is tried now that was not tried before?"
        )
        lines.append(Line(key=f"ask-concern-{theme}", text=text, evidence=quotes(rows, 2)))
    return lines


def _on_claims(dossier: Dossier) -> list[Line]:
    claims = dossier.claims()
    if not claims:
        return []
    lines = []
    for theme, relation, ours, theirs in self_evaluation.comparisons(dossier, claims[-1]):
        if relation == "differs":
            text = (
                f"On {dossier.label(theme).lower()} the self-evaluation and inspectors differ."
                " What evidence stands behind the claim?"
            )
        elif relation == "self-evaluation silent":
            text = (
                f"The self-evaluation does not speak of {dossier.label(theme).lower()}, where"
                " inspectors had concerns. Where do things stand?"
            )
        else:
            continue
        evidence: tuple[Quote, ...] = (*quotes(ours, 1), *quotes(theirs, 1))
        lines.append(Line(key=f"ask-claim-{theme}", text=text, evidence=evidence))
    return lines[:_EACH]


def _on_topics(dossier: Dossier) -> list[Line]:
    lines = []
    for topic in suggested(dossier)[:1]:
        rows = [
            row
            for row in dossier.of_council(dossier.last.id if dossier.last else 0)
            if (theme := dossier.themes.get(row.finding.theme))
            and theme.focused_visit_topic == topic
            and row.finding.polarity == "concern"
        ]
        text = f"{TOPICS[topic]} has not been visited since the inspection. What would we find?"
        lines.append(Line(key=f"ask-topic-{topic}", text=text, evidence=quotes(rows, 1)))
    return lines
