"""textmine compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..api import Library
from ..charts import shapes
from . import _chart, _disclosure, _export, _figures, _help, _options
from ._help import Command
from .trends import brief


@click.command(
    cls=Command,
    epilog="textmine compare Durham neighbours:Durham England --theme adoption --polarity concern\n"
    "textmine compare 'North East' 'North West' --query supervision",
)
@click.argument("names", nargs=-1, required=True)
@_help.query("--query", metavar="QUERY", default="", help="Count passages that this finds.")
@_options.filters
@_options.exclude
@_options.engine
@_options.synonyms
@_chart.to_file
@_options.library
def command(
    names: tuple[str, ...],
    *,
    query: str,
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """Compare how often something is said of several.

    NAMES are authorities, regions, neighbours:NAME (statistical neighbours), saved:NAME (a saved
    search) or England (all that the library holds). Choose what to count with --theme, --polarity
    or --query; each theme is compared by itself, and so is each type of report.
    """
    words = (query,) if query else ()
    question = _options.question_of(
        {**given, "query": words}, _export.kind(output, out), everything=True
    )
    themes = question.filters.theme
    results = library.compare(names, question, themes=themes)
    rows = results.to_rows()
    _disclosure.note_omitted(library, question.filters)
    for note in results.answer.notes:
        click.echo(note, err=True)
    if not any(rate.passages for rate in results):
        _options.found_nothing("nothing found")
    if out and output == _chart.CHART:
        polarity = " or ".join(question.filters.polarity)
        title = f"{', '.join(names)}: {', '.join(themes) or query}{polarity and f' ({polarity})'}"
        chart = shapes.of_rates(list(results), title, _chart.notes(question))
        _chart.write(
            chart, "dots", rows=rows, out=out, library=library, question=question, names=list(names)
        )
        return
    shown = [brief(row) for row in rows] if _export.is_short(output, out) else rows
    _export.write(shown, output, out, library, question, names=list(names))
    _figures.tell_accuracy(themes, polarities=bool(question.filters.polarity))
