"""What people entered on a document, of two libraries: nothing is lost, the latest word holds.

Corrections and decisions of both stand in one history, in the order of their time, as if all had
worked in one library. So the order in which libraries are merged makes no difference, and merging
one again adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from corpus.printable import printable

from ...storage.database import Database, Value
from ...text.quotes import place

Row: TypeAlias = tuple[Value, ...]


class History(NamedTuple):
    """A table of people's words on a document: its columns, what a word is on, what it says."""

    table: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    value: tuple[str, ...]


CORRECTIONS: Final = History(
    "correction",
    ("part", "field", "value", "why", "who", "made_at"),
    ("part", "field"),
    ("value",),
)
DECISIONS: Final = History(
    "decision",
    (
        *("quote", "occurrence", "theme", "verdict", "new_theme", "polarity", "timing"),
        *("why", "who", "made_at"),
    ),
    ("quote", "occurrence", "theme"),
    ("verdict", "new_theme", "polarity", "timing"),
)
_PARTS: Final = {"field": "the field", "judgement": "the grade of", "given": "the option"}


class Word(NamedTuple):
    """What one person said once."""

    row: Row
    key: Row
    value: Row
    who: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Different last words on the same: of two people, or of one who worked in both libraries."""

    here: Word
    there: Word
    holds: Word


@dataclass(frozen=True, slots=True)
class Union:
    """The words of two libraries in one order."""

    here: tuple[Word, ...]
    there: tuple[Word, ...]
    all: tuple[Word, ...]

    @property
    def new(self) -> int:
        """How many were not here."""
        return len(self.all) - len(self.here)

    def disagreements(self) -> Iterator[Disagreement]:
        """Last words that differ, whichever came first.

        Who goes on from the other library's word contradicts nobody by coming back to it.
        """
        now, here, there = (_last(words) for words in (self.all, self.here, self.there))
        known_here, known_there = set(self.here), set(self.there)
        for key, others in there.items():
            standing = [word for word in now[key].values() if not _is_withdrawn(word)]
            for theirs in others.values():
                for ours in here.get(key, {}).values():
                    if ours.value == theirs.value or _is_withdrawn(ours) or _is_withdrawn(theirs):
                        continue
                    if ours.who == theirs.who:
                        apart = ours not in known_there and theirs not in known_here
                    else:
                        apart = ours in standing and theirs in standing
                    if apart:
                        yield Disagreement(ours, theirs, standing[-1])


def unite(db: Database, number: int, there: Sequence[Word], history: History) -> Union:
    """Brings the words of another library on a document in; what was here stays in its order."""
    here = words(db, number, history)
    known = set(here)
    new = [word for word in there if word not in known]
    union = Union(tuple(here), tuple(there), tuple(_in_order(here, new)))
    if new:
        begun = next(at for at, word in enumerate(union.all) if word not in known)
        marks = ", ".join("?" * (1 + len(history.columns)))
        db.execute(
            f"DELETE FROM {history.table} WHERE id IN (SELECT id FROM {history.table}"
            " WHERE document = ? ORDER BY id LIMIT -1 OFFSET ?)",
            (number, begun),
        )
        db.many(
            f"INSERT INTO {history.table} (document, {', '.join(history.columns)})"
            f" VALUES ({marks})",
            [(number, *word.row) for word in union.all[begun:]],
        )
    return union


def entered(db: Database, number: int) -> bool:
    """Whether people entered anything on a document."""
    tables = (CORRECTIONS.table, DECISIONS.table, "note", "collected")
    sql = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE document = ?1)" for table in tables)
    return bool(db.number(f"SELECT {sql}", (number,)))


def words(db: Database, number: int, history: History) -> list[Word]:
    """The words on a document, the first one first."""
    columns = ", ".join(history.columns)
    rows = db.all(
        f"SELECT {columns} FROM {history.table} WHERE document = ? ORDER BY id", (number,)
    )
    return [
        Word(
            row=tuple(row),
            key=tuple(row[name] for name in history.key),
            value=tuple(row[name] for name in history.value),
            who=row["who"],
            made_at=row["made_at"],
        )
        for row in rows
    ]


def about(db: Database, number: int, text: str, word: Word) -> str:
    """What a word is on, without words of the document."""
    if len(word.key) == len(CORRECTIONS.key):
        part, name = map(str, word.key)
        return printable(f"{_PARTS.get(part, part)} {name}")
    quote, occurrence, theme = str(word.key[0]), int(word.key[1] or 1), str(word.key[2])
    span = place(text, quote, occurrence)
    row = span and db.one(
        'SELECT ordinal, page FROM passage WHERE document = ? AND start <= ? AND "end" > ?',
        (number, span[0], span[0]),
    )
    where = f"passage {row['ordinal']} on page {row['page']}" if row else "words that are gone"
    return printable(f"{theme} in {where}")


def says(word: Word) -> str:
    """What a word says, whose it is and of when."""
    if len(word.value) == len(CORRECTIONS.value):
        value = word.value[0]
        said = "no correction" if value is None else str(value)
    else:
        verdict, *values = word.value
        said = " ".join([str(verdict), *(str(value) for value in values if value)])
    return printable(f"{said} ({word.who}, {word.made_at[:10]})")


def _in_order(here: Sequence[Word], new: Sequence[Word]) -> Iterator[Word]:
    """Both by their times; the order within each stays, even where a clock was wrong."""
    waiting = list(reversed(new))
    for word in here:
        while waiting and waiting[-1].made_at < word.made_at:
            yield waiting.pop()
        yield word
    yield from reversed(waiting)


def _last(all_words: Sequence[Word]) -> dict[Row, dict[str, Word]]:
    """Each person's last word on each thing, in the order in which these were said."""
    last: dict[Row, dict[str, Word]] = {}
    for word in all_words:
        said = last.setdefault(word.key, {})
        said.pop(word.who, None)
        said[word.who] = word
    return last


def _is_withdrawn(word: Word) -> bool:
    return len(word.value) == len(DECISIONS.value) and word.value[0] == "withdrawn"


def merge_notes(db: Database, number: int, other: Database, number_there: int) -> int:
    """Brings in the notes that are not here; how many."""
    columns = "quote, occurrence, text, who, made_at"
    select = f"SELECT {columns} FROM note WHERE document = ? ORDER BY id"
    known = {tuple(row) for row in db.all(select, (number,))}
    new = [row for row in map(tuple, other.all(select, (number_there,))) if row not in known]
    db.many(
        f"INSERT INTO note (document, {columns}) VALUES (?, ?, ?, ?, ?, ?)",
        ((number, *row) for row in new),
    )
    return len(new)


def merge_collections(db: Database, number: int, other: Database, number_there: int) -> int:
    """Puts passages into the collections in which they are there; how many. The first day holds."""
    columns = "collection, quote, occurrence, who, made_at"
    select = f"SELECT {columns} FROM collected WHERE document = ? ORDER BY id"
    count = "SELECT count(*) FROM collected WHERE document = ?"
    before = db.number(count, (number,))
    db.many(
        f"INSERT INTO collected (document, {columns}) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (collection, document, quote, occurrence) DO UPDATE"
        " SET who = excluded.who, made_at = excluded.made_at"
        " WHERE excluded.made_at < collected.made_at",
        [(number, *row) for row in other.all(select, (number_there,))],
    )
    return db.number(count, (number,)) - before
