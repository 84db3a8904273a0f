"""textmine saved."""

from __future__ import annotations

from pathlib import Path

import click

from ..usecases import searches
from . import _disclosure, _options
from ._hits import row


@click.group(epilog="Example: textmine saved run")
def command() -> None:
    """Keep searches, and see what is new since each was last run."""


@command.command(epilog="Example: textmine saved add unseen 'children not seen polarity:concern'")
@click.argument("name")
@click.argument("query", nargs=-1, required=True)
@_options.library
def add(name: str, query: tuple[str, ...], library: Path) -> None:
    """Keep a search under a name. Fields in the query say what options would."""
    searches.save(library, name, " ".join(query))


@command.command(name="list", epilog="Example: textmine saved list")
@_options.output_format
@_options.library
def list_(output: str, library: Path) -> None:
    """List the searches that are kept."""
    found = searches.list_saved_searches(library)
    if not found:
        _options.found_nothing("no search is kept; textmine saved add keeps one")
    _options.write(
        (
            {
                "name": each.name,
                "query": each.query,
                "made": each.made_at,
                "last_run": each.last_run,
                "found": each.seen if each.last_run else None,
            }
            for each in found
        ),
        output,
    )


@command.command(epilog="Example: textmine saved run unseen --format jsonl")
@click.argument("names", nargs=-1)
@_options.internal
@_options.output_format
@_options.library
def run(names: tuple[str, ...], *, internal: bool, output: str, library: Path) -> None:
    """Run saved searches, all where none is named, and list what each finds for the first time.

    Exit code 0: something is new; 1: nothing is. A document that is read again is not new.
    """
    runs = searches.run_saved(library, names)
    for each in runs:
        since = each.search.last_run or "it was kept"
        count = f"{len(each.new)} new of {each.total}"
        click.echo(f"{each.search.name}: {count}, since {since}", err=True)
    if not any(each.new for each in runs):
        _options.found_nothing("nothing is new")
    shown = [
        (each.search.name, hit)
        for each in runs
        for hit in each.new
        if internal or not _disclosure.is_export(output) or hit.visibility == "public"
    ]
    if left_out := sum(len(each.new) for each in runs) - len(shown):
        click.echo(f"{left_out} of them left out as internal; --internal lets them in", err=True)
    _disclosure.warn(library, (hit for _, hit in shown), output)
    _options.write(({"search": name, **row(hit)} for name, hit in shown), output)


@command.command(epilog="Example: textmine saved remove unseen")
@click.argument("name")
@_options.library
def remove(name: str, library: Path) -> None:
    """Forget a search."""
    searches.forget(library, name)
