"""Coding by people: agreement, notes, collections and edited themes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.annotations import notes, passage_collections
from index.maintenance.progress import Step, silent
from index.reports import counts

from .. import rows
from ..outputs import Row
from ..usecases import coders
from .reading import Reading
from .results import Results

if TYPE_CHECKING:
    from index.annotations.notes import Note
    from index.annotations.passage_collections import CollectionCount
    from index.documents.citation_rows import Place
    from index.query.filters import Filters

    from ..evaluation.agreement import Agreement, Codes
    from ..evaluation.theme_changes import ThemeChange


class Coding(Reading):
    """What people say of findings and passages."""

    def codes(self, *, machine: bool = True, filters: Filters | None = None) -> Codes:
        """What coders say of each finding that anybody judged, and the machine beside them."""
        return coders.codes(self._db, machine=machine, filters=filters)

    def coded_passages(self, *, filters: Filters | None = None) -> Results[Row]:
        """Passages on whose every finding somebody decided, to measure and to learn with."""
        return Results(lambda: coders.coded_passages(self._db, filters), lambda row: row)

    def agreement(
        self, *, by_theme: bool = False, filters: Filters | None = None
    ) -> Results[Agreement]:
        """How far coders agree with one another and with the machine."""
        from ..evaluation.agreement import agreements  # noqa: PLC0415 (one question needs it)

        return Results(
            lambda: agreements(self.codes(filters=filters), by_theme=by_theme), rows.agreement_row
        )

    def theme_changes(
        self, old: Path | None, new: Path, *, filters: Filters, step: Step = silent
    ) -> tuple[ThemeChange, ...]:
        """What another file of themes would add, drop or change; without `old`, to the built-in."""
        from ..usecases import theme_changes  # noqa: PLC0415 (imports spaCy)

        return tuple(theme_changes.compare(self._db, old, new, filters, step))

    def annotate(self, place: Place, text: str, *, who: str) -> None:
        """Write a note on a passage. Raises UsageError for an empty one."""
        with self._writer() as db:
            span = place.passage
            notes.add(db, place.document, span.start, span.end, text=text, who=who)

    def notes(
        self, doc: str | int | None = None, *, filters: Filters | None = None
    ) -> Results[Note]:
        """The notes on a document, or on all that the filters let through."""

        def read() -> Iterator[Note]:
            number = None if doc is None else self.number(doc)
            if number is not None and filters is None:
                yield from notes.of(self._db, number)
                return
            for document in counts.documents(self._db, filters):
                if number in {None, document.id}:
                    yield from notes.of(self._db, document.id)

        return Results(read, rows.note_row)

    def remove_note(self, note: int) -> None:
        """Remove a note. Raises UsageError where there is none of this number."""
        with self._writer() as db:
            notes.remove(db, note)

    def places(self, query: str) -> tuple[Place, ...]:
        """The passages that a search finds, all of them, for a collection."""
        return tuple(
            self.passage(hit.document, passage=hit.passage.ordinal).passage
            for hit in self.search(query, limit=None)
        )

    def collect(self, name: str, places: Iterable[Place], *, who: str) -> int:
        """Put passages into a collection, which a first passage makes; how many were new to it.

        A search takes them up with `in:NAME`, other questions with `collection=NAME`.
        """
        with self._writer() as db, db.transaction():
            return sum(
                passage_collections.add(db, name, place.document, place.passage, who=who)
                for place in places
            )

    def uncollect(self, name: str, doc: str | int | None = None, start: int | None = None) -> int:
        """Take a passage out of a collection, or all of a document, or all of it; how many."""
        number = None if doc is None else self.number(doc)
        with self._writer() as db:
            return passage_collections.remove(db, name, number, start)

    def collections(self) -> Results[CollectionCount]:
        """The collections with how many passages each has."""
        return Results(lambda: passage_collections.every(self._db), rows.collection_row)
