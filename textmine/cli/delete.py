"""textmine delete."""

from __future__ import annotations

import sys

import click

from corpus.errors import UsageError

from ..api import Library
from . import _options
from ._help import Command


@click.command(cls=Command, epilog="textmine delete 12 --yes")
@click.argument("document", metavar="DOC")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@_options.library
def command(document: str, *, yes: bool, library: Library) -> None:
    """Delete a document permanently.

    Deletes its text, findings, corrections, index entries, log entries and original file.
    Existing backups still contain it.

    DOC is a document's number, its file name or the first characters of its SHA-256.
    """
    stored = library.show(document)
    name = f"{stored.id} ({stored.entry.original.name})"
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError(f"this would permanently delete document {name}; add --yes to confirm")
        click.confirm(f"Permanently delete document {name}?", abort=True, err=True)
    library.delete(stored.id)
    click.echo(f"deleted document {name}", err=True)
