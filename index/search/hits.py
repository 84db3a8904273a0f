"""Hits: the passages that answer a query, ranked, with places and reasons."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

from ..documents.citation_rows import DOCUMENT, PASSAGE, Place, place
from ..query.ast import Near, Text
from ..query.expansion import Expansion, Groups
from ..query.filters import Filters
from ..query.question import Question
from ..query.vocabulary import Vocabulary
from ..storage import passage_tags
from ..storage.database import DEADLINE, Database, Value
from ..storage.passage_tags import Tag
from ..text.analyzer import Words, unpack
from .clusters import Cluster, spread
from .highlight import Excerpt, Marker, Range
from .prepared import PreparedQuery, ask
from .ranked import Ranking, asks_of_one, rank
from .scoring import WEIGHTS

T = TypeVar("T")

_NEWEST: Final = "coalesce(d.date, '') DESC, d.authority_name, d.sha256, p.ordinal"
_ORDERS: Final = {
    "relevance": f"p.tier, score, {_NEWEST}",
    "date": f"p.tier = 2, {_NEWEST}",
    "la": "p.tier = 2, d.authority_name IS NULL, d.authority_name, coalesce(d.date, '') DESC,"
    " d.sha256, p.ordinal",
}
_BATCH: Final = 500
"""So many values are given to SQLite at once."""
_SPARE: Final = 5
"""So many passages more are ranked, as some may repeat others, or be ranked like the last."""
_RANKING: Final = "passage_rank"
"""The index of passages that holds what ranking asks of most of them."""
_REPEATED: Final = (
    "EXISTS (SELECT 1 FROM passage_text o WHERE o.same = t.same AND o.passage <> t.passage)"
)
_DOCUMENT: Final = " CROSS JOIN document d ON d.id = p.document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(Place):
    """A passage that answers the query. `highlights` are ranges in `text`."""

    id: int
    highlights: tuple[Range, ...]
    snippet: Excerpt
    score: float
    """Of its engine; the smaller the better, 0 where nothing was there to rank by."""
    findings: tuple[Tag, ...]
    """What its findings say, each once, in the order of the text."""
    repeats: int = 1
    """How many passages that answer are made of the same words, this one among them."""
    group: int | None = None
    """How many of its authority answer, where hits are grouped."""
    whole: bool = True
    """Whether it has all the words of a plain question."""
    parts: tuple[tuple[str, float], ...] = ()
    """Of a plain question: what the score is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """One page of hits, with totals and notes."""

    hits: tuple[Hit, ...]
    total: int
    """The passages that answer, each repeat counted."""
    read_as: str
    notes: tuple[str, ...]
    expansions: tuple[Expansion, ...]
    engine: str
    question: Question | None = None
    """What was asked in plain words, as it was understood."""
    some: int = 0
    """Of a plain question: how many more passages have some of the words."""


class Ranked(NamedTuple):
    """A ranked hit before loading: number of repeats, and size of its group."""

    id: int
    score: float
    repeats: int = 1
    group: int | None = None
    whole: bool = True
    parts: tuple[tuple[str, float], ...] = ()


class _Row(NamedTuple):
    """A passage that answers; those with the same key, its words or its authority, are one hit."""

    id: int
    score: float
    key: object
    repeated: bool = False
    """Whether there are other passages of the same words, which may answer or not."""


def search(
    db: Database,
    query: str,
    filters: Filters | None = None,
    *,
    engine: str | None = None,
    synonyms: Groups = (),
    vocabulary: Vocabulary | None = None,
    limit: int = 20,
    offset: int = 0,
    collapse: bool = True,
    deadline: float = DEADLINE,
    weights: Mapping[str, float] = WEIGHTS,
) -> Hits:
    """The passages that answer `query` and `filters`, the best first.

    An empty query lists what the filters let through, the newest first. Raises UsageError
    where the query cannot be understood or takes longer than `deadline` seconds.
    """
    with db.deadline(deadline):
        asked = ask(db, query, filters, engine=engine, synonyms=synonyms, vocabulary=vocabulary)
        return page(db, asked, limit=limit, offset=offset, collapse=collapse, weights=weights)


def page(
    db: Database,
    asked: PreparedQuery,
    *,
    limit: int = 20,
    offset: int = 0,
    collapse: bool = True,
    weights: Mapping[str, float] = WEIGHTS,
) -> Hits:
    """One page of hits; passages with the same words are one hit, unless `collapse` is off."""
    if asked.question and not asked.query.group and asked.query.sort in {None, "relevance"}:
        window = offset + limit
        ranking = rank(db, asked, asked.question, window, weights)
        return _answer(db, asked, ranking, limit=limit, offset=offset, collapse=collapse)
    if collapse or asked.query.group:
        ranked, total = _page(db, asked, offset, limit)
    else:
        window = offset + limit + _SPARE
        rows, counted = _rank(db, asked, window)
        ranked = [Ranked(row.id, row.score) for row in rows[offset : offset + limit]]
        total = _total(db, asked, len(rows), window, counted)
    return Hits(
        hits=read(db, ranked, asked.texts),
        total=total,
        read_as=asked.read_as,
        notes=asked.notes,
        expansions=asked.expansions,
        engine=asked.engine.name,
    )


