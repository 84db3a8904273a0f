"""textmine facets."""

from __future__ import annotations

from itertools import groupby, islice
from pathlib import Path
from typing import Any

import click

from index.views.facets import FACETS

from ..api import Library
from ..outputs import Row
from ..rows import facet_row
from . import _disclosure, _export, _help, _options
from ._help import Command


@click.command(
    cls=Command,
    epilog="textmine facets 'care leavers' --field theme --field la\n"
    "textmine facets 'theme:adoption polarity:concern' --field year --format csv",
)
@_options.asking
@_help.query(
    "--field",
    "fields",
    type=click.Choice(list(FACETS)),
    multiple=True,
    help="Only count by this field; can be repeated.",
)
@_help.output(
    "--most",
    metavar="N",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Values to list for each field on the screen.",
)
@_export.to_file
def command(
    *,
    fields: tuple[str, ...],
    most: int,
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """Count matching passages by authority, theme or year.

    Write QUERY as for `textmine search`. Each count is the number of passages that the query
    finds if you add the text under `include`; add a minus sign before it to find the rest.
    """
    question = _options.question_of(given, _export.kind(output, out))
    results = library.facets(question, fields or tuple(FACETS))
    prepared, found = results.prepared, list(results)
    _export.tell(prepared.notes, prepared.expansions)
    _disclosure.note_omitted(library, question.filters)
    if not found:
        _options.found_nothing(f"nothing found; query read as: {prepared.read_as}")
    short = _export.is_short(output, out)
    rows = [
        _fitting(facet_row(each), short=short)
        for _, values in groupby(found, key=lambda each: each.field)
        for each in islice(values, most if short else None)
    ]
    _export.write(rows, output, out, library, question, fields=list(fields or FACETS))
    click.echo(f"query read as: {prepared.read_as}", err=True)


def _fitting(row: Row, *, short: bool) -> Row:
    """A row, without what one can write oneself where it has to fit a screen."""
    return {name: value for name, value in row.items() if not (short and name == "exclude")}
