"""The themes as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterable

from .loader import AREAS
from .model import Theme


def render(themes: Iterable[Theme]) -> str:
    """A table for each area, in Markdown."""
    known = list(themes)
    parts = []
    for area in AREAS:
        rows = [
            f"| `{theme.id}` | {theme.label} | {' '.join(theme.definition.split())} |"
            for theme in known
            if theme.area == area
        ]
        title = area.replace("-", " ").capitalize().replace("Send", "SEND")
        parts.append(
            "\n".join(
                [f"### {title}", "", "| Id | Label | What belongs to it |", "|---|---|---|", *rows]
            )
        )
    return "\n\n".join(parts) + "\n"
