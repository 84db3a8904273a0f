"""textmine import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.printable import printable

from ..api import Library
from . import _help, _options
from ._help import Command

if TYPE_CHECKING:
    from ..usecases.interchange import Imported

NAMED = 5
"""So many names of what was left out are listed."""
LONGEST = 80
"""Characters of such a name."""


@click.command(
    cls=Command,
    epilog="textmine import coded.qdpx --coder Ada\ntextmine import annotations.json",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_help.option(
    "--coder",
    metavar="NAME",
    help="Who made the codings.  [default: the names in the file]",
)
@_options.themes_file
@_options.library
def command(file: Path, coder: str | None, themes_file: Path | None, library: Library) -> None:
    """Take in what people coded in another program.

    FILE is a REFI-QDA project (.qdpx) from NVivo, ATLAS.ti, MAXQDA or QualCoder, a .spacy file, or
    an export of Label Studio (.json) or Prodigy (.jsonl). Codes are matched with themes by name,
    or by the identifiers of `textmine export project`. Decisions win over what the machine says.
    What the machine coded itself is left as it is, and importing a file again changes nothing.
    """
    for line in _lines(library.import_codings(file, coder=coder, themes=themes_file)):
        click.echo(line, err=True)


def _lines(done: Imported) -> Iterator[str]:
    """What became of the codings, in words; what was left out last."""
    by = f" by {', '.join(map(_on_one_line, sorted(done.coders)))}" if done.coders else ""
    yield f"{done.decided:,} new decisions{by}"
    if done.known:
        yield f"{done.known:,} codings say what is already decided"
    if done.machine:
        yield f"{done.machine:,} codings are the machine's own, and stay as they are"
    if done.lost:
        yield f"{done.lost:,} codings left out: no passage has their words, or nothing to reject"
    if done.themes:
        most = sorted(done.themes.items(), key=lambda pair: (-pair[1], pair[0]))
        names = ", ".join(f"{_on_one_line(name)} ({count:,})" for name, count in most[:NAMED])
        rest = f" and {len(most) - NAMED} more" if len(most) > NAMED else ""
        yield f"{sum(done.themes.values()):,} codings left out, of codes that are no themes here:"
        yield f"  {names}{rest}"
    if done.strangers:
        names = ", ".join(map(_on_one_line, done.strangers[:NAMED]))
        rest = f" and {len(done.strangers) - NAMED} more" if len(done.strangers) > NAMED else ""
        yield f"coded texts that are not in the library: {names}{rest}"
    if done.sources:
        yield f"{done.sources:,} sources left out, which are not text"


def _on_one_line(name: str) -> str:
    """A name that a file gives: on one line, and not the whole of a long one."""
    short = name if len(name) <= LONGEST else f"{name[: LONGEST - 3]}..."
    return printable(short)
