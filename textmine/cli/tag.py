"""textmine tag."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import UsageError
from textmine import app
from textmine.outputs import Row

from . import _options

if TYPE_CHECKING:
    from textmine.pipeline import TagInput

EXAMPLE = '{"id": "p1", "kind": "ilacs_inspection", "section": "", "text": "Visits are late."}'


@click.command(epilog=f"Example: echo '{EXAMPLE}' | textmine tag --format jsonl")
@_options.themes_file
@_options.output_format
def command(themes_file: Path | None, output: str) -> None:
    """Tag paragraphs that are in no library.

    Reads one JSON object a line from standard input: id, kind (of document), section (the
    heading above) and text. Writes one finding for each theme of each sentence, with the
    character range of the sentence.
    """
    _options.write(_findings(themes_file), output)


def _findings(themes_file: Path | None) -> Iterator[Row]:
    ids: list[str] = []
    for index, found in enumerate(app.tag(_inputs(ids), themes_file)):
        for finding in found:
            yield {
                "id": ids[index],
                "start": finding.start,
                "end": finding.end,
                "theme": finding.theme,
                "polarity": finding.polarity,
                "timing": finding.timing,
            }


def _inputs(ids: list[str]) -> Iterator[TagInput]:
    """The paragraphs on standard input; their ids go into `ids` as they are read."""
    from textmine.pipeline import TagInput  # noqa: PLC0415 (imports spaCy)

    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        row = _row(line, number)
        ids.append(row["id"])
        yield TagInput(
            row["text"],
            row.get("kind") or "other",
            row.get("section") or "",
            row.get("passage_kind") or "paragraph",
        )


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"line {number} of the input is no JSON: {error.msg}") from error
    if not isinstance(row, dict) or not {"id", "text"} <= set(row):
        raise UsageError(f"line {number} of the input is no object with id and text: {EXAMPLE}")
    return row
