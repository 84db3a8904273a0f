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
from . import _brief_file, _disclosure, _help, _options
from ._help import Command


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
@_brief_file.options
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
    suffix = _brief_file.suffix_of(output, "brief")
    if topic and purpose != "focused-visit":
        raise UsageError("--topic only works with --for focused-visit")
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
    _brief_file.write(library, brief, output, suffix)
