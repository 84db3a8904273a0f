"""Questions about one document of a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import UsageError
from index.documents import corrections as by_hand
from index.documents import decisions, reissues, store
from index.documents.citation_rows import document as cited
from index.query.filters import Filters

from .. import disclosure
from ..citation import Reference, reference
from ..usecases import searches
from ..usecases.searches import Question
from .connection import Connection

if TYPE_CHECKING:
    from corpus.language.personal import Personal
    from corpus.model import Page
    from index.documents.citation_rows import Cited
    from index.documents.corrections import Correction
    from index.documents.decisions import Decision
    from index.documents.records import Original, StoredDocument
    from index.documents.reissues import Reissue
    from index.views.context import PassageContext
    from index.views.matches import PassageMatch


class Documents(Connection):
    """Questions about one document: `doc` is its number, file name, or the start of its hash."""

    def show(self, doc: str | int) -> StoredDocument:
        """A document with all that is known of it: text, passages, findings, figures.

        `doc` is its number, its file name, or the start of its SHA-256. Raises UsageError where
        there is none or more than one.
        """
        return store.get(self._db, self.number(doc))

    def number(self, doc: str | int) -> int:
        """The number of the document that a number, file name or start of a SHA-256 means."""
        return store.resolve(self._db, str(doc))

    def cite(
        self, doc: str | int, *, para: str | None = None, passage: int | None = None
    ) -> Reference:
        """A reference to a document, or to a passage of it. `.text()` is one line to copy."""
        if para is None and passage is None:
            return reference(self.cited(doc))
        found = self.passage(doc, para=para, passage=passage).passage
        return reference(found, found.passage)

    def cited(self, doc: str | int) -> Cited:
        """A document as a citation names it."""
        return cited(self._db, self.number(doc))

    def lines(self, doc: str | int) -> tuple[Page, ...]:
        """The pages of a document's original, with the printed lines as the reader sees them."""
        from ..usecases.library import printed_lines  # noqa: PLC0415

        return printed_lines(self._db, str(doc))

    def reissue(self, doc: str | int) -> Reissue:
        """Which document one replaces, and which replace it."""
        return reissues.of(self._db, self.number(doc))

    def corrections(self, doc: str | int) -> tuple[Correction, ...]:
        """Everything that was ever set by hand in a document, the first word first."""
        return by_hand.of(self._db, self.number(doc))

    def decisions(self, doc: str | int) -> tuple[Decision, ...]:
        """Everything that was ever decided about findings of a document."""
        return decisions.of(self._db, self.number(doc))

    def personal(self, doc: str | int) -> tuple[Personal, ...]:
        """What in a document may say of a person who they are."""
        return disclosure.personal(self._db, self.number(doc))

    def matches(
        self, doc: str | int, query: str | Question, *, internal: bool | None = None
    ) -> tuple[PassageMatch, ...]:
        """The passages of a document that a query finds, with the ranges to mark in them.

        Those that hold only some of its words come too; `answers` says which is which.
        """
        let_through = Filters(internal=self.internal if internal is None else internal)
        if not isinstance(query, Question):
            query = Question(query=query, filters=let_through)
        return searches.matches_in(self._db, query, self.number(doc))

    def original(self, doc: str | int) -> tuple[Original, bytes]:
        """The file that a document was read from, with its bytes, checked against its hash."""
        from index.storage import originals  # noqa: PLC0415 (one question needs it)

        original = store.original(self._db, number := self.number(doc))
        if original is None:
            raise UsageError(f"no document {number} in {self.path}")
        return original, originals.read(self.path, original.sha256, original.media_type)

    def passage(
        self,
        doc: str | int,
        *,
        para: str | None = None,
        passage: int | None = None,
        context: int = 0,
    ) -> PassageContext:
        """A passage of a document with so many on each side.

        Raises UsageError where there is none of that number.
        """
        return searches.passage_in_context(
            self._db, str(doc), para=para, ordinal=passage, context=context
        )
