"""Texts of documents: that of the passages, and what stands outside them.

Each text is stored once. A document keeps what is outside its passages, end to end: mostly the line
breaks between them.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus.model import Passage

from .database import Database


def text(db: Database, number: int) -> str:
    """A document's canonical text; empty where there is no such document."""
    row = db.one("SELECT outside FROM document WHERE id = ?", (number,))
    outside = str(row["outside"]) if row else ""
    at = used = 0
    parts = []
    for start, end, of_passage in db.all(
        'SELECT p.start, p."end", t.text FROM passage p JOIN passage_text t ON t.passage = p.id'
        " WHERE p.document = ? ORDER BY p.ordinal",
        (number,),
    ):
        if at <= start <= end:
            parts += [outside[used : used + start - at], of_passage]
            used, at = used + start - at, end
    return "".join([*parts, outside[used:]])


def outside(text: str, passages: Iterable[Passage]) -> str:
    """What of a text stands outside its passages, but for those that are not in its order."""
    at, parts = 0, []
    for passage in sorted(passages, key=lambda passage: passage.ordinal):
        if at <= passage.start <= passage.end:
            parts.append(text[at : passage.start])
            at = passage.end
    return "".join([*parts, text[at:]])
