"""textmine authorities."""

from __future__ import annotations

import click

from ..api import Library
from ..rows import authority_row
from . import _help, _options
from ._help import Command


@click.command(
    cls=Command,
    epilog='textmine authorities --region "North East"\ntextmine authorities --read',
)
@_help.narrowing(
    "--region", multiple=True, metavar="NAME", help="Only this region, as this command lists them."
)
@_help.narrowing("--read", is_flag=True, help="Only authorities with documents in the library.")
@_options.output_format
@_options.library
def command(region: tuple[str, ...], output: str, library: Library, *, read: bool) -> None:
    """List authorities and regions to use as filters.

    Each comes with the number of its documents in the library. Other usual forms of a name are
    understood too, such as "Durham County Council".
    """
    wanted = {name.casefold() for name in region}
    rows = [
        authority_row(each)
        for each in library.authorities()
        if (not wanted or (each.region or "").casefold() in wanted) and (each.documents or not read)
    ]
    if not rows:
        _options.found_nothing("no matching authorities")
    _options.write(rows, output)
