"""The demands section: what inspectors asked for, and what later documents say about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from corpus.frameworks import is_own, kinds_of
from index.reports.counts import DocumentRow, FindingRow, RecommendationRow

from ...analysis.changes import is_concern, of_council
from ..closeness import ALIKE
from ..dossier import Dossier
from ..model import Absence, Cell, Grid, Line, Quote, Section, absent
from ..quoting import (
    Key,
    best,
    count_of,
    decided,
    join_words,
    key_of,
    month,
    of_demand,
    of_finding,
    own,
    short,
    source,
)
from ..quoting import sentences as number

Fate: TypeAlias = Literal["worse", "not yet", "improved", "promised", "claimed", "silent"]
"""Of a demand, by what the latest document that speaks of it says: inspectors' word before the
authority's own, which is promised where it is planned and else claimed."""

OUTWEIGHED = 2
"""Strengths for each concern beyond which a demand counts as met: tags err, and reports of a good
service still name exceptions."""

ORDER: tuple[Fate, ...] = ("worse", "not yet", "silent", "promised", "claimed", "improved")
TITLE = "What inspectors asked for and what has happened since"
VISITS = frozenset((*kinds_of("visit", "social-care"), "jtai"))
"""Visits whose priority actions are followed: what Area SEND reports ask for is of another kind."""

OTHERS: Final = frozenset({"police", "health", "schools"})
"""Bodies whose priority actions are not the council's to answer for."""

_MOVED = 0.1
"""What a word of change is worth beside likeness when a quote is chosen."""

_CELL = 230  # characters of a quote in the table


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The follow-up of a demand."""

    fate: Fate
    findings: tuple[FindingRow, ...] = ()
    """The findings that say so."""
    again: tuple[RecommendationRow, ...] = ()
    """Later demands for the same."""
    on_theme: bool = False
    """Whether they speak of its theme only, not of the same thing in its own words."""


def section(dossier: Dossier) -> Section:
    """The demands of the last inspection, and priority actions of visits, followed through.

    If nothing was published since, the demands of the inspection before are followed to the
    last one.
    """
    last = dossier.last
    if last is None:
        said = "There is no inspection report in the library."
        line = absent("none", said, own(dossier))
        return Section(key="demands", title=TITLE, lines=(line,))
    asked, later = dossier.demands[last.id], dossier.since_last()
    if later and (rows := [*asked, *priority(dossier, last)]):
        intro = f"Asked for in the {_when(last)} or in a visit letter, and followed through"
        intro += f" {_names(later)}."
        return _section(dossier, intro, rows, ())
    lines = tuple(_open(row) for row in asked)
    if not asked:
        said = f"The {_when(last)} has no list of improvements."
        lines = (absent("none-asked", said, "its sections on what needs to improve"),)
    intro = f"Asked for in the {_when(last)}. Nothing later is in the library."
    before = dossier.inspections[-2] if len(dossier.inspections) > 1 else None
    rows = [*dossier.demands[before.id], *priority(dossier, before)] if before else []
    if before and rows:
        intro += f" The table shows what has happened to what the {_when(before)} asked for."
    return _section(dossier, intro, rows, lines)


def _section(
    dossier: Dossier, intro: str, asked: list[RecommendationRow], lines: tuple[Line, ...]
) -> Section:
    results = [(row, follow(dossier, row)) for row in asked]
    if any(result.on_theme for _, result in results):
        intro += (
            " “On the theme”: the quote is about the same theme, but not specifically this point."
        )
    grid = _grid(dossier, results) if results else None
    return Section(key="demands", title=TITLE, intro=intro, grid=grid, lines=lines)


def priority(dossier: Dossier, base: DocumentRow) -> list[RecommendationRow]:
    """Priority actions of visits since the inspection before `base`: those that led to it too."""
    earlier = [
        row.date or "" for row in dossier.inspections if (row.date or "") < (base.date or "")
    ]
    since = max(earlier, default="")
    return [
        row
        for document in dossier.documents
        if document.doc_type in VISITS and (document.date or "") > since
        for row in dossier.demands[document.id]
        if row.recommendation.kind == "priority_action" and row.passage.about not in OTHERS
    ]


def follow(dossier: Dossier, asked: RecommendationRow) -> FollowUp:
    """The follow-up of a demand.

    Only sentences count whose words decide their direction. What is close to the demand's own
    words counts, and where nothing is, what is said on its themes; of that the latest document's.
    """
    later = [row for row in dossier.documents if (row.date or "") > _date_of(asked)]
    said = [
        row
        for document in later
        for row in dossier.findings[document.id]
        if row.finding.theme in asked.themes and row.passage.kind != "recommendation"
        if decided(row) or row.passage.voice == "authority"
    ]
    council, on_theme = _nearest(dossier, asked, [row for row in said if of_council(row)])
    newest = max((row.date or "" for row in council), default="")
    council = [row for row in council if (row.date or "") == newest]
    again = _again(dossier, asked, [row for row in later if (row.date or "") >= newest])
    name, why = _weighed(council, again=bool(again))
    if name:
        return FollowUp(name, tuple(why), again, on_theme and not again)
    claims = [row for row in said if row.passage.voice == "authority"]
    claims, on_theme = _nearest(dossier, asked, claims)
    if not claims:
        return FollowUp("silent")
    planned = [row for row in claims if row.finding.timing == "planned"]
    return FollowUp("promised" if planned else "claimed", tuple(planned or claims), (), on_theme)


def _weighed(rows: list[FindingRow], *, again: bool) -> tuple[Fate | None, list[FindingRow]]:
    worse = [row for row in rows if row.finding.timing == "worsened"]
    improved = [row for row in rows if row.finding.timing == "improved"]
    concerns = [row for row in rows if is_concern(row)]
    better = [row for row in rows if row in improved or row.finding.polarity == "strength"]
    if number(worse) > number(improved):
        return "worse", worse
    if again or (concerns and number(better) <= OUTWEIGHED * number(concerns)):
        return "not yet", concerns
    return ("improved", better) if better else (None, [])


def _nearest(
    dossier: Dossier, asked: RecommendationRow, rows: list[FindingRow]
) -> tuple[list[FindingRow], bool]:
    """Those close to the demand's words, else all of them; and whether it is all of them."""
    close = [row for row in rows if dossier.stem_weights.close(asked.text, row.evidence)]
    return (close, False) if close else (rows, bool(rows))


