"""Learning pairs: one authority's strength beside another's concern on the same theme.

Only findings beyond doubt of the last inspections count, whose polarity words of the sentence
decide, about the council and of the time of the inspection. A strength counts only where the same
report has no concern on the theme, sure or not; whoever is to improve in it teaches nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.model import CONCERNS, Polarity
from index.reports.counts import FindingRow

from ..analysis.closeness import StemWeights
from ..briefs.dossier import Dossier
from ..briefs.quoting import best
from ..followup.wording import groups_of
from ..sure import is_beyond_doubt

_FOR_SOME: Final = frozenset({"some", "few", "none", "too_few", "not_all"})
"""Extents of which praise says little about an authority."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningPair:
    """A concern of one authority and a strength of another, with the sentences."""

    theme: str
    learner: Dossier
    concern: FindingRow
    teacher: Dossier
    strength: FindingRow
    likeness: float


def clear(dossier: Dossier, theme: str, polarity: Polarity) -> tuple[FindingRow, ...]:
    """The clear findings of the last inspection on a theme; none where it also says otherwise."""
    if dossier.last is None:
        return ()
    rows = [row for row in dossier.observations(dossier.last.id) if row.finding.theme == theme]
    if polarity == "strength" and any(row.finding.polarity in CONCERNS for row in rows):
        return ()
    return tuple(
        row
        for row in rows
        if row.finding.polarity == polarity
        and row.finding.timing == "current"
        and is_beyond_doubt(row)
        and _decided(row)
        and not (polarity == "strength" and row.finding.extent in _FOR_SOME)
    )


def _decided(row: FindingRow) -> bool:
    """Whether words besides the name of the theme decide: children missing education are one."""
    names = [(cue.start, cue.end) for cue in row.finding.cues if cue.kind == "theme"]
    return row.finding.score is None or any(
        all(cue.end <= start or end <= cue.start for start, end in names)
        for cue in row.finding.cues
        if cue.kind == "polarity" and cue.label == row.finding.polarity
    )


def themes(dossiers: Sequence[Dossier]) -> Iterator[str]:
    """The themes of the region's last inspections, by their names."""
    found = {
        row.finding.theme
        for each in dossiers
        if each.last
        for row in each.observations(each.last.id)
    }
    first = dossiers[0]
    return iter(sorted(found & first.themes.keys(), key=first.label))


def pairs(dossiers: Sequence[Dossier]) -> list[LearningPair]:
    """The best teacher for each learner and theme, those about the same point first."""
    found = []
    for theme in themes(dossiers):
        concerns = {id(each): clear(each, theme, "concern") for each in dossiers}
        praise = {id(each): clear(each, theme, "strength") for each in dossiers}
        weights = StemWeights(
            row.evidence for rows in (*concerns.values(), *praise.values()) for row in rows
        )
        for learner in dossiers:
            choices = [
                LearningPair(
                    theme=theme,
                    learner=learner,
                    concern=concern,
                    teacher=teacher,
                    strength=strength,
                    likeness=weights.likeness(concern.evidence, strength.evidence),
                )
                for teacher in dossiers
                if teacher is not learner and not _is_to_improve(teacher, theme)
                for concern in best(concerns[id(learner)], 4)
                for strength in best(praise[id(teacher)], 4)
            ]
            if choices:
                found.append(max(choices, key=_rank))
    return sorted(found, key=_rank, reverse=True)


def _is_to_improve(dossier: Dossier, theme: str) -> bool:
    """Whether the last inspection asks for something on a theme, or of the children it names."""
    asked = dossier.demands[dossier.last.id] if dossier.last else ()
    named = groups_of(dossier.label(theme))
    return any(theme in row.themes or groups_of(row.text) & named for row in asked)


def _rank(pair: LearningPair) -> tuple[float, str]:
    """Those about the same point first, then those of whom praise is the most recent."""
    return round(pair.likeness, 1), pair.strength.date or ""
