"""textmine matrix."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.errors import UsageError
from index.reports.matrix import GROUPS

from ..api import Library
from ..rows import cell_row
from . import _disclosure, _export, _help, _options
from ._help import Command


@click.command(
    cls=Command, epilog="textmine matrix queries.txt --by year --format csv -o matrix.csv"
)
@click.argument("queries", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@_help.query(
    "--by",
    type=click.Choice(list(GROUPS)),
    default="la",
    show_default=True,
    help="Group documents by this (la: authority).",
)
@_options.filters
@_options.exclude
@_options.engine
@_options.synonyms
@_export.to_file
@_options.library
def command(
    queries: str, *, by: str, output: str, out: Path | None, library: Library, **given: Any
) -> None:
    """Count matches of several queries by group.

    QUERIES is a file with one query per line; lines that begin with # are ignored. For each query
    and group: passages, reports with a match out of all reports, and passages per report and per
    10,000 words.
    """
    with click.open_file(queries, encoding="utf-8-sig", errors="replace") as stream:
        asked = [line.strip() for line in stream]
    asked = [line for line in asked if line and not line.startswith("#")]
    if not asked:
        raise UsageError(f"{queries} contains no queries; write one per line")
    question = _options.question_of({**given, "query": (asked[0],)}, _export.kind(output, out))
    cells = list(library.matrix(asked, by, asked=question))
    _disclosure.note_omitted(library, question.filters)
    if not cells:
        _options.none_fit("no matching documents", library, question.filters)
    _export.write(map(cell_row, cells), output, out, library, question, queries=asked, by=by)
