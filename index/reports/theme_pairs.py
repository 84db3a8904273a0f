"""Themes by sentence, passage or report: what stands together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from ..query.filters import Filters
from ..storage.database import Database
from .counts import Narrowed

UNITS: Final = {
    "sentence": "p.document, f.start",
    "passage": "p.document, p.ordinal",
    "report": "p.document, 0",
}
"""Within what themes can stand together, each with its SQL on a finding `f` in a passage `p`."""


def themes_by(db: Database, unit: str, filters: Filters | None = None) -> Iterator[frozenset[str]]:
    """The themes of each unit that has a finding the filters let through."""
    narrowed = Narrowed(db, filters)
    rows = db.each(
        f"SELECT DISTINCT {UNITS[unit]}, f.theme FROM finding_now f"
        " JOIN passage p ON p.id = f.passage JOIN document d ON d.id = p.document"
        f" WHERE {narrowed.of_document} AND {narrowed.of_finding}"
        " AND d.id NOT IN (SELECT replaces FROM reissue) ORDER BY 1, 2",
        narrowed.values,
    )
    for _, group in groupby(rows, key=lambda row: (row[0], row[1])):
        yield frozenset(row[2] for row in group)
