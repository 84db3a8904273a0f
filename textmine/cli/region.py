"""textmine region."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from corpus.errors import UsageError
from index.query.filters import Filters

from ..api import Library
from . import _disclosure, _help, _options
from ._help import Command
from .brief import SUFFIXES


@click.command(
    cls=Command,
    epilog="textmine region 'North East' -o north-east.docx\n"
    "textmine region Yorkshire --as-of 2025-09-01 -o yorkshire.html",
)
@click.argument("region")
@_options.as_of
@_help.output(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a .docx, .html or .md file, and its statements as .json.",
)
@_help.narrowing(
    "--internal",
    is_flag=True,
    help="Also quote documents that are not public (most self-evaluations).",
)
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
    suffix = output.suffix.lower() if output else ".md"
    if suffix not in SUFFIXES:
        raise UsageError(f"cannot write a pack as {output}; end the name in .docx, .html or .md")
    from ..usecases import briefs  # noqa: PLC0415 (only this command needs all that it takes)

    pack = library.region_pack(region, as_of=as_of, themes=themes_file, internal=internal)
    _disclosure.note_omitted(library, Filters(internal=internal))
    voices = ((source.document, source.voice) for source in pack.sources)
    _disclosure.warn_of(library, voices, suffix)
    if output is None:
        click.echo(briefs.render(pack, suffix).decode(), nl=False)
        return
    library.write_brief(pack, output)
    click.echo(f"wrote {output}", err=True)
