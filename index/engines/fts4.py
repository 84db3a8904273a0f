"""The FTS4 engine: for builds of SQLite without FTS5, ranked by sqlite-fts4 over `matchinfo`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from corpus.errors import LibraryDamaged

from ..query.ast import Near, Node, Text
from ..storage.database import Database
from .base import Statement, rows

_INSERT: Final = "INSERT INTO passage_fts4 (docid, stems, forms) VALUES (?, ?, ?)"


class Fts4:
    """An FTS4 table with the tokenizer that adds least of its own.

    It holds the words besides: without them FTS4 cannot forget a row.
    """

    name: ClassVar[str] = "fts4"
    module: ClassVar[str] = "fts4"
    table: ClassVar[str] = "passage_fts4"
    score: ClassVar[str] = "rank_bm25(matchinfo(passage_fts4, 'pcnalx'))"

    def create(self, db: Database) -> None:
        db.execute("CREATE VIRTUAL TABLE passage_fts4 USING fts4(tokenize=simple, stems, forms)")

    def add(self, db: Database, document: int) -> None:
        db.many(_INSERT, rows(db, document))

    def remove(self, db: Database, document: int) -> None:
        db.execute(
            "DELETE FROM passage_fts4 WHERE docid IN (SELECT id FROM passage WHERE document = ?)",
            (document,),
        )

    def fill(self, db: Database) -> None:
        db.many(_INSERT, rows(db))
        self.optimize(db)

    def prepare(self, db: Database) -> None:
        from sqlite_fts4 import register_functions  # noqa: PLC0415  only this engine needs it

        register_functions(db.connection)

    def check(self, db: Database) -> None:
        db.execute("INSERT INTO passage_fts4 (passage_fts4) VALUES ('integrity-check')")
        stored = db.each("SELECT docid, stems, forms FROM passage_fts4 ORDER BY docid")
        if any(tuple(row) != words for row, words in zip(stored, rows(db), strict=True)):
            raise LibraryDamaged("the index does not hold the words of the texts")

    def optimize(self, db: Database) -> None:
        db.execute("INSERT INTO passage_fts4 (passage_fts4) VALUES ('optimize')")

    def vocabulary(self, db: Database, letter: str) -> list[str]:
        db.temporary("passage_vocabulary4", "fts4aux(main, passage_fts4)")
        rows = db.all(
            "SELECT term FROM passage_vocabulary4 WHERE term >= ? AND term < ? AND col = 1",
            (letter, letter + "\U0010ffff"),
        )
        return [row["term"] for row in rows]

    def expression(self, node: Node) -> str | None:
        """None: the operators of FTS4 differ between builds."""
        del node
        return None

    def matching(self, text: Text | Near) -> Statement:
        # `column MATCH` because FTS4's own `column:` does not hold for phrases.
        left, *right = _sides(text)
        expression = _phrase(left)
        if isinstance(text, Near):
            expression += f" NEAR/{text.distance} {_phrase(right[0])}"
        return f"SELECT rowid FROM passage_fts4 WHERE {left.column} MATCH ?", (expression,)

    def ranking(self, texts: Sequence[Text | Near]) -> Statement:
        # One table-wide expression: OR is the one operator that every build of FTS4 knows.
        phrases = dict.fromkeys(_phrase(side) for text in texts for side in _sides(text))
        columns = f"rowid AS id, {self.score} AS score"
        sql = f"SELECT {columns} FROM passage_fts4 WHERE passage_fts4 MATCH ?"
        return sql, (" OR ".join(phrases),)


def _sides(text: Text | Near) -> list[Text]:
    sides = [text.left, text.right] if isinstance(text, Near) else [text]
    return [side for side in sides if isinstance(side, Text)]  # once expanded, all are


def _phrase(text: Text) -> str:
    """Quoted terms only: no word of the user's can be read as syntax."""
    return '"' + " ".join(text.terms) + ("*" if text.prefix else "") + '"'
