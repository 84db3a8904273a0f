"""textmine status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.reports.counts import Status

from ..api import Library
from ..outputs import Row
from . import _export, _help, _options, _screen
from ._help import Command

if TYPE_CHECKING:
    from ..ingestion.refresh import Stale


COLUMNS = ("path", "reason", "message", "tried_at")
"""Of a file that failed."""


@click.command(cls=Command, epilog="textmine status --failed --format csv")
@_help.output("--failed", is_flag=True, help="List files that could not be read, and why.")
@_help.output("--problems", is_flag=True, help="List problems found in documents.")
@_options.themes_file
@_export.to_bare_file
@_options.library
def command(
    *,
    failed: bool,
    problems: bool,
    themes_file: Path | None,
    output: str,
    out: Path | None,
    library: Library,
) -> None:
    """Show what the library holds and what is out of date.

    A document is out of date if this version of textmine, with these themes, would read or tag it
    differently; give the same --themes as for ingest. `textmine refresh` brings it up to date.
    """
    if failed:
        rows: Iterable[Row] = (
            {name: row[name] for name in COLUMNS} for row in library.files("failed").rows()
        )
        _list(_screen.moments(rows, output, "tried_at"), "no files failed", output, out)
        return
    if problems:
        _list(library.problems().rows(), "no problems in any document", output, out)
        return
    stale = library.stale(themes_file)
    _export.write_bare(_lines(library.status(), stale), output, out)
    if stale:
        with_themes = f" --themes {themes_file}" if themes_file else ""
        count = "1 document" if len(stale) == 1 else f"{len(stale):,} documents"
        command = f"textmine refresh --library {library.path}{with_themes}"
        click.echo(f"{count} out of date; to refresh them: {command}", err=True)


def _list(rows: Iterable[Row], none: str, output: str, out: Path | None) -> None:
    """Rows, or word that there are none: that is good news, and no failure of the command."""
    listed = list(rows)
    _export.write_bare(listed, output, out)
    if not listed:
        click.echo(none, err=True)


def _lines(status: Status, stale: Stale) -> Iterator[Row]:
    """One row a figure, so that every format can hold them."""
    figures: list[tuple[str, object]] = [("documents", status.documents)]
    figures += [(f"documents, {name}", count) for name, count in status.by_outcome.items()]
    figures += [(f"documents, {name}", count) for name, count in status.by_type.items()]
    figures += [("passages", status.passages), ("findings", status.findings)]
    figures += [("problems", status.problems)]
    figures += [("documents of no known authority", status.unresolved)]
    figures += [(f"files, {name}", count) for name, count in status.files.items()]
    for made, count in status.made.items():
        versions = f"reader {made.reader}, pipeline {made.pipeline}, themes {made.themes}"
        figures.append((f"documents made by {versions}", count))
        if models := status.models.get(made.pipeline):
            named = ", ".join(f"{name} {version}" for name, version in models.items())
            figures.append((f"models of pipeline {made.pipeline}", named))
    if status.orphans:
        figures.append(("decisions whose words are gone", status.orphans))
    figures += [("documents to re-read", len(stale.read)), ("documents to re-tag", len(stale.tag))]
    figures += [(f"index {name}", f"version {version}") for name, version in status.indexes.items()]
    for name, value in figures:
        yield {"item": name, "value": value}
