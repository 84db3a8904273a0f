"""Writes the pages of docs/ that are made from the code: the commands and the themes.

`make docs` runs it; tests compare the pages with the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from textmine.cli import cli
from textmine.themes import load_themes
from textmine.themes.render import render as render_themes

DOCS = Path(__file__).resolve().parents[1] / "docs"
HEAD = "# Commands\n\nMade from the code by `make docs`.\n"


def render(command: click.Command, path: str) -> Iterator[str]:
    """The help of a command and of those below it, as Markdown."""
    with click.Context(command, info_name=path, max_content_width=100, terminal_width=100) as ctx:
        yield f"## {path}\n\n```text\n{command.get_help(ctx)}\n```\n"
        if isinstance(command, click.Group):
            for name in command.list_commands(ctx):
                below = command.get_command(ctx, name)
                assert below is not None
                yield from render(below, f"{path} {name}")


def pages() -> dict[str, str]:
    """Each page that is made from the code, by its file name."""
    return {
        "cli.md": "\n".join([HEAD, *render(cli, "textmine")]),
        "themes.md": render_themes(load_themes()),
    }


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
