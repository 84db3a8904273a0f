"""textmine tag."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import UsageError

from ..outputs import Row
from ..usecases.library import tag as tag_inputs
from . import _export, _help, _options
from ._help import Command

if TYPE_CHECKING:
    from ..pipeline import Tagged, TagInput

_HALF = re.compile("[\ud800-\udfff]")

EXAMPLE = '{"id": "p1", "kind": "ilacs_inspection", "section": "", "text": "Visits are late."}'


@click.command(cls=Command, epilog="textmine tag --format jsonl < paragraphs.jsonl")
@_options.themes_file
@_options.encoder
@_help.output("--explain", is_flag=True, help="Also show the words that decided.")
@_export.to_bare_file
def command(
    themes_file: Path | None, output: str, out: Path | None, *, encoder: bool, explain: bool
) -> None:
    """Tag paragraphs from standard input.

    Reads one JSON object per line: id, kind (type of document), section (heading) and text.
    Writes one finding for each theme in each sentence, with the character range of the sentence.
    Nothing is stored.
    """
    rows = _findings(themes_file, encoder=encoder, explain=explain)
    _export.write_bare(rows, output, out)


def _findings(themes_file: Path | None, *, encoder: bool, explain: bool) -> Iterator[Row]:
    rows: list[dict[str, Any]] = []
    for index, found in enumerate(tag_inputs(_inputs(rows), themes_file, encoder=encoder)):
        text = rows[index]["text"]
        rows[index]["text"] = ""  # it is not needed again
        for finding in found:
            yield {
                "id": rows[index]["id"],
                "start": finding.start,
                "end": finding.end,
                "theme": finding.theme,
                "polarity": finding.polarity,
                "timing": finding.timing,
                "extent": finding.extent,
                "aspect": finding.aspect,
                "score": finding.score,
                **(_explained(finding, text) if explain else {}),
            }


def _explained(finding: Tagged, text: str) -> Row:
    """The evidence, and by kind of decision the words that made it."""
    cues: dict[str, list[str]] = {}
    for cue in finding.cues:
        cues.setdefault(cue.kind, []).append(text[cue.start : cue.end])
    return {"evidence": text[finding.start : finding.end], "cues": cues}


def _inputs(rows: list[dict[str, Any]]) -> Iterator[TagInput]:
    """The paragraphs on standard input; they go into `rows` as they are read."""
    from ..pipeline import TagInput  # noqa: PLC0415 (imports spaCy)

    for number, encoded in enumerate(sys.stdin.buffer, start=1):
        try:
            line = encoded.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UsageError(f"line {number} of the input is not UTF-8") from error
        if not line.strip():
            continue
        row = _row(line, number)
        rows.append(row)
        yield TagInput(
            row["text"],
            row.get("kind") or "other",
            row.get("section") or "",
            row.get("passage_kind") or "paragraph",
        )


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except RecursionError as error:
        raise UsageError(f"line {number} of the input is nested too deeply") from error
    except ValueError as error:  # no JSON, or a number of thousands of digits
        reason = getattr(error, "msg", "it has a number that is too long")
        raise UsageError(f"line {number} of the input is not JSON: {reason}") from error
    if not isinstance(row, dict) or not {"id", "text"} <= set(row):
        raise UsageError(
            f"line {number} of the input is not an object with id and text; expected: {EXAMPLE}"
        )
    for name in ("text", "kind", "section", "passage_kind"):
        if row.get(name) and _HALF.search(str(row[name])):
            raise UsageError(
                f"line {number} of the input: {name} has half a character, such as \\ud800"
            )
        if not isinstance(row.get(name) or "", str):
            raise UsageError(f"line {number} of the input: {name} is not text; expected: {EXAMPLE}")
    return row