def _answer(
    db: Database,
    asked: PreparedQuery,
    ranking: Ranking,
    *,
    limit: int,
    offset: int,
    collapse: bool,
) -> Hits:
    """One page of the answer to a plain question."""
    others = asked.question.other_texts() if asked.question else ()
    places = list(ranking.places) if asks_of_one(asked.node) else spread(ranking.places)
    if not collapse:
        places = [Cluster(one) for place in places for one in (place.best, *place.alike)]
    chosen = places[offset : offset + limit]
    copies = _copies(db, asked, [place.best.same for place in chosen]) if collapse else {}
    return Hits(
        hits=read(
            db,
            [
                Ranked(
                    place.best.id,
                    -place.best.score,
                    copies.get(place.best.same, 1) + place.others,
                    whole=place.best.whole,
                    parts=tuple(place.best.parts.items()),
                )
                for place in chosen
            ],
            (*asked.texts, *others),
        ),
        total=ranking.whole,
        some=ranking.some,
        question=asked.question,
        read_as=asked.read_as,
        notes=asked.notes,
        expansions=asked.expansions,
        engine=asked.engine.name,
    )


def _copies(db: Database, asked: PreparedQuery, same: Sequence[int]) -> dict[int, int]:
    """How many passages that may answer are made of each of these words."""
    found: dict[int, int] = {}
    for some in batched(same):
        rows = db.all(
            "SELECT t.same AS key, count(*) AS n FROM passage_text t"
            " JOIN passage p ON p.id = t.passage"
            f" WHERE t.same IN ({marks(some)}) AND {asked.besides} GROUP BY 1",
            [*some, *asked.besides_values],
        )
        found |= {row["key"]: row["n"] for row in rows}
    return found


def _page(db: Database, asked: PreparedQuery, offset: int, limit: int) -> tuple[list[Ranked], int]:
    """The page's hits in order, and the number of all passages that answer."""
    window = offset + limit + _SPARE
    while True:
        rows, counted = _rank(db, asked, window)
        first: dict[object, _Row] = {}
        for row in rows:
            first.setdefault(row.key, row)
        if len(rows) < window or len(first) >= offset + limit:
            break
        window *= 4
    total = _total(db, asked, len(rows), window, counted)
    chosen = list(first.values())[offset : offset + limit]
    if asked.query.group:
        counts = _of_group(db, asked)
        return [Ranked(row.id, row.score, group=counts[row.key]) for row in chosen], total
    counts = _repeats(db, asked, [row.key for row in chosen if row.repeated])
    return [Ranked(row.id, row.score, counts.get(row.key, 1)) for row in chosen], total


def _total(db: Database, asked: PreparedQuery, found: int, most: int, counted: int | None) -> int:
    """The number of passages that answer, `found` of which were found where `most` were sought."""
    if counted is not None:
        return counted
    return found if found < most else asked.count(db)


def _rank(db: Database, asked: PreparedQuery, window: int) -> tuple[list[_Row], int | None]:
    """The first passages in the order asked for; and how many answer, where that is known.

    If that is known, some of the spare ones may be left out.
    """
    by_score = bool(asked.texts) and asked.query.sort in {None, "relevance"}
    if by_score and asked.driven and asked.query.group is None:
        return _rank_by_score(db, asked, window)
    return _rank_fully(db, asked, window, by_score=by_score), None


def _rank_by_score(
    db: Database, asked: PreparedQuery, window: int
) -> tuple[list[_Row], int | None]:
    """By tier and score; documents are looked at only of the first by these."""
    hit = f"p.id AS id, p.tier AS tier, {asked.engine.score} AS score"
    rows = db.all(
        f"WITH hit AS MATERIALIZED ({asked.select(hit, index=_RANKING)}), first AS MATERIALIZED"
        " (SELECT id, tier, score FROM hit ORDER BY tier, score LIMIT ?)"
        f" SELECT first.id, score, same, {_REPEATED}, first.tier,"
        " (SELECT count(*) FROM hit) AS total"
        " FROM first CROSS JOIN passage_text t ON t.passage = first.id"
        f" CROSS JOIN passage p ON p.id = first.id{_DOCUMENT}"
        f" ORDER BY {_ORDERS['relevance'].replace('p.tier', 'first.tier')}",
        [*asked.values, window],
    )
    if not rows:
        return [], 0
    total = rows[0]["total"]
    if total > window:  # others may be like the last ones, and newer
        last = _rank_of(rows[-1])
        rows = [row for row in rows if _rank_of(row) != last]
        if len({row["same"] for row in rows}) < window - _SPARE:
            return _rank_fully(db, asked, window, by_score=True), total
    return [_Row(*row[:4]) for row in rows], total


