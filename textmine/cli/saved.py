"""textmine saved."""

from __future__ import annotations

import shlex
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import click

from index.search.saved_searches import Run

from ..api import Library
from ..disclosure import is_export
from ..rows import hit_row
from . import _disclosure, _export, _help, _options, _screen
from ._help import Group
from ._hits import print_hits


@click.group(cls=Group, epilog="textmine saved run")
def command() -> None:
    """Save searches and see what is new since the last run."""


@command.command(epilog="textmine saved add unseen 'children not seen polarity:concern'")
@click.argument("name")
@click.argument("query", nargs=-1, required=True)
@_options.library
def add(name: str, query: tuple[str, ...], library: Library) -> None:
    """Save a search under a name.

    Use fields in the query where `search` has options (`textmine search --syntax` lists them).
    """
    library.save_search(name, " ".join(query))
    click.echo(_screen.safe(f"saved; to run it: textmine saved run {shlex.quote(name)}"), err=True)


@command.command(name="list", epilog="textmine saved list")
@_export.to_bare_file
@_options.library
def list_(output: str, out: Path | None, library: Library) -> None:
    """List saved searches."""
    found = library.saved_searches().to_rows()
    if not found:
        _options.found_nothing("no saved searches; add one with: textmine saved add NAME QUERY")
    _export.write_bare(_screen.moments(found, output, "created", "last_run"), output, out)


@command.command(epilog="textmine saved run unseen --format jsonl")
@click.argument("names", nargs=-1)
@_options.internal
@_help.output(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Maximum number to list.  [default: all that is new; none on a first run]",
)
@_export.to_bare_file
@_options.library
def run(
    names: tuple[str, ...],
    *,
    internal: bool,
    limit: int | None,
    output: str,
    out: Path | None,
    library: Library,
) -> None:
    """Run saved searches and list what is new.

    Without NAMES, all saved searches are run. The first run of a search only says how many
    passages it finds; from then on each run lists what is new since the last. Use --limit to
    list the passages of a first run as well. The exit code is 0 if something
    is new and 1 if nothing is. A document that has been re-read is not new.
    """
    runs = library.run_saved(*names)
    for each in runs:
        click.echo(_screen.safe(_summary(each, listed=limit is not None)), err=True)
    if not any(each.new for each in runs):
        _options.found_nothing("nothing new")
    listed = [
        (each.search.name, hit)
        for each in runs
        if each.search.last_run or limit
        for hit in each.new
    ]
    shown = [
        (name, hit)
        for name, hit in listed
        if internal or not is_export(_export.kind(output, out)) or hit.visibility == "public"
    ]
    if count_omitted := len(listed) - len(shown):
        click.echo(
            f"{count_omitted} of these left out as internal; add --internal to include them",
            err=True,
        )
    shown = shown[:limit]
    _disclosure.warn(library, (hit for _, hit in shown), _export.kind(output, out))
    if _export.on_screen(output, out):
        for name, hits in groupby(shown, key=itemgetter(0)):
            click.echo(_screen.safe(f"{name}:"))
            print_hits([hit for _, hit in hits])
    else:
        _export.write_bare(({"search": name, **hit_row(hit)} for name, hit in shown), output, out)


def _summary(run: Run, *, listed: bool) -> str:
    """What a run found, in a line; after a first run, how to see it."""
    if run.search.last_run:
        return (
            f"{run.search.name}: {len(run.new):,} new of {run.total:,} since {run.search.last_run}"
        )
    seen = "" if listed else f"; to see them: textmine search {shlex.quote(run.search.query)}"
    return f"{run.search.name}: first run, {run.total:,} passages{seen}"


@command.command(epilog="textmine saved remove unseen")
@click.argument("name")
@_options.library
def remove(name: str, library: Library) -> None:
    """Delete a saved search."""
    library.remove_search(name)
    click.echo(_screen.safe(f"removed the saved search {name}"), err=True)
