"""textmine verify."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from index.maintenance.issues import IntegrityIssue

from ..outputs import Row
from ..usecases import library as app
from . import _options
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
@_options.output_format
@_options.register
@_options.themes_file
@_options.library
def command(
    *,
    repair: bool,
    output: str,
    register: Path | None,
    themes_file: Path | None,
    library: Path,
) -> None:
    """Check the library for damage.

    Checks the database, every document and its original, the full-text indexes, and looks for
    orphaned files. The exit code is 1 if a problem remains. Others can go on reading and writing.
    """
    setup = app.Setup(library=library, register=register, themes=themes_file)
    counts: Counter[bool] = Counter()
    with progress("checking") as step:
        found = _counted(app.verify(library, repair=repair, setup=setup, step=step), counts)
        _options.write(map(_row, found), output)
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


def _row(trouble: IntegrityIssue) -> Row:
    return {
        "kind": trouble.kind,
        "document": trouble.document,
        "name": trouble.name,
        "problem": trouble.message,
        "remedy": None if trouble.repaired else trouble.remedy,
        "repaired": trouble.repaired,
    }
