"""Notes on how a query was read, and files with a note of how to reproduce them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from corpus.errors import UsageError
from index.query.expansion import Expansion
from index.query.filters import Filters

from ..api import Library, Results
from ..interchange import ENDINGS, SEARCH_INDEX
from ..outputs import OUTPUTS, Row, flatten, format_of
from ..outputs.replacing import replacing
from ..usecases.searches import Question
from . import _disclosure, _help

if TYPE_CHECKING:
    from corpus.model import Voice
    from index.documents.citation_rows import Place

F = TypeVar("F", bound=Callable[..., Any])

_CHOSEN = "textmine.columns"
ALL = "all"


def _keep_columns(context: click.Context, _: click.Parameter, given: str | None) -> None:
    """Keeps the columns that were asked for where `columns` finds them."""
    if given is not None:
        names = tuple(filter(None, (name.strip() for name in given.split(","))))
        if not names:
            raise click.BadParameter("name columns with commas between, or all")
        context.meta[_CHOSEN] = names


def _format(context: click.Context, _: click.Parameter, given: str | None) -> str:
    """The format that was asked for; else that of the file's ending; else a table."""
    out: Path | None = context.params.get("out")
    if out and context.get_parameter_source("output") is ParameterSource.DEFAULT_MAP:
        given = None  # a setting is for the screen: a file has its ending
    if context.params.get("what") in {*ENDINGS, SEARCH_INDEX}:  # it decides the format itself
        return given or "table"
    if given or out is None or (out.exists() and not out.is_file()):
        return given or "table"
    return format_of(out)


_format_option = _help.output(
    "--format",
    "output",
    type=click.Choice(list(OUTPUTS)),
    callback=_format,
    help="Output format.  [default: table; with -o, by the ending of FILE]",
)
columns_option = _help.output(
    "--columns",
    metavar="NAMES",
    expose_value=False,
    callback=_keep_columns,
    help="Columns with commas between, or all.  [default: usual ones; in JSON and Parquet all]",
)


def file_option(text: str) -> Callable[[F], F]:
    return _help.output(
        "-o",
        "--out",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        is_eager=True,
        help=text,
    )


def to_file(command: F) -> F:
    """The options that say in what form rows are written, and to which file, with a note beside."""
    text = (
        "Write all rows to FILE (.csv, .xlsx, .json, .jsonl, .parquet, .md, .docx or .txt), and to"
        " FILE.about.json a note of how to reproduce them."
    )
    return _format_option(columns_option(file_option(text)(command)))


def to_bare_file(command: F) -> F:
    """The same for rows that no library is behind: no note stands beside the file."""
    text = "Write all rows to FILE (.csv, .xlsx, .json, .jsonl, .parquet, .md, .docx or .txt)."
    return _format_option(columns_option(file_option(text)(command)))


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


def on_screen(output: str, out: Path | None) -> bool:
    """Whether a list is shown as a person reads it, and not as columns."""
    return output == "table" and is_short(output, out)


def is_short(output: str, out: Path | None) -> bool:
    """Whether only what fits on a screen is shown: tables that go to no file."""
    return out is None and output in {"table", "md"} and not _chosen()


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


def columns(rows: Iterable[Row], output: str, usual: Sequence[str] | None) -> Iterable[Row]:
    """The columns of rows that were asked for; else the usual ones, where a person reads them."""
    names = _chosen() or (usual if OUTPUTS[output].brief else None)
    if not names or ALL in names:
        return rows
    waiting = iter(rows)
    first = next(waiting, None)
    if first is None:
        return ()
    for name in names if _chosen() else ():
        if name not in flatten(first) and name.partition(".")[0] not in first:
            raise UsageError(f"no column {name!r} here; there are: {', '.join(first)}")
    return (_some(row, names) for row in chain((first,), waiting))


def _chosen() -> Sequence[str]:
    names: Sequence[str] = click.get_current_context().meta.get(_CHOSEN, ())
    return names


def _some(row: Row, names: Sequence[str]) -> Row:
    flat = row if all(name in row for name in names) else {**flatten(row), **row}
    return {name: flat.get(name) for name in names}


def write(
    rows: Iterable[Row],
    output: str,
    out: Path | None,
    library: Library,
    question: Question,
    *,
    usual: Sequence[str] | None = None,
    **more: Any,
) -> None:
    """Writes rows to a file with its note, or to standard output."""
    about = None if out is None else library.about(question, format=output, **more)
    write_bare(rows, output, out, usual)
    if out is not None:
        _write_about(out, about)
        click.echo(f"wrote {out} and {out.name}.about.json", err=True)


def write_about(out: Path, library: Library, filters: Filters, **more: Any) -> None:
    """Writes the note of how to reproduce a file."""
    _write_about(out, library.about(Question(query="", filters=filters), **more))


def _write_about(out: Path, about: object) -> None:
    beside = out.with_name(f"{out.name}.about.json")
    with writing(out), replacing(beside) as file:
        file.write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_list(
    rows: Iterable[Row],
    output: str,
    out: Path | None,
    library: Library,
    filters: Filters | None = None,
    *,
    usual: Sequence[str] | None = None,
    **more: Any,
) -> None:
    """The same for what no query chose, but filters alone."""
    question = Question(query="", filters=filters or Filters())
    write(rows, output, out, library, question, usual=usual, **more)


def write_places(
    results: Results[Any],
    output: str,
    out: Path | None,
    library: Library,
    filters: Filters,
    *,
    usual: Sequence[str],
    **more: Any,
) -> int:
    """The same for records with a place in a document, as they come; how many there were.

    Warns of personal data in what was passed on.
    """
    seen: set[tuple[int, Voice]] = set()
    count = 0

    def passing() -> Iterator[Row]:
        nonlocal count
        for record in results:
            place: Place = record
            seen.add((place.document, place.passage.voice))
            count += 1
            yield results.row(record)

    write_list(passing(), output, out, library, filters, usual=usual, **more)
    _disclosure.warn_of(library, seen, kind(output, out))
    return count


def write_bare(
    rows: Iterable[Row], output: str, out: Path | None, usual: Sequence[str] | None = None
) -> None:
    """Writes rows to a file without a note, or to standard output."""
    chosen = columns(rows, output, usual)
    if out is not None:
        with writing(out), replacing(out) as file:
            OUTPUTS[output].save(chosen, file)
    elif not OUTPUTS[output].binary:
        OUTPUTS[output](chosen, sys.stdout)
    elif sys.stdout.isatty():
        raise UsageError(f"{output} is not text: give a file with -o")
    else:
        OUTPUTS[output](chosen, sys.stdout.buffer)


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Trouble with a file in one line."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"cannot write {out}: {error.strerror}") from error
