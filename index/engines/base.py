"""The engine interface: an index over the words of passages that can be dropped and rebuilt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Protocol, TypeAlias

from ..query.ast import Near, Node, Text
from ..storage.database import Database
from ..text.analyzer import index_text

Statement: TypeAlias = tuple[str, tuple[str, ...]]
"""SQL and the values bound to it."""

Row: TypeAlias = tuple[int, str, str]
"""What is indexed of a passage: its number, its stems and its forms."""


def rows(db: Database, document: int | None = None) -> Iterator[Row]:
    """The rows to be indexed, of one document or of all."""
    of_document = "WHERE passage IN (SELECT id FROM passage WHERE document = ?)"
    values = () if document is None else (document,)
    sql = f"SELECT passage, text FROM passage_text {of_document if values else ''}"
    return ((passage, *index_text(text)) for passage, text in db.each(sql, values))


class Engine(Protocol):
    """A cache of the passages' words. Both engines give the same passages for the same query."""

    name: ClassVar[str]
    module: ClassVar[str]
    """SQLite's name for the engine, by which a build says that it has it."""
    table: ClassVar[str]
    score: ClassVar[str]
    """The score of a row that an `expression` matched, the smaller the better."""

    def create(self, db: Database) -> None:
        """Make the empty index."""

    def add(self, db: Database, document: int) -> None:
        """Index the passages of a document whose texts are stored."""

    def remove(self, db: Database, document: int) -> None:
        """Forget the passages of a document. Its texts must still be stored."""

    def fill(self, db: Database) -> None:
        """Index all passages; the index is empty."""

    def prepare(self, db: Database) -> None:
        """Make the connection ready for queries."""

    def check(self, db: Database) -> None:
        """Raise LibraryDamaged unless the index is whole and what the stored texts give.

        SQLite counts this as a write, though nothing is written.
        """

    def optimize(self, db: Database) -> None:
        """Merge what many additions have left in pieces."""

    def vocabulary(self, db: Database, letter: str) -> list[str]:
        """The forms that occur in passages, of those that begin with the letter."""

    def expression(self, node: Node) -> str | None:
        """One MATCH expression for an AST of texts, by which bm25 ranks.

        None where this engine needs the tree taken apart.
        """

    def matching(self, text: Text | Near) -> Statement:
        """The ids of passages that contain the text; the sides of a NEAR cannot overlap."""

    def ranking(self, texts: Sequence[Text | Near]) -> Statement:
        """`id` and `score` (the smaller the better) of passages with any of the texts.

        Ends in a WHERE clause, to which `AND +rowid ...` can be added.
        """
