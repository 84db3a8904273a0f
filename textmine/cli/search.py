"""textmine search."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from index.search.hits import Hits

from .. import syntax
from ..usecases import searches
from ..usecases.searches import Answer
from . import _disclosure, _export, _hits, _options


def _syntax(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(syntax.page(), nl=False)
        context.exit()


@click.command(
    epilog="Example: textmine search 'supervision not recorded' --since 2023 --polarity concern\n\n"
    "Example: textmine search '\"return home interviews\" theme:exploitation-and-missing'"
)
@click.option(
    "--syntax",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_syntax,
    help="Print how queries are written, and exit.",
)
@_options.asking
@click.option("--repeats", is_flag=True, help="List passages of the same words one by one.")
@click.option(
    "--context",
    type=click.IntRange(0, 20),
    default=0,
    help="Show so many passages before and behind each hit.",
)
@click.option("--explain", is_flag=True, help="Show how the query was read, run and ranked.")
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    help="Draw so many of the passages at random instead of the best.",
)
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    help="What the sample depends on: the same seed draws the same.",
)
@_options.limit(20)
@_options.output_format
@_export.to_file
def command(
    *,
    repeats: bool,
    context: int,
    explain: bool,
    sample: int | None,
    seed: int,
    limit: int,
    output: str,
    out: Path | None,
    **given: Any,
) -> None:
    """Find passages.

    QUERY is words, phrases, fields and operators; --syntax explains them. All words must occur, in
    any of their forms. "in quotes" finds a phrase, exploit* a beginning, -word leaves out, OR is
    one or the other. The answer is passages, each with its authority, document, date, page and
    printed paragraph number.
    """
    question = _options.question_of(given, _export.kind(output, out))
    if sample:
        drawn = searches.draw_sample(question, sample, seed)
        answer = Answer(hits=drawn, around={}, explanation=None, suggestions=())
    else:
        answer = searches.search(
            question, limit=limit, collapse=not repeats, context=context, explained=explain
        )
    found = answer.hits
    _export.tell(found.notes, found.expansions)
    _disclosure.tell_left_out(question.library, question.filters)
    _disclosure.warn(question.library, found.hits, _export.kind(output, out))
    if answer.explanation:
        _hits.print_explanation(answer.explanation)
    if output == "table" and out is None:
        parts = answer.explanation.hits if answer.explanation else ()
        _hits.print_hits(found.hits, answer.around, parts)
    else:
        rows = (_hits.row(hit, answer.around.get(hit.id)) for hit in found.hits)
        more = {"sample": sample, "seed": seed} if sample else {"limit": limit}
        _export.write(rows, output, out, question, **more)
    if not found.hits:
        for each in answer.suggestions:
            click.echo(
                f"try: {each.query}   ({each.passages} {_passages(each.passages)})", err=True
            )
        _options.found_nothing(f"nothing found; read as: {found.read_as}")
    click.echo(_foot(found), err=True)


def _foot(found: Hits) -> str:
    shown = len(found.hits)
    count = f"{shown} of {found.total}" if shown < found.total else f"{shown}"
    return f"{count} {_passages(found.total)}; read as: {found.read_as}"


def _passages(count: int) -> str:
    return "passage" if count == 1 else "passages"
