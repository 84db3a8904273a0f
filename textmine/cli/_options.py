"""Options that several commands share, and the writing of their rows."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar, get_args

import click
from click.shell_completion import CompletionItem

from corpus.doctypes import doctypes
from corpus.errors import UsageError
from corpus.model import Aspect, Extent, Polarity, Timing
from index.query.ast import Has
from index.query.filters import Filters
from index.query.parser import parse

from ..outputs import OUTPUTS, Row
from ..usecases.searches import Question
from ._disclosure import is_export

F = TypeVar("F", bound=Callable[..., Any])

NOTHING_FOUND = 1

_NARROWING = (
    *("authority", "region", "doc_type", "theme", "polarity", "timing", "extent", "aspect"),
    *("since", "until"),
)

library = click.option(
    "--library",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="TEXTMINE_LIBRARY",
    default="library",
    show_default=True,
    show_envvar=True,
    help="The folder of the library.",
)

output_format = click.option(
    "--format",
    "output",
    type=click.Choice(list(OUTPUTS)),
    default="table",
    show_default=True,
    help="How to write the answer.",
)

register = click.option(
    "--register",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file to use instead of the shipped register of authorities.",
)

themes_file = click.option(
    "--themes",
    "themes_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A YAML file with themes of your own, in addition to the shipped ones.",
)


def _processors() -> int:
    """As many as there are, within reason: files do not wait for one another."""
    return min(os.cpu_count() or 1, 8)


synonyms = click.option(
    "--synonyms/--no-synonyms",
    default=True,
    show_default=True,
    help="Look for other names of the same thing as well.",
)

jobs = click.option(
    "--jobs",
    type=click.IntRange(min=1, max=64),
    default=_processors,
    show_default="the processors, 8 at most",
    help="How many files to read at once, each in a process of its own.",
)


def limit(default: int) -> Callable[[F], F]:
    """The option `--limit` with the command's own default."""
    return click.option(
        "--limit",
        type=click.IntRange(min=1),
        default=default,
        show_default=True,
        help="How many to show at the most.",
    )


internal = click.option(
    "--internal",
    is_flag=True,
    help="Let internal documents into formats that are passed on; tables always show them.",
)


def _day(_: click.Context, __: click.Parameter, given: datetime | None) -> date:
    return (given or datetime.now(UTC)).date()


as_of = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_day,
    help="As things stood on that day.  [default: today]",
)

exclude = click.option(
    "--exclude",
    multiple=True,
    help="Not with this value of a field; may be given more than once.",
    metavar="FIELD:VALUE",
)


class DocType(click.ParamType[str]):
    """A type of document. All types are loaded once one is named: that takes its time."""

    name = "type"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return click.Choice(sorted(doctypes())).convert(value, param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return click.Choice(sorted(doctypes())).shell_complete(ctx, param, incomplete)


def any_of(name: str, values: object, said: str) -> Callable[[F], F]:
    """An option for some of the values of a type."""
    return click.option(name, multiple=True, type=click.Choice(get_args(values)), help=said)


def whose(command: F) -> F:
    """The options that say whose documents are meant."""
    region = click.option("--region", multiple=True, help="Only this region.")
    authority = click.option(
        "--authority", multiple=True, help="Only this authority, by any of its names."
    )
    return authority(region(command))


def filters(command: F) -> F:
    """The options that narrow an answer down; each may be given more than once."""
    options = (
        whose,
        click.option(
            "--type",
            "doc_type",
            multiple=True,
            type=DocType(),
            help="Only this type of document.",
            metavar="TYPE",
        ),
        click.option("--theme", multiple=True, help="Only with a finding of this theme."),
        any_of(
            "--polarity", Polarity, "Only with such a finding (of the theme, where one is given)."
        ),
        any_of("--timing", Timing, "Only with a finding of this timing."),
        any_of("--extent", Extent, "Only with a finding that reaches so far."),
        any_of("--aspect", Aspect, "Only with a finding that judges this."),
        click.option(
            "--since", help="Inspected on or after this day, month or year.", metavar="DATE"
        ),
        click.option("--until", help="Inspected on or before it.", metavar="DATE"),
        internal,
    )
    for option in reversed(options):
        command = option(command)
    return command


def filters_of(given: dict[str, Any], output: str) -> Filters:
    """Takes the values of those of the options above that a command has out of its arguments."""
    narrowed = {name: given.pop(name) for name in _NARROWING if name in given}
    without = tuple(map(field_of, given.pop("exclude", ())))
    internal = given.pop("internal") or not is_export(output)
    return Filters(**narrowed, without=without, internal=internal)


def field_of(text: str) -> Has:
    """A field with its value, as `theme:adoption` or `region:North West`."""
    name, colon, value = text.partition(":")
    node = parse(f'{name}:"{value}"').node if colon and '"' not in text else None
    if not isinstance(node, Has):
        raise UsageError(f"--exclude takes a field and a value, as in theme:adoption; not {text!r}")
    return node


engine = click.option(
    "--engine",
    type=click.Choice(["fts5", "fts4"]),
    help="The full-text engine; both give the same passages, ranked in their own ways.",
)


def asking(command: F) -> F:
    """A query, and all that says how it is asked."""
    for option in reversed(
        (click.argument("query", nargs=-1), filters, exclude, engine, synonyms, library)
    ):
        command = option(command)
    return command


def question_of(given: dict[str, Any], output: str) -> Question:
    """Takes the values of `asking` out of a command's arguments."""
    narrowed = filters_of(given, output)
    words = given.pop("query")
    if not words and not narrowed.nodes():
        raise click.UsageError("Missing argument 'QUERY...'.")
    return Question(
        library=given.pop("library"),
        query=" ".join(words),
        filters=narrowed,
        engine=given.pop("engine"),
        synonyms=given.pop("synonyms"),
    )


def require_place(para: str | None, ordinal: int | None) -> None:
    """A passage is named in one of two ways."""
    if (para is None) == (ordinal is None):
        raise UsageError("name the passage: --para by its printed number, --passage by our count")


def write(rows: Iterable[Row], output: str) -> None:
    """Writes rows to standard output in the format asked for."""
    OUTPUTS[output](rows, sys.stdout)


def found_nothing(message: str) -> None:
    """Says so on standard error and ends with the exit code for it."""
    click.echo(message, err=True)
    raise click.exceptions.Exit(NOTHING_FOUND)


def none_fit(message: str, library: Path, filters: Filters) -> None:
    """The same, behind a note for each value of the filters that nothing in the library has."""
    from ..usecases import library as app  # noqa: PLC0415 (only where nothing is found)

    for note in app.unknown(library, filters):
        click.echo(note, err=True)
    found_nothing(message)
