"""Notes that people write on passages; where a passage stands now is looked up by its words."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import UsageError

from ..documents import digests
from ..documents.records import now
from ..storage import texts
from ..storage.database import Database
from ..text import quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note on a passage."""

    id: int
    document: int
    quote: str
    """The passage's words when the note was written."""
    occurrence: int
    text: str
    who: str
    made_at: str
    start: int | None
    """Where the words stand now; None where the document does not have them any more."""


def add(db: Database, number: int, start: int, end: int, *, text: str, who: str) -> None:
    """Write a note on the words `[start, end)` of a document. An empty one is refused."""
    if not text.strip():
        raise UsageError("the note is empty; write what you want to remember of this passage")
    whole = texts.text(db, number)
    quote = whole[start:end]
    with digests.changing(db, number, "entered"):
        db.execute(
            "INSERT INTO note (document, quote, occurrence, text, who, made_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (number, quote, quotes.occurrence(whole, quote, start), text.strip(), who, now()),
        )


def remove(db: Database, note: int) -> None:
    """Remove a note. Raises UsageError where there is none of this number."""
    row = db.one("SELECT document FROM note WHERE id = ?", (note,))
    if row is None:
        raise UsageError(f"no note {note}; to list notes: textmine note list")
    with digests.changing(db, row["document"], "entered"):
        db.execute("DELETE FROM note WHERE id = ?", (note,))


def of(db: Database, number: int) -> tuple[Note, ...]:
    """The notes on a document, the first one first."""
    rows = db.all("SELECT * FROM note WHERE document = ? ORDER BY id", (number,))
    text = texts.text(db, number) if rows else ""
    return tuple(
        Note(**row, start=(quotes.place(text, row["quote"], row["occurrence"]) or (None,))[0])
        for row in rows
    )
