"""The patterns section: strengths and concerns that recur, and those of the last inspection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from corpus.frameworks import scale_of
from index.documents.citation_rows import by_document
from index.reports.counts import DocumentRow, FindingRow

from ...analysis.changes import by_theme, is_concern
from ...analysis.cycle import overall
from ...sure import is_beyond_doubt, is_sure
from ..dossier import Dossier
from ..model import Line, Section, absent
from ..quoting import (
    Key,
    best,
    count_of,
    key_of,
    month,
    of_finding,
    one_each,
    sentences,
)
from .demands import asked_themes

PERSISTENT = 2  # documents

FEWEST = 2
"""Sentences of the last inspection from which a concern persists, unless it is asked for there."""

OUTWEIGHED = 2
"""Strengths for each concern from which a concern is a minor one: tags err, and reports of a good
service still name exceptions."""

FAINT = 0.1
"""Share of concerns below which exceptions are not named: as many may be tagged wrongly."""

KINDS = {
    "concern": ("Persistent concern", 4),
    "exception": ("Minor concern", 2),
    "strength": ("Persistent strength", 3),
    "new-concern": ("Concern", 2),
    "new-strength": ("Strength", 1),
}
"""The name of each kind of pattern, and how many are shown."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern: a theme's strengths or concerns in the last inspection and before it."""

    theme: str
    rows: tuple[FindingRow, ...]
    """The concerns, or the strengths, in all documents."""
    now: tuple[FindingRow, ...]
    """Those of the last inspection."""
    opposite: tuple[FindingRow, ...]
    """The other side in the last inspection."""

    @property
    def documents(self) -> int:
        """The number of documents with the pattern."""
        return len({row.document for row in self.rows})

    @property
    def share(self) -> float:
        """The share of this side in the last inspection's sentences on the theme."""
        return sentences(self.now) / (sentences(self.now) + sentences(self.opposite))

    @property
    def outweighed(self) -> bool:
        """Whether the other side has more than twice as many sentences in the last inspection."""
        return sentences(self.opposite) > OUTWEIGHED * sentences(self.now)


def section(dossier: Dossier) -> Section:
    """Persistent concerns and strengths (two or more documents), and others, by theme."""
    chosen: dict[str, tuple[str, Pattern]] = {}
    for kind, (_, most) in KINDS.items():
        fresh = (each for each in patterns(dossier, kind) if each.theme not in chosen)
        chosen |= {each.theme: (kind, each) for each in islice(fresh, most)}
    lines = tuple(_line(dossier, kind, pattern) for kind, pattern in chosen.values())
    looked = count_of(len(dossier.judged()), "document")
    if not lines:
        said = "No theme appears in two or more documents."
        searched = f"inspectors' findings in {looked}"
        lines = (absent("none", said, searched),)
    return Section(
        key="patterns",
        title="Strengths and concerns",
        intro=f"Counted in sentences of sure findings, over the {looked} in which inspectors"
        f" judge the council; findings about partners are left out. Persistent: in {PERSISTENT} or"
        " more documents,"
        " including the last inspection; a strength only back to where the authority was judged"
        " below good, or a report had as much to criticise. Minor concern: more than twice as many"
        " strengths as concerns. Others: of the last inspection alone, as far as was found.",
        lines=lines,
    )


def patterns(dossier: Dossier, kind: str) -> Iterable[Pattern]:
    """The patterns of a kind, those with most sentences in the last inspection first."""
    found = [
        each
        for each in _sides(dossier, concern=not kind.endswith("strength"))
        if _fits(each, kind, len(dossier.inspections), each.theme in asked_themes(dossier))
        and (kind != "new-strength" or _is_good(dossier.inspections[-1]))
    ]
    found.sort(key=lambda each: (-sentences(each.now), -each.documents, -each.share, each.theme))
    return _distinct(found)


def _distinct(found: Iterable[Pattern]) -> Iterable[Pattern]:
    """Patterns with at least one sentence that no earlier pattern rests on."""
    seen: set[Key] = set()
    for each in found:
        own = {key_of(row) for row in each.now}
        if not own <= seen:
            yield each
        seen |= own


