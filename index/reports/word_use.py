"""Word use: the words of passages that answer, for statistics of words and rates.

Furniture of reports (contents, contacts, how to complain) and documents that were issued again are
left out, so that neither is counted as what inspectors say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..query.filters import Filters
from ..search.prepared import PreparedQuery
from ..storage.database import Database, Value
from ..text.analyzer import Words
from .counts import Narrowed

_COUNTED: Final = "p.late = 0 AND d.id NOT IN (SELECT replaces FROM reissue)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What of one document was chosen: so many passages, with so many words."""

    document: int
    authority: str | None
    """The authority's name."""
    region: str | None
    doc_type: str
    framework: str | None
    date: str | None
    passages: int
    words: int


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The words of a passage, with what it is grouped by."""

    passage: int
    """Its number in the library."""
    document: int
    authority: str | None
    region: str | None
    year: str | None
    words: Words

    @property
    def forms(self) -> list[str]:
        """Its words as written, in lower case."""
        return self.words.forms.split()


def portions(
    db: Database, asked: PreparedQuery | None, filters: Filters | None = None
) -> tuple[Portion, ...]:
    """The documents in which passages answer, with how many; all passages where nothing is asked.

    `filters` are of documents, and only used where nothing is asked: a query has its own.
    """
    source, where, values = _chosen(db, asked, filters)
    rows = db.all(
        "SELECT d.id AS document, d.authority_name AS authority, a.region, d.doc_type,"
        " d.framework, d.date, c.passages, c.words FROM (SELECT p.document, count(*) AS passages,"
        f" sum(t.words) AS words FROM {source} JOIN document d ON d.id = p.document"
        f" JOIN passage_text t ON t.passage = p.id WHERE {where} GROUP BY p.document) c"
        " JOIN document d ON d.id = c.document LEFT JOIN authority a ON a.key = d.authority"
        " ORDER BY d.id",
        values,
    )
    return tuple(Portion(**row) for row in rows)


def passages(
    db: Database,
    asked: PreparedQuery | None,
    filters: Filters | None = None,
) -> Iterator[PassageWords]:
    """The words of the same passages, document by document."""
    source, where, values = _chosen(db, asked, filters)
    for row in db.each(
        f"SELECT p.id, p.document, d.authority_name, a.region, substr(d.date, 1, 4),"
        f" t.text FROM {source} JOIN document d ON d.id = p.document"
        " LEFT JOIN authority a ON a.key = d.authority"
        f" JOIN passage_text t ON t.passage = p.id WHERE {where} ORDER BY p.document",
        values,
    ):
        db.check_deadline()
        passage, document, authority, region, year, text = row
        yield PassageWords(passage, document, authority, region, year, Words(text))


def _chosen(
    db: Database, asked: PreparedQuery | None, filters: Filters | None
) -> tuple[str, str, Sequence[Value]]:
    if asked is not None:
        return (
            f"({asked.select('p.id AS hit')}) h JOIN passage p ON p.id = h.hit",
            _COUNTED,
            asked.values,
        )
    narrowed = Narrowed(db, filters)
    return "passage p", f"{_COUNTED} AND {narrowed.of_document}", narrowed.values
