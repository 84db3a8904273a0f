"""textmine watch."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import LibraryBusy, UsageError

from ..api import Library
from ..fetching.arrivals import Arrivals
from . import _help, _options, _results
from ._help import Command

if TYPE_CHECKING:
    from ..ingestion.candidate import Candidate


@click.command(cls=Command, epilog="textmine watch /srv/incoming --library /srv/library")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@_help.option(
    "--every",
    metavar="SECONDS",
    type=click.FloatRange(min=0.1),
    default=10.0,
    show_default=True,
    help="How often to look.",
)
@_help.option(
    "--settle",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=5.0,
    show_default=True,
    help="How long a file must have been left alone.",
)
@_options.jobs
@_help.option("--log-json", is_flag=True, help="Write one JSON object per file to standard error.")
@_options.register
@_options.themes_file
@_options.library
def command(
    folder: Path,
    *,
    every: float,
    settle: float,
    jobs: int,
    log_json: bool,
    register: Path | None,
    themes_file: Path | None,
    library: Library,
) -> None:
    """Read files into the library as they arrive in a folder.

    A file is read once it is complete: its size and time of change no longer change. Files that
    are there already are read first, unless the library has them. Ends when it is interrupted or
    terminated, without losing what has been read.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}; create it, or name another")
    arrivals = Arrivals(folder, settle)

    def read(files: tuple[Candidate, ...]) -> None:
        results = library.ingest(
            files, jobs=min(jobs, len(files)), register=register, themes=themes_file
        )
        _results.tell(results, len(files), log_json=log_json, tell_all=True)

    click.echo(f"watching {folder}; Ctrl+C ends it", err=True)
    said = None
    with suppress(KeyboardInterrupt):
        while True:
            waiting = None
            try:
                if files := arrivals.look(time.time()):
                    read(files)
                    arrivals.remember(files)
            except (LibraryBusy, UsageError) as error:  # it is busy, or the folder is gone
                waiting = str(error)
            if waiting and waiting != said:
                click.echo(f"waiting: {waiting}", err=True)
            said = waiting
            time.sleep(every)
    click.echo("stopped; what was read is kept", err=True)
