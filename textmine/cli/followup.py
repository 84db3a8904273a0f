"""textmine followup."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

from ..api import Library
from ..followup.threads import FollowUp
from ..followup.verdicts import Verdict
from ..outputs import Row
from ..rows import followup_row
from ..rows.lists import USUAL
from . import _disclosure, _export, _help, _lists, _options
from ._help import Command


@click.command(
    cls=Command,
    epilog="textmine followup --authority Durham\n"
    "textmine followup --verdict asked_again --format csv -o again.csv",
)
@_options.whose
@_help.narrowing(
    "--verdict",
    type=click.Choice((*get_args(Verdict), "none")),
    multiple=True,
    help="Only demands with this verdict (none: no clear verdict).",
)
@_options.internal
@_export.to_file
@_options.library
def command(
    verdict: tuple[str, ...], output: str, out: Path | None, library: Library, **given: Any
) -> None:
    """Show what became of what inspectors asked for.

    Each demand is compared with the next report of the same kind: what it says about exactly
    that point, with the sentences that decide. A verdict is given only where the evidence is clear;
    otherwise the row shows what the later report says, without a verdict. A report of another
    kind, or the work of another body, never counts as an answer.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    rows = [
        each
        for each in library.followup(filters=filters)
        if not verdict or _verdict(each) in verdict
    ]
    _disclosure.note_omitted(library, filters)
    if not rows:
        _options.none_fit("no matching demands", library, filters)
    if _export.on_screen(output, out):
        _lists.print_followup(rows)
    else:
        short = _export.is_short(output, out)
        shown = map(brief if short else followup_row, rows)
        usual = None if short else USUAL["followup"]
        _export.write_list(shown, output, out, library, filters, usual=usual, verdict=list(verdict))
    _export.tell_count(len(rows), len(rows), "demands", out)


def _verdict(row: FollowUp) -> str:
    return row.answer.verdict or "none" if row.answer else "none"


def brief(row: FollowUp) -> Row:
    """What fits in a Markdown table."""
    answer = row.answer
    first = answer.witnesses[0].statement.row if answer and answer.witnesses else None
    return {
        "authority": row.demand.authority,
        "date": row.demand.date,
        "demand": row.demand.text,
        "body": row.body,
        "later_date": row.later.date if row.later else None,
        "verdict": answer.verdict if answer else None,
        "later_says": first.evidence if first else None,
    }
