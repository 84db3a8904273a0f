"""What is said on standard error about documents left out, and about personal data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from index.query.filters import Filters

from ..api import Library
from ..disclosure import is_export

if TYPE_CHECKING:
    from corpus.model import Voice
    from index.documents.citation_rows import Place


def note_omitted(library: Library, filters: Filters) -> None:
    """Says what was left out, where something was: internal documents, those of no authority."""
    if (filters.authority or filters.region) and (count := library.unresolved()):
        documents = "1 document" if count == 1 else f"{count:,} documents"
        click.echo(f"{documents} of no known authority may be missing here", err=True)
    if count := library.count_omitted(filters):
        some = "1 internal document" if count == 1 else f"{count} internal documents"
        them = "it" if count == 1 else "them"
        click.echo(f"{some} left out; add --internal to include {them}", err=True)


def warn(library: Library, rows: Iterable[Place], output: str) -> None:
    """Warns of personal data in self-evaluations of which these rows pass something on."""
    warn_of(library, ((row.document, row.passage.voice) for row in rows), output)


def warn_of(library: Library, documents: Iterable[tuple[int, Voice]], output: str) -> None:
    """The same for documents, as their numbers and voices."""
    if is_export(output):
        for warning in library.warnings(documents):
            click.echo(warning, err=True)
