"""textmine delete."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from corpus.errors import UsageError

from ..usecases import library as app
from . import _options


@click.command(epilog="Example: textmine delete 12 --yes")
@click.argument("document", metavar="DOC")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_options.library
def command(document: str, *, yes: bool, library: Path) -> None:
    """Delete a document for good: its text, findings, index entries, log lines and original.

    DOC is a number, a file name or the beginning of a SHA-256. What people decided about it goes
    too. Backups that were made before still hold it.
    """
    stored = app.document(library, document)
    name = f"{stored.id} ({stored.entry.original.name})"
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError(f"this would delete document {name} for good; to do so, give --yes")
        click.confirm(f"Delete document {name} for good?", abort=True, err=True)
    app.delete(library, str(stored.id))
    click.echo(f"deleted document {name}", err=True)
