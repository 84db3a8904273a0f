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
from ._progress import progress

TROUBLE = 1
"""The exit code where something is wrong and stays so."""


@click.command(
    epilog="Example: textmine verify --library library\n\nExample: textmine verify --repair"
)
@click.option(
    "--repair", is_flag=True, help="Make indexes anew, and remove files that nothing names."
)
@_options.output_format
@_options.library
def command(*, repair: bool, output: str, library: Path) -> None:
    """Check the library, and list what is wrong with it.

    Checks the database, every document against itself and its original, the terms and the
    full-text indexes, and files that belong to no document. Ends with 1 where something is wrong
    that was not repaired. Others may read and write meanwhile.
    """
    counts: Counter[bool] = Counter()
    with progress("checking") as step:
        found = _counted(app.verify(library, repair=repair, step=step), counts)
        _options.write(map(_row, found), output)
    if not counts:
        click.echo("nothing is wrong", err=True)
        return
    click.echo(f"{counts.total()} wrong, {counts[True]} of them repaired", err=True)
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
