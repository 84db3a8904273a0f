"""FTS4: for builds of SQLite without FTS5, ranked by sqlite-fts4 over `matchinfo`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from ..database import Database
from ..query import Text
from .base import Statement


class Fts4:
    """An external-content FTS4 table with the tokenizer that adds least of its own."""

    name: ClassVar[str] = "fts4"
    module: ClassVar[str] = "fts4"
    table: ClassVar[str] = "passage_fts4"

    def create(self, db: Database) -> None:
        db.execute(
            "CREATE VIRTUAL TABLE passage_fts4 USING fts4("
            'content="passage_terms", tokenize=simple, stems, forms)'
        )

    def add(self, db: Database, document: int) -> None:
        db.execute(
            "INSERT INTO passage_fts4 (docid, stems, forms)"
            " SELECT passage, stems, forms FROM passage_terms"
            " WHERE passage IN (SELECT id FROM passage WHERE document = ?)",
            (document,),
        )

    def remove(self, db: Database, document: int) -> None:
        db.execute(
            "DELETE FROM passage_fts4 WHERE docid IN (SELECT id FROM passage WHERE document = ?)",
            (document,),
        )

    def rebuild(self, db: Database) -> None:
        db.execute("INSERT INTO passage_fts4 (passage_fts4) VALUES ('rebuild')")

    def prepare(self, db: Database) -> None:
        from sqlite_fts4 import register_functions  # noqa: PLC0415  only this engine needs it

        register_functions(db.connection)

    def check(self, db: Database) -> None:
        db.execute("INSERT INTO passage_fts4 (passage_fts4) VALUES ('integrity-check')")

    def optimize(self, db: Database) -> None:
        db.execute("INSERT INTO passage_fts4 (passage_fts4) VALUES ('optimize')")

    def matching(self, text: Text) -> Statement:
        # `column MATCH` because FTS4's own `column:` does not hold for phrases.
        return (
            f"SELECT rowid FROM passage_fts4 WHERE {text.column} MATCH ?",
            (_expression(text),),
        )

    def ranking(self, texts: Sequence[Text]) -> Statement:
        # One table-wide expression: OR is the one operator that every build of FTS4 knows.
        expression = " OR ".join(_expression(text) for text in texts)
        score = "rank_bm25(matchinfo(passage_fts4, 'pcnalx'))"
        return (
            f"SELECT rowid AS id, {score} AS score FROM passage_fts4 WHERE passage_fts4 MATCH ?",
            (expression,),
        )


def _expression(text: Text) -> str:
    """Quoted terms only: no word of the user's can be read as syntax."""
    return '"' + " ".join(text.terms) + ("*" if text.prefix else "") + '"'
