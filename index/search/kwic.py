"""Keyword in context (KWIC): one line per match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from ..documents.citation_rows import DOCUMENT, PASSAGE, Place, place
from ..storage.database import Database
from ..text.analyzer import Words, fold, unpack
from .highlight import Marker
from .prepared import PreparedQuery

Sort: TypeAlias = Literal["document", "left", "right", "word"]

_WIDEST: Final = 500  # characters on a side that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Place):
    """A place where the query's words stand. Left and right are of one line, trimmed to width."""

    left: str
    word: str
    right: str


def kwic(
    db: Database, asked: PreparedQuery, *, width: int = 45, sort: Sort = "document"
) -> list[Line]:
    """The lines, newest document first; or by the words next to what was found.

    `left` compares the words before it from the nearest on, `right` those behind it.
    """
    keys = {
        "left": lambda line: fold(line.left).split()[::-1],
        "right": lambda line: fold(line.right).split(),
        "word": lambda line: fold(line.word).split(),
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
        text, stems, forms, starts = row[-4:]
        where = place(row, text)
        for start, end in marker.highlights(text, Words(stems, forms, unpack(starts, len(text)))):
            yield Line(
                *where,
                left=_flat(text[max(start - width, 0) : start]),
                word=_flat(text[start:end]),
                right=_flat(text[end : end + width]),
            )


def _flat(text: str) -> str:
    return text.replace("\n", " ").strip()
