"""textmine judgements."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.frameworks import AREAS
from corpus.model import Field, Judgement
from index.reports.counts import DocumentRow

from ..analysis.changes import in_words, label
from ..outputs import Row
from ..usecases import library as app
from . import _disclosure, _export, _options
from ._help import Command


@click.command(cls=Command, epilog="textmine judgements --authority Durham --format jsonl")
@_options.filters
@_options.output_format
@_export.to_file
@_options.library
def command(output: str, out: Path | None, library: Path, **given: Any) -> None:
    """List documents with their dates and judgements.

    In JSON, `judgements` holds printed grades only. `fields` gives the status of every fact
    (found, not_printed, not_judged or unreadable) and where it is printed.
    """
    filters = _options.filters_of(given, _export.kind(output, out))
    rows = app.documents(library, filters)
    _disclosure.tell_left_out(library, filters)
    if not rows:
        _options.none_fit("no matching documents", library, filters)
    shown = map(brief if _export.is_short(output, out) else full, rows)
    _export.write_list(shown, output, out, library, filters)
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


def full(row: DocumentRow) -> Row:
    """Everything, with how it is known."""
    facts = {field.name: _known(field) for field in row.fields}
    judged = {f"judgements.{each.area}": _known(each) for each in row.judgements}
    return {
        "document": row.id,
        "replaces": row.replaces,
        "sha256": row.sha256,
        "name": row.name,
        "doc_type": row.doc_type,
        "framework": row.framework,
        "authority": row.authority_name,
        "authority_key": row.authority,
        "region": row.region,
        "start_date": row.start_date,
        "end_date": row.end_date,
        "as_at": next((field.value for field in row.fields if field.name == "as_at"), None),
        "published": row.published,
        "published_source": row.published_source,
        "lead_inspector": row.lead_inspector,
        "voice": row.voice,
        "visibility": row.visibility,
        "judgements": {each.area: each.grade for each in row.judgements if each.grade},
        "fields": {**facts, **judged},
    }


def _known(fact: Field | Judgement) -> Row:
    known = {
        "status": fact.status,
        "origin": fact.origin,
        "printed": fact.printed,
        "start": fact.start,
        "end": fact.end,
    }
    return {key: value for key, value in known.items() if value is not None}
