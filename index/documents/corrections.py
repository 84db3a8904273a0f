"""Corrections: values set by hand, stored beside the extracted ones, which they override.

The tables `field` and `judgement` hold extracted values; the views `field_now` and
`judgement_now` put corrections in their place. The columns of `document` that repeat fields
follow the views.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ..storage.database import Database
from . import digests, reissues
from .records import now

Part: TypeAlias = Literal["field", "judgement", "given"]
"""What is set: a field, the grade of an area, or what could have been given at the ingest."""

_REPEATED = ("start_date", "end_date", "as_at", "published", "lead_inspector")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction of a document by a person; `value` is None if an earlier one is withdrawn."""

    part: Part
    name: str
    value: str | None
    why: str
    who: str
    made_at: str = ""
    """Set by the library when the correction is written."""
    extracted: str | None = None
    """What the machine read, where it read anything. Set by the library too."""


def add(db: Database, number: int, correction: Correction) -> None:
    """Set a field or a grade of a document."""
    c = correction
    with digests.changing(db, number):
        behind = reissues.dependants(db, number)
        db.execute(
            "INSERT INTO correction (document, part, field, value, why, who, made_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, c.part, c.name, c.value, c.why, c.who, now()),
        )
        follow(db, number)
        reissues.link(db, [number, *behind])


def of(db: Database, number: int) -> tuple[Correction, ...]:
    """Everything that was ever set by hand in a document, the first word first."""
    rows = db.all(
        "SELECT c.*, coalesce(f.value, j.grade, j.status) AS extracted FROM correction c"
        " LEFT JOIN field f ON c.part = 'field' AND f.document = c.document AND f.name = c.field"
        " LEFT JOIN judgement j ON c.part = 'judgement' AND j.document = c.document"
        " AND j.area = c.field WHERE c.document = ? ORDER BY c.id",
        (number,),
    )
    return tuple(
        Correction(
            part=row["part"],
            name=row["field"],
            value=row["value"],
            why=row["why"],
            who=row["who"],
            made_at=row["made_at"],
            extracted=row["extracted"],
        )
        for row in rows
    )


def follow(db: Database, number: int) -> None:
    """Bring the columns of a corrected document that repeat its fields in line with them."""
    if not db.number("SELECT count(*) FROM correction WHERE document = ?", (number,)):
        return
    field = "(SELECT {} FROM field_now WHERE document = document.id AND name = '{}')"
    repeated = [f"{name} = {field.format('value', name)}" for name in _REPEATED]
    name = field.format("coalesce(value, printed)", "authority")
    columns = (
        *repeated,
        f"published_source = {field.format('origin', 'published')}",
        f"authority_name = {name}",
        f"""authority = CASE WHEN {field.format("origin", "authority")} = 'corrected'
            THEN (SELECT key FROM authority WHERE name = {name} ORDER BY key LIMIT 1)
            ELSE authority_read END""",
    )
    db.execute(f"UPDATE document SET {', '.join(columns)} WHERE id = ?", (number,))
    db.execute(
        "UPDATE document SET authority_known = authority IS NOT NULL WHERE id = ?", (number,)
    )
