"""Writes what is made from the code: docs/reference/, the list of decisions, and the vocabulary of
searches as it is looked up.

`make docs` runs it; tests compare the pages with the code.
"""

from __future__ import annotations

from pathlib import Path

import reference_pages as reference

from textmine import syntax
from textmine.cli import cli
from textmine.themes import load_themes
from textmine.themes.render import render as render_themes
from textmine.vocabulary.compile import compiled

ROOT = Path(__file__).resolve().parents[1]
VOCABULARY = ROOT / "textmine" / "vocabulary" / "compiled.json"


def pages() -> dict[str, str]:
    """Each page that is made from the code, by its place in docs/."""
    return {
        "reference/cli.md": reference.commands_page(cli),
        "reference/columns.md": reference.columns_page(),
        "reference/document-types.md": reference.types_page(),
        "reference/errors.md": reference.errors_page(),
        "reference/python.md": reference.python_page(),
        "reference/schema.md": reference.schema_page(),
        "reference/search.md": syntax.page(),
        "reference/themes.md": render_themes(load_themes()),
        "adr/README.md": reference.decisions_page(),
    }


if __name__ == "__main__":
    for name, text in pages().items():
        (ROOT / "docs" / name).write_text(text, encoding="utf-8")
    VOCABULARY.write_text(compiled(), encoding="utf-8")
