"""textmine findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..api import Library
from ..usecases.searches import MIXED
from . import _disclosure, _export, _lists, _options
from ._help import Command

SCREEN = 50
"""So many are listed on the screen."""


COLUMNS = (
    "authority",
    "date",
    "page",
    "paragraph",
    "theme",
    "polarity",
    "timing",
    "extent",
    "aspect",
    "score",
    "about",
    "voice",
    "visibility",
    "evidence",
)
"""What fits in a Markdown table."""


@click.command(
    cls=Command, epilog="textmine findings --theme children-seen --polarity concern --since 2022"
)
@_options.filters
@_options.limit(SCREEN)
@_options.output_format
@_export.to_file
@_options.library
def command(
    limit: int | None, output: str, out: Path | None, library: Library, **given: Any
) -> None:
    """List findings: what a sentence says about a theme.

    Each finding has a theme, a polarity, a timing and, if stated, an extent and an aspect. These
    are assigned automatically and can be wrong, so read the evidence. The score says how likely
    theme and polarity are to be right; "uncertain" marks findings below the score for sure ones.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    results = library.findings(filters=filters, limit=_options.most(limit, SCREEN, out))
    rows = list(results)
    _disclosure.note_omitted(library, filters)
    if not rows:
        _options.none_fit("no matching findings", library, filters)
    _disclosure.warn(library, rows, _export.kind(output, out))
    if library.mixed():
        click.echo(MIXED, err=True)
    if output == "table" and out is None:
        _lists.print_findings(rows)
    else:
        shown = _export.columns(results.rows(), COLUMNS if _export.is_short(output, out) else None)
        _export.write_list(shown, output, out, library, filters, limit=limit)
    _export.tell_count(len(rows), results.total, "findings", out)
