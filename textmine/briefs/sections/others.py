"""The comparison section: where this authority's last inspection differs from most others'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from index.reports.counts import DocumentRow

from ...analysis.changes import is_concern
from ...analysis.grades import inspections
from ...sure import is_beyond_doubt
from ..dossier import Dossier
from ..model import Count, Line, Section, absent
from ..quoting import count_of, join_words, own, quotes, sentences
from .demands import asked_themes
from .patterns import OUTWEIGHED

TITLE = "Compared with other authorities"
MOST = 4  # each way
FEWEST = 5
"""Authorities that a group must have before it is compared with."""


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    """As it stands in a sentence, with room for how many: "{} North East authorities"."""
    documents: tuple[int, ...]

    def words(self) -> str:
        """The group with its size: "5 North East authorities", "all 38 others"."""
        return self.name.format(len(self.documents))


def section(dossier: Dossier) -> Section:
    """The section: themes that are a concern here and in few others, and the reverse."""
    last = dossier.last
    groups = _groups(dossier, last) if last else []
    if last is None or not groups:
        said = f"Fewer than {FEWEST} other authorities to compare with."
        searched = (
            f"last inspections of the same kind in {count_of(len(dossier.library), 'document')}"
        )
        return Section(key="others", title=TITLE, lines=(absent("too-few", said, searched),))
    lines = (
        *islice(_concerns(dossier, last, groups), MOST),
        *islice(_strengths(dossier, last, groups), MOST),
    )
    if not lines:
        said = "Nothing sets it apart from the others in the library."
        return Section(key="others", title=TITLE, lines=(absent("alike", said, own(dossier)),))
    return Section(
        key="others",
        title=TITLE,
        intro="By the concerns that were tagged in each authority's last inspection of the same"
        " kind; a report that does not mention a theme counts as having none. One report is not a"
        " trend.",
        lines=lines,
    )


def _concerns(dossier: Dossier, last: DocumentRow, groups: list[_Group]) -> Iterator[Line]:
    """Themes that are a concern here and in fewer than half of the others, the rarest first."""
    for theme in _by_rarity(dossier, groups[-1]):
        said = [row for row in dossier.observations(last.id) if row.finding.theme == theme]
        rows = [row for row in said if row.finding.polarity == "concern" and is_beyond_doubt(row)]
        praise = [row for row in said if row.finding.polarity == "strength"]
        minor = sentences(praise) > OUTWEIGHED * sentences(rows)
        rare = 2 * _count(dossier, theme, groups[-1]) < len(groups[-1].documents)
        if rows and rare and not minor:
            yield Line(
                key=f"others-concern-{theme}",
                text=f"{dossier.label(theme)}: a concern here.",
                detail=f"{_tally(dossier, theme, groups)} had a concern about it too.",
                evidence=(*quotes(rows, 1), *_counts(dossier, theme, groups)),
            )


def _strengths(dossier: Dossier, last: DocumentRow, groups: list[_Group]) -> Iterator[Line]:
    """Themes with praise and no concern here that are one in most others, the commonest first."""
    for theme in reversed(_by_rarity(dossier, groups[-1])):
        rows = [row for row in dossier.observations(last.id) if row.finding.theme == theme]
        praise = [r for r in rows if r.finding.polarity == "strength" and is_beyond_doubt(r)]
        common = 2 * _count(dossier, theme, groups[-1]) > len(groups[-1].documents)
        asked = theme in asked_themes(dossier)
        if praise and common and not asked and not any(map(is_concern, rows)):
            yield Line(
                key=f"others-strength-{theme}",
                text=f"{dossier.label(theme)}: praised here.",
                detail=f"{_tally(dossier, theme, groups)} had a concern.",
                evidence=(*quotes(praise, 1), *_counts(dossier, theme, groups)),
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
        _Group(f"{{}} {region} authorities",
               tuple(row.id for row in rows if region and row.region == region)),
        _Group("{} statistical neighbours",
               tuple(row.id for row in rows if row.authority in dossier.authority.neighbours)),
        _Group("all {} others in the library", tuple(row.id for row in rows)),
    )  # fmt: skip
    return [group for group in groups if len(group.documents) >= FEWEST]


def _by_rarity(dossier: Dossier, group: _Group) -> list[str]:
    """The themes, those that are a concern in the fewest documents of a group first."""
    return sorted(dossier.themes, key=lambda theme: (_count(dossier, theme, group), theme))


def _count(dossier: Dossier, theme: str, group: _Group) -> int:
    return sum("concern" in dossier.presence[each].get(theme, ()) for each in group.documents)


def _tally(dossier: Dossier, theme: str, groups: list[_Group]) -> str:
    """How many of each group: "3 of 5 North East authorities and 8 of all 38 others"."""
    return join_words([f"{_count(dossier, theme, g)} of {g.words()}" for g in groups])


def _counts(dossier: Dossier, theme: str, groups: list[_Group]) -> tuple[Count, ...]:
    return tuple(
        Count(
            said=f"{_tally(dossier, theme, [group])} with a concern about"
            f" {dossier.label(theme).lower()} in the last inspection",
            n=_count(dossier, theme, group),
            of=group.documents,
            theme=theme,
            polarity="concern",
        )
        for group in groups
    )
