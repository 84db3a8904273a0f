"""The demands section: the points of the last inspection, and its introduction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from corpus.frameworks import kinds_of
from index.documents.citation_rows import Place
from index.reports.counts import DocumentRow, FindingRow, RecommendationRow

from ...analysis.closeness import AGAIN, ALIKE
from ...followup import wording
from ...followup.threads import FollowUp
from ..dossier import Dossier
from ..model import Absence, Cell, Grid, Line, Section, absent
from ..quoting import (
    QUOTED,
    asked_words,
    best,
    join_words,
    month,
    of_demand,
    of_finding,
    of_run,
    own,
    short,
    source,
)

TITLE: Final = "What the last inspection asked for"
VISITS: Final = frozenset(kinds_of("visit", "social-care"))
"""Visits whose priority actions stand beside the points of the last inspection."""

OTHERS: Final = frozenset({"police", "health", "schools"})
"""Bodies whose priority actions are not the council's to answer for."""

_INTRODUCTION: Final = 3_000
"""Characters of a report's summary that are printed: it has half as many, and in reports until
2017 several pages."""

DEMAND: Final = 600
"""Characters of a demand in a table: nearly all of them are shorter."""

_EARLIER, _MOST_EARLIER = 110, 2
"""Characters of an earlier demand beside a later one, and how many are shown."""


def section(dossier: Dossier) -> Section:
    """The points of the last inspection: its demands, and its introduction."""
    last = dossier.last
    if last is None:
        said = "There is no inspection report in the library."
        return Section(key="demands", title=TITLE, lines=(absent("none", said, own(dossier)),))
    asked = [*dossier.demands[last.id], *priority(dossier, last)]
    lines = tuple(_introduction(dossier, last))
    if not asked:
        said = f"The {name_of(last)} has no list of points to improve."
        lines = (absent("none-asked", said, "its sections on what needs to improve"), *lines)
    return Section(
        key="demands",
        title=TITLE,
        intro=_intro(dossier, last),
        grid=_points(dossier, asked) if asked else None,
        lines=lines,
    )


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


def asked_themes(dossier: Dossier) -> frozenset[str]:
    """The themes of what the last inspection asks for."""
    rows = dossier.demands[dossier.last.id] if dossier.last else ()
    return frozenset(theme for row in rows for theme in row.themes)


def threads(dossier: Dossier) -> list[FollowUp]:
    """The council's points of the last inspection that earlier reports surely asked for too."""
    if dossier.last is None:
        return []
    return [
        replace(each, before=before)
        for each in dossier.follow_ups
        if each.demand.document == dossier.last.id
        and (before := tuple(row for row in each.before if _is_same(dossier, each.demand, row)))
    ]


def _is_same(dossier: Dossier, later: RecommendationRow, earlier: RecommendationRow) -> bool:
    """Whether two demands ask for the same, for the same groups of children."""
    alike = dossier.stem_weights.likeness(later.text, earlier.text) >= AGAIN
    return alike and wording.groups_of(later.text) == wording.groups_of(earlier.text)


def since(dossier: Dossier, asked: RecommendationRow) -> tuple[FindingRow, ...]:
    """What later visits, or the authority itself, say in the demand's own words; newest first."""
    rows = [
        row
        for document in reversed(dossier.documents)
        if (document.date or "") > (asked.date or "")
        and (document.voice == "authority" or document.doc_type in VISITS)
        for row in dossier.findings[document.id]
        if row.passage.kind != "recommendation"
        and row.finding.theme in asked.themes
        and dossier.stem_weights.close(asked.text, row.evidence, ALIKE)
    ]
    return best(rows, 1, near=lambda row: dossier.stem_weights.likeness(asked.text, row.evidence))


def demand_key(asked: RecommendationRow) -> str:
    """A name for a demand that stays the same from brief to brief."""
    return f"demand-{asked.sha256[:8]}-{asked.passage.ordinal}"


def name_of(row: DocumentRow) -> str:
    """A document in a sentence: "ILACS inspection report of May 2024"."""
    kind, _, when = source(row).rpartition(", ")
    return f"{kind} of {when}"


def _intro(dossier: Dossier, last: DocumentRow) -> str:
    later = dossier.since_last()
    names = join_words([name_of(row) for row in later[:4]])
    said = f"Later: {names}." if later else "Nothing later is in the library."
    if len(dossier.inspections) > 1:
        said += (
            " Where nothing stands beside a point, earlier reports may have asked for it in other"
            " words."
        )
    return f"From the {name_of(last)}. {said}"


def _points(dossier: Dossier, asked: Iterable[RecommendationRow]) -> Grid:
    before = {_key(each.demand): each.before for each in dossier.follow_ups}
    rows = [
        (
            Cell(
                text=f"{whose(row)}“{short(asked_words(dossier, row), DEMAND)}”",
                evidence=(of_demand(row),),
            ),
            _earlier(dossier, before.get(_key(row), ())),
            _since(dossier, row),
        )
        for row in asked
    ]
    rows.sort(key=lambda cells: not cells[1].text)
    return Grid(
        header=("Asked for", "Earlier, on the same subject", "Later evidence"),
        rows=tuple(rows),
        widths=(9, 6, 8),
    )


def _earlier(dossier: Dossier, before: Sequence[RecommendationRow]) -> Cell:
    """The latest of the earlier demands in their own words, so that a reader can compare."""
    latest = before[-_MOST_EARLIER:]
    words = [f"{month(row.date)}: “{short(asked_words(dossier, row), _EARLIER)}”" for row in latest]
    return Cell(text=" ".join(words), evidence=tuple(of_demand(row) for row in latest))


def _since(dossier: Dossier, asked: RecommendationRow) -> Cell:
    for row in since(dossier, asked):
        who = "the authority" if row.passage.voice == "authority" else "inspectors"
        text = f"{who}, {month(row.date)}: “{short(row.evidence, QUOTED)}”"
        return Cell(text=text, evidence=(of_finding(row),))
    searched = own(dossier)
    return Cell(text="–", evidence=(Absence(said="nothing said since", searched=searched),))


def _introduction(dossier: Dossier, last: DocumentRow) -> Iterable[Line]:
    """The report's own summary, in its own words."""
    ends = accumulate(len(row.text) for row in dossier.introduction)
    rows = [
        row for row, end in zip(dossier.introduction, ends, strict=True) if end <= _INTRODUCTION
    ]
    for number, run in enumerate(_runs(rows)):
        yield Line(
            key=f"introduction-{run[0].sha256[:8]}-{run[0].passage.ordinal}",
            text=f"The introduction of the {name_of(last)}:" if not number else "Further on:",
            evidence=(of_run(dossier, run),),
            show="whole",
        )


def _runs(rows: Sequence[Place]) -> list[list[Place]]:
    """Passages that follow each other, together."""
    runs: list[list[Place]] = []
    for row in rows:
        if runs and row.passage.ordinal == runs[-1][-1].passage.ordinal + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def whose(row: RecommendationRow) -> str:
    """The prefix of a demand: priority action or not, and the body, if it is not the council."""
    others = row.passage.about not in {None, "council", "trust"}
    body = row.recommendation.responsible or row.passage.about
    whom = f" for the {body}" if others else ""
    if row.recommendation.kind == "priority_action":
        return f"Priority action{whom} ({month(row.date)}): "
    return f"Asked{whom}: " if others else ""


def _key(row: RecommendationRow) -> tuple[int, int]:
    return row.document, row.passage.ordinal
