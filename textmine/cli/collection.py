"""textmine collection."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from corpus.errors import UsageError

from ..api import Library
from . import _export, _options
from ._help import Group


@click.group(cls=Group, epilog="textmine collection add unseen --query 'children not seen'")
def command() -> None:
    """Keep passages in collections, for exports and briefs."""


@command.command(
    epilog="textmine collection add unseen 12 --para 14\n\n"
    "textmine collection add unseen --query 'children not seen polarity:concern'"
)
@click.argument("name")
@click.argument("doc", required=False)
@_options.passage
@click.option("--query", metavar="QUERY", help="All passages that a search finds, in place of DOC.")
@_options.coder_as("--coder", "Who collects.")
@_options.library
def add(
    *,
    name: str,
    doc: str | None,
    para: str | None,
    passage: int | None,
    query: str | None,
    coder: str,
    library: Library,
) -> None:
    """Put a passage, or all that a search finds, into a collection.

    The first passage makes the collection. A search takes it up with in:NAME, lists and exports
    with --collection NAME.
    """
    if (doc is None) == (query is None):
        raise UsageError("name a document and a passage of it, or a search with --query")
    if query is not None:
        places = library.places(query)
    else:
        places = (library.passage(str(doc), para=para, passage=passage).passage,)
    count = library.collect(name, places, who=coder)
    search = shlex.quote(f'in:"{name}"')
    click.echo(f"{count:,} added; to see them: textmine search {search}", err=True)


@command.command(name="list", epilog="textmine collection list")
@_export.to_bare_file
@_options.library
def list_(output: str, out: Path | None, library: Library) -> None:
    """List collections; "missing" passages are those whose document was read differently since."""
    found = library.collections().to_rows()
    if not found:
        _options.found_nothing("no collections; to make one: textmine collection add NAME DOC")
    _export.write_bare(found, output, out)


@command.command(epilog="textmine collection remove unseen 12 --para 14")
@click.argument("name")
@click.argument("doc", required=False)
@_options.passage
@_options.library
def remove(
    *, name: str, doc: str | None, para: str | None, passage: int | None, library: Library
) -> None:
    """Take a passage out of a collection, or those of a document, or all of them."""
    start = None
    if doc is not None and (para is not None or passage is not None):
        start = library.passage(doc, para=para, passage=passage).passage.passage.start
    count = library.uncollect(name, doc, start)
    if not count:
        _options.found_nothing(f"nothing of this in the collection {name!r}")
    click.echo(f"{count:,} taken out", err=True)
