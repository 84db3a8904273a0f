"""Briefs and packs: the options that say where they go, and how they get there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from corpus.errors import UsageError

from ..api import Library
from ..briefs.model import Brief
from . import _disclosure, _help

F = TypeVar("F", bound=Callable[..., Any])

SUFFIXES = (".docx", ".html", ".md")


def options(command: F) -> F:
    """The options `-o` and `--internal`, passed on as `output` and `internal`."""
    output = _help.output(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write a .docx, .html or .md file, and its statements as .json.",
    )
    internal = _help.narrowing(
        "--internal",
        is_flag=True,
        help="Also quote documents that are not public (most self-evaluations).",
    )
    return output(internal(command))


def suffix_of(output: Path | None, what: str) -> str:
    """The ending of a file, which decides its format; Markdown goes to the screen.

    Raises UsageError for another ending; `what` is what is to be written: "brief" or "pack".
    """
    suffix = output.suffix.lower() if output else ".md"
    if suffix not in SUFFIXES:
        raise UsageError(f"cannot write a {what} as {output}; end the name in .docx, .html or .md")
    return suffix


def write(library: Library, brief: Brief, output: Path | None, suffix: str) -> None:
    """Write a brief to a file, or to standard output, with warnings of personal data."""
    from ..usecases import briefs  # noqa: PLC0415 (only these commands need all that it takes)

    voices = ((source.document, source.voice) for source in brief.sources)
    _disclosure.warn_of(library, voices, suffix)
    if output is None:
        click.echo(briefs.render(brief, suffix).decode(), nl=False)
        return
    library.write_brief(brief, output)
    click.echo(f"wrote {output}", err=True)
