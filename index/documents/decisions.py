"""Decisions: what people say of findings, which wins over the machine's and outlives it.

A decision is keyed by the words that it judges and not by their place: a document that is read
again may put them elsewhere, one that is tagged again has new findings. Where the words stand now
is looked up whenever passages or findings change; a decision whose words are gone is an orphan,
kept and reported.

Several people may judge the same words: the latest word holds, and who withdraws takes back only
their own. In the table `finding` a decision has a row of its own, and those of the machine in whose
place it stands are marked; the view `finding_now` is what every statement reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from corpus.errors import UsageError
from corpus.model import Finding, Polarity, Timing

from ..storage import cues, passage_tags, texts
from ..storage.database import Database
from ..text.quotes import place
from . import digests
from .records import now

Verdict: TypeAlias = Literal["accepted", "rejected", "changed", "added", "withdrawn"]
"""Of a finding: right, wrong, or right with other values; one that the machine lacks; or an
earlier decision is taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's word on what some words say of a theme.

    `polarity` and `timing` are what holds from now on; None for "rejected" and "withdrawn".
    """

    quote: str
    theme: str
    verdict: Verdict
    who: str
    why: str = ""
    polarity: Polarity | None = None
    timing: Timing | None = None
    new_theme: str | None = None
    """Where the theme is changed."""
    occurrence: int = 1
    """Which of several places with the same words, 1 for the first."""
    made_at: str = ""
    """Set by the library when the decision is written."""
    start: int | None = None
    """Where the words stand now; None for an orphan. Set by the library too."""


def add(db: Database, number: int, decision: Decision) -> None:
    """Record a decision on a document. Raises UsageError where its words are not there."""
    d = decision
    text = texts.text(db, number)
    if place(text, d.quote, d.occurrence) is None:
        raise UsageError(f"document {number} does not have these words: {d.quote!r}")
    with digests.changing(db, number):
        db.execute(
            "INSERT INTO decision (document, quote, occurrence, theme, verdict, new_theme,"
            " polarity, timing, why, who, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(number, d.quote, d.occurrence, d.theme, d.verdict, d.new_theme),
                *(d.polarity, d.timing, d.why, d.who, now()),
            ),
        )
        follow(db, number)


def follow(db: Database, number: int) -> None:
    """Bring a document's findings in line with the decisions on it, and passages with both."""
    rows = db.all("SELECT * FROM decision WHERE document = ? ORDER BY id", (number,))
    if not rows:
        return
    own = {(row["quote"], row["occurrence"], row["theme"], row["who"]): row for row in rows}
    standing = sorted(
        (row for row in own.values() if row["verdict"] != "withdrawn"), key=lambda row: row["id"]
    )
    held = {(row["quote"], row["occurrence"], row["theme"]): row for row in standing}.values()
    decided = "passage IN (SELECT id FROM passage WHERE document = ?)"
    text = texts.text(db, number)
    with db.transaction():
        db.execute(f"DELETE FROM finding WHERE decision IS NOT NULL AND {decided}", (number,))
        db.execute(f"UPDATE finding SET replaced = 0 WHERE replaced AND {decided}", (number,))
        for row in held:
            if span := place(text, row["quote"], row["occurrence"]):
                _apply(db, number, row, span)
        db.execute(passage_tags.SQL, (number,))


def _apply(db: Database, number: int, row: sqlite3.Row, span: tuple[int, int]) -> None:
    """Put what a decision says in the place of what the machine says of the same words."""
    start, end = span
    passage = db.one(
        'SELECT id FROM passage WHERE document = ? AND start <= ? AND "end" >= ?',
        (number, start, end),
    )
    if passage is None:
        return
    same = 'passage = ? AND theme = ? AND start < ? AND "end" > ? AND decision IS NULL'
    where = (passage["id"], row["theme"], end, start)
    machine = db.one(f"SELECT * FROM finding WHERE {same} ORDER BY start", where)
    db.execute(f"UPDATE finding SET replaced = 1 WHERE {same}", where)
    if row["verdict"] == "rejected":
        return
    says = (row["new_theme"] or row["theme"], row["polarity"], row["timing"])
    added = Finding(0, *says, start, end, ())
    new = (
        _as_read(machine)._replace(theme=says[0], polarity=says[1], timing=says[2])
        if machine
        else added
    )
    db.execute(
        "INSERT INTO finding (passage, decision, theme, polarity, timing,"
        ' start, "end", cues, about, extent, aspect, score)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(passage["id"], row["id"], *says, new.start, new.end, cues.pack(new)),
            *(new.about, new.extent, new.aspect, new.score),
        ),
    )


def _as_read(row: sqlite3.Row) -> Finding:
    """The machine's finding, with the words that decided it."""
    names = ("theme", "polarity", "timing", "start", "end", "about", "extent", "aspect", "score")
    values = {name: row[name] for name in names}
    return cues.unpack(row["cues"], Finding(passage=0, cues=(), **values))


def of(db: Database, number: int) -> tuple[Decision, ...]:
    """Every decision on a document, the first one first."""
    text = texts.text(db, number)
    columns = ", ".join(name for name in Decision.__slots__ if name != "start")
    rows = db.all(f"SELECT {columns} FROM decision WHERE document = ? ORDER BY id", (number,))
    return tuple(
        Decision(**row, start=(place(text, row["quote"], row["occurrence"]) or (None,))[0])
        for row in rows
    )


def standing(made: Iterable[Decision]) -> tuple[Decision, ...]:
    """Each person's last word on each place, if it was not withdrawn, in the order of `made`."""
    last = {
        (each.quote, each.occurrence, each.theme, each.who): (at, each)
        for at, each in enumerate(made)
    }
    ordered = sorted(last.values(), key=lambda pair: pair[0])
    return tuple(each for _, each in ordered if each.verdict != "withdrawn")


def all_standing(db: Database) -> Iterator[tuple[int, Decision]]:
    """Each person's last word on each place of each document, with the document's number."""
    for row in db.all("SELECT DISTINCT document FROM decision ORDER BY document"):
        for each in standing(of(db, row["document"])):
            yield row["document"], each


def orphans(db: Database) -> tuple[tuple[int, Decision], ...]:
    """Decisions whose words no document has any more, each with its document's number."""
    documents = db.all("SELECT DISTINCT document FROM decision ORDER BY document")
    return tuple(
        (row["document"], decision)
        for row in documents
        for decision in of(db, row["document"])
        if decision.start is None
    )
