"""Random samples of hits, reproducible by seed."""

from __future__ import annotations

from hashlib import blake2b

from ..search.hits import Hit, Ranked, read
from ..search.prepared import PreparedQuery
from ..storage.database import Database


def sample(db: Database, asked: PreparedQuery, size: int, seed: int) -> tuple[Hit, ...]:
    """A random sample of matching passages, in document order.

    What is drawn depends on the seed and on each passage by itself: a library that has grown
    gives the same sample with a few of its passages changed for new ones.
    """
    rows = db.all(
        asked.select(
            "p.id, p.ordinal, d.sha256", joins=" CROSS JOIN document d ON d.id = p.document"
        ),
        asked.values,
    )

    def lot(row: object) -> bytes:
        return blake2b(f"{seed}/{row['sha256']}/{row['ordinal']}".encode()).digest()  # type: ignore[index]

    drawn = sorted(sorted(rows, key=lot)[:size], key=lambda row: (row["sha256"], row["ordinal"]))
    return read(db, [Ranked(row["id"], 0.0) for row in drawn], asked.texts)