def _again(
    dossier: Dossier, asked: RecommendationRow, later: Iterable[DocumentRow]
) -> tuple[RecommendationRow, ...]:
    """Later demands of the council for the same."""
    return tuple(
        row
        for document in later
        for row in dossier.demands[document.id]
        if is_own(row.passage.about, row.doc_type)
        and set(row.themes) & set(asked.themes)
        and dossier.stem_weights.close(asked.text, row.text, ALIKE)
    )


def demand_key(asked: RecommendationRow) -> str:
    """A name for a demand that stays the same from brief to brief."""
    return f"demand-{asked.sha256[:8]}-{asked.passage.ordinal}"


def _grid(dossier: Dossier, results: list[tuple[RecommendationRow, FollowUp]]) -> Grid:
    used: set[Key] = set()
    rows = []
    for asked, result in sorted(results, key=lambda pair: ORDER.index(pair[1].fate)):
        demand = Cell(
            text=f"{_whose(asked)}“{short(asked.text, _CELL)}”", evidence=(of_demand(asked),)
        )
        name = result.fate + (", asked again" if result.again else "")
        name += " (on the theme)" if result.on_theme else ""
        rows.append((demand, Cell(text=name), _evidence_cell(dossier, asked, result, used)))
    header = ("Asked for", "Since then", "Evidence")
    return Grid(header=header, rows=tuple(rows), widths=(9, 3, 11))


def _evidence_cell(
    dossier: Dossier, asked: RecommendationRow, result: FollowUp, used: set[Key]
) -> Cell:
    """The words that the fate rests on, or where they were looked for."""
    shown: tuple[Quote, ...] = tuple(of_demand(row) for row in result.again[:1])

    def near(row: FindingRow) -> float:
        moved = row.finding.timing in {"improved", "worsened"}  # says what has become of it
        return dossier.stem_weights.likeness(asked.text, row.evidence) + moved * _MOVED

    chosen = best(result.findings, 2, near=near, used=used)
    used.update(key_of(row) for row in chosen[: 1 - len(shown)])
    shown += tuple(of_finding(row) for row in chosen)
    if not shown:
        themes = ", ".join(map(dossier.label, asked.themes)) or "no theme recognised"
        said = f"not mentioned in later documents ({themes})"
        return Cell(text="not mentioned", evidence=(Absence(said=said, searched=own(dossier)),))
    text = f"“{short(shown[0].text, _CELL)}” ({month(shown[0].date)}, {shown[0].place})"
    return Cell(text=text, evidence=shown)


def _whose(row: RecommendationRow) -> str:
    """Of whom it is asked, where that is not the council alone, and whether it is urgent."""
    others = not is_own(row.passage.about, row.doc_type)
    whom = f" for the {row.passage.about}" if others else ""
    if row.recommendation.kind == "priority_action":
        return f"Priority action{whom} ({month(_date_of(row))}): "
    return f"Asked{whom}: " if others else ""


def _date_of(row: RecommendationRow) -> str:
    return row.date or ""


def _open(row: RecommendationRow) -> Line:
    text = f"{_whose(row)}“{short(row.text, 2 * _CELL)}”"
    return Line(key=demand_key(row), text=text, evidence=(of_demand(row),), show="mark")


def _when(row: DocumentRow) -> str:
    kind, _, when = source(row).rpartition(", ")
    return f"{kind} of {when}"


def _names(rows: tuple[DocumentRow, ...]) -> str:
    if len(rows) <= 3:
        return join_words([_when(row) for row in rows])
    return count_of(len(rows), "later document")
