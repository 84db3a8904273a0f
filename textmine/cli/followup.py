"""textmine followup."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

from corpus.errors import UsageError
from index.query.filters import Filters

from ..analysis import accuracy
from ..api import Library
from ..charts import shapes
from ..followup.threads import FollowUp
from ..followup.verdicts import Verdict
from ..outputs import Row
from ..rows import followup_row
from ..rows.lists import USUAL
from ..usecases.searches import Question
from . import _chart, _disclosure, _export, _help, _lists, _options
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
@_help.output(
    "--by",
    type=click.Choice(["theme", "region", "grade"]),
    help="Count demands and verdicts by this (grade: overall, of the report that asks).",
)
@_options.internal
@_chart.to_file
@_options.library
def command(
    verdict: tuple[str, ...],
    *,
    by: str | None,
    output: str,
    out: Path | None,
    library: Library,
    **given: Any,
) -> None:
    """Show what became of what inspectors asked for.

    Each demand is compared with the next report of the same kind: what it says about exactly
    that point, with the sentences that decide. A verdict is given only where the evidence is clear;
    otherwise the row shows what the later report says, without a verdict. A report of another
    kind, or the work of another body, never counts as an answer.

    With --by, counts stand beside how many demands have a verdict at all, and how many verdicts are
    right.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    if by:
        _counted(library, by, verdict, filters, output, out)
        return
    if output == _chart.CHART:
        raise UsageError("a chart shows counts; add --by theme, --by region or --by grade")
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


def _counted(  # noqa: PLR0917  as the command has them
    library: Library,
    by: str,
    verdict: tuple[str, ...],
    filters: Filters,
    output: str,
    out: Path | None,
) -> None:
    """The counts by theme, region or grade."""
    if verdict:
        raise UsageError("--by counts all verdicts; leave out --verdict")
    rows = library.followup_by(by, filters=filters).to_rows()
    _disclosure.note_omitted(library, filters)
    if not rows:
        _options.none_fit("no matching demands", library, filters)
    precision, coded = accuracy.verdicts()
    measured = (
        f"{precision:.0%} of verdicts are right, measured on {coded} demands coded by hand"
        " (docs/explanation/followup.md); coverage is the share of demands with a later report"
        " that have one."
    )
    told = (measured, accuracy.NO_GRADES) if by == "grade" else (measured,)
    if out and output == _chart.CHART:
        chart = shapes.of_rows(
            [row for row in rows if row["with_verdict"]][: _chart.MOST],
            title=f"What inspectors asked for and then saw improved, by {by}",
            axis="Demands with the verdict improved",
            label=("group",),
            value="improved",
            said="{improved} of {with_verdict} with a verdict",
            notes=told,
        )
        asked = Question(query="", filters=filters)
        _chart.write(chart, "bars", rows=rows, out=out, library=library, question=asked, by=by)
    else:
        ends = ("_low", "_high")
        short = _export.is_short(output, out)
        shown = [
            {name: row[name] for name in row if not (short and name.endswith((*ends, "find")))}
            for row in rows
        ]
        _export.write_list(shown, output, out, library, filters, by=by)
    for line in told:
        click.echo(line, err=True)


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
