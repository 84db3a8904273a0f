"""textmine review."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, get_args

import click

from corpus.errors import UsageError
from corpus.model import Polarity, Timing

from ..api import Library
from ..themes import load_themes
from ..usecases.review import Answer
from . import _disclosure, _help, _options, _screen
from ._help import Command
from ._hits import citation

if TYPE_CHECKING:
    from index.reports.review import Doubt

QUEUE: Final = 50
"""So many findings are put before a person."""

KEYS: Final = {
    "r": "right",
    "w": "wrong: the sentence is not about this theme",
    "t": "right, but another theme",
    "p": "right, but another polarity",
    "m": "right, but another timing",
    "a": "add a finding that is missing from the passage",
    "s": "skip",
    "u": "undo the last decision",
    "n": "note, kept with the next decision",
    "q": "quit",
    "?": "this help",
}
_INDENT: Final = "  "


@dataclass(slots=True)
class _Session:
    """A person at the queue: where they are, and what can be undone."""

    library: Library
    coder: str
    queue: tuple[Doubt, ...]
    at: int = 0
    note: str = ""
    done: list[tuple[int, str, Answer]] = field(default_factory=list)
    """Where each decision was made, on which theme, and what it said."""


@click.command(cls=Command, epilog="textmine review --theme children-seen --since 2022 --coder Ada")
@_options.filters
@_help.option(
    "--coder",
    envvar="TEXTMINE_USER",
    show_envvar=True,
    metavar="NAME",
    help="Who decides.  [default: your user name]",
)
@_help.output(
    "--limit",
    type=click.IntRange(min=1),
    default=QUEUE,
    show_default=True,
    metavar="N",
    help="Maximum number of findings to review.",
)
@_options.library
def command(coder: str | None, limit: int, library: Library, **given: Any) -> None:
    """Decide whether each finding is right, with one key each.

    The least certain come first. Press ? for the keys. Each decision is kept at once, with your
    name and the time, and holds in every answer from then on. What you have decided is not put
    before you again; what other people decided is. Where people differ, the latest decision holds.
    """
    filters = _options.filters_of(given, "json")  # no table: internal ones only where asked for
    name = coder or _options.account()
    _disclosure.note_omitted(library, filters)
    session = _Session(library, name, library.review_queue(name, filters=filters, limit=limit))
    if not session.queue:
        _options.found_nothing(f"no findings left to review for {name}")
    click.echo(f"{len(session.queue):,} findings to review as {name}. Press ? for the keys.\n")
    _show(session)
    while session.at < len(session.queue):
        key = _key()
        if key in {"", "q"}:
            break
        _press(session, key)
    count = len(session.done)
    click.echo(f"{count:,} {'decision' if count == 1 else 'decisions'} kept as {name}")


def _press(session: _Session, key: str) -> None:
    """Do what a key says; a slip costs a line and no decision."""
    try:
        if key == "?":
            for each, meaning in KEYS.items():
                click.echo(f"{_INDENT}{each}  {meaning}")
        elif key == "n":
            session.note = _ask("Note")
        elif key == "s":
            click.echo(f"{_INDENT}skipped\n")
            _go_on(session)
        elif key == "u":
            _undo(session)
        elif key in KEYS:
            _decide(session, _answer(session, key), stay=key == "a")
        else:
            click.echo(f"{_INDENT}{key!r} is no key here; press ? for the keys")
    except UsageError as error:
        click.echo(f"{_INDENT}{error}")


def _answer(session: _Session, key: str) -> Answer:
    """The answer of a key, with the values that it asks for."""
    found, why = session.queue[session.at].found, session.note
    if key == "r":
        return Answer(verdict="accepted", why=why)
    if key == "w":
        return Answer(verdict="rejected", why=why)
    if key == "t":
        return Answer(verdict="changed", theme=_theme(), why=why)
    if key == "p":
        polarity = _one("Polarity", get_args(Polarity))
        return Answer(verdict="changed", polarity=polarity, why=why)  # type: ignore[arg-type]
    if key == "m":
        timing = _one("Timing", get_args(Timing))
        return Answer(verdict="changed", timing=timing, why=why)  # type: ignore[arg-type]
    click.echo(_screen.wrapped(found.text, _INDENT))
    return Answer(
        verdict="added",
        theme=_theme(),
        polarity=_one("Polarity", get_args(Polarity)),  # type: ignore[arg-type]
        timing=_one("Timing", get_args(Timing)),  # type: ignore[arg-type]
        quote=_ask("Words (Enter for the sentence above)"),
        why=why,
    )


def _decide(session: _Session, answer: Answer, *, stay: bool) -> None:
    made = session.library.review(session.queue[session.at], answer, coder=session.coder)
    session.done.append((session.at, made.theme, replace(answer, quote=made.quote)))
    session.note = ""
    click.echo(f"{_INDENT}{made.verdict}\n")
    if not stay:
        _go_on(session)


def _go_on(session: _Session) -> None:
    session.at += 1
    if session.at < len(session.queue):
        _show(session)


def _undo(session: _Session) -> None:
    """Withdraw the last decision and go back to its finding."""
    if not session.done:
        raise UsageError("nothing to undo")
    session.at, theme, answer = session.done.pop()
    doubt = session.queue[session.at]
    back = Answer(verdict="withdrawn", theme=theme, quote=answer.quote)
    session.library.review(doubt, back, coder=session.coder)
    click.echo(f"{_INDENT}undone: {answer.verdict}\n")
    _show(session)


def _show(session: _Session) -> None:
    """A finding in its passage, and what the machine says of it.

    What others decided is not shown: coders who see it do not agree independently.
    """
    doubt = session.queue[session.at]
    found, finding = doubt.found, doubt.found.finding
    score = "no score" if finding.score is None else f"score {finding.score:.2f}"
    head = f"[{session.at + 1} of {len(session.queue)}] {citation(found)}"
    click.secho(_screen.wrapped(head, "", _INDENT), bold=True)
    if found.text != found.evidence:
        click.secho(_screen.wrapped(found.text, _INDENT), dim=True)
    click.echo(_screen.wrapped(f"» {found.evidence}", _INDENT, f"{_INDENT}  "))
    said = f"{finding.theme}: {finding.polarity}, {finding.timing} ({score})"
    click.secho(_screen.wrapped(said, _INDENT), dim=True)


def _key() -> str:
    """The next key, or the next character where the input is no keyboard; empty at its end."""
    if sys.stdin.isatty():
        return click.getchar().lower()
    while (key := sys.stdin.read(1)).isspace():
        pass
    return key.lower()


def _ask(what: str) -> str:
    """A line of text; empty where nothing was typed."""
    click.echo(f"{_INDENT}{what}: ", nl=False)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        click.echo(line.strip())
    return line.strip()


def _theme() -> str:
    return _one("Theme", tuple(theme.id for theme in load_themes()), listed=False)


def _one(what: str, values: tuple[str, ...], *, listed: bool = True) -> str:
    """One of the values, by its name or an unmistakable beginning of it."""
    given = _ask(f"{what} ({', '.join(values)})" if listed else what).lower()
    fitting = [each for each in values if each == given] or [
        each for each in values if given and each.startswith(given)
    ]
    if len(fitting) == 1:
        return fitting[0]
    hint = f"one of {', '.join(fitting)}?" if fitting else "see `textmine themes`"
    raise UsageError(
        f"no {what.lower()} {given!r}" + (f"; {hint}" if fitting or not listed else "")
    )
