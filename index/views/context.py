"""Context: the passages before and after a passage."""

from __future__ import annotations

from dataclasses import dataclass

from ..documents.citation_rows import DOCUMENT, PASSAGE, Place, place
from ..storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageContext:
    """A passage with those before and after it, in document order."""

    before: tuple[Place, ...]
    passage: Place
    after: tuple[Place, ...]


def around(db: Database, passage: int, count: int) -> PassageContext:
    """The passage with this id and its context on both sides."""
    rows = db.all(
        f"SELECT {DOCUMENT}, {PASSAGE}, t.text, o.ordinal AS middle FROM passage o"
        " JOIN passage p ON p.document = o.document AND abs(p.ordinal - o.ordinal) <= ?"
        " JOIN document d ON d.id = p.document JOIN passage_text t ON t.passage = p.id"
        " WHERE o.id = ? ORDER BY p.ordinal",
        (count, passage),
    )
    places = [Place(*place(row, row["text"])) for row in rows]
    middle = next(i for i, row in enumerate(rows) if row["ordinal"] == row["middle"])
    return PassageContext(
        before=tuple(places[:middle]),
        passage=places[middle],
        after=tuple(places[middle + 1 :]),
    )
