"""textmine backup."""

from __future__ import annotations

from pathlib import Path

import click

from ..api import Library
from . import _options
from ._help import Command
from ._progress import progress


@click.command(cls=Command, epilog="textmine backup /backups/monday.zip --library library")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@_options.library
def command(file: Path, *, force: bool, library: Library) -> None:
    """Save the whole library as a zip file.

    FILE holds the database and the original documents as they were when the command began;
    others can go on reading and writing. An incomplete backup never appears under that name.
    """
    with progress("saving") as step:
        saved = library.backup(file, force=force, step=step)
    count = "1 document" if saved.documents == 1 else f"{saved.documents:,} documents"
    click.echo(f"saved {count} to {file} ({saved.bytes:,} bytes)", err=True)
