"""textmine themes."""

from __future__ import annotations

from pathlib import Path

import click

from textmine import app

from . import _options


@click.command(epilog="Example: textmine themes --format md")
@_options.themes_file
@_options.output_format
def command(themes_file: Path | None, output: str) -> None:
    """List the themes that findings are about."""
    rows = (
        {
            "theme": theme.id,
            "label": theme.label,
            "area": theme.area,
            "definition": theme.definition,
        }
        for theme in app.themes(themes_file)
    )
    _options.write(rows, output)
