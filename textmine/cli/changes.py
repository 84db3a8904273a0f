"""textmine changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.errors import UsageError

from ..analysis.changes import Change, in_words, label, paragraphs
from ..api import Library
from ..disclosure import is_export
from ..outputs import Row
from ..rows import change_row
from ..rows.lists import USUAL
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
    library: Library,
    **given: Any,
) -> None:
    """List how judgements changed between inspections.

    Each inspection of an authority is compared with the one before. A direction is given only
    where the two grades are comparable: overall effectiveness, leaders, and help and protection
    always; judgements on care only within one framework.

    With --concerns, the last inspection is compared with the one before it, theme by theme:
    "resolved" means that the later report has no concern on the theme, and praises the same thing,
    "silent" that it says nothing of the same thing.
    """
    if concerns and (since or until or moved or text):
        raise UsageError(
            "--concerns compares the last two inspections in a table;"
            " leave out --since, --until, --moved and --text"
        )
    if text and is_export(_export.kind(output, out)):
        raise UsageError("--text only writes to the screen; leave out --text, or --format and -o")
    filters = _options.filters_of(given, _export.kind(output, out))
    _disclosure.note_omitted(library, filters)
    if concerns:
        rows = library.concern_changes(filters=filters).to_rows()
        if not rows:
            _options.none_fit(
                "no authority here has two inspections in the library", library, filters
            )
        _export.write_list(
            rows, output, out, library, filters, usual=USUAL["concern-changes"], concerns=True
        )
        return
    found = list(library.changes(filters=filters, since=since, until=until))
    if moved:
        found = [change for change in found if change.pair.direction != "same"]
    if not found:
        message = "no authority here has two inspections in the library, or none in that period"
        _options.none_fit(message, library, filters)
    if text:
        for paragraph in paragraphs(found):
            click.echo(f"{_screen.wrapped(paragraph)}\n")
        return
    short = _export.is_short(output, out)
    shown = map(_brief if short else change_row, found)
    more = {"since": since, "until": until, "moved": moved}
    usual = None if short else USUAL["changes"]
    _export.write_list(shown, output, out, library, filters, usual=usual, **more)


def _brief(change: Change) -> Row:
    before, after = change.pair.before, change.pair.after
    return {
        "authority": change.authority,
        "area": label(after.area),
        "before": f"{in_words(before)} ({before.date})",
        "after": f"{in_words(after)} ({after.date})",
        "direction": change.pair.direction or f"not comparable: {change.pair.note}",
    }
