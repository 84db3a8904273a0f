"""textmine kwic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from corpus.errors import UsageError
from index.views.kwic import Line, Sort

from ..api import Library
from ..rows import kwic_row
from . import _disclosure, _export, _help, _options, _screen
from ._help import Command

SCREEN = 200
"""So many are listed on the screen."""

WIDTH = 45
"""Characters of context on each side, in a file."""

GAP = 2
"""Blanks between two columns."""

LEAST = 12
"""Characters of context on each side, however narrow the screen."""

MOST_OF_NAME = 22
"""Characters of an authority's name."""


@click.command(
    cls=Command,
    epilog="textmine kwic 'not always' --sort right\n"
    "textmine kwic '\"too many\"' --since 2023 --format csv -o too-many.csv",
)
@_options.asking
@_help.output(
    "--sort",
    type=click.Choice(["document", "left", "right", "match"]),
    default="document",
    show_default=True,
    help="By document, newest first, or by the words before (left), after (right) or the match.",
)
@_help.output(
    "--width",
    metavar="N",
    type=click.IntRange(5, 500),
    help="Characters of context on each side.  [default: what fits; in files, 45]",
)
@_options.limit(SCREEN)
@_export.to_file
def command(
    *,
    sort: Sort,
    width: int | None,
    limit: int | None,
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """Show each match in context, aligned (KWIC).

    Write QUERY as for `textmine search` (`textmine search --syntax` explains it).
    """
    room = _screen.width()
    question = _options.question_of(given, _export.kind(output, out))
    on_screen = _export.on_screen(output, out)
    around = width or (room if on_screen else WIDTH)
    most = _options.most(limit, SCREEN, out)
    results = library.kwic(question, width=around, sort=sort, limit=most)
    prepared, lines = results.prepared, list(results)
    _export.tell(prepared.notes, prepared.expansions)
    _disclosure.note_omitted(library, question.filters)
    if not prepared.texts:
        raise UsageError(
            "the query has no words to show in context; to find by fields, use textmine search"
        )
    if not lines:
        _options.found_nothing(f"nothing found; query read as: {prepared.read_as}")
    _disclosure.warn(library, lines, _export.kind(output, out))
    if on_screen:
        for line in _aligned(lines, room, width):
            click.echo(line)
    else:
        _export.write(map(kwic_row, lines), output, out, library, question, sort=sort, width=around)
    _export.tell_count(len(lines), results.total, "matches", out)
    click.echo(f"query read as: {prepared.read_as}", err=True)


def _aligned(lines: Sequence[Line], room: int, width: int | None) -> Iterator[str]:
    """Lines that fit the screen, with as much context as there is room for, or as was asked for.

    The matches stand below each other; what comes after one has the room that it leaves.
    """
    where = [_where(line) for line in lines]
    beside = max(map(len, where))
    usual = sorted(len(line.match) for line in lines)[len(lines) // 2]
    left = width or max((room - beside - usual - 3 * GAP) // 2, LEAST)
    right = usual + GAP + (width or max(room - beside - left - usual - 3 * GAP, LEAST))
    for line, place_ in zip(lines, where, strict=True):
        before = _screen.tail(line.left, left)
        after = _screen.head(f"{line.match}  {line.right}", right)
        yield f"{before:>{left}}  {after:<{right}}  {place_}".rstrip()


def _where(line: Line) -> str:
    """Whose document, of which year, and the paragraph; without a number the page."""
    who = _screen.head(line.authority or line.provider or "unknown", MOST_OF_NAME)
    number = line.passage.number
    return " ".join(
        (who, (line.date or "")[:4], f"para {number}" if number else f"page {line.passage.page}")
    )
