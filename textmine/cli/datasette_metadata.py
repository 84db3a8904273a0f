"""textmine datasette-metadata."""

from __future__ import annotations

import json
from pathlib import Path

import click

from index.storage.database import FILE_NAME

from ..api import Library
from ..outputs.replacing import replacing
from . import _export, _help, _options
from ._help import Command


@click.command(
    cls=Command,
    epilog="textmine datasette-metadata -o metadata.json\n"
    "datasette library/textmine.db --metadata metadata.json --setting allow_download off",
)
@_help.output(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to FILE instead of the screen.",
)
@click.option(
    "--internal", is_flag=True, help="Open all tables, which hold internal documents too, and SQL."
)
@_options.library
def command(out: Path | None, library: Library, *, internal: bool) -> None:
    """Write metadata for Datasette, a browser of databases.

    The views documents, judgements, passages and findings hold the text of public documents, with
    a description of each column and some ready queries. All other tables, and SQL of one's own,
    are closed unless you add --internal. Never serve a library without this metadata: its tables
    hold internal documents.
    """
    text = json.dumps(library.datasette_metadata(internal=internal), indent=2) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    with _export.writing(out), replacing(out) as file:
        file.write_text(text, encoding="utf-8")
    database = library.path / FILE_NAME
    serve = f"datasette {database} --metadata {out} --setting allow_download off"
    click.echo(f"wrote {out}; to look at the library: {serve}", err=True)
