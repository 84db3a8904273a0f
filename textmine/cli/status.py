"""textmine status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.reports.counts import Status

from ..outputs import Row
from ..usecases import library as app
from . import _options

if TYPE_CHECKING:
    from ..ingestion.refresh import Stale


@click.command(epilog="Example: textmine status --failed --format csv")
@click.option("--failed", is_flag=True, help="List the files whose last try failed, and why.")
@click.option("--problems", is_flag=True, help="List what is odd about documents.")
@_options.themes_file
@_options.output_format
@_options.library
def command(
    *, failed: bool, problems: bool, themes_file: Path | None, output: str, library: Path
) -> None:
    """Say what the library holds, what could not be read, what made it, and what is stale.

    Stale is what this version of textmine would read or tag otherwise; give the same --themes
    as at ingest. textmine refresh makes it anew.
    """
    if failed:
        _list(_failed(library), "no file failed when it was last tried", output)
        return
    if problems:
        _list(_problems(library), "no problem is noted on any document", output)
        return
    stale = app.stale(library, themes_file)
    _options.write(_lines(app.status(library), stale), output)
    if stale:
        with_themes = f" --themes {themes_file}" if themes_file else ""
        command = f"textmine refresh --library {library}{with_themes}"
        click.echo(f"stale documents: {len(stale)}; make them anew with: {command}", err=True)


def _list(rows: Iterable[Row], none: str, output: str) -> None:
    """Rows, or word that there are none: that is good news, and no failure of the command."""
    listed = list(rows)
    _options.write(listed, output)
    if not listed:
        click.echo(none, err=True)


def _failed(library: Path) -> Iterator[Row]:
    for record in app.tried_files(library, "failed"):
        yield {
            "path": record.path,
            "reason": record.reason,
            "message": record.message,
            "tried_at": record.tried_at,
        }


def _problems(library: Path) -> Iterator[Row]:
    """Defects of the source are listed, not repaired."""
    for number, name, problem in app.problems(library):
        yield {
            "document": number,
            "name": name,
            "page": problem.page,
            "kind": problem.kind,
            "message": problem.message,
        }


def _lines(status: Status, stale: Stale) -> Iterator[Row]:
    """One row a figure, so that every format can hold them."""
    figures: list[tuple[str, object]] = [("documents", status.documents)]
    figures += [(f"documents, {name}", count) for name, count in status.by_outcome.items()]
    figures += [(f"documents, {name}", count) for name, count in status.by_type.items()]
    figures += [("passages", status.passages), ("findings", status.findings)]
    figures += [("problems noted", status.problems)]
    figures += [(f"files, {name}", count) for name, count in status.files.items()]
    for made, count in status.made.items():
        versions = f"reader {made.reader}, pipeline {made.pipeline}, themes {made.themes}"
        figures.append((f"made by {versions}", count))
    figures += [("to be read again", len(stale.read)), ("to be tagged again", len(stale.tag))]
    figures += [(f"index {name}", f"version {version}") for name, version in status.indexes.items()]
    for name, value in figures:
        yield {"what": name, "value": value}
