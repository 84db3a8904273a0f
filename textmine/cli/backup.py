"""textmine backup."""

from __future__ import annotations

from pathlib import Path

import click

from ..usecases import library as app
from . import _options
from ._progress import progress


@click.command(epilog="Example: textmine backup /backups/monday.zip --library library")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
@_options.library
def command(file: Path, *, force: bool, library: Path) -> None:
    """Write the whole library into FILE, a zip with the database and the originals.

    Others may read and write meanwhile: FILE holds the library as it was when the command began.
    It comes into its place when it is whole.
    """
    with progress("saving") as step:
        saved = app.backup(library, file, force=force, step=step)
    click.echo(f"saved {saved.documents} documents in {saved.bytes:,} bytes: {file}", err=True)
