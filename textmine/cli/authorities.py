"""textmine authorities."""

from __future__ import annotations

from pathlib import Path

import click

from ..api import Library
from ..rows import authority_row
from ..rows.lists import USUAL
from . import _export, _help, _options
from ._help import Command


@click.command(
    cls=Command,
    epilog='textmine authorities --region "North East"\ntextmine authorities --read',
)
@_help.narrowing(
    "--region", multiple=True, metavar="NAME", help="Only this region, as this command lists them."
)
@_help.narrowing("--read", is_flag=True, help="Only authorities with documents in the library.")
@_help.narrowing(
    "--missing", is_flag=True, help="Only authorities of which the library seems to lack something."
)
@_export.to_bare_file
@_options.library
def command(
    region: tuple[str, ...],
    output: str,
    out: Path | None,
    library: Library,
    *,
    read: bool,
    missing: bool,
) -> None:
    """List authorities and regions to use as filters.

    Each comes with the number of its documents in the library; with --missing, with what seems to
    be missing: an inspection since 2022, one in the gap between two, a monitoring visit that a
    later one counts. JSON and CSV have codes and aliases too. Other usual forms of a name are
    understood, such as "Durham County Council".
    """
    wanted = {name.casefold() for name in region}
    rows = [
        authority_row(each)
        for each in library.authorities()
        if (not wanted or (each.region or "").casefold() in wanted)
        and (each.documents or not read)
        and (each.missing or not missing)
    ]
    if not rows:
        _options.found_nothing("no matching authorities")
    short = (*ON_SCREEN, *(["missing"] if missing else []))
    usual = short if _export.is_short(output, out) else USUAL["authorities"]
    _export.write_bare(rows, output, out, usual)


ON_SCREEN = ("authority", "region", "documents", "key")
"""What fits on a screen."""
