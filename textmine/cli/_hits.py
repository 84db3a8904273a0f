"""Hits as rows and as a person reads them, and the explanation of an answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import click

from index.documents.citation_rows import Place
from index.search.explain import Explanation, Parts
from index.search.hits import Hit, Hits
from index.views.context import PassageContext

from ..citation import place
from . import _screen

INDENT = "   "


def covered(found: Hits) -> int:
    """For how many of the passages that answer the hits stand: repeats and groups count."""
    return sum(hit.group or hit.repeats for hit in found.hits)


def print_hits(
    hits: Sequence[Hit],
    around: Mapping[int, PassageContext] = MappingProxyType({}),
    parts: Sequence[Parts] = (),
) -> None:
    """Each hit as a citation and the part of its passage that answers.

    With what stands around it the passage is shown whole; with parts of scores, what they are.
    """
    for number, hit in enumerate(hits, start=1):
        if number > 1 and hits[number - 2].whole and not hit.whole:
            click.secho("From here on: passages with some of the words\n", dim=True)
        click.secho(_screen.wrapped(f"{number}. {citation(hit)}", "", INDENT), bold=True)
        if context := around.get(hit.id):
            print_neighbours(context)
        else:
            click.echo(_screen.wrapped(marked(hit), INDENT))
        if parts:
            click.secho("\n".join(_parts(parts[number - 1])), dim=True)
        if hit.findings:
            said = (f"{each.theme} ({each.polarity})" for each in hit.findings)
            click.secho(_screen.wrapped(", ".join(dict.fromkeys(said)), INDENT), dim=True)
        click.echo()


def print_neighbours(found: PassageContext) -> None:
    """A passage between those before and behind it, each with where it stands."""
    for each in (*found.before, found.passage, *found.after):
        mine = each is found.passage
        click.secho(f"   {'>' if mine else ' '} [{place(each.passage)}]", dim=not mine)
        click.secho(_screen.wrapped(each.text, f"{INDENT}  "), dim=not mine)


def print_explanation(found: Explanation, *, err: bool = False) -> None:
    """The tree, the SQL and how frequent the words are; beside an answer that programs read."""
    if found.question:
        click.echo("Question:\n" + "".join(f"  {line}\n" for line in found.question), err=err)
    sql = f"SQL:\n{found.sql}\nwith {list(found.values)}\n"
    click.echo(f"Query tree:\n{found.tree}\n\n{sql}", err=err)
    click.echo(f"Number of passages (of {found.passages:,}) that contain:", err=err)
    for each in found.frequencies:
        click.echo(f"  {each.passages:>8}  {each.text}", err=err)
    click.echo(err=err)


def _parts(parts: Parts) -> Iterator[str]:
    yield f"   tier {parts.tier}, score {parts.score:.6f}"
    for name, value in parts.question:
        yield f"     {value:12.6f}  {name}"
    for text, score in parts.texts:
        yield f"     {score:12.6f}  {text}"
    if parts.matchinfo:
        yield f"   matchinfo: {' '.join(parts.matchinfo.split())}"


_VOICES = {"authority": "the authority's own claim", "unknown": "author unknown"}


def citation(row: Place) -> str:
    """Authority, type and date, and where to find the passage in the document."""
    hit = row if isinstance(row, Hit) else None
    parts = (
        row.authority or row.provider or "authority unknown",
        f"{row.doc_type} {row.date or 'undated'}",
        place(row.passage),
        row.section,
        f"document {row.document}",
        _VOICES.get(row.passage.voice, ""),
        "internal" if row.visibility == "internal" else "",
        f"{hit.repeats} times" if hit and hit.repeats > 1 else "",
        f"{hit.group} in this authority" if hit and hit.group else "",
    )
    return " · ".join(part for part in parts if part)


def marked(hit: Hit) -> str:
    """The excerpt with its matches set off: in colour on a terminal, else between asterisks."""
    plain = not sys.stdout.isatty() or click.get_current_context().color is False
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
