"""Options that several commands share, and the writing of their rows."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar, get_args

import click
from click.shell_completion import CompletionItem

from corpus.errors import UsageError
from corpus.model import Aspect, Extent, Polarity, Timing
from index.query.ast import Has
from index.query.filters import Filters
from index.query.parser import parse

from ..api import Library
from ..disclosure import is_export
from ..sure import SURE
from ..usecases.searches import Question
from . import _help

F = TypeVar("F", bound=Callable[..., Any])

NOTHING_FOUND = 1

_NARROWING = (
    *("authority", "region", "doc_type", "theme", "polarity", "timing", "extent", "aspect"),
    *("collection", "min_score", "since", "until"),
)


def remembered(context: click.Context, _: click.Parameter, folder: Path) -> Path:
    """The folder of the library, for the case that what comes out of it is odd."""
    context.meta[_help.FOLDER] = folder
    return folder


def _opened(context: click.Context, _: click.Parameter, folder: Path) -> Library:
    """The library in the folder; it is closed when the command ends."""
    remembered(context, _, folder)
    return context.with_resource(Library(folder))


library = click.option(
    "--library",
    type=click.Path(file_okay=False, path_type=Path),
    callback=_opened,
    envvar="TEXTMINE_LIBRARY",
    default="library",
    show_default=True,
    show_envvar=True,
    help="Folder of the library.",
)

register = click.option(
    "--register",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV file to use instead of the built-in register of authorities.",
)

themes_file = click.option(
    "--themes",
    "themes_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML file with your own themes, added to the built-in ones.",
)


def passage(command: F) -> F:
    """The options that name a passage of a document, passed on as `para` and `passage`."""
    printed = _help.query(
        "--para", metavar="NUMBER", help="The paragraph with this printed number."
    )
    position = _help.query(
        "--passage",
        type=click.IntRange(min=1),
        metavar="N",
        help="The passage at this position in the document.",
    )
    return printed(position(command))


def coder_as(name: str, help_text: str) -> Callable[[F], F]:
    """An option for the name of whoever decides or writes, passed on as `coder`."""
    return _help.option(
        name,
        "coder",
        envvar="TEXTMINE_USER",
        show_envvar=True,
        default=account,
        show_default=False,
        metavar="NAME",
        help=f"{help_text}  [default: your user name]",
    )


encoder = _help.option(
    "--encoder",
    is_flag=True,
    help="Also use the encoder: slower, more accurate. Needs textmine[encoder].",
)


def _processors() -> int:
    """As many as there are, within reason: files do not wait for one another."""
    return min(os.cpu_count() or 1, 8)


synonyms = _help.query(
    "--synonyms/--no-synonyms",
    default=True,
    show_default="on",
    help="Also search for abbreviations and older or newer names.",
)

strict = _help.query(
    "--strict",
    is_flag=True,
    help="Require every word, and do not interpret the question.",
)

jobs = _help.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1, max=64),
    default=_processors,
    help="Files to read at once, 1 to 64.  [default: one per processor, at most 8]",
)

scheduler = _help.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Read on the workers of this Dask scheduler, as tcp://HOST:8786. Needs textmine[cluster].",
)


def limit(default: int) -> Callable[[F], F]:
    """The option `--limit`: the screen has the command's own default, a file has none."""
    return _help.output(
        "--limit",
        type=click.IntRange(min=1),
        metavar="N",
        help=f"Maximum number to list.  [default: {default}; with -o, all]",
    )


def most(limit: int | None, default: int, out: Path | None) -> int | None:
    """How many to list: what was asked for, else the default of the screen, or all in a file."""
    return limit if limit or out else default


