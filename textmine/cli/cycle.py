"""textmine cycle."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from ..api import Library
from ..rows.lists import USUAL
from . import _disclosure, _export, _options
from ._help import Command

COLUMNS = (
    *("authority", "inspected", "overall", "months", "observed"),
    *("visits_since", "last_visit"),
)
"""What fits on a screen."""


@click.command(cls=Command, epilog='textmine cycle --region "North East" --as-of 2026-09-01')
@_options.whose
@_options.as_of
@_options.internal
@_export.to_file
@_options.library
def command(as_of: date, output: str, out: Path | None, library: Library, **given: Any) -> None:
    """List the time since each authority's last inspection.

    Next to the months since the last inspection are the intervals observed in this library
    between an inspection with that overall grade and the next: shortest, longest, median and
    number (n). No due date is given: the inspectorate decides by risk.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    _disclosure.note_omitted(library, filters)
    results = library.cycle(as_of, filters=filters)
    if not results:
        _options.none_fit("no matching inspections by that day", library, filters)
    usual = COLUMNS if _export.is_short(output, out) else USUAL["cycle"]
    _export.write_list(results.rows(), output, out, library, filters, usual=usual, as_of=str(as_of))
    if uninspected := library.uninspected(as_of, filters=filters):
        authorities = "authority has" if uninspected == 1 else "authorities have"
        click.echo(f"{uninspected} more {authorities} no inspection in the library", err=True)
