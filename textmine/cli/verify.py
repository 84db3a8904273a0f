"""textmine verify."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from index.maintenance.issues import IntegrityIssue

from ..api import Library
from ..rows import issue_row
from . import _export, _options
from ._help import Command
from ._progress import progress

TROUBLE = 1
"""The exit code where something is wrong and stays so."""


@click.command(cls=Command, epilog="textmine verify --library library\n\ntextmine verify --repair")
@click.option(
    "--repair",
    is_flag=True,
    help="Rebuild indexes, re-read damaged documents and remove orphaned files.",
)
@_export.to_bare_file
@_options.register
@_options.themes_file
@_options.library
def command(
    *,
    repair: bool,
    output: str,
    out: Path | None,
    register: Path | None,
    themes_file: Path | None,
    library: Library,
) -> None:
    """Check the library for damage.

    Checks the database, every document and its original, the full-text indexes, and looks for
    orphaned files. The exit code is 1 if a problem remains. Others can go on reading and writing.
    """
    counts: Counter[bool] = Counter()
    with progress("checking") as step:
        results = library.verify(repair=repair, step=step, register=register, themes=themes_file)
        _export.write_bare(map(issue_row, _counted(results, counts)), output, out)
    if not counts:
        click.echo("no problems", err=True)
        return
    problems = "problem" if counts.total() == 1 else "problems"
    click.echo(f"{counts.total()} {problems}, {counts[True]} repaired", err=True)
    if counts[False]:
        raise click.exceptions.Exit(TROUBLE)


def _counted(found: Iterable[IntegrityIssue], counts: Counter[bool]) -> Iterator[IntegrityIssue]:
    for trouble in found:
        counts[trouble.repaired] += 1
        yield trouble
