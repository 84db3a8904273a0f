"""textmine search."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from index.search import Hit
from textmine import app, syntax
from textmine.citation import place, reference
from textmine.outputs import Row

from . import _options, _passing_on


def _syntax(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(syntax.page(), nl=False)
        context.exit()


@click.command(
    epilog="Example: textmine search 'supervision not recorded' --since 2023 --polarity concern\n\n"
    "Example: textmine search '\"return home interviews\" theme:exploitation-and-missing'"
)
@click.argument("query", nargs=-1)
@click.option(
    "--syntax",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_syntax,
    help="Print how queries are written, and exit.",
)
@_options.filters
@click.option(
    "--engine",
    type=click.Choice(["fts5", "fts4"]),
    help="The full-text engine; both give the same passages, ranked in their own ways.",
)
@_options.synonyms
@click.option("--repeats", is_flag=True, help="List passages of the same words one by one.")
@_options.limit(20)
@_options.output_format
@_options.library
def command(
    query: tuple[str, ...],
    *,
    engine: str | None,
    synonyms: bool,
    repeats: bool,
    limit: int,
    output: str,
    library: Path,
    **given: Any,
) -> None:
    """Find passages.

    QUERY is words, phrases, fields and operators; --syntax explains them. All words must occur, in
    any of their forms. "in quotes" finds a phrase, exploit* a beginning, -word leaves out, OR is
    one or the other. The answer is passages, each with its authority, document, date, page and
    printed paragraph number.
    """
    filters = _options.filters_of(given, output)
    found = app.search(
        library,
        _options.query_of(query, filters),
        filters,
        engine=engine,
        synonyms=synonyms,
        collapse=not repeats,
        limit=limit,
    )
    for note in found.notes:
        click.echo(note, err=True)
    for each in found.expansions:
        click.echo(f"{each.of} also stands for: {', '.join(each.also) or 'nothing else'}", err=True)
    _passing_on.tell_left_out(library, filters)
    _passing_on.warn(library, ((hit.document, hit.passage.voice) for hit in found.hits), output)
    if output == "table":
        _print(found.hits)
    else:
        _options.write(map(_row, found.hits), output)
    if not found.hits:
        _options.found_nothing(f"nothing found; read as: {found.read_as}")
    click.echo(_foot(len(found.hits), found.total, found.read_as), err=True)


def _foot(shown: int, total: int, read_as: str) -> str:
    count = f"{shown} of {total} passages" if shown < total else f"{total} passages"
    return f"{count}; read as: {read_as}"


def _row(hit: Hit) -> Row:
    return {
        "authority": hit.authority,
        "type": hit.doc_type,
        "date": hit.date,
        "published": hit.published,
        "page": hit.passage.page,
        "paragraph": hit.passage.number,
        "ordinal": hit.passage.ordinal,
        "kind": hit.passage.kind,
        "about": hit.passage.about,
        "voice": hit.passage.voice,
        "visibility": hit.visibility,
        "section": hit.section,
        "text": hit.text,
        "highlights": [list(place) for place in hit.highlights],
        "findings": [
            {
                "theme": each.theme,
                "polarity": each.polarity,
                "timing": each.timing,
                "about": each.about,
            }
            for each in hit.findings
        ],
        "repeats": hit.repeats,
        **({} if hit.group is None else {"of_authority": hit.group}),
        "score": round(hit.score, 6),
        "citation": reference(hit, hit.passage).text(),
        "document": hit.document,
        "sha256": hit.sha256,
        "name": hit.name,
    }


def _print(hits: tuple[Hit, ...]) -> None:
    """Each hit as a citation and the part of its passage that answers."""
    for number, hit in enumerate(hits, start=1):
        click.secho(f"{number}. {citation(hit)}", bold=True)
        click.echo(f"   {marked(hit)}")
        if hit.findings:
            said = (f"{each.theme} ({each.polarity})" for each in hit.findings)
            click.secho(f"   {', '.join(dict.fromkeys(said))}", dim=True)
        click.echo()


def citation(hit: Hit) -> str:
    """Authority, type and date, and where to find the passage in the document."""
    parts = (
        hit.authority or hit.provider or "authority unknown",
        f"{hit.doc_type} {hit.date or 'undated'}",
        place(hit.passage),
        hit.section,
        f"document {hit.document}",
        "the authority's own claim" if hit.passage.voice == "authority" else "",
        "internal" if hit.visibility == "internal" else "",
        f"{hit.repeats} times" if hit.repeats > 1 else "",
        f"{hit.group} of this authority" if hit.group else "",
    )
    return " · ".join(part for part in parts if part)


def marked(hit: Hit) -> str:
    """The excerpt with its matches set off: in colour on a terminal, else between asterisks."""
    plain = not sys.stdout.isatty()
    text, at, parts = hit.snippet.text, 0, []
    for start, end in hit.snippet.highlights:
        match = text[start:end]
        parts += [
            text[at:start],
            f"*{match}*" if plain else click.style(match, bold=True, fg="yellow"),
        ]
        at = end
    before = "… " if hit.snippet.start else ""
    behind = " …" if hit.snippet.end < len(hit.text) else ""
    return before + "".join(parts) + text[at:] + behind
