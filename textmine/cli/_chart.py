"""Charts in place of lists: `-o FILE` that ends in .svg, .png or .html."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from ..analysis import accuracy
from ..api import Library
from ..charts import files
from ..charts.model import Chart
from ..charts.svg import Form, draw
from ..outputs import OUTPUTS, Row, format_of
from ..outputs.replacing import replacing
from ..usecases.searches import Question
from . import _export, _help

F = TypeVar("F", bound=Callable[..., Any])

CHART = "chart"
"""The format of a file whose ending is that of a chart."""

MOST = 40
"""Marks in a chart of words."""


def _format(context: click.Context, _: click.Parameter, given: str | None) -> str:
    """The format that was asked for; else that of the file's ending; else a table."""
    out: Path | None = context.params.get("out")
    if given or out is None or (out.exists() and not out.is_file()):
        return given or "table"
    return CHART if out.suffix.lower() in files.SUFFIXES else format_of(out)


def to_file(command: F) -> F:
    """The options for the form of rows and their file, which may be a chart."""
    text = (
        "Write all rows to FILE (.csv, .xlsx, .json, .jsonl, .parquet, .md, .docx or .txt) or a"
        " chart (.svg, .png or .html), and a note of how to reproduce them to FILE.about.json."
    )
    option = _help.output(
        "--format",
        "output",
        type=click.Choice(list(OUTPUTS)),
        callback=_format,
        help="Output format.  [default: table; with -o, by the ending of FILE]",
    )
    return option(_export.columns_option(_export.file_option(text)(command)))


def write(
    chart: Chart,
    form: Form,
    *,
    rows: Sequence[Row],
    out: Path,
    library: Library,
    question: Question,
    **more: Any,
) -> None:
    """Writes a chart to a file, with the note of how to make it again."""
    save(
        draw(chart, form),
        chart.title,
        chart.notes,
        rows=rows,
        out=out,
        library=library,
        question=question,
        **more,
    )


def save(
    svg: str,
    title: str,
    notes: Sequence[str],
    *,
    rows: Sequence[Row],
    out: Path,
    library: Library,
    question: Question,
    **more: Any,
) -> None:
    """The same for a chart that is drawn already."""
    files.save(out, svg, rows, title, notes)
    beside = out.with_name(f"{out.name}.about.json")
    about = library.about(question, format=CHART, **more)
    with replacing(beside) as file:
        file.write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    click.echo(f"wrote {out} and {beside.name}", err=True)


def measured(question: Question) -> tuple[str, ...]:
    """How accurate the tags are that a chart rests on."""
    filters = question.filters
    return tuple(accuracy.notes(filters.theme, polarities=bool(filters.polarity)))


def notes(question: Question) -> tuple[str, ...]:
    """What is said below a chart with intervals."""
    return (*measured(question), "Bars across a dot are 95% intervals.")
