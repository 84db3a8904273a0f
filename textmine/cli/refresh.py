"""textmine refresh."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import DocumentError

from ..usecases import library as app
from . import _options
from ._progress import progress

if TYPE_CHECKING:
    from ..ingestion.refresh import Refreshed

SAID = {
    "read": "read again",
    "tagged": "tagged again",
    "passed": "passed over",
    "failed": "failed",
}


@click.command(
    epilog="Example: textmine refresh --library library\n\n"
    "Example: textmine refresh --themes my-themes.yaml --dry-run"
)
@click.option("--dry-run", is_flag=True, help="Say how many documents are stale; change nothing.")
@_options.jobs
@_options.register
@_options.themes_file
@_options.library
def command(
    *, dry_run: bool, jobs: int, register: Path | None, themes_file: Path | None, library: Path
) -> None:
    """Make anew what another version of textmine or other themes made.

    Documents whose reader has changed are read again from their stored originals; where only
    rules or themes have, the stored text is tagged again and no file is opened. What people
    corrected and decided stays. Give the same --themes as at ingest. A library of an earlier
    version of textmine is brought up to date on the way.
    """
    stale = app.stale(library, themes_file, write=not dry_run)
    if dry_run:
        click.echo(f"{len(stale.read)} to be read again, {len(stale.tag)} to be tagged again")
        return
    setup = app.Setup(
        library=library,
        register=register,
        themes=themes_file,
        jobs=min(jobs, len(stale)) or 1,
    )
    counts: Counter[str] = Counter()
    with progress("refreshing") as step:
        for done in app.refresh(stale, setup):
            counts[done.result] += 1
            if done.message:
                click.echo(_line(done), err=True)
            step(done.name, len(stale))
    parts = [f"{counts[name]} {said}" for name, said in SAID.items() if counts[name]]
    click.echo(", ".join(parts) or "nothing is stale", err=True)
    if counts["failed"]:
        raise click.exceptions.Exit(DocumentError.exit_code)


def _line(done: Refreshed) -> str:
    how = "partial" if done.result == "read" else SAID[done.result]
    return f"{how}: document {done.document} {done.name}: {done.message}"
