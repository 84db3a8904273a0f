"""textmine check-personal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from corpus.language.personal import Personal
from corpus.model import Document

from ..outputs import Row
from ..usecases import library as app
from . import _disclosure, _options

AROUND = 40
"""Characters shown on either side."""


@click.command(
    epilog="Example: textmine check-personal 12\n\nExample: textmine check-personal sef.docx"
)
@click.argument("doc")
@_options.output_format
@_options.library
def command(doc: str, output: str, library: Path) -> None:
    """List what in a document may tell who a child is, before it is passed on.

    DOC is a file that is in no library, or a document's number, file name or the beginning of
    its SHA-256. Looked for are dates of birth, case numbers, initials and first names beside
    an age or a relative. The list is advice: it may name too much, and it may miss something.
    """
    file = Path(doc)
    document, signs = app.personal_in_file(file) if file.is_file() else app.personal(library, doc)
    if not signs:
        _options.found_nothing("no sign of personal data found, which does not prove there is none")
    _options.write(_rows(document, signs), output)
    click.echo(_disclosure.summary(signs), err=True)


def _rows(document: Document, signs: tuple[Personal, ...]) -> Iterator[Row]:
    numbers = {passage.ordinal: passage.number for passage in document.passages}
    for sign in signs:
        around = document.text[max(sign.start - AROUND, 0) : sign.end + AROUND]
        yield {
            "kind": sign.kind,
            "page": sign.page,
            "paragraph": numbers[sign.passage],
            "ordinal": sign.passage,
            "words": document.text[sign.start : sign.end],
            "around": " ".join(around.split()),
            "start": sign.start,
            "end": sign.end,
        }
