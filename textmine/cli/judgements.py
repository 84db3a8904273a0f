"""textmine judgements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.frameworks import AREAS
from index.reports.counts import DocumentRow

from ..analysis.changes import in_words, label
from ..api import Library
from ..outputs import Row
from ..rows import document_row
from ..rows.lists import USUAL
from . import _disclosure, _export, _options
from ._help import Command


@click.command(cls=Command, epilog="textmine judgements --authority Durham --format jsonl")
@_options.filters
@_export.to_file
@_options.library
def command(output: str, out: Path | None, library: Library, **given: Any) -> None:
    """List documents with their dates and judgements.

    In JSON, `judgements` holds printed grades only. `fields` gives the status of every fact
    (found, not_printed, not_judged or unreadable) and where it is printed.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    rows = list(library.documents(filters=filters))
    _disclosure.note_omitted(library, filters)
    if not rows:
        _options.none_fit("no matching documents", library, filters)
    short = _export.is_short(output, out)
    shown = map(brief if short else document_row, rows)
    usual = None if short else USUAL["documents"]
    _export.write_list(shown, output, out, library, filters, usual=usual)
    _export.tell_count(len(rows), len(rows), "documents", out)


def brief(row: DocumentRow) -> Row:
    """What fits on a screen."""
    judged = {each.area: each for each in row.judgements}
    grades = (f"{label(area)} {in_words(judged[area])}" for area in AREAS if area in judged)
    return {
        "id": row.id,
        "authority": row.authority_name,
        "type": row.doc_type,
        "date": row.date,
        "judgements": "; ".join(grades),
    }
