"""textmine note."""

from __future__ import annotations

from pathlib import Path

import click

from index.query.filters import Filters

from ..api import Library
from ..disclosure import is_export
from . import _export, _options
from ._help import Group


@click.group(cls=Group, epilog='textmine note add 12 "Ask about this" --para 14')
def command() -> None:
    """Write notes on passages, and list them."""


@command.command(epilog='textmine note add 12 "Ask about this" --para 14')
@click.argument("doc")
@click.argument("text")
@_options.passage
@_options.coder_as("--coder", "Who writes the note.")
@_options.library
def add(
    *, doc: str, text: str, para: str | None, passage: int | None, coder: str, library: Library
) -> None:
    """Write a note on a passage of a document.

    DOC is a document's number, its file name or the first characters of its SHA-256. The note stays
    with the words of the passage when the document is read again.
    """
    library.annotate(library.passage(doc, para=para, passage=passage).passage, text, who=coder)
    click.echo("noted; to list notes: textmine note list", err=True)


@command.command(name="list", epilog="textmine note list 12")
@click.argument("doc", required=False)
@_options.internal
@_export.to_bare_file
@_options.library
def list_(
    doc: str | None, *, internal: bool, output: str, out: Path | None, library: Library
) -> None:
    """List the notes on a document, or all notes."""
    shown = Filters(internal=internal or not is_export(_export.kind(output, out)))
    found = library.notes(doc, filters=shown).to_rows()
    if not found:
        _options.found_nothing("no notes; to write one: textmine note add DOC TEXT --para N")
    _export.write_bare(found, output, out)


@command.command(epilog="textmine note remove 3")
@click.argument("number", type=int)
@_options.library
def remove(number: int, library: Library) -> None:
    """Remove a note, by its number in the list."""
    library.remove_note(number)
    click.echo("removed", err=True)
