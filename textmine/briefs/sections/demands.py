"""What inspectors asked for, and what has been said of it since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from index.counts import DocumentRow, FindingRow, RecommendationRow

from ...analysis.changes import is_concern, of_council
from ...analysis.judged import day
from ..dossier import Dossier
from ..model import Absence, Cell, Grid, Line, Section
from ..quoting import best, counted, month, of_demand, of_finding, source

Fate: TypeAlias = Literal["worse", "not yet", "improved", "promised", "silent"]
"""Of a demand, by what later documents say on its themes: inspectors' word before the
authority's own, and a concern before praise."""

OUTWEIGHED = 2
"""Praise for each concern beyond which a demand counts as met: tags err, and reports of a good
service still name exceptions."""

ORDER: tuple[Fate, ...] = ("worse", "not yet", "promised", "silent", "improved")


def section(dossier: Dossier) -> Section:
    """The demands of the last inspection, and priority actions since, followed through.

    Where nothing was published since, the demands of the inspection before are followed to the
    last one.
    """
    title = "What inspectors asked for and what has happened since"
    last = dossier.last
    if last is None:
        return Section(key="demands", title=title, intro="The library holds no inspection.")
    later = dossier.since_last()
    asked = [*dossier.demands[last.id], *_priority(dossier, later)]
    if asked and later:
        intro = f"Asked for in the {_when(last)} or since; followed through {_names(later)}."
        return Section(
            key="demands", title=title, intro=intro, grid=_grid(dossier, asked, later)
        )  # fmt: skip
    lines = [_open(row) for row in asked]
    if not asked:
        said = f"The {_when(last)} asks for nothing in a list."
        lines.append(Line(key="none-asked", text=said, evidence=(
            Absence(said=said, searched="its sections of what needs to improve"),)))  # fmt: skip
    intro = f"Asked for in the {_when(last)}. Nothing that the library holds is later."
    before = dossier.inspections[-2] if len(dossier.inspections) > 1 else None
    earlier = dossier.demands[before.id] if before else ()
    if not before or not earlier:
        return Section(key="demands", title=title, intro=intro, lines=tuple(lines))
    intro += f" Below: what the {_when(before)} asked for, and what inspectors found then."
    between = tuple(row for row in dossier.documents if (day(row) or "") > (day(before) or ""))
    return Section(
        key="demands",
        title=title,
        intro=intro,
        grid=_grid(dossier, earlier, between),
        lines=tuple(lines),
    )


def fate(
    dossier: Dossier, asked: RecommendationRow, later: Iterable[DocumentRow]
) -> tuple[Fate, tuple[FindingRow, ...]]:
    """What became of a demand, and the findings that say so.

    Only what is said later than the demand, and of its themes, counts.
    """
    said = [
        row
        for document in later
        if (day(document) or "") > (asked.date or asked.published or "")
        for row in dossier.findings[document.id]
        if row.finding.theme in asked.themes and row.passage.kind != "recommendation"
    ]
    council = [row for row in said if of_council(row)]
    worse = [row for row in council if row.finding.timing == "worsened"]
    concerns = [row for row in council if is_concern(row)]
    better = [
        row
        for row in council
        if row.finding.timing == "improved" or row.finding.polarity == "strength"
    ]
    if worse:
        return "worse", tuple(worse)
    if concerns and len(better) <= OUTWEIGHED * len(concerns):
        return "not yet", tuple(concerns)
    if better:
        return "improved", tuple(better)
    claims = tuple(row for row in said if row.passage.voice == "authority")
    return ("promised", claims) if claims else ("silent", ())


def demand_key(asked: RecommendationRow) -> str:
    """A name for a demand that stays the same from brief to brief."""
    return f"demand-{asked.sha256[:8]}-{asked.passage.ordinal}"


def _priority(dossier: Dossier, later: Iterable[DocumentRow]) -> list[RecommendationRow]:
    return [
        row
        for document in later
        for row in dossier.demands[document.id]
        if row.recommendation.kind == "priority_action"
    ]


def _grid(
    dossier: Dossier, asked: Iterable[RecommendationRow], later: tuple[DocumentRow, ...]
) -> Grid:
    rows = []
    for each in asked:
        name, said = fate(dossier, each, later)
        demand = Cell(text=f"“{_flat(each.text)}”", evidence=(of_demand(each),))
        rows.append((demand, Cell(text=name), _latest_word(dossier, each, said, later)))
    rows.sort(key=lambda row: ORDER.index(row[1].text))
    return Grid(
        header=("Asked for", "Since", "What was said"), rows=tuple(rows), widths=(9, 3, 11)
    )  # fmt: skip


def _latest_word(
    dossier: Dossier,
    asked: RecommendationRow,
    said: tuple[FindingRow, ...],
    later: tuple[DocumentRow, ...],
) -> Cell:
    """The words that the fate rests on, or where they were looked for."""
    if not said:
        themes = ", ".join(map(dossier.label, asked.themes)) or "no theme was recognised in it"
        nothing = Absence(said="nothing is said of it", searched=f"{_names(later)}: {themes}")
        return Cell(text="nothing", evidence=(nothing,))
    shown = tuple(of_finding(row) for row in best(said, 2))
    text = f"“{_flat(shown[0].text)}” ({month(shown[0].date)}, {shown[0].place})"
    return Cell(text=text, evidence=shown)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _open(row: RecommendationRow) -> Line:
    tag = f" ({row.recommendation.tag})" if row.recommendation.tag else ""
    kind = row.recommendation.kind.replace("_", " ")
    return Line(key=demand_key(row), text=f"Open {kind}{tag}", evidence=(of_demand(row),))


def short(text: str, most: int = 90) -> str:
    """The beginning of a text, cut at a word."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _when(row: DocumentRow) -> str:
    kind, _, when = source(row).rpartition(", ")
    return f"{kind} of {when}"


def _names(rows: tuple[DocumentRow, ...]) -> str:
    if len(rows) <= 3:
        return "; ".join(map(source, rows))
    return f"{counted(len(rows), 'later document')}"
