"""textmine agreement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ..api import Library
from ..evaluation.agreement import Judged, Unit, differences
from ..outputs import Row
from ..rows.lists import USUAL
from . import _export, _help, _options
from ._help import Command


@click.command(cls=Command, epilog="textmine agreement --by-theme -o agreement.xlsx")
@_options.filters
@_help.output("--by-theme", is_flag=True, help="For each theme, not for all together.")
@_help.output("--differences", is_flag=True, help="List the sentences on which they differ.")
@_export.to_file
@_options.library
def command(
    *,
    by_theme: bool,
    differences: bool,
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """Compare coders with one another and with the machine.

    Percent agreement, Cohen's kappa for two coders and Krippendorff's alpha, each with its 95%
    interval from resampling documents: on whether the theme is there, and where it is, on polarity
    and timing. Kappa and alpha take out what chance alone would give; they are empty where all
    values are the same. Decisions come from `textmine review`.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    if differences:
        found = list(_differences(library, filters))
        if not found:
            _options.found_nothing("no finding on which two differ")
        _export.write_bare(found, output, out)
        return
    rows = list(library.agreement(by_theme=by_theme, filters=filters).to_rows())
    if not rows:
        _options.found_nothing("no decisions to compare; to decide on findings: textmine review")
    usual = USUAL["agreement"] if _export.is_short(output, out) else None
    _export.write_bare(rows, output, out, *([usual] if usual else []))


def _differences(library: Library, filters: Any) -> Iterator[Row]:
    for unit, judged in differences(library.codes(filters=filters)):
        yield {
            **_place(library, unit),
            "theme": unit.theme,
            "says": {coder: _values(values) for coder, values in sorted(judged.items())},
        }


def _values(judged: Judged) -> str:
    values = (judged.polarity, judged.timing)
    return ", ".join(value for value in values if value) or judged.theme


def _place(library: Library, unit: Unit) -> Row:
    """Where the sentence of a unit stands, and its passage."""
    stored = library.show(unit.document).document
    passage = next(p for p in stored.passages if p.start <= unit.start < p.end)
    return {
        "document": unit.document,
        "page": passage.page,
        "paragraph": passage.number,
        "text": stored.text[passage.start : passage.end],
    }
