"""The comparison section: where this authority's last inspection differs most from others'."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Polarity
from index.reports.counts import DocumentRow

from ...analysis.grades import inspections
from ...analysis.intervals import wilson
from ..dossier import Dossier
from ..model import Bar, Cell, Chart, Count, Evidence, Grid, Section, absent
from ..quoting import count_of, join_words, quotes, sentences, some

MOST = 4  # each way
FEWEST = 5
"""Authorities that a group must have before it is compared with."""


@dataclass(frozen=True, slots=True)
class _Group:
    kind: str
    name: str
    documents: tuple[int, ...]


def section(dossier: Dossier) -> Section:
    """The section: themes that are a concern here and in few others, and the reverse."""
    title = "Compared with other authorities"
    last = dossier.last
    groups = _groups(dossier, last) if last else []
    if last is None or not groups:
        said = f"Fewer than {FEWEST} other authorities to compare with."
        searched = (
            f"last inspections of the same kind in {count_of(len(dossier.library), 'document')}"
        )
        return Section(key="others", title=title, lines=(absent("too-few", said, searched),))
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
        intro="Themes that are a concern here and in few other authorities, or the reverse. Each"
        " count is of authorities whose last inspection has a concern, with its 95% Wilson"
        " interval; a report that does not mention a theme counts as having no concern. One report"
        f" is not a trend.{_small_groups(groups)}",
        grid=Grid(
            header=("Theme", "Here", *(group.name for group in groups)),
            rows=tuple(rows),
            widths=(6, 6, *(4 for _ in groups)),
        ),
        chart=_chart(dossier, (*more, *fewer), widest, last.id),
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
        _Group("Region", str(region),
               tuple(row.id for row in rows if region and row.region == region)),
        _Group("Neighbours", "Neighbours",
               tuple(row.id for row in rows if row.authority in dossier.authority.neighbours)),
        _Group("Library", "All others in the library", tuple(row.id for row in rows)),
    )  # fmt: skip
    return [group for group in groups if len(group.documents) >= FEWEST]


def _small_groups(groups: list[_Group]) -> str:
    names = {"Region", "Neighbours"} - {group.kind for group in groups}
    few = f"fewer than {FEWEST} in the library"
    return (
        f" Left out ({few}): {join_words(sorted(name.lower() for name in names))}." if names else ""
    )


def _has(dossier: Dossier, document: int, theme: str, polarity: Polarity = "concern") -> bool:
    return polarity in dossier.presence[document].get(theme, ())


def _themes(dossier: Dossier, group: _Group) -> set[str]:
    """Themes that enough documents of this group mention to compare."""
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
    said = [row for row in dossier.of_council(last.id) if row.finding.theme == theme]
    concerns = [row for row in said if row.finding.polarity == "concern"]
    strengths = [row for row in said if row.finding.polarity == "strength"]
    own: tuple[Evidence, ...] = quotes(concerns or strengths or said, 1)
    text = f"{count_of(sentences(concerns), 'concern') if concern else 'no concerns'}"
    text += f", {some(sentences(strengths), 'strength')}"
    cells = [Cell(text=dossier.label(theme)), Cell(text=text, evidence=own)]
    return (*cells, *(_count_cell(dossier, theme, group) for group in groups))


def _count_cell(dossier: Dossier, theme: str, group: _Group) -> Cell:
    n, of = _count(dossier, theme, group), len(group.documents)
    low, high = wilson(n, of)
    text = f"{n} of {of} ({low:.0%}–{high:.0%})"
    said = (
        f"{count_of(n, 'authority', 'authorities')} of {of} ({group.name}) with a concern about"
        f" {dossier.label(theme).lower()} in the last inspection"
    )
    count = Count(said=said, n=n, of=group.documents, theme=theme, polarity="concern")
    return Cell(text=text, evidence=(count,))


def _chart(dossier: Dossier, themes: tuple[str, ...], group: _Group, own: int) -> Chart:
    bars = []
    for theme in themes:
        n, of = _count(dossier, theme, group), len(group.documents)
        low, high = wilson(n, of)
        bars.append(
            Bar(
                label=dossier.label(theme),
                share=n / of,
                low=low,
                high=high,
                said=f"{n} of {of}",
                here=_has(dossier, own, theme),
            )
        )
    title = "Other authorities with a concern (filled dot: also a concern here)"
    return Chart(title=title, bars=tuple(bars))
