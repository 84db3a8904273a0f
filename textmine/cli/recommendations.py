"""textmine recommendations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.model import RecommendationKind

from ..api import Library
from . import _disclosure, _export, _help, _lists, _options
from ._help import Command

COLUMNS = (
    "authority",
    "date",
    "type",
    "kind",
    "tag",
    "place",
    "text",
)
"""What fits in a Markdown table."""


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
@_options.output_format
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
    rows = list(results)
    _disclosure.note_omitted(library, filters)
    if not rows:
        _options.none_fit("no matching recommendations", library, filters)
    _disclosure.warn(library, rows, _export.kind(output, out))
    if output == "table" and out is None:
        _lists.print_recommendations(rows)
    else:
        shown = _export.columns(results.rows(), COLUMNS if _export.is_short(output, out) else None)
        _export.write_list(shown, output, out, library, filters, kinds=list(kind), tags=list(tag))
    _export.tell_count(len(rows), len(rows), "recommendations", out)
