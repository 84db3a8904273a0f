"""Disclosure: internal documents stay out of exports, and personal data is warned of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import UsageError
from corpus.model import Document
from index.query.filters import Filters

if TYPE_CHECKING:
    from corpus.language.personal import Personal
    from index.documents.citation_rows import Place

WORDS = {
    "date_of_birth": "dates of birth",
    "case_number": "case numbers",
    "initials": "initials",
    "name": "names",
}


def is_export(output: str) -> bool:
    """Whether the format is made to be passed on; the table is for whoever asked."""
    return output != "table"


def tell_left_out(library: Path, filters: Filters) -> None:
    """Says on standard error that internal documents were left out, where some were."""
    if filters.internal:
        return
    from ..usecases import (  # noqa: PLC0415 (a search that leaves nothing out need not wait)
        library as app,
    )

    if note := app.left_out(library, filters):
        click.echo(note, err=True)


def refuse_internal(document: Document, output: str, *, internal: bool) -> None:
    """One document that was asked for by name is not left out in silence."""
    if document.visibility == "internal" and is_export(output) and not internal:
        raise UsageError(f"the document is internal; add --internal to write it as {output}")


def warn(library: Path, rows: Iterable[Place], output: str) -> None:
    """Warns of personal data in self-evaluations of which these rows pass something on."""
    warn_of(library, ((row.document, row.passage.voice) for row in rows), output)


def warn_of(library: Path, documents: Iterable[tuple[int, str]], output: str) -> None:
    """The same for documents, as their numbers and voices. No word of one is in the warning."""
    if not is_export(output):
        return
    from ..usecases import library as app  # noqa: PLC0415

    for number in sorted({number for number, voice in documents if voice != "inspectorate"}):
        _, signs = app.personal(library, str(number))
        if signs:
            click.echo(
                f"document {number} may hold personal data ({summary(signs)}); "
                f"check before you pass it on: textmine check-personal {number}",
                err=True,
            )


def summary(signs: Iterable[Personal]) -> str:
    """How many of each kind."""
    counts = Counter(sign.kind for sign in signs)
    return ", ".join(f"{WORDS[kind]}: {count}" for kind, count in counts.items())
