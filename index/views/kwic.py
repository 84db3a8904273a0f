"""Keyword in context (KWIC): one line per match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

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


def kwic(
    db: Database, asked: PreparedQuery, *, width: int = 45, sort: Sort = "document"
) -> list[Line]:
    """KWIC lines, newest document first, or sorted by the words next to the match.

    `left` compares the words before it from the nearest on, `right` those after it.
    """
    keys = {
        "left": lambda line: fold(line.left).split()[::-1],
        "right": lambda line: fold(line.right).split(),
        "match": lambda line: fold(line.match).split(),
    }
    lines = list(_lines(db, asked, min(width, _WIDEST)))
    return lines if sort == "document" else sorted(lines, key=keys[sort])


def _lines(db: Database, asked: PreparedQuery, width: int) -> Iterator[Line]:
    rows = db.all(
        f"SELECT {DOCUMENT}, {PASSAGE}, t.text, t.stems, t.forms, t.starts"
        f" FROM ({asked.select('p.id AS hit')}) h JOIN passage p ON p.id = h.hit"
        " JOIN document d ON d.id = p.document JOIN passage_terms t ON t.passage = p.id"
        " ORDER BY coalesce(d.date, '') DESC, d.authority_name, d.sha256, p.ordinal",
        asked.values,
    )
    marker = Marker(asked.texts)
    for row in rows:
        db.check_deadline()
        text, stems, forms, starts = row[-4:]
        where = place(row, text)
        for start, end in marker.highlights(text, Words(stems, forms, unpack(starts, len(text)))):
            yield Line(
                *where,
                left=_flat(_last_words(text[:start].rstrip(), width)),
                match=_flat(text[start:end]),
                right=_flat(_first_words(text[end:].lstrip(), width)),
            )


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
