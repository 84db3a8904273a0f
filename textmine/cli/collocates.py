"""textmine collocates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..api import Library
from . import _chart, _export, _figures, _help, _options
from ._help import Command

BRIEF = ("word", "together", "near", "of_words", "reports", "of_reports", "log_dice", "t_score")
"""The columns that fit on a screen."""

AXES = _figures.Axes(
    "Words near a match", "logDice, at most 14", "log_dice", "{together} of {near:,} near"
)


@click.command(
    cls=Command,
    epilog="textmine collocates supervision\n"
    "textmine collocates '\"personal advisers\"' --window 3 -o advisers.csv",
)
@_options.asking
@_help.query(
    "--window",
    type=click.IntRange(1, 50),
    default=5,
    show_default=True,
    help="Words on each side of a match that count as near.",
)
@_figures.function_words
@_figures.least(5)
@_figures.reports(3)
@_options.limit(_figures.SCREEN)
@_chart.to_file
def command(
    *,
    window: int,
    function_words: bool,
    least: int,
    reports: int,
    limit: int | None,
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """List words that stand near a word or phrase.

    Sorted by logDice, which does not depend on the size of the library (14 at most). MI favours
    rare words, the t-score frequent ones; log-likelihood says how sure it is that it is no chance.
    """
    question = _options.question_of(given, _export.kind(output, out))
    chosen: dict[str, Any] = {
        "window": window,
        "function_words": function_words,
        "least": least,
        "reports": reports,
    }
    results = library.collocates(question, **chosen)
    _figures.write_words(
        results, output, out, library, question, axes=AXES, limit=limit, brief=BRIEF, **chosen
    )
