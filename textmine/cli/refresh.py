"""textmine refresh."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import DocumentError, UsageError

from ..api import Library
from ..extras import need_encoder
from . import _options
from ._help import Command
from ._progress import progress

if TYPE_CHECKING:
    from ..ingestion.refresh import RefreshResult

SAID = {
    "read": "re-read",
    "tagged": "re-tagged",
    "passed": "skipped",
    "failed": "failed",
}


@click.command(
    cls=Command,
    epilog="textmine refresh --library library\n"
    "textmine refresh 12 report.pdf\n"
    "textmine refresh --encoder\n"
    "textmine refresh --themes my-themes.yaml --dry-run",
)
@click.argument("references", nargs=-1, metavar="[DOC]...")
@click.option("--all", "every", is_flag=True, help="Re-read every document.")
@click.option("--dry-run", is_flag=True, help="Only say how many documents are out of date.")
@_options.jobs
@_options.scheduler
@_options.register
@_options.themes_file
@_options.encoder
@_options.library
def command(
    references: tuple[str, ...],
    *,
    every: bool,
    dry_run: bool,
    jobs: int,
    scheduler: str | None,
    register: Path | None,
    themes_file: Path | None,
    encoder: bool,
    library: Library,
) -> None:
    """Re-read or re-tag documents that are out of date.

    With DOC (a document's number, its file name or the first characters of its SHA-256), only these
    documents are re-read, whether out of date or not; with --all, every document is.

    Documents read by an older version of textmine are re-read from their stored originals;
    if only rules or themes have changed, the stored text is tagged again. Corrections and decisions
    made by people are kept. Give the same --themes as for ingest. A library made by an earlier
    version of textmine is upgraded.

    With --encoder, all documents that the encoder has not read are tagged again by it and the usual
    models together: minutes for a hundred reports, and the library can be used meanwhile. Such
    documents count as up to date without --encoder too. `textmine status` says what tagged them.
    """
    if encoder:
        need_encoder()
    if references and every:
        raise UsageError("name documents or --all, not both")
    if not dry_run:
        library.upgrade()
    if references or every:
        stale = library.select_for_refresh(*references, every=every)
    else:
        stale = library.stale(themes_file, encoder=encoder)
    if dry_run:
        click.echo(f"{len(stale.read)} to re-read, {len(stale.tag)} to re-tag")
        return
    counts: Counter[str] = Counter()
    with progress("refreshing") as step:
        results = library.refresh(
            stale,
            jobs=min(jobs, len(stale)) or 1,
            scheduler=scheduler,
            register=register,
            themes=themes_file,
            encoder=encoder,
        )
        for done in results:
            counts[done.result] += 1
            if done.message:
                click.echo(_line(done), err=True)
            step(done.name, len(stale))
    parts = [f"{counts[name]} {said}" for name, said in SAID.items() if counts[name]]
    click.echo(", ".join(parts) or "everything is up to date", err=True)
    if counts["failed"]:
        raise click.exceptions.Exit(DocumentError.exit_code)


def _line(done: RefreshResult) -> str:
    how = "partial" if done.result == "read" else SAID[done.result]
    return f"{how}: document {done.document} {done.name}: {done.message}"
