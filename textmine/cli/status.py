"""textmine status."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from index.counts import Status
from textmine import app
from textmine.outputs import Row

from . import _options


@click.command(epilog="Example: textmine status --failed --format csv")
@click.option("--failed", is_flag=True, help="List the files whose last try failed, and why.")
@_options.output_format
@_options.library
def command(*, failed: bool, output: str, library: Path) -> None:
    """Say what the library holds, what could not be read, and what made it."""
    if failed:
        _options.write(_failed(library), output)
    else:
        _options.write(_lines(app.status(library)), output)


def _failed(library: Path) -> Iterator[Row]:
    for record in app.tried_files(library, "failed"):
        yield {
            "path": record.path,
            "reason": record.reason,
            "message": record.message,
            "tried_at": record.tried_at,
        }


def _lines(status: Status) -> Iterator[Row]:
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
    figures += [(f"index {name}", f"version {version}") for name, version in status.indexes.items()]
    for name, value in figures:
        yield {"what": name, "value": value}
