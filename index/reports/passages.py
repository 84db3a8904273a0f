"""Passages, read-only: every one in the documents that filters let through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from ..documents.citation_rows import DOCUMENT, PASSAGE, Place, place_in
from ..query.filters import Filters
from ..storage.database import PATIENCE, Database
from .counts import ORDER, Narrowed, with_text

_BATCH: Final = 1_000
"""Passages that are read at once."""


def passages(
    db: Database, filters: Filters | None = None, *, limit: int | None = None
) -> Iterator[Place]:
    """Passages by authority, the newest document first, in the order of the text.

    Theme, polarity and timing let through passages with such a finding.
    """
    with db.snapshot():
        with db.deadline(PATIENCE):
            narrowed = Narrowed(db, filters)
            rows = db.all(
                "SELECT p.id FROM passage p JOIN document d ON d.id = p.document"
                f" WHERE {narrowed.of_document} AND {narrowed.on_passage}"
                f" ORDER BY {ORDER}, p.ordinal LIMIT ?",
                [*narrowed.values, -1 if limit is None else limit],
            )
        numbers = [row[0] for row in rows]
        for at in range(0, len(numbers), _BATCH):
            batch = db.all(
                f"SELECT {DOCUMENT}, {PASSAGE} FROM json_each(?) j"
                " CROSS JOIN passage p ON p.id = j.value JOIN document d ON d.id = p.document"
                " ORDER BY j.key",
                (json.dumps(numbers[at : at + _BATCH]),),
            )
            for row, text in with_text(db, batch):
                yield Place(*place_in(row, text))


def count_passages(db: Database, filters: Filters | None = None) -> int:
    """How many passages the filters let through."""
    with db.deadline(PATIENCE):
        narrowed = Narrowed(db, filters)
        return db.number(
            "SELECT count(*) FROM passage p JOIN document d ON d.id = p.document"
            f" WHERE {narrowed.of_document} AND {narrowed.on_passage}",
            narrowed.values,
        )
