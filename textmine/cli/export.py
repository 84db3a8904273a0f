"""textmine export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..api import Library
from ..api.lists import LISTS
from ..rows.lists import USUAL
from . import _disclosure, _export, _help, _options
from ._help import Command

SCREEN = 50
"""So many rows are listed on the screen."""

_PLACES = frozenset({"findings", "passages", "figures", "recommendations"})
"""Lists of words in documents."""


@click.command(
    cls=Command,
    epilog="textmine export findings --theme children-seen -o findings.xlsx\n"
    "textmine export passages --since 2023 -o passages.parquet\n"
    "textmine export documents --columns document,authority,judgements.overall -o documents.csv",
)
@click.argument("what", metavar="WHAT", type=click.Choice(list(LISTS)), is_eager=True)
@_options.filters
@_help.output(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Maximum number of rows.  [default: all; {SCREEN} in a table on the screen]",
)
@_export.to_file
@_options.library
def command(
    what: str, limit: int | None, output: str, out: Path | None, library: Library, **given: Any
) -> None:
    """Write a whole list to a file for other programs.

    WHAT is one of: findings, passages, documents, judgements, figures, recommendations, changes,
    concern-changes, followup, cycle, decisions, authorities, themes. The ending of FILE decides
    the format. Spreadsheets and tables have the usual columns; --columns all gives every column.
    docs/columns.md says what each column holds.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    short = out is None and output in {"table", "md"}
    results = library.list(what, limit=limit or (SCREEN if short else None), filters=filters)
    _disclosure.note_omitted(library, filters)
    if not results:
        _options.none_fit(f"no matching {what}", library, filters)
    usual, more = USUAL[what], {"list": what, "limit": limit}
    if what in _PLACES:
        count = _export.write_places(results, output, out, library, filters, usual=usual, **more)
    else:
        listed = results.to_rows()
        count = len(listed)
        _export.write_list(listed, output, out, library, filters, usual=usual, **more)
    _export.tell_count(count, results.total, "rows", out)
