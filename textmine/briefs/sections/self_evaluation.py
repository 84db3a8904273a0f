"""The self-evaluation section: the authority's claims beside inspectors' findings, by theme.

No verdict is inferred: the two may point the same way or not, or one of them may be silent.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, Literal, TypeAlias, get_args

from corpus.model import CONCERNS, Polarity
from index.reports.counts import DocumentRow, FindingRow

from ...analysis.changes import by_theme
from ..dossier import Dossier
from ..model import Absence, Cell, Grid, Line, Section, absent
from ..quoting import (
    Key,
    age,
    best,
    count_of,
    key_of,
    month,
    of_finding,
    own,
    quotes,
    short,
    source,
)

Relation: TypeAlias = Literal[
    "differs", "self-evaluation silent", "same direction", "no direction", "inspectors silent"
]
"""Strength against concern differs; what is mixed or neutral on either side has no direction."""

ORDER: tuple[Relation, ...] = get_args(Relation)

QUESTIONS = {
    "quality_and_impact": "What do we know about the quality and impact of practice?",
    "how_we_know": "How do we know it?",
    "plans": "What are our plans for the next 12 months?",
}
MOST = 10
_CELL = 200  # characters of a quote in the table
TITLE = "What the authority says about itself"

KEY: Final = "self-evaluation"


def section(dossier: Dossier) -> Section:
    """The section: claims beside findings by theme, then the three questions."""
    claims = dossier.claims()
    if not claims:
        said = "No self-evaluation among these documents (internal ones are left out)."
        line = absent("none", said, own(dossier))
        return Section(key=KEY, title=TITLE, lines=(line,))
    latest = claims[-1]
    rows = comparisons(dossier, latest)[:MOST]
    return Section(
        key=KEY,
        title=TITLE,
        intro=f"{source(latest)} ({age(latest.date, dossier.as_of)}), beside inspectors' latest "
        "findings on the same theme. These are the authority's claims; no verdict is implied.",
        grid=Grid(
            header=("Theme", "The authority says", "Inspectors found", "Comparison"),
            rows=_rows(dossier, rows),
            widths=(3, 8, 8, 3),
        ),
        lines=_questions(dossier, latest),
    )


Compared: TypeAlias = tuple[str, Relation, tuple[FindingRow, ...], tuple[FindingRow, ...]]
"""A theme, how the two sides stand to each other, what is claimed, what was found."""


def comparisons(dossier: Dossier, document: DocumentRow) -> list[Compared]:
    """Comparisons of claims and findings by theme."""
    claims = by_theme(dossier.findings[document.id])
    found = _latest(dossier)
    rows = []
    for theme in sorted(claims.keys() | found.keys()):
        ours, theirs = claims.get(theme, ()), found.get(theme, ())
        relation = _relation(ours, theirs)
        if relation != "self-evaluation silent" or direction(theirs) in CONCERNS:
            rows.append((theme, relation, ours, theirs))
    return sorted(rows, key=lambda row: (ORDER.index(row[1]), -len(row[2]) - len(row[3]), row[0]))


def _relation(claims: tuple[FindingRow, ...], found: tuple[FindingRow, ...]) -> Relation:
    if not claims:
        return "self-evaluation silent"
    if not found:
        return "inspectors silent"
    one, other = direction(claims), direction(found)
    if {one, other} == {"strength", "concern"}:
        return "differs"
    return "same direction" if one == other else "no direction"


def direction(rows: tuple[FindingRow, ...]) -> Polarity:
    """The majority polarity of findings."""
    tally = Counter(row.finding.polarity for row in rows)
    if tally["strength"] == tally["concern"]:
        return "mixed" if tally["concern"] else "neutral"
    return "strength" if tally["strength"] > tally["concern"] else "concern"


def _latest(dossier: Dossier) -> dict[str, tuple[FindingRow, ...]]:
    """What the latest document that speaks of a theme finds, by theme."""
    found: dict[str, tuple[FindingRow, ...]] = {}
    for document in dossier.inspected():
        found |= by_theme(dossier.observations(document.id))
    return found


def _rows(dossier: Dossier, compared: list[Compared]) -> tuple[tuple[Cell, ...], ...]:
    used: set[Key] = set()
    return tuple(
        (
            Cell(text=dossier.label(theme)),
            _side(claims, used),
            _side(found, used, dated=True),
            Cell(text=relation),
        )
        for theme, relation, claims, found in compared
    )


def _side(rows: tuple[FindingRow, ...], used: set[Key], *, dated: bool = False) -> Cell:
    """Which way one side points, with a sentence that no other row shows if there is one."""
    if not rows:
        return Cell(text="–")
    way = direction(rows)
    chosen = best([row for row in rows if row.finding.polarity == way] or rows, used=used)[0]
    used.add(key_of(chosen))
    quote = of_finding(chosen)
    when = f" ({month(quote.date)})" if dated else ""
    said = f"{way}, {count_of(len(rows), 'sentence')}: “{short(quote.text, _CELL)}”{when}"
    return Cell(text=said, evidence=(quote,))


def _questions(dossier: Dossier, document: DocumentRow) -> tuple[Line, ...]:
    kinds = dossier.section_kinds[document.id]
    lines = []
    for kind, question in QUESTIONS.items():
        rows = [
            row
            for row in dossier.findings[document.id]
            if kinds[row.passage.section] == kind
        ]  # fmt: skip
        key = f"question-{kind}"
        if rows:
            text = f"{question} {count_of(len(rows), 'claim')}"
            lines.append(Line(key=key, text=text, evidence=quotes(rows, 2)))
        else:
            absence = Absence(said="nothing under this question", searched=source(document))
            lines.append(Line(key=key, text=question, evidence=(absence,)))
    return tuple(lines)
