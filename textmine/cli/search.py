"""textmine search."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .. import syntax
from ..api import Library
from ..rows.lists import USUAL
from . import _disclosure, _export, _help, _hits, _options, _question, _screen
from ._help import Command

SCREEN = 20
"""So many are listed on the screen."""


def _syntax(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(_screen.page(syntax.page()))
        context.exit()


@click.command(
    cls=Command,
    epilog="textmine search 'supervision not recorded' --since 2023 --polarity concern\n"
    "textmine search '\"return home interviews\" theme:exploitation-and-missing'",
)
@_help.query(
    "--syntax",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_syntax,
    help="Explain how to write queries, and exit.",
)
@_options.asking
@_options.strict
@_help.output("--repeats", is_flag=True, help="List passages with identical wording separately.")
@_help.output(
    "--context",
    type=click.IntRange(0, 20),
    default=0,
    metavar="N",
    help="Also show N passages before and after each match.",
)
@_help.output("--explain", is_flag=True, help="Show how the query was read, run and ranked.")
@_help.output(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="Draw N of the matching passages at random.",
)
@_help.output(
    "--seed",
    metavar="N",
    type=int,
    default=0,
    show_default=True,
    help="The same seed draws the same sample.",
)
@_options.limit(SCREEN)
@_export.to_file
def command(
    *,
    repeats: bool,
    context: int,
    explain: bool,
    sample: int | None,
    seed: int,
    limit: int | None,
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """Find passages that answer a question or match a query.

    Ask in plain words: passages with all the words come first, in any of their forms, then
    passages with some of them. "in quotes" finds a phrase, +word must occur, -word leaves passages
    out, and OR finds either. --syntax explains the rest. Each passage comes with its authority,
    document, date, page and paragraph number.
    """
    question = _options.question_of(given, _export.kind(output, out))
    most = _options.most(limit, SCREEN, out)
    if sample:
        results = library.sample(question, sample, seed=seed)
    else:
        results = library.search(
            question, limit=most, collapse=not repeats, context=context, explain=explain
        )
    found = results.hits
    _export.tell(found.notes, found.expansions)
    if found.question and (line := _question.understood(found.question)):
        click.echo(line, err=True)
    _disclosure.note_omitted(library, question.filters)
    _disclosure.warn(library, found.hits, _export.kind(output, out))
    if results.explanation:
        _hits.print_explanation(results.explanation, err=output != "table")
    if _export.on_screen(output, out):
        parts = results.explanation.hits if results.explanation else ()
        _hits.print_hits(found.hits, results.around, parts)
    else:
        more = {"sample": sample, "seed": seed} if sample else {"limit": limit}
        _export.write(results.rows(), output, out, library, question, usual=USUAL["hits"], **more)
    for each in results.suggestions:
        count = "1 passage" if each.passages == 1 else f"{each.passages:,} passages"
        click.echo(f"try: {each.query}   ({count})", err=True)
    if not found.hits:
        _options.found_nothing(f"nothing found; query read as: {found.read_as}")
    if sample:
        click.echo(f"{len(found.hits):,} of {found.total:,} passages drawn", err=True)
    elif found.question:
        click.echo(_question.count(found, out), err=True)
    else:
        _export.tell_count(_hits.covered(found), found.total, "passages", out, len(found.hits))
    click.echo(f"query read as: {found.read_as}", err=True)
