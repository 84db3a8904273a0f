"""textmine matrix."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.errors import UsageError
from index.reports.matrix import GROUPS, Cell

from ..outputs import Row
from ..usecases import searches
from . import _disclosure, _export, _options


@click.command(epilog="Example: textmine matrix queries.txt --by year --format csv -o matrix.csv")
@click.argument("queries", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--by",
    type=click.Choice(list(GROUPS)),
    default="la",
    show_default=True,
    help="What the documents are grouped by.",
)
@_options.filters
@_options.exclude
@_options.engine
@_options.synonyms
@_options.output_format
@_export.to_file
@_options.library
def command(queries: str, *, by: str, output: str, out: Path | None, **given: Any) -> None:
    """Count what each of several queries finds in each authority, year, region or framework.

    QUERIES is a file with a query on each line; what begins with # is no query. For each the
    answer says the passages found, in how many of how many reports, and the passages for each
    report and for 10,000 words.
    """
    with click.open_file(queries, encoding="utf-8-sig", errors="replace") as stream:
        asked = [line.strip() for line in stream]
    asked = [line for line in asked if line and not line.startswith("#")]
    if not asked:
        raise UsageError(f"{queries} has no query in it")
    question = _options.question_of({**given, "query": (asked[0],)}, _export.kind(output, out))
    cells = searches.table(question, asked, by)
    _disclosure.tell_left_out(question.library, question.filters)
    if not cells:
        _options.none_fit("no document fits", question.library, question.filters)
    _export.write((_row(cell, by) for cell in cells), output, out, question, queries=asked, by=by)


def _row(cell: Cell, by: str) -> Row:
    return {
        "query": cell.query,
        by: cell.group,
        "passages": cell.passages,
        "reports": cell.reports,
        "of_reports": cell.of_reports,
        "of_words": cell.of_words,
        "per_report": round(cell.per_report, 3),
        "per_10000_words": round(cell.per_10000_words, 3),
    }
