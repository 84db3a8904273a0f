"""FTS5: the default engine, ranked by its own bm25."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from ..database import Database
from ..query import Text
from .base import Statement

_OF_DOCUMENT = """SELECT passage, stems, forms FROM passage_terms
    WHERE passage IN (SELECT id FROM passage WHERE document = ?)"""


class Fts5:
    """An external-content FTS5 table with the tokenizer that adds least of its own."""

    name: ClassVar[str] = "fts5"
    module: ClassVar[str] = "fts5"
    table: ClassVar[str] = "passage_fts5"

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

    def matching(self, text: Text) -> Statement:
        return (
            "SELECT rowid FROM passage_fts5 WHERE passage_fts5 MATCH ?",
            (_expression(text),),
        )

    def ranking(self, texts: Sequence[Text]) -> Statement:
        expression = " OR ".join(_expression(text) for text in texts)
        score = "bm25(passage_fts5)"
        return (
            f"SELECT rowid AS id, {score} AS score FROM passage_fts5 WHERE passage_fts5 MATCH ?",
            (expression,),
        )


def _expression(text: Text) -> str:
    """Quoted terms only: no word of the user's can be read as syntax."""
    column, terms = text.column, " ".join(text.terms)
    return f'{{{column}}} : "{terms}"' + (" *" if text.prefix else "")
