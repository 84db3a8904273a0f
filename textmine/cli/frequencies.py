"""textmine frequencies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..api import Library
from . import _chart, _export, _figures, _options
from ._help import Command

AXES = _figures.Axes(
    "Frequent words", "Times for 10,000 words", "per_10000_words", "{matches} of {of_words:,} words"
)


@click.command(
    cls=Command,
    epilog="textmine frequencies --theme care-leavers\n"
    "textmine frequencies 'polarity:concern' --words 3 -o runs.csv",
)
@_options.asking
@_figures.size
@_figures.function_words
@_figures.least(2)
@_figures.reports(1)
@_options.limit(_figures.SCREEN)
@_chart.to_file
def command(
    *,
    size: int,
    function_words: bool,
    least: int,
    reports: int,
    limit: int | None,
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """List the most frequent words or runs of words.

    Of the passages that QUERY finds, or of all. Each word comes with the number of words that it
    is out of, the reports it stands in, and Gries's DP over the reports: 0 is spread evenly, near
    1 is in a few only.
    """
    question = _options.question_of(given, _export.kind(output, out), everything=True)
    chosen: dict[str, Any] = {"size": size, "function_words": function_words, "least": least}
    results = library.frequencies(question, reports=reports, **chosen)
    _figures.write_words(
        results, output, out, library, question, axes=AXES, limit=limit, reports=reports, **chosen
    )
