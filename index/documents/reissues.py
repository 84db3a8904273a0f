"""Reissues: reports published again, and which replaces which.

Two documents are issues of one report when authority, type and edition (the inspection's start,
or the first line where there is no date) are the same and their texts nearly so. The one with the
later date of publication replaces the other; one without a date counts as older, and of two on
the same day the one ingested later counts as newer.

Links depend on the contents of the library, never on the order of ingest: a document replaces the
nearest older one that is similar. If a document is added, changed or deleted, its links and those
of the next newer ones are computed again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ..storage.database import Database
from ..storage.texts import text

VERSION: Final = "1"
"""Raised whenever other documents may be found alike."""

ALIKE: Final = 0.9
"""The share of shingles from which texts are two issues of one report. On 160 real reports, two
of one authority share 0.04 at the most, any two 0.12 (twin authorities, inspected together)."""

_SHINGLE: Final = 8  # words
_NEAREST: Final = 3  # of the elders that are compared with a document
_SETTING: Final = "reissues"
_WORD: Final = re.compile(r"\w+")

_FAMILY: Final = """SELECT o.id FROM document d JOIN document o
    ON o.whose = d.whose AND o.doc_type = d.doc_type AND o.edition = d.edition
    AND (coalesce(o.published, ''), o.id) {side} (coalesce(d.published, ''), d.id)
    WHERE d.id = ? ORDER BY coalesce(o.published, '') {order}, o.id {order} LIMIT ?"""
_ELDERS: Final = _FAMILY.format(side="<", order="DESC")
_YOUNGERS: Final = _FAMILY.format(side=">", order="ASC")


@dataclass(frozen=True, slots=True)
class Reissue:
    """Reissue links of a document: the one it replaces, and those that replace it."""

    replaces: int | None
    replaced_by: tuple[int, ...]


def of(db: Database, number: int) -> Reissue:
    """The reissue links of a document."""
    elder = db.one("SELECT replaces FROM reissue WHERE document = ?", (number,))
    rows = db.all("SELECT document FROM reissue WHERE replaces = ? ORDER BY 1", (number,))
    return Reissue(elder["replaces"] if elder else None, tuple(row["document"] for row in rows))


def dependants(db: Database, number: int) -> list[int]:
    """The documents whose links depend on this one; query before it changes."""
    return [row["id"] for row in db.all(_YOUNGERS, (number, _NEAREST))]


def link(db: Database, numbers: Iterable[int]) -> None:
    """Link documents, and those that depend on them, to the ones they replace."""
    numbers = list(numbers)
    affected = [*numbers, *(younger for number in numbers for younger in dependants(db, number))]
    for number in dict.fromkeys(affected):
        elder = _elder(db, number)
        db.execute("DELETE FROM reissue WHERE document = ?", (number,))
        if elder is not None:
            db.execute("INSERT INTO reissue VALUES (?, ?)", (number, elder))


def freshen(db: Database) -> None:
    """Link every document if another version did, or none: a library of an earlier schema."""
    if db.setting(_SETTING) == VERSION:
        return
    link(db, [row["id"] for row in db.all("SELECT id FROM document")])
    db.record(_SETTING, VERSION)


def wrong(db: Database) -> list[int]:
    """The documents that stand in the place of others than the documents give."""
    if db.setting(_SETTING) != VERSION:
        return []
    stored = {row["document"]: row["replaces"] for row in db.all("SELECT * FROM reissue")}
    numbers = [row["id"] for row in db.all("SELECT id FROM document")]
    return [number for number in numbers if stored.get(number) != _elder(db, number)]


def similarity(one: str, other: str) -> float:
    """The share of runs of eight words that two texts have in common; 1 for the same words."""
    ours, theirs = _shingles(one), _shingles(other)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def _elder(db: Database, number: int) -> int | None:
    rows = db.all(_ELDERS, (number, _NEAREST))
    return next((row["id"] for row in rows if _alike(db, number, row["id"])), None)


def _alike(db: Database, one: int, other: int) -> bool:
    texts = text(db, one), text(db, other)
    return texts[0] == texts[1] or similarity(*texts) >= ALIKE


def _shingles(text: str) -> set[int]:
    words = _WORD.findall(text.casefold())
    return {hash(run) for run in zip(*(words[i:] for i in range(_SHINGLE)), strict=False)}
