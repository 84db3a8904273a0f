"""textmine kwic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.errors import UsageError
from index.search.kwic import Line, Sort

from ..citation import place
from ..outputs import Row
from ..usecases import searches
from . import _disclosure, _export, _options


@click.command(
    epilog="Example: textmine kwic 'not always' --sort right\n\n"
    "Example: textmine kwic '\"too many\"' --since 2023 --format csv -o too-many.csv"
)
@_options.asking
@click.option(
    "--sort",
    type=click.Choice(["document", "left", "right", "word"]),
    default="document",
    show_default=True,
    help="By document, the newest first, or by the words before, behind or found.",
)
@click.option(
    "--width",
    type=click.IntRange(5, 500),
    default=45,
    show_default=True,
    help="Characters of context on each side.",
)
@_options.limit(200)
@_options.output_format
@_export.to_file
def command(
    *, sort: Sort, width: int, limit: int, output: str, out: Path | None, **given: Any
) -> None:
    """List every place where the words of a query stand, aligned in their context."""
    question = _options.question_of(given, _export.kind(output, out))
    asked, lines = searches.lines(question, width=width, sort=sort)
    _export.tell(asked.notes, asked.expansions)
    _disclosure.tell_left_out(question.library, question.filters)
    if not asked.texts:
        raise UsageError("the query has no words to list; textmine search finds by fields alone")
    if not lines:
        _options.found_nothing(f"nothing found; read as: {asked.read_as}")
    shown = lines[:limit]
    _disclosure.warn(question.library, shown, _export.kind(output, out))
    if output == "table" and out is None:
        for line in shown:
            click.echo(_aligned(line, width))
    else:
        _export.write(map(_row, shown), output, out, question, sort=sort, width=width)
    click.echo(f"{len(shown)} of {len(lines)} lines; read as: {asked.read_as}", err=True)


def _aligned(line: Line, width: int) -> str:
    who = f"{line.authority or line.provider or 'unknown'} {(line.date or '')[:4]}"
    where = f"{who[:24]:24} {place(line.passage)}"
    return f"{line.left:>{width}}  {line.word}  {line.right:<{width}}  {where}"


def _row(line: Line) -> Row:
    return {
        "left": line.left,
        "word": line.word,
        "right": line.right,
        "authority": line.authority,
        "type": line.doc_type,
        "date": line.date,
        "page": line.passage.page,
        "paragraph": line.passage.number,
        "ordinal": line.passage.ordinal,
        "section": line.section,
        "document": line.document,
        "sha256": line.sha256,
    }
