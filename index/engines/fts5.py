"""The FTS5 engine: the default, ranked by its own bm25."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from ..query.ast import And, Near, Node, Not, Or, Text
from ..storage.database import Database
from .base import Statement
from .matching import may_overlap

_OF_DOCUMENT = """SELECT passage, stems, forms FROM passage_terms
    WHERE passage IN (SELECT id FROM passage WHERE document = ?)"""


class Fts5:
    """An external-content FTS5 table with the tokenizer that adds least of its own."""

    name: ClassVar[str] = "fts5"
    module: ClassVar[str] = "fts5"
    table: ClassVar[str] = "passage_fts5"
    score: ClassVar[str] = "bm25(passage_fts5)"

    def create(self, db: Database) -> None:
        db.execute(
            "CREATE VIRTUAL TABLE passage_fts5 USING fts5(stems, forms, tokenize = 'ascii',"
            " content = 'passage_terms', content_rowid = 'passage')"
        )

    def add(self, db: Database, document: int) -> None:
        db.execute(f"INSERT INTO passage_fts5 (rowid, stems, forms) {_OF_DOCUMENT}", (document,))

    def remove(self, db: Database, document: int) -> None:
        old = _OF_DOCUMENT.replace("SELECT", "SELECT 'delete',", 1)
        db.execute(
            f"INSERT INTO passage_fts5 (passage_fts5, rowid, stems, forms) {old}", (document,)
        )

    def rebuild(self, db: Database) -> None:
        db.execute("INSERT INTO passage_fts5 (passage_fts5) VALUES ('rebuild')")

    def prepare(self, db: Database) -> None:
        """FTS5 ranks by itself."""

    def check(self, db: Database) -> None:
        # With a rank of 1 the terms are compared too, not only the index with itself.
        db.execute("INSERT INTO passage_fts5 (passage_fts5, rank) VALUES ('integrity-check', 1)")

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
