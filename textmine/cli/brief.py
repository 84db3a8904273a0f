"""textmine brief."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import click

from corpus.errors import UsageError
from index.query.filters import Filters

from ..api import Library
from ..briefs.model import TOPICS, Purpose
from . import _disclosure, _help, _options
from ._help import Command

SUFFIXES = (".docx", ".html", ".md")


@click.command(
    cls=Command,
    epilog="textmine brief Durham -o durham.docx\n"
    "textmine brief Durham --for focused-visit --topic front-door -o durham.html",
)
@click.argument("authority")
@_help.query(
    "--for",
    "purpose",
    type=click.Choice(get_args(Purpose)),
    default="engagement-meeting",
    show_default=True,
    help="The occasion, which decides the order and the questions.",
)
@_help.query(
    "--topic",
    type=click.Choice(tuple(TOPICS)),
    metavar="TOPIC",
    help=f"With --for focused-visit: only this topic ({', '.join(TOPICS)}).",
)
@_options.as_of
@_help.output(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a .docx, .html or .md file, and its statements as .json.",
)
@_help.query(
    "--since-brief",
    type=click.Path(path_type=Path),
    help="An earlier brief: begin with what has changed since then.",
    metavar="FILE",
)
@_help.option(
    "--collection",
    metavar="NAME",
    help="Also quote the passages of this collection, with their notes.",
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
    authority: str,
    purpose: Purpose,
    topic: str | None,
    collection: str | None,
    as_of: date,
    output: Path | None,
    since_brief: Path | None,
    internal: bool,
    themes_file: Path | None,
    library: Library,
) -> None:
    """Write a briefing for a meeting with an authority.

    About four pages, each line with its source: current judgements, what inspectors asked for and
    what has happened since, recurring themes, the authority's self-evaluation, risk signals, gaps,
    how others compare, questions to ask, and what is missing. Without -o, the brief is printed as
    Markdown. A brief that quotes internal documents is marked internal.
    """
    suffix = output.suffix.lower() if output else ".md"
    if suffix not in SUFFIXES:
        raise UsageError(f"cannot write a brief as {output}; end the name in .docx, .html or .md")
    if topic and purpose != "focused-visit":
        raise UsageError("--topic only works with --for focused-visit")
    from ..usecases import briefs  # noqa: PLC0415 (only this command needs all that it takes)

    brief = library.brief(
        authority,
        purpose,
        as_of=as_of,
        themes=themes_file,
        earlier=since_brief,
        topic=topic,
        collection=collection,
        internal=internal,
    )
    _disclosure.note_omitted(library, Filters(internal=internal))
    if not brief.sources:
        _options.found_nothing(f"no documents of {brief.authority} in {library}")
    voices = ((source.document, source.voice) for source in brief.sources)
    _disclosure.warn_of(library, voices, suffix)
    if output is None:
        click.echo(briefs.render(brief, suffix).decode(), nl=False)
        return
    library.write_brief(brief, output)
    click.echo(f"wrote {output}", err=True)
