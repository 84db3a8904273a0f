"""The FTS5 engine: the default, ranked by its own bm25."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from corpus.errors import LibraryDamaged

from ..query.ast import And, Near, Node, Not, Or, Text
from ..storage.database import Database
from .base import Statement, rows
from .matching import may_overlap

_INSERT: Final = "INSERT INTO passage_fts5 (rowid, stems, forms) VALUES (?, ?, ?)"


class Fts5:
    """A contentless FTS5 table with the tokenizer that adds least of its own.

    Words are read off the texts: it holds none, and to forget a row it is told them again.
    """

    name: ClassVar[str] = "fts5"
    module: ClassVar[str] = "fts5"
    table: ClassVar[str] = "passage_fts5"
    score: ClassVar[str] = "bm25(passage_fts5)"

    def create(self, db: Database) -> None:
        db.execute(
            "CREATE VIRTUAL TABLE passage_fts5 USING fts5(stems, forms,"
            " tokenize = 'ascii', content = '')"
        )

    def add(self, db: Database, document: int) -> None:
        db.many(_INSERT, rows(db, document))

    def remove(self, db: Database, document: int) -> None:
        db.many(
            "INSERT INTO passage_fts5 (passage_fts5, rowid, stems, forms)"
            " VALUES ('delete', ?, ?, ?)",
            rows(db, document),
        )

    def fill(self, db: Database) -> None:
        db.many(_INSERT, rows(db))
        self.optimize(db)

    def prepare(self, db: Database) -> None:
        """FTS5 ranks by itself."""

    def check(self, db: Database) -> None:
        db.execute("INSERT INTO passage_fts5 (passage_fts5) VALUES ('integrity-check')")
        # So far the index was compared with itself; now with the texts, word by word in any order.
        db.temporary("passage_instances", "fts5vocab(main, passage_fts5, 'instance')")
        held = db.each("SELECT doc, col, offset, term FROM passage_instances")
        words = (
            (passage, column, at, word)
            for passage, *columns in rows(db)
            for column, found in zip(("stems", "forms"), columns, strict=True)
            for at, word in enumerate(found.split())
        )
        if sum(map(hash, map(tuple, held))) != sum(map(hash, words)):
            raise LibraryDamaged("the index does not hold the words of the texts")

    def optimize(self, db: Database) -> None:
        db.execute("INSERT INTO passage_fts5 (passage_fts5) VALUES ('optimize')")

    def vocabulary(self, db: Database, letter: str) -> list[str]:
        db.temporary("passage_vocabulary", "fts5vocab(main, passage_fts5, 'col')")
        rows = db.all(
            "SELECT term FROM passage_vocabulary WHERE term >= ? AND term < ? AND col = 'forms'",
            (letter, letter + "\U0010ffff"),
        )
        return [row["term"] for row in rows]

    def expression(self, node: Node) -> str | None:
        return _expression(node)

    def matching(self, text: Text | Near) -> Statement:
        return "SELECT rowid FROM passage_fts5 WHERE passage_fts5 MATCH ?", (_leaf(text),)

    def ranking(self, texts: Sequence[Text | Near]) -> Statement:
        expression = " OR ".join(_leaf(text) for text in texts)
        columns = f"rowid AS id, {self.score} AS score"
        return f"SELECT {columns} FROM passage_fts5 WHERE passage_fts5 MATCH ?", (expression,)


def _expression(node: Node) -> str | None:
    """A tree of texts in FTS5's syntax. NOT must have something beside it to be taken from."""
    match node:
        case Text():
            return _leaf(node)
        case Near() if not may_overlap(node):
            return _leaf(node)
        case Or(nodes):
            parts = [_expression(inner) for inner in nodes]
            return _all(" OR ", parts)
        case And(nodes):
            wanted = _all(" AND ", [_expression(n) for n in nodes if not isinstance(n, Not)])
            unwanted = [_expression(n.node) for n in nodes if isinstance(n, Not)]
            if not unwanted or not wanted:
                return wanted
            without = _all(" OR ", unwanted)
            return f"({wanted} NOT {without})" if without else None
        case _:
            return None


def _all(operator: str, parts: Sequence[str | None]) -> str | None:
    found = [part for part in parts if part]
    return f"({operator.join(found)})" if found and len(found) == len(parts) else None


def _leaf(node: Text | Near) -> str:
    """Quoted terms only: no word of the user's can be read as syntax."""
    if isinstance(node, Text):
        return f"{{{node.column}}} : {_phrase(node)}"
    left, right = node.left, node.right
    assert isinstance(left, Text), "expand first"
    assert isinstance(right, Text), "expand first"
    if may_overlap(node):  # what both stand in; which is more than what is near
        return f"({_leaf(left)} AND {_leaf(right)})"
    return f"{{{left.column}}} : NEAR({_phrase(left)} {_phrase(right)}, {node.distance})"


def _phrase(text: Text) -> str:
    return '"' + " ".join(text.terms) + '"' + (" *" if text.prefix else "")
