"""textmine dispersion."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..api import Library
from ..charts import shapes
from ..rows.statistics import part_row, spread_row
from ..usecases.words import PARTS
from . import _chart, _disclosure, _export, _help, _options
from ._help import Command


@click.command(
    cls=Command,
    epilog="textmine dispersion supervision 'theme:adoption polarity:concern'\n"
    "textmine dispersion supervision --by region --parts",
)
@click.argument("queries", nargs=-1, required=True)
@_help.query(
    "--by",
    type=click.Choice(list(PARTS)),
    default="la",
    show_default=True,
    help="What the library is divided into (la: authorities).",
)
@_help.output("--parts", is_flag=True, help="List each part with its matches and words.")
@_options.filters
@_options.exclude
@_options.engine
@_options.synonyms
@_chart.to_file
@_options.library
def command(
    queries: tuple[str, ...],
    *,
    by: str,
    parts: bool,
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """Show whether matches are in one authority or in all.

    For each of the QUERIES: how many parts have a match, Gries's DP (normalised; 0 is spread as the
    words are, 1 is all in one small part) and Juilland's D (1 is even). Quote a query that has
    several words. A query of fields alone counts passages.
    """
    question = _options.question_of({**given, "query": queries[:1]}, _export.kind(output, out))
    spreads = list(library.dispersion(queries, by, asked=question))
    _disclosure.note_omitted(library, question.filters)
    if not any(spread.matches for spread in spreads):
        _options.found_nothing("nothing found")
    if parts:
        rows = [part_row(part) for spread in spreads for part in spread.parts]
    else:
        rows = list(map(spread_row, spreads))
    if out and output == _chart.CHART:
        chart = shapes.of_rows(
            [part_row(part) for spread in spreads for part in spread.parts],
            title=f"{', '.join(queries)}: by {PARTS[by]}",
            axis="Matches for 10,000 words",
            label=("query", "group") if len(queries) > 1 else ("group",),
            value="per_10000_words",
            said="{matches} in {words:,} words",
        )
        more = {"queries": list(queries), "by": by}
        _chart.write(chart, "bars", rows=rows, out=out, library=library, question=question, **more)
        return
    _export.write(rows, output, out, library, question, queries=list(queries), by=by, parts=parts)
