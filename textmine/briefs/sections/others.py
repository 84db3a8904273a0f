"""Against others: where this authority's last inspection differs most from theirs."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Polarity
from index.counts import DocumentRow

from ...analysis.intervals import wilson
from ...analysis.judged import inspections
from ..dossier import Dossier
from ..model import Absence, Bar, Cell, Chart, Count, Evidence, Grid, Line, Section
from ..quoting import counted, quotes

MOST = 4  # each way
FEWEST = 5
"""Authorities that a group must have before it is compared with."""


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    documents: tuple[int, ...]


def section(dossier: Dossier) -> Section:
    """Themes with a concern here and few elsewhere, and the other way round."""
    title = "Against others"
    last = dossier.last
    groups = _groups(dossier, last) if last else []
    if last is None or not groups:
        said = f"Fewer than {FEWEST} other authorities to compare with."
        searched = f"last inspections of the same kind in {len(dossier.library)} documents"
        absence = Absence(said=said, searched=searched)
        return Section(key="others", title=title,
                       lines=(Line(key="too-few", text=said, evidence=(absence,)),))  # fmt: skip
    here = dossier.presence[last.id]
    widest = groups[-1]
    scored = sorted(
        (
            (_difference(dossier, theme, widest, last.id), theme)
            for theme in _themes(dossier, widest)
        ),
        key=lambda pair: (-abs(pair[0]), pair[1]),
    )
    more = [theme for difference, theme in scored if difference > 0][:MOST]
    fewer = [theme for difference, theme in scored if difference < 0 and theme in here][:MOST]
    rows = [_row(dossier, theme, groups, last) for theme in (*more, *fewer)]
    return Section(
        key="others",
        title=title,
        intro="Concerns about a theme in the last inspection: this authority's beside others'. "
        "Counts of authorities, with 95 % Wilson intervals. One report is no trend, and a report "
        "that says nothing of a theme counts as one without a concern.",
        grid=Grid(header=("Theme", "Here", *(group.name for group in groups)), rows=tuple(rows)),
        chart=_chart(dossier, (*more, *fewer), widest),
    )


def _groups(dossier: Dossier, last: DocumentRow) -> list[_Group]:
    """Region, neighbours, and all that the library has; without this authority."""
    rows = [
        each[-1]
        for key, each in inspections(dossier.library).items()
        if key != dossier.authority.key and each[-1].doc_type == last.doc_type
    ]
    region = dossier.authority.region
    groups = (
        _Group(str(region), tuple(row.id for row in rows if region and row.region == region)),
        _Group("Neighbours",
               tuple(row.id for row in rows if row.authority in dossier.authority.neighbours)),
        _Group("All in the library", tuple(row.id for row in rows)),
    )  # fmt: skip
    return [group for group in groups if len(group.documents) >= FEWEST]


def _has(dossier: Dossier, document: int, theme: str, polarity: Polarity = "concern") -> bool:
    return polarity in dossier.presence[document].get(theme, ())


def _themes(dossier: Dossier, group: _Group) -> set[str]:
    """Themes of which enough is said to compare, in this group."""
    spoken: dict[str, int] = {}
    for document in group.documents:
        for theme in dossier.presence[document]:
            spoken[theme] = spoken.get(theme, 0) + 1
    return {theme for theme, n in spoken.items() if 2 * n >= len(group.documents)}


def _difference(dossier: Dossier, theme: str, group: _Group, own: int) -> float:
    return _has(dossier, own, theme) - _count(dossier, theme, group) / len(group.documents)


def _count(dossier: Dossier, theme: str, group: _Group) -> int:
    return sum(_has(dossier, document, theme) for document in group.documents)


def _row(dossier: Dossier, theme: str, groups: list[_Group], last: DocumentRow) -> tuple[Cell, ...]:
    concern = _has(dossier, last.id, theme)
    rows = [
        row
        for row in dossier.of_council(last.id)
        if row.finding.theme == theme and (row.finding.polarity == "concern") == concern
    ]
    own: tuple[Evidence, ...] = quotes(rows, 1)
    cells = [
        Cell(text=dossier.label(theme)),
        Cell(text="a concern" if concern else "no concern", evidence=own),
    ]
    return (*cells, *(_counted(dossier, theme, group) for group in groups))


def _counted(dossier: Dossier, theme: str, group: _Group) -> Cell:
    n, of = _count(dossier, theme, group), len(group.documents)
    low, high = wilson(n, of)
    text = f"{n} of {of} ({low:.0%}–{high:.0%})"
    said = (
        f"{counted(n, 'authority', 'authorities')} of {of} ({group.name}) with a concern about"
        f" {dossier.label(theme).lower()} in the last inspection"
    )
    count = Count(said=said, n=n, of=group.documents, theme=theme, polarity="concern")
    return Cell(text=text, evidence=(count,))


def _chart(dossier: Dossier, themes: tuple[str, ...], group: _Group) -> Chart:
    bars = []
    for theme in themes:
        n, of = _count(dossier, theme, group), len(group.documents)
        low, high = wilson(n, of)
        bars.append(
            Bar(label=dossier.label(theme), share=n / of, low=low, high=high, said=f"{n} of {of}")
        )
    title = f"Authorities with a concern in their last inspection ({group.name.lower()})"
    return Chart(title=title, bars=tuple(bars))
