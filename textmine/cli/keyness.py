"""textmine keyness."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ..api import Library
from . import _chart, _export, _figures, _help, _options
from ._help import Command

BRIEF = (
    *("word", "matches", "of_words", "matches_against", "of_words_against"),
    *("reports", "of_reports", "log_ratio", "log_likelihood"),
)
"""The columns that fit on a screen."""

AXES = _figures.Axes(
    "Key words",
    "Log ratio: 1 is twice as often, 2 four times",
    "log_ratio",
    "{matches} of {of_words:,} words",
)


@click.command(
    cls=Command,
    epilog="textmine keyness --of polarity:concern --against polarity:strength\n"
    "textmine keyness --of 'region:\"North East\"' -o north-east.csv",
)
@_help.query("--of", required=True, metavar="QUERY", help="The passages whose words to list.")
@_help.query(
    "--against", metavar="QUERY", help="The passages to compare with.  [default: all others]"
)
@_figures.size
@_figures.function_words
@_figures.least(5)
@_figures.reports(5)
@_help.narrowing(
    "--significance",
    type=click.FloatRange(min=0),
    default=15.13,
    show_default=True,
    help="Leave out words with a smaller log-likelihood (15.13: p < 0.0001).",
)
@_options.filters
@_options.exclude
@_options.engine
@_options.synonyms
@_options.limit(_figures.SCREEN)
@_chart.to_file
@_options.library
def command(
    *,
    of: str,
    against: str | None,
    size: int,
    function_words: bool,
    least: int,
    reports: int,
    significance: float,
    limit: int | None,
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """List words that set one group of passages apart.

    Words that are more frequent in the passages of one query than in those of another, the largest
    difference first. The log ratio says how large it is (1: twice as often, 2: four times), the
    log-likelihood how sure. Filters hold for both sides.
    """
    question = _options.question_of({**given, "query": (of,)}, _export.kind(output, out))
    other = None if against is None else replace(question, query=against)
    chosen: dict[str, Any] = {
        "size": size,
        "function_words": function_words,
        "least": least,
        "reports": reports,
        "significance": significance,
    }
    results = library.keyness(question, other, **chosen)
    _figures.write_words(
        results,
        output,
        out,
        library,
        question,
        axes=AXES,
        limit=limit,
        brief=BRIEF,
        against=against,
        **chosen,
    )
