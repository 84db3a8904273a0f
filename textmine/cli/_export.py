"""Answers to queries: what was read into the query, and files with what made them beside."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from corpus.errors import UsageError
from index.query.expansion import Expansion
from index.query.filters import Filters

from ..outputs import OUTPUTS, Row
from ..usecases import searches
from ..usecases.searches import Question
from . import _options

to_file = click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file, and beside it FILE.about.json with what one must know to get the"
    " same again: the query as read, what was added, versions, the library's fingerprint.",
)


def kind(output: str, out: Path | None) -> str:
    """The format as the rules for passing on see it: a file is passed on whatever its format."""
    return output if out is None else "file"


def tell(notes: Iterable[str], expansions: Iterable[Expansion]) -> None:
    """Says on standard error what was noted, and what was looked for besides."""
    for note in notes:
        click.echo(note, err=True)
    for each in expansions:
        click.echo(f"{each.of} also stands for: {', '.join(each.also) or 'nothing else'}", err=True)


def is_short(output: str, out: Path | None) -> bool:
    """Whether only what fits on a screen is shown: tables that go to no file."""
    return out is None and output in {"table", "md"}


def write(
    rows: Iterable[Row], output: str, out: Path | None, question: Question, **more: Any
) -> None:
    """Writes rows to a file with its sidecar, or to standard output."""
    if out is None:
        _options.write(rows, output)
        return
    about = searches.sidecar(question, format=output, **more)
    try:
        with out.open("w", encoding="utf-8", newline="") as stream:
            OUTPUTS[output](rows, stream)
        beside = out.with_name(f"{out.name}.about.json")
        text = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
        beside.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {error.filename or out}: {error.strerror}") from error
    click.echo(f"written: {out} and {beside.name}", err=True)


def write_list(
    rows: Iterable[Row],
    output: str,
    out: Path | None,
    library: Path,
    filters: Filters,
    **more: Any,
) -> None:
    """The same for what no query chose, but filters alone."""
    write(rows, output, out, Question(library=library, query="", filters=filters), **more)
