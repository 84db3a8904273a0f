"""textmine ingest."""

from __future__ import annotations

import os
import sys
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from corpus.errors import DocumentError, UsageError
from corpus.model import IngestOptions, OcrMode, Visibility

from ..api import Library
from ..ingestion.cluster.shard import Shard
from ..ingestion.manifest import day
from ..ingestion.process_pool import WorkLimits
from ..usecases.library import find_files
from . import _help, _options, _results
from ._help import Command
from ._progress import progress

if TYPE_CHECKING:
    from ..ingestion.candidate import Candidate, Skipped


CPU = 0.8
"""Of the time that a file may take, the share that may be the processor's."""


@click.command(
    cls=Command,
    epilog="textmine ingest reports/ --library library\n"
    "find reports -name '*.pdf' | textmine ingest -",
)
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--manifest",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV file with columns path, authority, type, published, as_at, url, visibility.",
)
@click.option(
    "--type",
    "doc_type",
    type=_options.DocType(),
    metavar="TYPE",
    help="Type of document, if the files do not show it (listed by `textmine types`).",
)
@click.option(
    "--authority",
    metavar="NAME",
    help="Authority, if the files do not show it (listed by `textmine authorities`).",
)
@click.option(
    "--as-at", metavar="DATE", help="The day a self-evaluation describes, as in 2024-03-31."
)
@click.option(
    "--visibility",
    type=click.Choice(get_args(Visibility)),
    help="Who may see the files. By default, self-evaluations are internal and others public.",
)
@click.option(
    "--ocr",
    type=click.Choice(get_args(OcrMode)),
    help="Read pages by OCR: only those without text (auto), none or all. Needs textmine[ocr]."
    "  [default: auto]",
)
@click.option("--dry-run", is_flag=True, help="Read the files without storing anything.")
@click.option("--retry-failed", is_flag=True, help="Also retry files that failed before.")
@click.option(
    "--follow-links", is_flag=True, help="Also read what links in a folder lead to outside it."
)
@click.option(
    "--shard",
    metavar="N/OF",
    help="Read only this share of the files, as 3/8; other machines read the rest, and"
    " `textmine merge` brings all together.",
)
@_options.jobs
@_options.scheduler
@_options.encoder
@_help.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=1),
    default=300.0,
    show_default=True,
    help="Give up on a file after this time.",
)
@click.option(
    "--log-json",
    is_flag=True,
    help="Write one JSON object per file to standard error, instead of a progress bar.",
)
@_options.register
@_options.themes_file
@_options.library
def command(
    paths: tuple[str, ...],
    manifest: Path | None,
    *,
    doc_type: str | None,
    authority: str | None,
    as_at: str | None,
    visibility: Visibility | None,
    ocr: OcrMode | None,
    dry_run: bool,
    retry_failed: bool,
    follow_links: bool,
    shard: str | None,
    jobs: int,
    scheduler: str | None,
    encoder: bool,
    timeout: float,
    log_json: bool,
    register: Path | None,
    themes_file: Path | None,
    library: Library,
) -> None:
    """Read files into the library.

    PATH is a file, a folder (searched for .pdf, .docx, .html, .htm and .txt files), a pattern such
    as 'reports/*.pdf', or - to read a list of paths from standard input. Files that are already
    in the library are not read again. --retry-failed without PATH retries failed files only.
    """
    files, skipped = _files(
        paths,
        manifest,
        library,
        retry_failed=retry_failed,
        follow_links=follow_links,
        log_json=log_json,
    )
    if shard:
        files = _share(files, Shard.parse(shard), shown=not log_json)
    said = IngestOptions(
        authority=authority, doc_type=doc_type, as_at=_day(as_at), visibility=visibility, ocr=ocr
    )
    results = library.ingest(
        files,
        options=said,
        retry_failed=retry_failed,
        dry_run=dry_run,
        jobs=min(jobs, len(files)) or 1,
        scheduler=scheduler,
        encoder=encoder,
        register=register,
        themes=themes_file,
        limits=WorkLimits(seconds=timeout, cpu_seconds=ceil(CPU * timeout)),
    )
    counts = _results.tell(
        results, len(files), skipped, log_json=log_json, to_stdout=dry_run, doing="reading"
    )
    if counts["failed"]:
        raise click.exceptions.Exit(DocumentError.exit_code)


def _share(files: tuple[Candidate, ...], shard: Shard, *, shown: bool) -> tuple[Candidate, ...]:
    with progress("choosing the files of the shard", shown=shown) as step:
        chosen = tuple(shard.select(files, step))
    if shown:
        share = f"{len(chosen):,} of {len(files):,} files"
        click.echo(f"shard {shard.number}/{shard.of}: {share}", err=True)
    return chosen


def _day(text: str | None) -> str | None:
    try:
        return day(text)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _files(
    paths: tuple[str, ...],
    manifest: Path | None,
    library: Library,
    *,
    retry_failed: bool,
    follow_links: bool,
    log_json: bool,
) -> tuple[tuple[Candidate, ...], tuple[Skipped, ...]]:
    if "-" in paths:
        lines = os.fsdecode(sys.stdin.buffer.read()).split("\n")
        listed = [line.strip() for line in lines if line.strip()]
        paths = tuple(path for path in paths if path != "-") + tuple(listed)
    elif not paths and not manifest:
        if retry_failed:
            return library.failed_files(), ()
        raise UsageError("name a file or a folder to read; see textmine ingest --help")
    with progress("reading the manifest", shown=bool(manifest) and not log_json) as step:
        found = find_files(paths, manifest=manifest, follow_links=follow_links, step=step)
    return found.files, found.skipped