def account() -> str:
    """The name of whoever runs the command, as the computer knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


internal = _help.narrowing(
    "--internal",
    is_flag=True,
    help="Include internal documents in files and in formats other than table.",
)


def _day(_: click.Context, __: click.Parameter, given: datetime | None) -> date:
    return (given or datetime.now(UTC)).date()


as_of = _help.query(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_day,
    metavar="YYYY-MM-DD",
    help="As things stood on this day.  [default: today]",
)

exclude = _help.narrowing(
    "--exclude",
    multiple=True,
    help="Leave out this value of a field (`textmine search --syntax` lists fields).",
    metavar="FIELD:VALUE",
)


class DocType(click.ParamType[str]):
    """A type of document. All types are loaded once one is named: that takes its time."""

    name = "type"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return _types().convert(value, param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return _types().shell_complete(ctx, param, incomplete)


def _types() -> click.Choice[str]:
    from corpus.doctypes import doctypes  # noqa: PLC0415 (loads all types)

    return click.Choice(sorted(doctypes()))


def any_of(name: str, values: object, said: str) -> Callable[[F], F]:
    """An option for some of the values of a type."""
    return _help.narrowing(name, multiple=True, type=click.Choice(get_args(values)), help=said)


def whose(command: F) -> F:
    """The options that say whose documents are meant."""
    region = _help.narrowing(
        "--region",
        multiple=True,
        metavar="NAME",
        help="Only this region (listed by `textmine authorities`).",
    )
    authority = _help.narrowing(
        "--authority",
        multiple=True,
        metavar="NAME",
        help="Only this authority (listed by `textmine authorities`). Filters can be repeated.",
    )
    return authority(region(command))


def filters(command: F) -> F:
    """The options that narrow an answer down; those for values may be repeated."""
    options = (
        whose,
        _help.narrowing(
            "--type",
            "doc_type",
            multiple=True,
            type=DocType(),
            help="Only this type of document (listed by `textmine types`).",
            metavar="TYPE",
        ),
        _help.narrowing(
            "--theme",
            multiple=True,
            metavar="THEME",
            help="Only findings on this theme (listed by `textmine themes`).",
        ),
        any_of("--polarity", Polarity, "Only findings with this polarity."),
        any_of("--timing", Timing, "Only findings with this timing."),
        any_of("--extent", Extent, "Only findings with this extent."),
        any_of("--aspect", Aspect, "Only findings on this aspect of a service."),
        _help.narrowing(
            "--collection",
            multiple=True,
            metavar="NAME",
            help="Only passages in this collection (listed by `textmine collection list`).",
        ),
        _help.narrowing(
            "--min-score",
            type=click.FloatRange(0, 1),
            metavar="SCORE",
            help=f"Only findings with at least this score (0 to 1; from {SURE} on, 95% are right).",
        ),
        _help.narrowing(
            "--since",
            metavar="DATE",
            help="Inspected on or after this date (2024, 2024-05 or 2024-05-17).",
        ),
        _help.narrowing("--until", metavar="DATE", help="Inspected on or before this date."),
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
        raise UsageError(
            f"not a field and a value: {text!r}. Use --exclude theme:adoption, for example"
        )
    return node


engine = _help.query(
    "--engine",
    type=click.Choice(["fts5", "fts4"]),
    help="Full-text engine: same passages, ranked differently.  [default: fts5]",
)


def asking(command: F) -> F:
    """A query, and all that says how it is asked."""
    for option in reversed(
        (click.argument("query", nargs=-1), filters, exclude, engine, synonyms, library)
    ):
        command = option(command)
    return command


def question_of(given: dict[str, Any], output: str, *, everything: bool = False) -> Question:
    """Takes the values of `asking` out of a command's arguments.

    Only where `everything` may be asked for can there be neither a query nor a filter.
    """
    narrowed = filters_of(given, output)
    words = given.pop("query")
    if not (words or everything or narrowed.nodes()):
        raise click.UsageError("Missing argument 'QUERY...'.")
    return Question(
        query=" ".join(words),
        filters=narrowed,
        engine=given.pop("engine"),
        synonyms=given.pop("synonyms"),
        strict=given.pop("strict", False),
    )


def require_place(para: str | None, ordinal: int | None) -> None:
    """A passage is named in one of two ways."""
    if (para is None) == (ordinal is None):
        raise UsageError(
            "name one passage: --para with its printed number, or --passage with its position"
        )


def found_nothing(message: str) -> None:
    """Says so on standard error and ends with the exit code for it."""
    click.echo(message, err=True)
    raise click.exceptions.Exit(NOTHING_FOUND)


def none_fit(message: str, library: Library, filters: Filters) -> None:
    """The same, behind a note for each value of the filters that nothing in the library has."""
    for note in library.unknown(filters):
        click.echo(note, err=True)
    found_nothing(message)
