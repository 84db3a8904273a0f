"""textmine figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

from corpus.model import Comparison, Unit

from ..api import Library
from ..rows.lists import USUAL
from . import _disclosure, _export, _help, _lists, _options
from ._help import Command

SCREEN = 50
"""So many are listed on the screen."""


@click.command(
    cls=Command,
    epilog='textmine figures --counts "child protection plan" --since 2016\n'
    "textmine figures --counts 'personal advisers' --unit percent --min 50 --format csv",
)
@_help.narrowing(
    "--counts",
    default="",
    metavar="WORDS",
    help="Only figures that count this, in any form of the words.",
)
@_help.narrowing(
    "--unit",
    "units",
    multiple=True,
    type=click.Choice(get_args(Unit)),
    metavar="UNIT",
    help=f"Only this unit: {', '.join(get_args(Unit))}.",
)
@_help.narrowing("--min", "least", type=float, metavar="NUMBER", help="Only this value or more.")
@_help.narrowing("--max", "most", type=float, metavar="NUMBER", help="Only this value or less.")
@_help.narrowing(
    "--comparison",
    "comparisons",
    multiple=True,
    type=click.Choice(["own", *get_args(Comparison)]),
    help="Only the area's own figures, or those it is compared with.",
)
@_options.filters
@_options.limit(SCREEN)
@_export.to_file
@_options.library
def command(
    limit: int | None, output: str, out: Path | None, library: Library, **given: Any
) -> None:
    """List figures: what each counts, when, and comparisons.

    Filters on findings apply to the sentence that holds the figure. Values are in the unit given:
    "half" is 50 percent. Rules read the figures and can be wrong, so read the sentence before
    you quote one.
    """
    names = ("counts", "units", "least", "most", "comparisons")
    wanted = {name: given.pop(name) for name in names}
    filters = _options.filters_of(given, _export.kind(output, out))
    most = _options.most(limit, SCREEN, out)
    results = library.figures(filters=filters, limit=most, **wanted)
    _disclosure.note_omitted(library, filters)
    if not results:
        _options.none_fit("no matching figures", library, filters)
    if _export.on_screen(output, out):
        rows = list(results)
        _lists.print_figures(rows)
        count = len(rows)
    else:
        count = _export.write_places(
            results, output, out, library, filters, usual=USUAL["figures"], limit=limit
        )
    _export.tell_count(count, results.total, "figures", out)
