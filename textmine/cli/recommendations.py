"""textmine recommendations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.model import RecommendationKind

from ..api import Library
from ..rows.lists import USUAL
from . import _disclosure, _export, _help, _lists, _options
from ._help import Command


@click.command(
    cls=Command,
    epilog="textmine recommendations --authority Durham --kind priority_action\n"
    "textmine recommendations --theme supervision-and-oversight --since 2024 --format csv",
)
@_options.filters
@_options.any_of("--kind", RecommendationKind, "Only this kind of recommendation.")
@_help.narrowing(
    "--tag",
    multiple=True,
    metavar="TAG",
    help="Only this part of the national framework: 'outcome 4', or 'enabler' for any enabler.",
)
@_export.to_file
@_options.library
def command(
    kind: tuple[str, ...],
    tag: tuple[str, ...],
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """List what inspectors ask for.

    These are recommendations, areas for improvement, priority actions and areas of weakness.
    Filters on findings apply to the text of the recommendation.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    results = library.recommendations(filters=filters, kinds=kind, tags=tag)
    _disclosure.note_omitted(library, filters)
    if not results:
        _options.none_fit("no matching recommendations", library, filters)
    if _export.on_screen(output, out):
        rows = list(results)
        _lists.print_recommendations(rows)
        count = len(rows)
    else:
        more = {"kinds": list(kind), "tags": list(tag)}
        count = _export.write_places(
            results, output, out, library, filters, usual=USUAL["recommendations"], **more
        )
    _export.tell_count(count, count, "recommendations", out)
