"""textmine trends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.errors import UsageError

from ..analysis.rates import GROUPS
from ..api import Library
from ..charts import shapes
from ..outputs import Row
from ..usecases.searches import Question
from . import _chart, _disclosure, _export, _figures, _help, _options
from ._help import Command


@click.command(
    cls=Command,
    epilog="textmine trends --theme supervision-and-oversight --polarity concern\n"
    "textmine trends 'placed out of area' --by framework\n"
    "textmine trends --grade help_and_protection --by year",
)
@click.argument("query", nargs=-1)
@_help.query(
    "--by",
    type=click.Choice(list(GROUPS)),
    default="year",
    show_default=True,
    help="Group reports by this.",
)
@_help.query("--grade", metavar="AREA", help="Count grades of this area, not passages.")
@_options.filters
@_options.exclude
@_options.engine
@_options.synonyms
@_chart.to_file
@_options.library
def command(
    query: tuple[str, ...],
    *,
    by: str,
    grade: str | None,
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """Show how often something is said over the years.

    For each period and type of report: the reports that hold a passage, out of how many, with a 95%
    interval, and passages per report and per 10,000 words. Types of report are never added
    up. With --grade, the share of inspections with each grade; grades that do not compare
    are in series of their own.
    """
    if grade:
        if query:
            raise UsageError("--grade counts grades of inspections; leave out the query")
        narrowed = _options.filters_of(given, _export.kind(output, out))
        found = library.grade_trends(grade, by, filters=narrowed)
        rows = found.to_rows()
        if not rows:
            _options.none_fit(f"no inspection here has a grade for {grade}", library, narrowed)
        _disclosure.note_omitted(library, narrowed)
        if out and output == _chart.CHART:
            chart = shapes.of_grades(list(found), grade, ())
            asked = Question(query="", filters=narrowed)
            _chart.write(
                chart,
                "bars",
                rows=rows,
                out=out,
                library=library,
                question=asked,
                grade=grade,
                by=by,
            )
        else:
            _export.write_list(rows, output, out, library, narrowed, grade=grade, by=by)
        return
    question = _options.question_of(
        {**given, "query": query}, _export.kind(output, out), everything=True
    )
    results = library.trends(question, by)
    rows = results.to_rows()
    _disclosure.note_omitted(library, question.filters)
    _export.tell(results.answer.notes, ())
    if not any(rate.passages for rate in results):
        _options.found_nothing(f"nothing found; query read as: {results.answer.read_as}")
    if out and output == _chart.CHART:
        title = f"{results.answer.read_as}, by {by}"
        chart = shapes.of_rates(list(results), title, _chart.notes(question))
        _chart.write(chart, "dots", rows=rows, out=out, library=library, question=question, by=by)
        return
    shown = [brief(row) for row in rows] if _export.is_short(output, out) else rows
    _export.write(shown, output, out, library, question, by=by)
    click.echo(f"query read as: {results.answer.read_as}", err=True)
    _figures.tell_accuracy(question.filters.theme, polarities=bool(question.filters.polarity))


def brief(row: Row) -> Row:
    """What fits on a screen."""
    low, high = row["share_low"], row["share_high"]
    return {
        "query": row["query"],
        "type": row["type"],
        "group": row["group"],
        "reports": f"{row['reports']} of {row['of_reports']}",
        "share": f"{_percent(row['share'])} ({_percent(low)} to {_percent(high)})",
        "passages": row["passages"],
        "per_10000_words": row["per_10000_words"],
        "of_words": row["of_words"],
    }


def _percent(share: Any) -> str:
    return f"{float(share):.0%}"
