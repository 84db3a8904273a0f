"""textmine changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from corpus.errors import UsageError
from index.query.filters import Filters
from index.reports.counts import DocumentRow

from ..analysis.changes import Change, ConcernChange, in_words, label, paragraphs
from ..outputs import Row
from ..usecases import history
from . import _disclosure, _export, _help, _options, _screen
from ._help import Command


@click.command(
    cls=Command,
    epilog="textmine changes --since 2023 --region London\n"
    "textmine changes --authority Durham --concerns",
)
@_options.whose
@_help.narrowing(
    "--since", help="The later inspection started on or after this date.", metavar="DATE"
)
@_help.narrowing(
    "--until", help="The later inspection started on or before this date.", metavar="DATE"
)
@_help.narrowing("--moved", is_flag=True, help="Leave out grades that did not change.")
@_help.output("--text", is_flag=True, help="Write short paragraphs instead of a table.")
@_help.output(
    "--concerns", is_flag=True, help="List new, recurring and resolved concerns by theme."
)
@_options.internal
@_options.output_format
@_export.to_file
@_options.library
def command(
    *,
    since: str | None,
    until: str | None,
    moved: bool,
    text: bool,
    concerns: bool,
    output: str,
    out: Path | None,
    library: Path,
    **given: Any,
) -> None:
    """List how judgements changed between inspections.

    Each inspection of an authority is compared with the one before. A direction is given only
    where the two grades are comparable: overall effectiveness, leaders, and help and protection
    always; judgements on care only within one framework.

    With --concerns, the last inspection is compared with the one before it, theme by theme:
    "resolved" means that the later report has a strength or an improvement and no concern,
    "silent" that it does not mention the theme.
    """
    if concerns and (since or until or moved or text):
        raise UsageError(
            "--concerns compares the last two inspections in a table;"
            " leave out --since, --until, --moved and --text"
        )
    if text and _disclosure.is_export(_export.kind(output, out)):
        raise UsageError("--text only writes to the screen; leave out --text, or --format and -o")
    filters = _options.filters_of(given, _export.kind(output, out))
    _disclosure.tell_left_out(library, filters)
    if concerns:
        rows = list(_concerns(library, filters, short=_export.is_short(output, out)))
        if not rows:
            _options.none_fit(
                "no authority here has two inspections in the library", library, filters
            )
        _export.write_list(rows, output, out, library, filters, concerns=True)
        return
    found = history.changes(library, filters, since=since, until=until)
    if moved:
        found = [change for change in found if change.pair.direction != "same"]
    if not found:
        message = "no authority here has two inspections in the library, or none in that period"
        _options.none_fit(message, library, filters)
    if text:
        for paragraph in paragraphs(found):
            click.echo(f"{_screen.wrapped(paragraph)}\n")
        return
    shown = map(_brief if _export.is_short(output, out) else _full, found)
    more = {"since": since, "until": until, "moved": moved}
    _export.write_list(shown, output, out, library, filters, **more)


def _brief(change: Change) -> Row:
    before, after = change.pair.before, change.pair.after
    return {
        "authority": change.authority,
        "area": label(after.area),
        "before": f"{in_words(before)} ({before.date})",
        "after": f"{in_words(after)} ({after.date})",
        "direction": change.pair.direction or f"not comparable: {change.pair.note}",
    }


def _full(change: Change) -> Row:
    before, after = change.pair.before, change.pair.after
    return {
        "authority": change.authority,
        "region": change.region,
        "area": after.area,
        "before": before.grade,
        "after": after.grade,
        "direction": change.pair.direction,
        "note": change.pair.note,
        "area_before": before.area,
        "status_before": before.status,
        "status_after": after.status,
        "date_before": before.date,
        "date_after": after.date,
        "framework_before": before.framework,
        "framework_after": after.framework,
        "document_before": before.document,
        "document_after": after.document,
    }


def _concerns(library: Path, filters: Filters, *, short: bool) -> Iterator[Row]:
    for before, after, fates in history.concern_changes(library, filters):
        for each in fates:
            yield {
                "authority": after.authority_name,
                "theme": each.theme,
                "concern": each.fate,
                "date_before": before.date,
                "date_after": after.date,
                **({} if short else _counts(before, after, each)),
            }


def _counts(before: DocumentRow, after: DocumentRow, concern: ConcernChange) -> Row:
    return {
        "concerns_before": len(concern.before),
        "findings_after": len(concern.after),
        "document_before": before.id,
        "document_after": after.id,
    }
