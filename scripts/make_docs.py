"""Writes what is made from the code: of docs/ the commands, the query language and the themes;
and the vocabulary of searches as it is looked up.

`make docs` runs it; tests compare the pages with the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from textmine import syntax
from textmine.cli import cli
from textmine.outputs import COLUMNS
from textmine.rows.lists import USUAL
from textmine.themes import load_themes
from textmine.themes.render import render as render_themes
from textmine.vocabulary.compile import compiled

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs" / "reference"
VOCABULARY = ROOT / "textmine" / "vocabulary" / "compiled.json"
WIDTH = 100
HEAD = "# Commands\n\nMade from the code by `make docs`.\n"


def render(command: click.Command, name: str, above: click.Context | None = None) -> Iterator[str]:
    """The help of a command and of those below it, as Markdown."""
    settings = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    context = command.context_class(command, info_name=name, parent=above, **settings)
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from render(found, below, context)


def columns_page() -> Iterator[str]:
    """The data dictionary, and the usual columns of each list."""
    yield "# Columns\n\nMade from the code by `make docs`.\n"
    yield "What each column of a list holds. Dates are ISO 8601: a day, or a month or a year."
    yield "Places in a text are counted in characters from 0; `end` is the one after the last.\n"
    yield "## Usual columns\n\nOf spreadsheets and tables; `--columns all` gives every column.\n"
    yield from (f"- {name}: {', '.join(columns)}" for name, columns in sorted(USUAL.items()))
    yield "\n## All columns\n\n| column | type | meaning |\n| --- | --- | --- |"
    for name, column in sorted(COLUMNS.items()):
        yield f"| {name} | {column.type} | {column.meaning} |"
    yield ""


def pages() -> dict[str, str]:
    """Each page that is made from the code, by its file name."""
    return {
        "cli.md": "\n".join([HEAD, *render(cli, "textmine")]),
        "columns.md": "\n".join(columns_page()),
        "search.md": syntax.page(),
        "themes.md": render_themes(load_themes()),
    }


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
    VOCABULARY.write_text(compiled(), encoding="utf-8")
