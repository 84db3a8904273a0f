"""textmine restore."""

from __future__ import annotations

from pathlib import Path

import click

from ..api import Library, restore
from . import _options
from ._help import Command
from ._progress import progress


@click.command(cls=Command, epilog="textmine restore /backups/monday.zip --library restored")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_options.library
def command(file: Path, *, library: Library) -> None:
    """Restore a library from a backup into a new folder.

    The folder (--library) must be new or empty. Every file in the backup is checked first; if the
    backup is incomplete, nothing is written.
    """
    with progress("restoring") as step:
        restored = restore(file, library.path, step=step)
    count = "1 document" if restored.documents == 1 else f"{restored.documents:,} documents"
    click.echo(f"restored {count} to {library.path}", err=True)
