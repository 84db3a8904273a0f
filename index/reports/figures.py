"""Lists of figures, read-only: numbers with what each counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from corpus.errors import UsageError
from corpus.model import Figure

from ..documents.citation_rows import DOCUMENT, PASSAGE, Place, place_in
from ..documents.store import figure
from ..query.filters import Filters
from ..storage.database import PATIENCE, Database
from ..text.analyzer import index_text
from .counts import ORDER, Narrowed, with_text


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFilter:
    """Filters of figures; several values of one are alternatives."""

    counts: str = ""
    """Words that must all be among those for what is counted, in any of their forms."""
    units: tuple[str, ...] = ()
    comparisons: tuple[str, ...] = ()
    """"own" means the area's own figures: those that are compared with nothing."""
    least: float | None = None
    most: float | None = None


_SENTENCE: Final = (
    "SELECT {} FROM finding_now AS finding WHERE finding.passage = g.passage"
    ' AND finding.start <= g.start AND finding."end" >= g."end"'
)
"""What is said by findings of the sentence that a figure stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow(Place):
    """A figure with its passage; `printed`, `counts` and `period` are its words."""

    figure: Figure
    printed: str
    counts: str
    period: str | None
    themes: tuple[str, ...]
    """What the sentence that it stands in is about."""


def figures(
    db: Database,
    filters: Filters | None = None,
    wanted: FigureFilter | None = None,
    *,
    limit: int = -1,
) -> Iterator[FigureRow]:
    """The figures that the filters let through, by authority, the newest document first.

    Theme, polarity and timing let through figures in a sentence with such a finding.
    """
    with db.deadline(PATIENCE):
        source, values = _matching(db, filters, wanted)
        rows = db.all(
            f"SELECT {DOCUMENT}, {PASSAGE}, g.*,"
            f" ({_SENTENCE.format('group_concat(DISTINCT theme)')}) AS themes {source}"
            f" ORDER BY {ORDER}, g.start LIMIT ?",
            [*values, limit],
        )
    for row, text in with_text(db, rows):
        found = figure(row)
        yield FigureRow(
            *place_in(row, text),
            figure=found,
            printed=text[found.start : found.end],
            counts=text[found.counts_start : found.counts_end],
            period=text[found.period_start : found.period_end] if found.period_end else None,
            themes=tuple(sorted(filter(None, (row["themes"] or "").split(",")))),
        )


def count_figures(
    db: Database, filters: Filters | None = None, wanted: FigureFilter | None = None
) -> int:
    """The number of figures that pass the filters."""
    with db.deadline(PATIENCE):
        source, values = _matching(db, filters, wanted)
        row = db.one(f"SELECT count(*) {source}", values)
    return int(row[0]) if row else 0


def _matching(
    db: Database, filters: Filters | None, wanted: FigureFilter | None
) -> tuple[str, list[Any]]:
    """The tables and conditions of an answer, with their values."""
    narrowed = Narrowed(db, filters)
    conditions, values = _conditions(wanted or FigureFilter())
    if narrowed.of_finding != "1":
        conditions.insert(0, f"EXISTS ({_SENTENCE.format(1)} AND {narrowed.of_finding})")
    source = (
        "FROM figure g JOIN passage p ON p.id = g.passage JOIN document d ON d.id = p.document"
        f" WHERE {' AND '.join((narrowed.of_document, *conditions))}"
    )
    return source, [*narrowed.values, *values]


def _conditions(wanted: FigureFilter) -> tuple[list[str], list[str | float]]:
    conditions: list[str] = []
    values: list[str | float] = []
    stems = index_text(wanted.counts)[0].split()
    if wanted.counts and not stems:
        raise UsageError(f"--counts {wanted.counts!r} has no letters or digits; give a word")
    for stem in stems:
        conditions.append("instr(g.counted, ?) > 0")
        values.append(f" {stem} ")
    if wanted.units:
        conditions.append(f"g.unit IN ({', '.join('?' * len(wanted.units))})")
        values += wanted.units
    if wanted.comparisons:
        marks = ", ".join("?" * len(wanted.comparisons))
        conditions.append(f"coalesce(g.comparison, 'own') IN ({marks})")
        values += wanted.comparisons
    if wanted.least is not None:
        conditions.append("g.value >= ?")
        values.append(wanted.least)
    if wanted.most is not None:
        conditions.append("g.value <= ?")
        values.append(wanted.most)
    return conditions, values
