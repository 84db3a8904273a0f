"""The themes page of the documentation."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources

from .loader import AREAS
from .model import Theme


def render(themes: Iterable[Theme]) -> str:
    """The page in Markdown: what a theme is, and a table of them for each area."""
    known = list(themes)
    tables = [_table(area, [theme for theme in known if theme.area == area]) for area in AREAS]
    opening = resources.files(__package__).joinpath("page.md").read_text(encoding="utf-8")
    return opening + "\n\n".join(tables) + "\n"


def _table(area: str, themes: Iterable[Theme]) -> str:
    title = area.replace("-", " ").capitalize().replace("Send", "SEND")
    rows = [
        f"| `{theme.id}` | {theme.label} | {' '.join(theme.definition.split())}"
        f" | {' '.join(theme.matches[0].split())} |"
        for theme in themes
    ]
    return "\n".join(
        [
            f"### {title}",
            "",
            "| Id | Label | What belongs to it | A sentence on it |",
            "|---|---|---|---|",
            *rows,
        ]
    )
