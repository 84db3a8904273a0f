"""The vectors of passages: made from their words, kept with the name of the table behind them.

They are a cache: what is missing, or of another table, is made when it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakKeyDictionary

from ..storage.database import Database, open_write
from ..text.analyzer import stems_of
from ..text.word_vectors import MODEL, embed, nearness, pack, unpack
from . import table_digests

if TYPE_CHECKING:
    from ..text.word_vectors import Floats, Ids, Small

Nearness: TypeAlias = Callable[[Sequence[int]], list[float]]
"""How near each of some passages is, from -1 to 1."""

TABLE = "document_vectors"
_STALE = (
    "SELECT id FROM document WHERE id NOT IN"
    " (SELECT document FROM document_vectors WHERE model = ?)"
)


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of all passages, as the library was when they were read."""

    stamp: tuple[int, int, int]
    ids: Ids
    """In rising order."""
    packed: Small

    def near(self, vector: Floats, most: int) -> tuple[list[int], Nearness]:
        """So many passages that are nearest to a vector, in order; and how near each of some is."""
        import numpy as np  # noqa: PLC0415  most searches need no vectors

        found = nearness(self.packed, vector)
        most = min(most, len(found))
        best = np.argpartition(-found, most - 1)[:most] if most else np.array([], int)
        best = best[np.argsort(-found[best], kind="stable")]

        def of(passages: Sequence[int]) -> list[float]:
            if not len(self.ids):
                return [0.0] * len(passages)
            rows = np.minimum(np.searchsorted(self.ids, passages), len(self.ids) - 1)
            # A passage that was written since is near to nothing, until the vectors are read again.
            known = self.ids[rows] == passages
            return [float(each) for each in np.where(known, found[rows], 0.0)]

        return [int(each) for each in self.ids[best]], of


_loaded: WeakKeyDictionary[Database, Vectors] = WeakKeyDictionary()


def write(db: Database, document: int) -> None:
    """Make the vectors of a document's passages from their texts."""
    rows = db.all(
        "SELECT t.text FROM passage p JOIN passage_text t ON t.passage = p.id"
        " WHERE p.document = ? ORDER BY p.ordinal",
        (document,),
    )
    with table_digests.changing(db, TABLE, "document = ?", (document,)):
        db.execute(
            "INSERT OR REPLACE INTO document_vectors (document, model, vectors) VALUES (?, ?, ?)",
            (document, MODEL, pack(embed(stems_of(row["text"]).split() for row in rows))),
        )


def rebuild(db: Database) -> None:
    """Make all vectors anew, whatever is there."""
    with db.transaction():
        db.execute("DELETE FROM document_vectors")
        table_digests.write(db, TABLE)
        for row in db.all("SELECT id FROM document"):
            write(db, row["id"])


def freshen(db: Database) -> None:
    """Make the vectors that are missing or of another table."""
    stale = [row["id"] for row in db.all(_STALE, (MODEL,))]
    if not stale:
        return
    if not db.writable:
        with open_write(db.folder) as writer:
            freshen(writer)
        return
    with db.transaction():
        for document in stale:
            write(db, document)


def load(db: Database) -> Vectors:
    """The vectors of all passages, read once as long as the library stays as it is."""
    freshen(db)
    with db.snapshot():  # passages and vectors of one moment, while another process writes
        return _load(db)


def _load(db: Database) -> Vectors:
    import numpy as np  # noqa: PLC0415

    stamp = (
        db.number("PRAGMA data_version"),
        db.connection.total_changes,
        db.number("SELECT count(*) FROM passage"),
    )
    if (kept := _loaded.get(db)) and kept.stamp == stamp:
        return kept
    ids = np.array([row[0] for row in db.all("SELECT id FROM passage ORDER BY document, ordinal")])
    rows = db.all("SELECT vectors FROM document_vectors ORDER BY document")
    packed = unpack(b"".join(row["vectors"] for row in rows))
    if (ids[1:] < ids[:-1]).any():
        order = np.argsort(ids)
        ids, packed = ids[order], packed[order]
    _loaded[db] = Vectors(stamp, ids, packed)
    return _loaded[db]


def of_passage(db: Database, passage: int) -> Floats:
    """The vector of a passage, made from its text."""
    row = db.one("SELECT text FROM passage_text WHERE passage = ?", (passage,))
    vector: Floats = embed([stems_of(row["text"]).split() if row else []])[0]
    return vector
