"""Coverage: what a library seems to lack of an authority, by the documents that it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from corpus.frameworks import DOCUMENTS

from ..storage.database import Database

RECENT: Final = "2022"
"""Every authority was inspected in the cycle that began in this year."""

CYCLE: Final = 5.5
"""Inspections are no more years apart, even with the pandemic between them."""

DAYS: Final = 365.25


class Seen(NamedTuple):
    """An inspection or a visit: when it began, and which monitoring visit it was."""

    began: str
    inspection: bool
    number: int | None


def inspections_and_visits(db: Database) -> dict[str, list[Seen]]:
    """Those of each authority in the library, the oldest first."""
    found: dict[str, list[Seen]] = {}
    rows = db.all(
        "SELECT authority, doc_type, start_date, (SELECT value FROM field_now WHERE document = d.id"
        " AND name = 'visit_number') AS number FROM document d"
        " WHERE authority IS NOT NULL AND start_date IS NOT NULL ORDER BY start_date"
    )
    for row in rows:
        kind = DOCUMENTS.get(row["doc_type"])
        inspection = bool(kind and kind.family == "inspection" and kind.strand == "social-care")
        number = int(row["number"]) if (row["number"] or "").isdecimal() else None
        found.setdefault(row["authority"], []).append(Seen(row["start_date"], inspection, number))
    return found


def what_is_missing(seen: Sequence[Seen]) -> str | None:
    """What documents should be there, in words; None where nothing seems to be missing."""
    return "; ".join(_missing(seen)) or None


def _missing(seen: Sequence[Seen]) -> Iterator[str]:
    inspected = [each.began for each in seen if each.inspection]
    if not inspected:
        yield "no inspection"
    elif inspected[-1] < RECENT:
        yield f"no inspection since {RECENT}"
    for before, after in pairwise(inspected):
        if (date.fromisoformat(after) - date.fromisoformat(before)).days > CYCLE * DAYS:
            yield f"no inspection between {before[:4]} and {after[:4]}"
    last = 0
    for each in seen:
        if each.inspection:
            last = 0
        elif each.number:
            if each.number > last + 1:
                yield f"monitoring visit {last + 1} before that of {each.began}"
            last = each.number
