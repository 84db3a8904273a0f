"""textmine cooccurrence."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import click

from index.reports.theme_pairs import UNITS

from ..analysis import accuracy
from ..api import Library
from ..charts import shapes
from ..usecases.searches import Question
from . import _chart, _disclosure, _export, _figures, _help, _options
from ._help import Command

_NOTE = f"{accuracy.NO_GRADES} How accurate tags are: docs/explanation/accuracy.md"


@click.command(
    cls=Command,
    epilog="textmine cooccurrence --polarity concern\n"
    "textmine cooccurrence --within report --type ilacs_inspection -o pairs.csv",
)
@_help.query(
    "--within",
    type=click.Choice(list(UNITS)),
    default="sentence",
    show_default=True,
    help="Where both themes must stand.",
)
@_figures.least(5)
@_options.filters
@_options.limit(_figures.SCREEN)
@_chart.to_file
@_options.library
def command(
    *,
    within: str,
    least: int,
    limit: int | None,
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """List themes that are spoken of together.

    `lift` says how many times as often as by chance; `jaccard` is the share that has both of those
    that have either; `units` are the sentences, passages or reports with any finding that the
    filters let through.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    results = library.cooccurrence(within, least=least, filters=filters)
    rows = results.to_rows()
    _disclosure.note_omitted(library, filters)
    if not rows:
        _options.none_fit("no two themes stand together so often", library, filters)
    shown = list(islice(rows, _options.most(limit, _figures.SCREEN, out)))
    if out and output == _chart.CHART:
        chart = shapes.of_rows(
            shown[: _chart.MOST],
            title=f"Themes in the same {within}",
            axis=f"How often both stand in one {within}",
            label=("theme", "other_theme"),
            value="together",
            said="{together} of {units:,}, {lift} x chance",
            notes=(_NOTE,),
        )
        asked = Question(query="", filters=filters)
        _chart.write(
            chart,
            "bars",
            rows=shown,
            out=out,
            library=library,
            question=asked,
            within=within,
            least=least,
        )
        return
    short = _export.is_short(output, out)
    left_out = {"find", "precision", "other_precision"} if short else set()
    _export.write_list(
        [{name: row[name] for name in row if name not in left_out} for row in shown],
        output,
        out,
        library,
        filters,
        within=within,
        least=least,
    )
    _export.tell_count(len(shown), len(rows), "pairs", out)
    click.echo(_NOTE, err=True)
