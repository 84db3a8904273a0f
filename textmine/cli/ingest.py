"""textmine ingest."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from corpus.errors import DocumentError, UsageError
from corpus.model import IngestOptions, OcrMode, Visibility
from corpus.printable import printable

from ..api import Library
from ..ingestion.manifest import day
from ..ingestion.process_pool import WorkLimits
from ..outputs import Row
from ..usecases.library import find_files
from . import _help, _options
from ._help import Command
from ._progress import progress

if TYPE_CHECKING:
    from ..ingestion.candidate import Candidate, Skipped
    from ..ingestion.ingest import FileResult


CPU = 0.8
"""Of the time that a file may take, the share that may be the processor's."""

ORDER = ("ok", "partial", "duplicate", "unchanged", "failed")


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
@_options.jobs
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
    jobs: int,
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
    said = IngestOptions(
        authority=authority, doc_type=doc_type, as_at=_day(as_at), visibility=visibility, ocr=ocr
    )
    results = library.ingest(
        files,
        options=said,
        retry_failed=retry_failed,
        dry_run=dry_run,
        jobs=min(jobs, len(files)) or 1,
        register=register,
        themes=themes_file,
        limits=WorkLimits(seconds=timeout, cpu_seconds=ceil(CPU * timeout)),
    )
    counts: Counter[str] = Counter()
    unresolved = 0
    with progress("reading", shown=not log_json) as step:
        for result in results:
            counts[result.result] += 1
            unresolved += _is_unresolved(result)
            if log_json:
                click.echo(json.dumps(_logged(result), ensure_ascii=False), err=True)
            elif line := _line(result, tell_all=dry_run):
                click.echo(line, err=not dry_run)
            step(result.candidate.name, len(files))
    _summary(counts, skipped, unresolved, log_json=log_json)
    if counts["failed"]:
        raise click.exceptions.Exit(DocumentError.exit_code)


def _is_unresolved(result: FileResult) -> bool:
    """Whether a document was read and is filed under no authority, nor under a provider."""
    summary = result.summary
    return summary is not None and not summary.authority and summary.doc_type not in _OF_PROVIDERS


_OF_PROVIDERS = frozenset({"early_years_outcome"})


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


def _line(result: FileResult, *, tell_all: bool) -> str | None:
    """One line for a file: always where something is wrong, else only when asked."""
    name = printable(str(result.candidate.path))
    if result.result in {"failed", "partial"}:
        return f"{result.result}: {name}: {printable(result.message or '')}"
    summary = result.summary
    if not tell_all or summary is None:
        return None
    facts = (summary.doc_type, summary.authority, summary.start_date)
    return f"{result.result}: {name}: {', '.join(fact for fact in facts if fact)}"


def _logged(result: FileResult) -> Row:
    """A file's line for a scheduler's log. No word of the document is in it."""
    summary = result.summary
    return {
        "event": "file",
        "path": printable(str(result.candidate.path)),
        "result": result.result,
        "reason": result.reason,
        "message": result.message,
        "sha256": result.source.sha256 if result.source else None,
        "bytes": result.source.size if result.source else None,
        "type": summary.doc_type if summary else None,
        "pages": summary.pages if summary else None,
        "passages": summary.passages if summary else None,
        "findings": summary.findings if summary else None,
        "seconds": round(result.seconds, 3),
    }


def _summary(
    counts: Counter[str], skipped: tuple[Skipped, ...], unresolved: int, *, log_json: bool
) -> None:
    if log_json:
        numbers = {"skipped": len(skipped), "no_known_authority": unresolved}
        click.echo(json.dumps({"event": "summary", **counts, **numbers}), err=True)
        return
    parts = [f"{counts[name]} {name}" for name in ORDER if counts[name]]
    if skipped:
        reasons = ", ".join(sorted({printable(each.reason) for each in skipped}))
        parts.append(f"{len(skipped)} skipped ({reasons})")
    if unresolved:
        parts.append(f"{unresolved} of no known authority (textmine status --problems)")
    click.echo(", ".join(parts) or "no files to read", err=True)
