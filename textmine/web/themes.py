"""Labels of themes, as their entries have them."""

from __future__ import annotations

from functools import cache

from ..themes import load_themes
from . import words


@cache
def _labels() -> dict[str, str]:
    return {each.id: each.label for each in load_themes()}


def theme_label(theme: str) -> str:
    """The label of a theme; the code in words for a theme of one's own."""
    return _labels().get(theme) or words.plain(theme)