def _fits(pattern: Pattern, kind: str, inspections: int, asked: bool) -> bool:
    """Whether a pattern is of a kind: what inspectors ask to improve is never a minor concern."""
    minor = pattern.outweighed
    if asked and minor and not kind.endswith("strength"):
        return False  # it is among what was asked for, and praise outweighs the rest
    if kind.startswith("new-"):
        mostly = sentences(pattern.now) > OUTWEIGHED * sentences(pattern.opposite)
        fits = mostly if kind.endswith("strength") else not minor
        return pattern.documents == 1 and inspections >= PERSISTENT and fits
    few = sentences(pattern.now) < FEWEST and not asked
    if pattern.documents < PERSISTENT or (few and kind == "concern"):
        return False
    if kind == "strength":
        return sentences(pattern.now) > OUTWEIGHED * sentences(pattern.opposite)
    if kind == "exception":
        return minor and pattern.share >= FAINT
    return not minor


def _sides(dossier: Dossier, *, concern: bool) -> list[Pattern]:
    """Each theme of which the last inspection has a concern, or a strength."""
    if dossier.last is None:
        return []
    said = [
        row
        for document in dossier.judged()
        for row in dossier.observations(document.id)
        if is_sure(row)
    ]
    concerns = by_theme(row for row in said if is_concern(row))
    strengths = by_theme(row for row in said if row.finding.polarity == "strength")
    side, other = (concerns, strengths) if concern else (strengths, concerns)
    last = dossier.last.id
    return [
        Pattern(theme, kept, now, _of(other.get(theme, ()), last))
        for theme, rows in side.items()
        if any(map(is_beyond_doubt, now := _of(rows, last)))
        and (kept := _prevailing(dossier, rows, other.get(theme, ()), last, strength=not concern))
    ]


def _prevailing(
    dossier: Dossier,
    rows: Iterable[FindingRow],
    opposite: Iterable[FindingRow],
    last: int,
    *,
    strength: bool,
) -> tuple[FindingRow, ...]:
    """One side's rows, back from the last inspection to the first that says otherwise.

    A report between that does not say so, or says the opposite as often, ends what persists; a
    strength ends, too, where services were judged below good, or were to improve in this.
    """
    own, other = by_document(rows), by_document(opposite)
    kept: list[FindingRow] = []
    for inspection in reversed(dossier.inspections):
        here, against = own.get(inspection.id, ()), other.get(inspection.id, ())
        weight = OUTWEIGHED if strength else 1
        otherwise = sentences(here) <= weight * sentences(against) or not any(
            map(is_beyond_doubt, here)
        )
        doubted = otherwise or (strength and not _is_well(dossier, inspection, here))
        if inspection.id != last and doubted:
            break
        kept = [*here, *kept]
    return tuple(kept)


def _is_well(dossier: Dossier, inspection: DocumentRow, praise: Iterable[FindingRow]) -> bool:
    """Whether services were judged good, and what is praised was not to be improved."""
    asked = {theme for row in dossier.demands[inspection.id] for theme in row.themes}
    return _is_good(inspection) and not any(row.finding.theme in asked for row in praise)


def _is_good(inspection: DocumentRow) -> bool:
    grade = overall(inspection)
    ranks = scale_of(inspection.framework).ranks
    return grade is not None and ranks.get(grade, 0) >= ranks["good"]


def _of(rows: Iterable[FindingRow], document: int) -> tuple[FindingRow, ...]:
    return tuple(row for row in rows if row.document == document)


def _line(dossier: Dossier, kind: str, pattern: Pattern) -> Line:
    strength = kind.endswith("strength")
    name = KINDS[kind][0]
    one, other = ("strength", "concern") if strength else ("concern", "strength")
    first = min(row.date or "" for row in pattern.rows)
    span = f"{count_of(pattern.documents, 'document')} since {month(first)}, "
    own, against = sentences(pattern.now), sentences(pattern.opposite)
    beside = f", {count_of(against, other)}" if against else ""
    said = f"{span if pattern.documents > 1 else ''}last inspection: {count_of(own, one)}{beside}"
    now = tuple(of_finding(row) for row in best(filter(is_beyond_doubt, pattern.now), 3))
    earlier = [row for row in pattern.rows if row not in pattern.now and is_beyond_doubt(row)]
    return Line(
        key=f"{kind}-{pattern.theme}",
        text=f"{name}: {dossier.label(pattern.theme)}",
        detail=f"({said})",
        evidence=(*now, *one_each(earlier, 2)),
    )
