"""textmine doctor."""

from __future__ import annotations

from pathlib import Path

import click

from ..api import Library
from ..rows.library import check_row
from . import _export, _options
from ._help import Command

TROUBLE = 1
"""The exit code where something does not work."""


@click.command(cls=Command, epilog="textmine doctor\ntextmine doctor --library /srv/library")
@_export.to_bare_file
@_options.library
def command(output: str, out: Path | None, library: Library) -> None:
    """Check the installation and the library.

    Looks at Python, the extras (OCR and others), SQLite, the register, the themes, the model, the
    disk, your rights and the library. The exit code is 1 if there is a problem; an extra that is
    not installed is none. `textmine verify` looks at every document.
    """
    from ._checks import examine  # noqa: PLC0415 (one command needs it)

    checks = tuple(examine(library.path))
    _export.write_bare(map(check_row, checks), output, out)
    problems = sum(each.result == "problem" for each in checks)
    click.echo(f"{problems or 'no'} {'problem' if problems == 1 else 'problems'}", err=True)
    if problems:
        raise click.exceptions.Exit(TROUBLE)
