"""textmine brief."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import click

from corpus.errors import UsageError
from index.query.filters import Filters

from ..briefs.model import Purpose
from . import _disclosure, _options

SUFFIXES = (".docx", ".html", ".md")


@click.command(
    epilog="Example: textmine brief Durham -o durham.docx\n\n"
    "Example: textmine brief Durham --for focused-visit --as-of 2026-09-01 -o durham.html"
)
@click.argument("authority")
@click.option(
    "--for",
    "purpose",
    type=click.Choice(get_args(Purpose)),
    default="engagement-meeting",
    show_default=True,
    help="What the brief is for.",
)
@_options.as_of
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A .docx, .html or .md file; its statements go beside it as .json.",
)
@click.option(
    "--since-brief",
    type=click.Path(path_type=Path),
    help="An earlier brief: say first what has changed since.",
    metavar="FILE",
)
@click.option(
    "--internal",
    is_flag=True,
    help="Quote self-evaluations and what else is not public; the brief is marked internal.",
)
@_options.themes_file
@_options.library
def command(
    *,
    authority: str,
    purpose: Purpose,
    as_of: date,
    output: Path | None,
    since_brief: Path | None,
    internal: bool,
    themes_file: Path | None,
    library: Path,
) -> None:
    """Write what a meeting with an authority needs: four pages, each line with its source.

    Where they stand, what inspectors asked for and what has happened since, what recurs, what
    the authority says of itself, risk signals, what has not been looked at, how others compare,
    questions to ask, and what is missing. Without -o it goes to the screen as Markdown.
    """
    suffix = output.suffix.lower() if output else ".md"
    if suffix not in SUFFIXES:
        raise UsageError(f"cannot write a brief as {suffix or 'no suffix'}; use .docx, .html, .md")
    from ..usecases import briefs  # noqa: PLC0415 (only this command needs all that it takes)

    brief = briefs.brief(
        library,
        authority,
        purpose,
        as_of,
        themes_file=themes_file,
        earlier=since_brief,
        internal=internal,
    )
    _disclosure.tell_left_out(library, Filters(internal=internal))
    voices = ((source.document, source.voice) for source in brief.sources)
    _disclosure.warn_of(library, voices, suffix)
    if output is None:
        click.echo(briefs.render(brief, suffix).decode(), nl=False)
        return
    briefs.write_brief(brief, output)
    click.echo(f"wrote {output}", err=True)
