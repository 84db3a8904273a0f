"""Explanations of an answer: AST, SQL, expansions, parts of the score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..engines.fts4 import Fts4
from ..query.ast import And, Node, Not, Or, Text, read_as
from ..query.question import Question
from ..storage.database import Database, Value
from .conditions import PUBLIC
from .hits import Hit
from .prepared import PreparedQuery, count_visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """A ranking text and its document frequency (passages that contain it and may be seen)."""

    text: str
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The ranking parts of a hit: its tier, then the sum of its texts' scores.

    `matchinfo` is what sqlite-fts4 says of the row, as JSON, where FTS4 answers.
    """

    tier: int
    score: float
    texts: tuple[tuple[str, float], ...]
    question: tuple[tuple[str, float], ...] = ()
    """Of a plain question: what its words, themes and so on add to the score."""
    matchinfo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`tree` is the query after expansion, a line for each node, indented."""

    tree: str
    sql: str
    values: tuple[Value, ...]
    passages: int
    """How many the library has, of those that may be seen."""
    frequencies: tuple[Frequency, ...]
    hits: tuple[Parts, ...]
    question: tuple[str, ...] = ()
    """Of a plain question: each word, and what was looked for as well."""


def explain(db: Database, asked: PreparedQuery, hits: Sequence[Hit] = ()) -> Explanation:
    """Explain an answer: the query's translation, and the scores of hits."""
    return Explanation(
        tree="\n".join(_lines(asked.expanded)) if asked.expanded else "everything",
        sql=asked.select("p.id"),
        values=asked.values,
        passages=db.number(
            f"SELECT count(*) FROM passage WHERE ? OR {PUBLIC.format('document')}",
            (asked.internal,),
        ),
        frequencies=tuple(_frequencies(db, asked)),
        hits=tuple(_parts(db, asked, hit) for hit in hits),
        question=tuple(_understood(asked.question)) if asked.question else (),
    )


def _understood(question: Question) -> Iterator[str]:
    """The words of a plain question with what stands for them, its themes and its polarity."""
    for number, word in enumerate(question.words):
        others = [
            f"{' '.join(other.stems)} ({other.weight:.2f})"
            for other in question.others
            if other.mask >> number & 1
        ]
        yield f"{read_as(word.text)}: {', '.join(others) or 'no other words'}"
    for theme, sure in question.themes:
        yield f"theme {theme} ({sure:.2f})"
    if question.polarity:
        yield f"polarity {question.polarity}"


def _lines(node: Node, depth: int = 0) -> Iterator[str]:
    indent = "  " * depth
    match node:
        case And(nodes) | Or(nodes):
            yield f"{indent}{'AND' if isinstance(node, And) else 'OR'}"
            for inner in nodes:
                yield from _lines(inner, depth + 1)
        case Not(inner):
            yield f"{indent}NOT"
            yield from _lines(inner, depth + 1)
        case Text():
            terms = " ".join(node.terms) + ("*" if node.prefix else "")
            yield f"{indent}{read_as(node)}   ({node.column}: {terms})"
        case _:
            yield f"{indent}{read_as(node)}"


def _frequencies(db: Database, asked: PreparedQuery) -> Iterator[Frequency]:
    for text in asked.texts:
        yield Frequency(text=read_as(text), passages=count_visible(db, asked, text))


def _parts(db: Database, asked: PreparedQuery, hit: Hit) -> Parts:
    scores = []
    for text in asked.texts:
        sql, values = asked.engine.ranking([text])
        row = db.one(f"{sql} AND rowid = ?", [*values, hit.id])
        if row:
            scores.append((read_as(text), float(row["score"])))
    return Parts(
        tier=db.number("SELECT tier FROM passage WHERE id = ?", (hit.id,)),
        score=hit.score,
        texts=tuple(scores),
        question=hit.parts,
        matchinfo=_matchinfo(db, asked, hit),
    )


def _matchinfo(db: Database, asked: PreparedQuery, hit: Hit) -> str | None:
    if asked.engine.name != Fts4.name or not asked.texts:
        return None
    sql, values = asked.engine.ranking(asked.texts)
    info = "annotate_matchinfo(matchinfo(passage_fts4, 'pcnalx'), 'pcnalx') AS score"
    row = db.one(
        f"{sql.replace(f'{asked.engine.score} AS score', info)} AND rowid = ?", [*values, hit.id]
    )
    return str(row["score"]) if row else None
