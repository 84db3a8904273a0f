"""textmine cycle."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from ..analysis.cycle import IntervalRange, Standing
from ..outputs import Row
from ..usecases import history
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
@_options.output_format
@_export.to_file
@_options.library
def command(as_of: date, output: str, out: Path | None, library: Path, **given: Any) -> None:
    """List the time since each authority's last inspection.

    Next to the months since the last inspection are the intervals observed in this library
    between an inspection with that overall grade and the next: shortest, longest, median and
    number (n). No due date is given: the inspectorate decides by risk.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    _disclosure.tell_left_out(library, filters)
    standing, uninspected = history.cycle(library, as_of, filters)
    if not standing:
        _options.none_fit("no matching inspections by that day", library, filters)
    rows = map(_brief if _export.is_short(output, out) else _full, standing)
    _export.write_list(rows, output, out, library, filters, as_of=str(as_of))
    if uninspected:
        authorities = "authority has" if uninspected == 1 else "authorities have"
        click.echo(f"{uninspected} more {authorities} no inspection in the library", err=True)


def _brief(standing: Standing) -> Row:
    full = _full(standing)
    return {name: full[name] for name in COLUMNS}


def _full(standing: Standing) -> Row:
    last = standing.last
    return {
        "authority": standing.authority,
        "region": standing.region,
        "inspected": last.date,
        "framework": last.framework,
        "overall": (standing.overall or "no overall grade").replace("_", " "),
        "months": standing.months,
        "observed": _range(standing.observed),
        "visits_since": len(standing.visits),
        "last_visit": _visit(standing),
        "document": last.id,
    }


def _range(observed: IntervalRange | None) -> str | None:
    if observed is None:
        return None
    return (
        f"{observed.shortest} to {observed.longest} months, median {observed.median:g}"
        f" (n={observed.n})"
    )


def _visit(standing: Standing) -> str | None:
    if not standing.visits:
        return None
    last = standing.visits[-1]
    return f"{last.doc_type.replace('_', ' ')} {last.date}"
