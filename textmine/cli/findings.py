"""textmine findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from index.reports.counts import FindingRow

from ..citation import reference
from ..outputs import Row
from ..usecases import library as app
from . import _disclosure, _export, _lists, _options
from ._help import Command

SCREEN = 50
"""So many are listed on the screen."""


@click.command(
    cls=Command, epilog="textmine findings --theme children-seen --polarity concern --since 2022"
)
@_options.filters
@_options.limit(SCREEN)
@_options.output_format
@_export.to_file
@_options.library
def command(limit: int | None, output: str, out: Path | None, library: Path, **given: Any) -> None:
    """List findings: what a sentence says about a theme.

    Each finding has a theme, a polarity, a timing and, if stated, an extent and an aspect. These
    are assigned automatically and can be wrong, so read the evidence.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    rows = app.findings(library, filters, limit=_options.most(limit, SCREEN, out))
    _disclosure.tell_left_out(library, filters)
    if not rows:
        _options.none_fit("no matching findings", library, filters)
    _disclosure.warn(library, rows, _export.kind(output, out))
    if note := app.mixed(library):
        click.echo(note, err=True)
    if output == "table" and out is None:
        _lists.print_findings(rows)
    else:
        shown = map(brief if _export.is_short(output, out) else full, rows)
        _export.write_list(shown, output, out, library, filters, limit=limit)
    _export.tell_count(len(rows), app.count_findings(library, filters), "findings", out)


def brief(row: FindingRow) -> Row:
    """What fits in a Markdown table."""
    return {
        "authority": row.authority,
        "date": row.date,
        "page": row.passage.page,
        "paragraph": row.passage.number,
        "theme": row.finding.theme,
        "polarity": row.finding.polarity,
        "timing": row.finding.timing,
        "extent": row.finding.extent,
        "aspect": row.finding.aspect,
        "about": row.finding.about,
        "voice": row.passage.voice,
        "visibility": row.visibility,
        "evidence": row.evidence,
    }


def full(row: FindingRow) -> Row:
    """Everything, with the words that decided it."""
    start = row.finding.start
    return {
        **brief(row),
        "section": row.section,
        "kind": row.passage.kind,
        "type": row.doc_type,
        "published": row.published,
        "start": start,
        "end": row.finding.end,
        "cues": [
            {
                "kind": cue.kind,
                "label": cue.label,
                "words": row.evidence[cue.start - start : cue.end - start],
            }
            for cue in row.finding.cues
        ],
        "ordinal": row.passage.ordinal,
        "citation": reference(row, row.passage).text(),
        "document": row.document,
        "sha256": row.sha256,
        "name": row.name,
    }
