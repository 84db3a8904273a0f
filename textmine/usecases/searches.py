"""Use cases of searching: hits, facets, KWIC, matrices, samples, saved searches."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

from corpus.errors import UsageError
from index.documents import provenance, store
from index.maintenance.fingerprint import fingerprint
from index.query.ast import FINDING, Has, leaves
from index.query.filters import Filters
from index.query.vocabulary import Vocabulary
from index.reports import counts
from index.reports.matrix import Cell, matrix
from index.search import saved_searches
from index.search.explain import Explanation, explain
from index.search.hits import Hits, page
from index.search.more_like_this import alike, passage_of
from index.search.prepared import PreparedQuery, ask
from index.search.saved_searches import Run
from index.search.suggestions import Suggestion, suggest
from index.storage.database import DEADLINE, PATIENCE, Database
from index.views.context import PassageContext, around
from index.views.facets import FacetValue, facets
from index.views.kwic import Concordance, Sort, kwic
from index.views.matches import PassageMatch, matches
from index.views.sample import sample

from .. import __version__
from ..vocabulary import load_vocabulary

INTERNAL = "the document is internal; add --internal to pass on words of it"

FEW = 20
"""So many passages with some of the words are an answer where none has all."""
MIXED = (
    "these findings come from different versions of the rules or themes; "
    "to bring them up to date: textmine refresh"
)

ALL = 2**31
"""More passages than a library has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question: query, filters and options."""

    query: str
    filters: Filters = Filters()  # noqa: RUF009  frozen, and has no parts that change
    engine: str | None = None
    synonyms: bool = True
    strict: bool = False
    """Whether every word must occur, and nothing is read into plain words."""

    def ask(self, db: Database) -> PreparedQuery:
        vocabulary = load_vocabulary() if self.synonyms else Vocabulary()
        return ask(
            db,
            self.query,
            self.filters,
            engine=self.engine,
            synonyms=vocabulary.names,
            vocabulary=None if self.strict else vocabulary,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer: hits with context, explanation and suggestions."""

    hits: Hits
    around: dict[int, PassageContext]
    """What stands before and after each hit, by its id, where that was asked for."""
    explanation: Explanation | None
    suggestions: tuple[Suggestion, ...]
    """What to ask instead, where nothing was found."""


def search(
    db: Database,
    question: Question,
    *,
    limit: int | None = 20,
    offset: int = 0,
    collapse: bool = True,
    context: int = 0,
    explained: bool = False,
) -> Answer:
    """The passages that answer, the best first, with so many passages of context on each side.

    All of them where `limit` is None; else so many behind the first `offset`.
    """
    with _deadline(db, limit):
        asked = question.ask(db)
        most = limit or _all(db, asked)
        hits = page(db, asked, limit=most, offset=offset, collapse=collapse)
        if limit is None and hits.question and hits.total:
            hits = replace(hits, hits=tuple(hit for hit in hits.hits if hit.whole))
        if asks_of_findings(asked) and provenance.mixed(db):
            hits = replace(hits, notes=(*hits.notes, MIXED))
        return Answer(
            hits=hits,
            around={hit.id: around(db, hit.id, context) for hit in hits.hits} if context else {},
            explanation=explain(db, asked, hits.hits) if explained else None,
            suggestions=() if hits.total else suggest(db, asked),
        )


def _deadline(db: Database, limit: int | None) -> AbstractContextManager[None]:
    """The time that a list of so many may take; without a limit, of everything."""
    return db.deadline(PATIENCE if limit is None else DEADLINE)


def _all(db: Database, asked: PreparedQuery) -> int:
    """How many to list where all are: of a plain question those with all the words, if any."""
    return (asked.count(db) or FEW) if asked.question else ALL


def asks_of_findings(asked: PreparedQuery) -> bool:
    """Whether the answer depends on findings."""
    parts = leaves(asked.node) if asked.node else ()
    return any(isinstance(part, Has) and part.field in FINDING for part in parts)


def draw_sample(db: Database, question: Question, size: int, seed: int) -> Hits:
    """A sample of the passages that answer: the same for the same seed."""
    with db.deadline():
        asked = question.ask(db)
        return Hits(
            hits=sample(db, asked, size, seed),
            total=asked.count(db),
            read_as=asked.read_as,
            notes=asked.notes,
            expansions=asked.expansions,
            engine=asked.engine.name,
        )


def facets_of(
    db: Database, question: Question, fields: Iterable[str]
) -> tuple[PreparedQuery, tuple[FacetValue, ...]]:
    """The facets of a question."""
    with db.deadline():
        asked = question.ask(db)
        return asked, facets(db, asked, fields)


def lines(
    db: Database, question: Question, *, width: int, sort: Sort, limit: int | None
) -> tuple[PreparedQuery, Concordance]:
    """The KWIC lines of a question, as many as the limit allows."""
    with _deadline(db, limit):
        asked = question.ask(db)
        return asked, kwic(db, asked, width=width, sort=sort, limit=limit)


def matches_in(db: Database, question: Question, number: int) -> tuple[PassageMatch, ...]:
    """The passages of one document that answer, or hold some of the words."""
    with db.deadline():
        return matches(db, question.ask(db), number)


def table(db: Database, question: Question, queries: Iterable[str], by: str) -> list[Cell]:
    """The matrix of queries and groups of documents."""
    vocabulary = load_vocabulary() if question.synonyms else Vocabulary()
    filters, engine = question.filters, question.engine
    return list(matrix(db, queries, by, filters, engine=engine, synonyms=vocabulary.names))


def like(
    db: Database,
    document: str,
    *,
    para: str | None,
    ordinal: int | None,
    filters: Filters,
    limit: int | None,
) -> Hits:
    """The passages most similar to a document's passage."""
    with _deadline(db, limit):
        number = store.resolve(db, document)
        if not filters.internal and store.is_internal(db, number):
            raise UsageError(INTERNAL)
        return alike(db, passage_of(db, number, para, ordinal), filters, limit=limit or ALL)


def passage_in_context(
    db: Database, document: str, *, para: str | None, ordinal: int | None, context: int
) -> PassageContext:
    """A passage of a document with so many on each side."""
    number = store.resolve(db, document)
    return around(db, passage_of(db, number, para, ordinal), context)


def run_saved(db: Database, names: Iterable[str]) -> tuple[Run, ...]:
    """Run saved searches, all of them if none is named."""
    chosen = tuple(names) or tuple(each.name for each in saved_searches.list_all(db))
    return tuple(saved_searches.run(db, name, synonyms=load_vocabulary().names) for name in chosen)


def sidecar(db: Database, question: Question, **more: Any) -> dict[str, Any]:
    """How to reproduce an answer."""
    asked = question.ask(db)
    return {
        "query": question.query,
        "read_as": asked.read_as,
        "also_searched": {each.of: list(each.also) for each in asked.expansions},
        "notes": list(asked.notes),
        "engine": asked.engine.name,
        "internal": question.filters.internal,
        "passages": asked.count(db),
        "documents_searched": counts.searched(db, internal=question.filters.internal),
        "library_fingerprint": fingerprint(db),
        "textmine": __version__,
        **more,
    }
