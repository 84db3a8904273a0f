"""textmine recommendations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.model import RecommendationKind
from index.reports.counts import RecommendationRow

from ..citation import place, reference
from ..outputs import Row
from ..usecases import library as app
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
@_options.output_format
@_export.to_file
@_options.library
def command(
    kind: tuple[str, ...],
    tag: tuple[str, ...],
    output: str,
    out: Path | None,
    library: Path,
    **given: Any,
) -> None:
    """List what inspectors ask for.

    These are recommendations, areas for improvement, priority actions and areas of weakness.
    Filters on findings apply to the text of the recommendation.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    rows = app.recommendations(library, filters, kinds=kind, tags=tag)
    _disclosure.tell_left_out(library, filters)
    if not rows:
        _options.none_fit("no matching recommendations", library, filters)
    _disclosure.warn(library, rows, _export.kind(output, out))
    if output == "table" and out is None:
        _lists.print_recommendations(rows)
    else:
        shown = map(brief if _export.is_short(output, out) else full, rows)
        _export.write_list(shown, output, out, library, filters, kinds=list(kind), tags=list(tag))
    _export.tell_count(len(rows), len(rows), "recommendations", out)


def brief(row: RecommendationRow) -> Row:
    """What fits in a Markdown table."""
    return {
        "authority": row.authority,
        "date": row.date,
        "type": row.doc_type,
        "kind": row.recommendation.kind,
        "tag": row.recommendation.tag,
        "place": place(row.passage),
        "text": row.text,
    }


def full(row: RecommendationRow) -> Row:
    """Everything, with a reference to copy."""
    return {
        **brief(row),
        "number": row.recommendation.number,
        "responsible": row.recommendation.responsible,
        "about": row.passage.about,
        "themes": list(row.themes),
        "section": row.section,
        "published": row.published,
        "page": row.passage.page,
        "ordinal": row.passage.ordinal,
        "start": row.passage.start,
        "end": row.passage.end,
        "citation": reference(row, row.passage).text(),
        "document": row.document,
        "sha256": row.sha256,
        "name": row.name,
    }
