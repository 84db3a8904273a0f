"""More like this: passages that share a passage's distinctive terms."""

from __future__ import annotations

import math
from collections import Counter
from typing import Final

from corpus.errors import UsageError

from ..documents import vectors
from ..engines import ready
from ..query.ast import Or, Text, read_as
from ..query.filters import Filters
from ..storage.database import Database
from ..text.analyzer import index_text
from .hits import Hits, Ranked, marks, page, read
from .prepared import ask
from .sql import Compiler

_WORDS: Final = 10  # that passages are compared by
_DEEP: Final = 40  # how far down both lists are looked at
_COMMON: Final = 0.1  # of all passages: a word in more than that tells nothing


def passage_of(db: Database, document: int, number: str | None, ordinal: int | None) -> int:
    """The id of a document's passage, by its printed number or its ordinal.

    Raises UsageError where there is none.
    """
    number = None if number is None else number.strip().rstrip(".")
    column, value = ("number", number) if number is not None else ("ordinal", ordinal)
    row = db.one(
        f"SELECT id FROM passage WHERE document = ? AND {column} = ? ORDER BY ordinal LIMIT 1",
        (document, value),
    )
    if row is None:
        what = f"paragraph {number}" if number is not None else f"passage {ordinal}"
        see = f"textmine show {document} --stage passages"
        raise UsageError(f"document {document} has no {what}; see: {see}")
    return int(row["id"])


def alike(db: Database, passage: int, filters: Filters | None = None, *, limit: int = 20) -> Hits:
    """The most similar passages by the ten most distinctive terms and by meaning, without repeats.

    What is high on both lists comes first.
    """
    words = telling(db, passage)
    if not words:
        raise UsageError("the passage has no distinctive words to search for; choose a longer one")
    asked = ask(db, read_as(Or(words) if len(words) > 1 else words[0]), filters)
    same = "SELECT t.passage FROM passage_text t JOIN passage_text o ON o.same = t.same"
    own = {row[0] for row in db.all(f"{same} WHERE o.passage = ?", (passage,))}
    most = limit + len(own) + _DEEP
    found = page(db, asked, limit=most)
    near, _ = vectors.load(db).near(vectors.of_passage(db, passage), most)
    scores: Counter[int] = Counter()
    for ids in ([hit.id for hit in found.hits], _allowed(db, near, filters)):
        scores.update({id_: 1 / (_DEEP + rank) for rank, id_ in enumerate(ids)})
    chosen = [Ranked(id_, -score) for id_, score in scores.most_common() if id_ not in own]
    return Hits(
        hits=read(db, _without_repeats(db, chosen)[:limit], asked.texts),
        total=max(found.total - len(own), len(chosen)),
        read_as=found.read_as,
        notes=found.notes,
        expansions=(),
        engine=found.engine,
    )


def _allowed(db: Database, passages: list[int], filters: Filters | None) -> list[int]:
    """Those of the passages that the filters let through, in the same order."""
    if not passages:
        return []
    asked = ask(db, "", filters)
    sql = f"SELECT p.id FROM passage p WHERE p.id IN ({marks(passages)}) AND ({asked.apart})"
    found = {row["id"] for row in db.all(sql, [*passages, *asked.apart_values])}
    return [passage for passage in passages if passage in found]


def _without_repeats(db: Database, ranked: list[Ranked]) -> list[Ranked]:
    """The first of those that are made of the same words."""
    ids = [one.id for one in ranked]
    sql = f"SELECT passage, same FROM passage_text WHERE passage IN ({marks(ids)})"
    same = {row["passage"]: row["same"] for row in db.all(sql, ids)}
    first = {same[one.id]: one for one in reversed(ranked)}
    return [one for one in ranked if first[same[one.id]] is one]


def telling(db: Database, passage: int) -> tuple[Text, ...]:
    """The words that a passage uses more than others do, the most telling first."""
    row = db.one("SELECT text FROM passage_text WHERE passage = ?", (passage,))
    if row is None:
        return ()
    stems, forms = (column.split() for column in index_text(row["text"]))
    form_of = dict(zip(stems, forms, strict=True))
    engine, _ = ready(db)
    total = db.number("SELECT count(*) FROM passage")
    weights: dict[Text, float] = {}
    for stem, count in Counter(stem for stem in stems if stem.isalpha()).items():
        text = Text((form_of[stem],), (stem,), quoted=True)
        compiler = Compiler(db, engine)
        where = compiler.condition(text)
        found = db.number(f"SELECT count(*) FROM passage p WHERE {where}", compiler.values)
        if 1 < found <= max(total * _COMMON, 2):
            weights[text] = (1 + math.log(count)) * math.log(total / found)
    ranked = sorted(weights, key=lambda text: (-weights[text], text.stems))
    return tuple(ranked[:_WORDS])
