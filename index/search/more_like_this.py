"""More like this: passages that share a passage's distinctive terms."""

from __future__ import annotations

import math
from collections import Counter
from typing import Final

from corpus.errors import UsageError

from ..engines import ready
from ..query.ast import Or, Text, read_as
from ..query.filters import Filters
from ..storage.database import Database
from .hits import Hits, page
from .prepared import ask
from .sql import Compiler

_WORDS: Final = 10  # that passages are compared by
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
    """The most similar passages by the ten most distinctive terms, without repeats."""
    words = telling(db, passage)
    if not words:
        raise UsageError("the passage has no distinctive words to search for; choose a longer one")
    asked = ask(db, read_as(Or(words) if len(words) > 1 else words[0]), filters)
    found = page(db, asked, limit=limit + 1)
    same = "SELECT t.passage FROM passage_terms t JOIN passage_terms o ON o.same = t.same"
    own = {row[0] for row in db.all(f"{same} WHERE o.passage = ?", (passage,))}
    kept = tuple(hit for hit in found.hits if hit.id not in own)[:limit]
    return Hits(
        hits=kept,
        total=found.total - len(own),
        read_as=found.read_as,
        notes=found.notes,
        expansions=(),
        engine=found.engine,
    )


def telling(db: Database, passage: int) -> tuple[Text, ...]:
    """The words that a passage uses more than others do, the most telling first."""
    row = db.one("SELECT stems, forms FROM passage_terms WHERE passage = ?", (passage,))
    if row is None:
        return ()
    stems, forms = row["stems"].split(), row["forms"].split()
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
