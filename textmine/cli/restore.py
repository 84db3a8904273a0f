"""textmine restore."""

from __future__ import annotations

from pathlib import Path

import click

from ..usecases import library as app
from . import _options
from ._progress import progress


@click.command(epilog="Example: textmine restore /backups/monday.zip --library restored")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_options.library
def command(file: Path, *, library: Path) -> None:
    """Make a library from FILE, a backup, in a folder that is new or empty.

    Every file of it is checked before the library comes into its place. A backup that is not
    whole leaves nothing behind.
    """
    with progress("restoring") as step:
        restored = app.restore(file, library, step=step)
    click.echo(f"restored {restored.documents} documents: {library}", err=True)
