"""The risk section: signals that may bring an inspection forward, with the age of the evidence.

Source of the list: the framework's triggers as the sector knows them: social workers leaving,
caseloads, children not being seen when they should be, drift without oversight.
"""

from __future__ import annotations

import re

from index.reports.counts import DocumentRow, FindingRow, RecommendationRow

from ...analysis.changes import is_concern
from ...sure import is_beyond_doubt
from ..dossier import Dossier
from ..model import Line, Section, absent
from ..quoting import (
    age,
    asked_words,
    best,
    count_of,
    month,
    of_demand,
    of_finding,
    own,
    sentences,
    short,
    with_what_follows,
)

_JUDGED = re.compile(
    r"(?=.*self-?\s?(?:evaluation|assessment))"
    r".*(?:accura|honest|realistic|balanced|comprehensive|thorough|clear|candid|align|reflect"
    r"|picture|weak|optimistic|over-?stat|robust|recognis|acknowledg|identifie)",
    re.IGNORECASE | re.DOTALL,
)
"""A sentence that says how good a self-evaluation is."""

_KNOWN = re.compile(
    r"(?:leaders?|managers?|authority|council|team|they)\b[^,;]{0,40}"
    r"\b(?:knows?|understands?|understanding of)\b[^,;]{0,20}"
    r"\b(?:themselves|itself"
    r"|(?:their|its) (?:own )?(?:services?|strengths|weaknesses|performance))",
    re.IGNORECASE,
)
"""A sentence that says how well an authority knows itself."""

_ASSESSED = re.compile(
    r"\b(?:accurate|honest|clear|realistic|good|sound|thorough|comprehensive|strong|deep|secure)"
    r"(?:ly)? (?:self-?\s?)?(?:assessment|understanding|picture|view|knowledge|awareness)\b"
    r"[^.;]{0,60}\b(?:strengths|weaknesses|challenges|areas (?:for|of|that)|services?|performance"
    r"|practice)\b",
    re.IGNORECASE,
)
"""The same in other words: "leaders have an accurate assessment of the strengths"."""

_OTHERS = re.compile(
    r"\b(?:board|LSCB|agenc(?:y|ies)|participants?|schools?|section 11|providers?|panel)\b",
    re.IGNORECASE,
)

_ASKED = 100  # characters of a demand beside a signal

SIGNALS = ("workforce", "caseloads", "children-seen", "supervision-and-oversight", "front-door")
"""Themes whose concerns are such signals."""


def section(dossier: Dossier) -> Section:
    """The section: latest evidence by signal, those with most concerns first."""
    found = [*(_signal(dossier, theme) for theme in SIGNALS), _self_knowledge(dossier)]
    return Section(
        key="risks",
        title="Risk signals",
        intro="The latest evidence for each signal: concerns first, then what else stands out.",
        lines=tuple(line for _, line in sorted(found, key=lambda pair: -pair[0])),
    )


def _self_knowledge(dossier: Dossier) -> tuple[int, Line]:
    """What the last inspection says of how well the authority knows itself."""
    last, key = dossier.last, "risk-self-evaluation"
    if last is None:
        return -1, absent(key, "Accuracy of the self-evaluation: no inspection.", own(dossier))
    rows = [row for row in dossier.observations(last.id) if not _OTHERS.search(row.evidence)]
    judged = [row for row in rows if _JUDGED.match(row.evidence)]
    known = (row for row in rows if _KNOWN.search(row.evidence) or _ASSESSED.search(row.evidence))
    found = judged or list(known)
    if not found:
        said = "Accuracy of the self-evaluation: no sentence stands out in the last report."
        return -1, absent(key, said, "sentences on how well leaders know their services")
    concerns = [row for row in found if is_concern(row)]
    chosen = best(concerns or found, 1) + (best(found, 1) if concerns else ())
    quoted = tuple(dict.fromkeys(with_what_follows(row) for row in chosen))
    detail = f"see the report of {month(last.date)}"
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
    named = [
        row
        for document in recent
        for row in dossier.observations(document.id)
        if row.finding.theme == theme
    ]
    if not named:
        searched = f"findings about {name.lower()} in {count_of(len(recent), 'document')}"
        return -1, absent(key, f"{name}: nothing was found.", searched)
    latest = _of_latest(named)
    when = f"{month(latest[0].date)} ({age(latest[0].date, dossier.as_of)})"
    rows = [row for row in latest if is_beyond_doubt(row)]
    concerns = [row for row in rows if is_concern(row)]
    said = f"{'criticised' if concerns else 'last mentioned'} in {when}"
    quoted = (*best(concerns, 2), *best([row for row in rows if row not in concerns], 2))
    asked = [row for row in _demands_of_last(dossier) if _is_on(dossier, row, theme)]
    if asked:
        first = short(asked_words(dossier, asked[0]), _ASKED)
        more = f" and {count_of(len(asked) - 1, 'more point')}" if len(asked) > 1 else ""
        said += f"; the inspection of {month(asked[0].date)} asked for “{first}”{more}"
    evidence = (*map(of_finding, quoted or best(latest)), *map(of_demand, asked))
    weight = sentences(concerns) + len(asked)
    return weight, Line(key=key, text=f"{name}:", detail=said, evidence=evidence)


def _is_on(dossier: Dossier, asked: RecommendationRow, theme: str) -> bool:
    """Whether a demand is on a theme in so many words."""
    text = asked.text.lower()
    return theme in asked.themes and any(
        phrase.lower() in text for phrase in dossier.themes[theme].phrases
    )


def _demands_of_last(dossier: Dossier) -> tuple[RecommendationRow, ...]:
    """What the last inspection asks for."""
    return dossier.demands[dossier.last.id] if dossier.last else ()


def _of_latest(rows: list[FindingRow]) -> list[FindingRow]:
    latest = max((row.date or "" for row in rows), default="")
    return [row for row in rows if (row.date or "") == latest]
