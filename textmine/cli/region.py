"""textmine region."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from index.query.filters import Filters

from ..api import Library
from . import _brief_file, _disclosure, _options
from ._help import Command


@click.command(
    cls=Command,
    epilog="textmine region 'North East' -o north-east.docx\n"
    "textmine region Yorkshire --as-of 2025-09-01 -o yorkshire.html",
)
@click.argument("region")
@_options.as_of
@_brief_file.options
@_options.themes_file
@_options.library
def command(
    *,
    region: str,
    as_of: date,
    output: Path | None,
    internal: bool,
    themes_file: Path | None,
    library: Library,
) -> None:
    """Write a pack for a region's improvement alliance.

    Where each authority stands, concerns and strengths that several share, who was praised for what
    whom inspectors were concerned about, with quotes and dates, self-evaluations side by side, and
    one question for peers from each. Without -o, it is printed as Markdown.
    """
    suffix = _brief_file.suffix_of(output, "pack")
    pack = library.region_pack(region, as_of=as_of, themes=themes_file, internal=internal)
    _disclosure.note_omitted(library, Filters(internal=internal))
    _brief_file.write(library, pack, output, suffix)
