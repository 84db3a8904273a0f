"""textmine findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..api import Library
from ..rows.lists import USUAL
from ..usecases.searches import MIXED
from . import _disclosure, _export, _lists, _options
from ._help import Command

SCREEN = 50
"""So many are listed on the screen."""


@click.command(
    cls=Command, epilog="textmine findings --theme children-seen --polarity concern --since 2022"
)
@_options.filters
@_options.limit(SCREEN)
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
    _disclosure.note_omitted(library, filters)
    if not results:
        _options.none_fit("no matching findings", library, filters)
    if library.mixed():
        click.echo(MIXED, err=True)
    if _export.on_screen(output, out):
        rows = list(results)
        _lists.print_findings(rows)
        count = len(rows)
    else:
        count = _export.write_places(
            results, output, out, library, filters, usual=USUAL["findings"], limit=limit
        )
    _export.tell_count(count, results.total, "findings", out)
