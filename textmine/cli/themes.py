"""textmine themes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.errors import DataError, UsageError

from ..api import Library
from ..rows import theme_change_row, theme_row
from ..rows.lists import USUAL
from ..themes import load_themes
from . import _export, _options
from ._help import Group
from ._progress import progress

EXAMPLE = 'textmine themes --try "Visits are late." --format jsonl'


COLUMNS = ("theme", "label", "definition")
"""What fits on a screen."""


@click.group(cls=Group, invoke_without_command=True, epilog=EXAMPLE)
@_options.themes_file
@_export.to_bare_file
@click.option(
    "--try", "text", help="Show the themes of this text and the words that decided.", metavar="TEXT"
)
@click.option(
    "--kind",
    default="ilacs_inspection",
    show_default=True,
    metavar="TYPE",
    help="With --try: type of document (listed by `textmine types`).",
)
@click.option(
    "--section", default="", metavar="HEADING", help="With --try: heading above the text."
)
@click.pass_context
def command(
    context: click.Context, /, text: str | None, output: str, out: Path | None, **given: Any
) -> None:
    """List the themes of findings, or try them on a text."""
    if context.invoked_subcommand:
        return
    themes_file: Path | None = given["themes_file"]
    if text is None:
        usual = COLUMNS if _export.is_short(output, out) else USUAL["themes"]
        _export.write_bare(map(theme_row, load_themes(themes_file)), output, out, usual)
        return
    from ..usecases import tagging  # noqa: PLC0415 (imports spaCy)

    tried = tagging.try_themes(text, given["kind"], given["section"], themes_file)
    _export.write_bare((found._asdict() for found in tried), output, out)


@command.command(epilog="textmine themes diff old-themes.yaml new-themes.yaml -o diff.csv")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="[OLD] NEW",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@_options.filters
@_export.to_bare_file
@_options.library
def diff(
    files: tuple[Path, ...], output: str, out: Path | None, library: Library, **given: Any
) -> None:
    """List every finding that an edited file of themes would add, drop or change.

    Nothing is changed: the passages of the library are tagged with OLD (without it, with the
    built-in themes) and with NEW, and the two are compared. Filters say which documents. To make
    the change: textmine refresh --themes NEW
    """
    if len(files) > 2:
        raise UsageError("give one file of themes, or two: the old one and the new one")
    filters = _options.filters_of(given, _export.kind(output, out))
    *old, new = files
    with progress("Tagging passages") as step:
        found = library.theme_changes(old[0] if old else None, new, filters=filters, step=step)
    if not found:
        _options.found_nothing("the two files of themes find the same")
    _export.write_bare(map(theme_change_row, found), output, out)


@command.command(epilog="textmine themes lint my-themes.yaml")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def lint(file: Path | None) -> None:
    """Check a file of themes for errors.

    Checks keys, examples, phrases that two themes share and phrases that can never match. Without
    FILE, the built-in themes are checked. Examples are tested with the rules alone.
    """
    from ..usecases import tagging  # noqa: PLC0415 (imports spaCy)

    complaints = tagging.lint_themes(file)
    for complaint in complaints:
        click.echo(complaint)
    if complaints:
        raise click.exceptions.Exit(DataError.exit_code)
    click.echo(f"{len(load_themes(file))} themes, no problems")
