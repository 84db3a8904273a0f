"""Notes on how a query was read, and files with a note of how to reproduce them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from corpus.errors import UsageError
from index.query.expansion import Expansion
from index.query.filters import Filters

from ..api import Library
from ..outputs import OUTPUTS, Row
from ..outputs.replacing import replacing
from ..usecases.searches import Question
from . import _help, _options

to_file = _help.output(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write all rows to FILE, and to FILE.about.json a note of how to reproduce them: the"
    " query, versions and the state of the library.",
)


def kind(output: str, out: Path | None) -> str:
    """The format as the rules for passing on see it: a file is passed on whatever its format."""
    return output if out is None else "file"


def tell(notes: Iterable[str], expansions: Iterable[Expansion]) -> None:
    """Says on standard error how the query was read, and which other names were searched for."""
    for note in notes:
        click.echo(note, err=True)
    for each in expansions:
        click.echo(
            f"{each.of}: also searched for {', '.join(each.also) or 'nothing else'}", err=True
        )


def is_short(output: str, out: Path | None) -> bool:
    """Whether only what fits on a screen is shown: tables that go to no file."""
    return out is None and output in {"table", "md"}


def tell_count(
    shown: int, total: int, nouns: str, out: Path | None, results: int | None = None
) -> None:
    """Says on standard error how many of how many are listed, and how to get the rest.

    Where some results stand for several passages of the same words, it says that too.
    """
    one = nouns.removesuffix("s") if total == 1 else nouns
    within = "" if results in {None, shown} else f" in {results:,} results"
    if shown >= total:
        click.echo(f"{total:,} {one}{within}", err=True)
    elif out is None:
        rest = f"for all of them: --limit {total}, or -o FILE"
        click.echo(f"{shown:,} of {total:,} {one} shown{within}; {rest}", err=True)
    else:
        click.echo(f"{shown:,} of {total:,} {one} written, because of --limit", err=True)


def columns(rows: Iterable[Row], names: Sequence[str] | None) -> Iterable[Row]:
    """Some columns of rows, or all where none are named."""
    if names is None:
        return rows
    return ({name: row[name] for name in names} for row in rows)


def write(
    rows: Iterable[Row],
    output: str,
    out: Path | None,
    library: Library,
    question: Question,
    **more: Any,
) -> None:
    """Writes rows to a file with its sidecar, or to standard output."""
    if out is None:
        _options.write(rows, output)
        return
    about = library.about(question, format=output, **more)
    try:
        with replacing(out) as file:
            OUTPUTS[output].save(rows, file)
        beside = out.with_name(f"{out.name}.about.json")
        text = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
        with replacing(beside) as file:
            file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {out}: {error.strerror}") from error
    click.echo(f"wrote {out} and {beside.name}", err=True)


def write_list(
    rows: Iterable[Row],
    output: str,
    out: Path | None,
    library: Library,
    filters: Filters,
    **more: Any,
) -> None:
    """The same for what no query chose, but filters alone."""
    write(rows, output, out, library, Question(query="", filters=filters), **more)
