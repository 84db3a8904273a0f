"""Use case of trying edited themes on a library: what they would add, drop or change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.model import Document, Passage
from index.documents import store
from index.maintenance.progress import Step, silent
from index.query.filters import Filters
from index.reports import counts
from index.reports.counts import DocumentRow
from index.storage.database import Database

from ..evaluation.theme_changes import ThemeChange
from ..ingestion.reader import tag_input, tagged_passages
from ..pipeline import Tagger
from ..pipeline.findings import Tagged
from ..themes import load_themes


def compare(
    db: Database, old: Path | None, new: Path, filters: Filters, step: Step = silent
) -> Iterator[ThemeChange]:
    """What changes between two files of themes; None is the built-in ones."""
    one, other = Tagger(load_themes(old)), Tagger(load_themes(new))
    documents = counts.documents(db, filters)
    for row in documents:
        document = store.get(db, row.id).document
        passages = list(tagged_passages(document))
        inputs = [tag_input(document, passage) for passage in passages]
        for passage, before, after in zip(
            passages, one.tag(inputs), other.tag(inputs), strict=True
        ):
            yield from _changes(row, document, passage, before, after)
        step(row.name, len(documents))


def _changes(
    row: DocumentRow,
    document: Document,
    passage: Passage,
    before: Iterable[Tagged],
    after: Iterable[Tagged],
) -> Iterator[ThemeChange]:
    old, new = (
        {(one.start, one.end, one.theme): f"{one.polarity}, {one.timing}" for one in found}
        for found in (before, after)
    )
    for start, end, theme in sorted({*old, *new}):
        was, now = old.get((start, end, theme)), new.get((start, end, theme))
        if was != now:
            yield ThemeChange(
                document=row,
                passage=passage,
                fate="added" if was is None else "dropped" if now is None else "changed",
                sentence=document.text[passage.start + start : passage.start + end],
                theme=theme,
                before=was,
                after=now,
            )