def _rank_of(row: sqlite3.Row) -> tuple[int, float]:
    return row["tier"], row["score"]


def _rank_fully(db: Database, asked: PreparedQuery, window: int, *, by_score: bool) -> list[_Row]:
    """By everything at once."""
    order = _ORDERS["relevance" if by_score else asked.query.sort or "date"]
    if order == _ORDERS["relevance"] and not by_score:
        order = _ORDERS["date"]
    columns, tail = "p.id, {}, d.whose", f" ORDER BY {order} LIMIT ?"
    if not by_score:
        sql = asked.select(columns.format("0.0 AS score"), joins=_DOCUMENT, tail=tail)
        rows = db.all(sql, [*asked.values, window])
    elif asked.driven:
        score = f"{asked.engine.score} AS score"
        sql = asked.select(columns.format(score), joins=_DOCUMENT, tail=tail)
        rows = db.all(sql, [*asked.values, window])
    else:
        ranking, values = asked.engine.ranking(asked.texts)
        # The + keeps the engine from looking every id up by itself.
        rows = db.all(
            f"WITH hit AS MATERIALIZED ({asked.select('p.id')}), ranked AS MATERIALIZED"
            f" ({ranking} AND +rowid IN (SELECT id FROM hit))"
            f" SELECT {columns.format('coalesce(ranked.score, 0.0) AS score')}"
            " FROM hit CROSS JOIN passage p"
            f" ON p.id = hit.id{_DOCUMENT} LEFT JOIN ranked ON ranked.id = p.id{tail}",
            [*asked.values, *values, window],
        )
    if asked.query.group == "la":
        return [_Row(*row) for row in rows]
    same = _same(db, [row["id"] for row in rows])
    return [_Row(id_, score, *same[id_]) for id_, score, _ in rows]


def _same(db: Database, ids: Sequence[int]) -> dict[int, tuple[int, bool]]:
    """The digests of passages' words, and whether others have the same."""
    same: dict[int, tuple[int, bool]] = {}
    for some in batched(ids):
        sql = f"SELECT passage, same, {_REPEATED} FROM passage_text t WHERE passage IN"
        same |= {row[0]: (row[1], row[2]) for row in db.all(f"{sql} ({marks(some)})", some)}
    return same


def _of_group(db: Database, asked: PreparedQuery) -> dict[object, int]:
    """How many passages of each authority answer."""
    sql = asked.select("d.whose AS key, count(*) AS n", joins=_DOCUMENT, tail=" GROUP BY 1")
    return {row["key"]: row["n"] for row in db.all(sql, asked.values)}


def _repeats(db: Database, asked: PreparedQuery, keys: Sequence[object]) -> dict[object, int]:
    """How many passages that answer are made of each of these words."""
    # Passages of the same words match the same texts: only the rest is to be asked of each.
    bound: list[Value] = [key for key in keys if isinstance(key, int)]
    counts: dict[object, int] = {}
    for some in batched(bound):
        rows = db.all(
            "SELECT t.same AS key, count(*) AS n FROM passage_text t"
            " JOIN passage p ON p.id = t.passage"
            f" WHERE t.same IN ({marks(some)}) AND {asked.apart} GROUP BY 1",
            [*some, *asked.apart_values],
        )
        counts |= {row["key"]: row["n"] for row in rows}
    return counts


def read(
    db: Database, ranked: Sequence[Ranked], texts: Sequence[Text | Near] = ()
) -> tuple[Hit, ...]:
    """The hits in full."""
    marker = Marker(texts)
    return tuple(hit for some in batched(ranked) for hit in _read(db, some, marker))


def _read(db: Database, ranked: Sequence[Ranked], marker: Marker) -> Iterator[Hit]:
    ids = [one.id for one in ranked]
    rows = db.all(
        f"SELECT {DOCUMENT}, {PASSAGE}, t.text, t.starts, t.words, p.tags"
        " FROM passage p JOIN document d ON d.id = p.document"
        f" JOIN passage_text t ON t.passage = p.id WHERE p.id IN ({marks(ids)})",
        ids,
    )
    known = {row["passage_id"]: row for row in rows}
    return (_hit(known[one.id], marker, one) for one in ranked if one.id in known)


def _hit(row: sqlite3.Row, marker: Marker, ranked: Ranked) -> Hit:
    text, starts, words, tagged = row[-4:]
    ranges, snippet = marker.mark(text, Words(text, unpack(starts, words)))
    return Hit(
        *place(row, text),
        id=ranked.id,
        highlights=ranges,
        snippet=snippet,
        score=ranked.score,
        findings=passage_tags.read(tagged),
        repeats=ranked.repeats,
        group=ranked.group,
        whole=ranked.whole,
        parts=ranked.parts,
    )


def batched(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in parts that SQLite can be given at once."""
    return (values[at : at + _BATCH] for at in range(0, len(values), _BATCH))


def marks(values: Sequence[object]) -> str:
    """SQL placeholders for values."""
    return ", ".join("?" * len(values))
