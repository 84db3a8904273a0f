"""Help in groups: options under headings, examples on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.types import OptionHelpExtra

F = TypeVar("F", bound=Callable[..., Any])

FOLDER = "textmine.library"
"""Where a context keeps the folder of the library that its command opened."""

_OPTION = re.compile(r" (?=-)")

SECTIONS = ("Query", "Filters", "Output", "Options")
"""The headings of options, in the order of the help."""


_HYPHEN, _WHOLE = "-", "\N{NON-BREAKING HYPHEN}"


class Formatter(click.HelpFormatter):
    """Help in lines that end between words, never inside `--an-option` or a hyphenated word."""

    def write_text(self, text: str) -> None:
        super().write_text(text.replace(_HYPHEN, _WHOLE))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        whole = [(name, text.replace(_HYPHEN, _WHOLE)) for name, text in rows]
        super().write_dl(whole, col_max, col_spacing)

    def getvalue(self) -> str:
        return super().getvalue().replace(_WHOLE, _HYPHEN)


class HelpContext(click.Context):
    """A context whose help is written so, and whose defaults are those of the context above."""

    formatter_class = Formatter

    def __init__(
        self, command: click.Command, parent: click.Context | None = None, **more: Any
    ) -> None:
        if parent is not None:
            more.setdefault("default_map", parent.default_map)
        super().__init__(command, parent, **more)


class Option(click.Option):
    """An option that the help lists under a heading."""

    def __init__(self, *args: Any, section: str, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.section = section

    def get_help_extra(self, ctx: click.Context) -> OptionHelpExtra:
        """Defaults and ranges in words; that a number is 1 or more goes without saying."""
        extra = super().get_help_extra(ctx)
        if isinstance(self.show_default, str):
            extra["default"] = self.show_default
        if isinstance(self.type, click.IntRange | click.FloatRange) and "range" in extra:
            del extra["range"]
            if self.type.max is not None:
                extra["range"] = f"{self.type.min} to {self.type.max}"
        return extra


class Command(click.Command):
    """A command whose help groups its options."""

    context_class = HelpContext

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        _write_examples(self, formatter)


class Group(click.Group):
    """The same for a command with commands below it."""

    command_class = Command
    context_class = HelpContext

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        _write_examples(self, formatter)


def option(*names: str, **attributes: Any) -> Callable[[F], F]:
    """Any other option."""
    return click.option(*names, cls=Option, section="Options", **attributes)


def query(*names: str, **attributes: Any) -> Callable[[F], F]:
    """An option that says what to look for, or how."""
    return click.option(*names, cls=Option, section="Query", **attributes)


def narrowing(*names: str, **attributes: Any) -> Callable[[F], F]:
    """An option that leaves something out of the answer."""
    return click.option(*names, cls=Option, section="Filters", **attributes)


def output(*names: str, **attributes: Any) -> Callable[[F], F]:
    """An option that says how much is written, in what form and where."""
    return click.option(*names, cls=Option, section="Output", **attributes)


def _write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    """Each group of options under its heading; what has none is last."""
    groups: dict[str, list[tuple[str, str]]] = {section: [] for section in SECTIONS}
    for parameter in command.get_params(ctx):
        if not isinstance(parameter, click.Option):
            continue
        if record := parameter.get_help_record(ctx):
            groups[getattr(parameter, "section", SECTIONS[-1])].append(record)
    for section, records in groups.items():
        if records:
            with formatter.section(section):
                formatter.write_dl(records)


def _write_examples(command: click.Command, formatter: click.HelpFormatter) -> None:
    """The lines of the epilog, which can be copied; long ones go on before an option."""
    if not command.epilog:
        return
    with formatter.section("Examples"):
        indent = " " * formatter.current_indent
        for example in filter(None, command.epilog.splitlines()):
            line = indent
            for part in _OPTION.split(example):
                if line.strip() and len(line) + len(part) + 3 > formatter.width:
                    formatter.write(f"{line}\\\n")
                    line = indent * 2
                line += f"{part} "
            formatter.write(f"{line.rstrip()}\n")
