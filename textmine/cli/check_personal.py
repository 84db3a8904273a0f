"""textmine check-personal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from corpus.language.personal import Personal
from corpus.model import Document

from ..api import Library
from ..disclosure import is_export, refuse_internal, summary
from ..outputs import Row
from ..usecases.library import personal_in_file
from . import _export, _options
from ._help import Command

AROUND = 40
"""Characters shown on either side."""


@click.command(cls=Command, epilog="textmine check-personal 12\n\ntextmine check-personal sef.docx")
@click.argument("doc")
@_options.internal
@_export.to_bare_file
@_options.library
def command(doc: str, *, output: str, out: Path | None, library: Library, internal: bool) -> None:
    """List text that might identify a child.

    Use it before you pass a document on. It looks for dates of birth, case numbers, initials,
    and first names next to an age or a relative. It can list too much, and it can miss things.

    DOC is a file, or a document in the library: its number, its file name or the first
    characters of its SHA-256.
    """
    file = Path(doc)
    if file.is_file():
        document, signs = personal_in_file(file)
    else:
        document = library.show(doc).document
        going = _export.kind(output, out)
        if is_export(going):
            refuse_internal(document, going, internal=internal)
        signs = library.personal(doc)
    if not signs:
        _options.found_nothing("no personal data found; this does not prove that there is none")
    _export.write_bare(_rows(document, signs), output, out)
    click.echo(summary(signs), err=True)


def _rows(document: Document, signs: tuple[Personal, ...]) -> Iterator[Row]:
    numbers = {passage.ordinal: passage.number for passage in document.passages}
    for sign in signs:
        around = document.text[max(sign.start - AROUND, 0) : sign.end + AROUND]
        yield {
            "kind": sign.kind,
            "page": sign.page,
            "paragraph": numbers[sign.passage],
            "ordinal": sign.passage,
            "text": document.text[sign.start : sign.end],
            "context": " ".join(around.split()),
            "start": sign.start,
            "end": sign.end,
        }
