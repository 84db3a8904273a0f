"""Keyword in context (KWIC): one line per match."""

from __future__ import annotations

import heapq
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, NamedTuple, TypeAlias

from ..documents.citation_rows import DOCUMENT, PASSAGE, Place, place
from ..search.highlight import Marker
from ..search.prepared import PreparedQuery
from ..storage.database import Database
from ..text.analyzer import Words, fold, unpack

Sort: TypeAlias = Literal["document", "left", "right", "match"]

_WIDEST: Final = 500  # characters on a side that are looked at
_WHOLE_WORDS: Final = re.compile(r".*\s", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Place):
    """A KWIC line: a match with its left and right context, trimmed to width."""

    left: str
    match: str
    right: str


@dataclass(frozen=True, slots=True)
class Concordance:
    """The first KWIC lines of a query, and the number of all its matches."""

    lines: tuple[Line, ...]
    total: int


class _Match(NamedTuple):
    """A match in a passage, of which no line has been made yet."""

    row: sqlite3.Row
    start: int
    end: int


_Key: TypeAlias = Callable[[str, int, int, int], list[str]]
_KEYS: Final[dict[Sort, _Key]] = {
    "left": lambda text, start, _, width: fold(_left(text, start, width)).split()[::-1],
    "right": lambda text, _, end, width: fold(_right(text, end, width)).split(),
    "match": lambda text, start, end, _: fold(_flat(text[start:end])).split(),
}


def kwic(
    db: Database,
    asked: PreparedQuery,
    *,
    width: int = 45,
    sort: Sort = "document",
    limit: int | None = None,
) -> Concordance:
    """KWIC lines, newest document first, or sorted by the words next to the match.

    `left` compares the words before it from the nearest on, `right` those after it. Only the first
    `limit` lines are made, of all matches that are counted.
    """
    width = min(width, _WIDEST)
    matches = _Matches(db, asked)
    if sort == "document":
        first: Iterator[_Match] = islice(matches, limit)
    else:
        key = _KEYS[sort]
        keyed = (
            (key(match.row["text"], match.start, match.end, width), number, match)
            for number, match in enumerate(matches)
        )
        ordered = sorted(keyed) if limit is None else heapq.nsmallest(limit, keyed)
        first = iter([match for *_, match in ordered])
    lines = tuple(_line(db, match, width) for match in first)
    matches.count_rest()
    return Concordance(lines, matches.count)


class _Matches:
    """The matches of a query, found one by one and counted."""

    def __init__(self, db: Database, asked: PreparedQuery) -> None:
        self.count = 0
        self._found = self._find(db, asked)

    def __iter__(self) -> Iterator[_Match]:
        return self._found

    def count_rest(self) -> None:
        """Find the rest, for their number alone."""
        for _ in self._found:
            pass

    def _find(self, db: Database, asked: PreparedQuery) -> Iterator[_Match]:
        rows = db.each(
            f"SELECT {DOCUMENT}, {PASSAGE}, t.text, t.starts, t.words"
            f" FROM ({asked.select('p.id AS hit')}) h JOIN passage p ON p.id = h.hit"
            " JOIN document d ON d.id = p.document JOIN passage_text t ON t.passage = p.id"
            " ORDER BY coalesce(d.date, '') DESC, d.authority_name, d.sha256, p.ordinal",
            asked.values,
        )
        marker = Marker(asked.texts)
        for row in rows:
            db.check_deadline()
            text, starts, words = row[-3:]
            for start, end in marker.highlights(text, Words(text, unpack(starts, words))):
                self.count += 1
                yield _Match(row, start, end)


def _line(db: Database, match: _Match, width: int) -> Line:
    db.check_deadline()
    row, start, end = match
    text = row["text"]
    return Line(
        *place(row, text),
        left=_left(text, start, width),
        match=_flat(text[start:end]),
        right=_right(text, end, width),
    )


def _left(text: str, start: int, width: int) -> str:
    return _flat(_last_words(text[:start].rstrip(), width))


def _right(text: str, end: int, width: int) -> str:
    return _flat(_first_words(text[end:].lstrip(), width))


def _first_words(text: str, width: int) -> str:
    """So much of the beginning of a text as has no word cut in two."""
    if len(text) <= width or text[width].isspace():
        return text[:width]
    cut = _WHOLE_WORDS.match(text[:width])
    return cut[0] if cut else ""


def _last_words(text: str, width: int) -> str:
    """The same of its end."""
    return _first_words(text[::-1], width)[::-1]


def _flat(text: str) -> str:
    return text.replace("\n", " ").strip()
