"""Options of commands that count words, and what is said beside their figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from ..analysis import accuracy
from ..api import Library
from ..api.statistics import WordResults
from ..charts import shapes
from ..usecases.searches import Question
from . import _chart, _disclosure, _export, _help, _options

F = TypeVar("F", bound=Callable[..., Any])

SCREEN = 40
"""So many words are listed on the screen."""


class Axes(NamedTuple):
    """What a chart of words shows."""

    title: str
    axis: str
    value: str
    said: str


size = _help.query(
    "--words",
    "size",
    type=click.IntRange(1, 6),
    default=1,
    show_default=True,
    help="Count runs of so many words (n-grams).",
)
function_words = _help.query(
    "--function-words", is_flag=True, help="Also list words such as the, of and not."
)


def least(default: int) -> Callable[[F], F]:
    """The option `--least`."""
    return _help.narrowing(
        "--least",
        type=click.IntRange(min=1),
        default=default,
        show_default=True,
        help="Leave out what occurs less often.",
    )


def reports(default: int) -> Callable[[F], F]:
    """The option `--reports`: the least dispersion."""
    return _help.narrowing(
        "--reports",
        type=click.IntRange(min=1),
        default=default,
        show_default=True,
        help="Leave out words that stand in fewer reports.",
    )


def write_words(
    results: WordResults[Any],
    output: str,
    out: Path | None,
    library: Library,
    question: Question,
    *,
    limit: int | None,
    axes: Axes,
    brief: Sequence[str] = (),
    **more: Any,
) -> None:
    """Writes words with their figures, and what has to be known of them."""
    for note in results.notes:
        click.echo(note, err=True)
    _disclosure.note_omitted(library, question.filters)
    total = results.total
    if not total:
        _options.found_nothing("nothing found; --least 1 and --reports 1 list rarer words")
    most = _options.most(limit, SCREEN, out)
    rows = [row for at, row in enumerate(results.rows()) if most is None or at < most]
    if out and output == _chart.CHART:
        chart = shapes.of_rows(
            rows[: _chart.MOST],
            title=f"{axes.title}: {results.read_as or 'all passages'}",
            axis=axes.axis,
            label=("word",),
            value=axes.value,
            said=axes.said,
            notes=(*results.notes, *accuracy.notes(question.filters.theme)),
        )
        _chart.write(chart, "bars", rows=rows, out=out, library=library, question=question, **more)
        return
    if _export.is_short(output, out):
        names = brief or [name for name in rows[0] if name != "find"]
        rows = [{name: row[name] for name in names} for row in rows]
    _export.write(rows, output, out, library, question, **more)
    _export.tell_count(len(rows), total, "words", out)
    if results.read_as:
        click.echo(f"query read as: {results.read_as}", err=True)
    tell_accuracy(question.filters.theme, polarities=bool(question.filters.polarity))


def tell_accuracy(themes: Iterable[str], *, polarities: bool = False) -> None:
    """Says on standard error how accurate the tags behind the figures are."""
    for line in accuracy.notes(themes, polarities=polarities):
        click.echo(line, err=True)
