"""Labels of themes, as their entries have them, and of the other values of facets."""

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


def facet_value(field: str, value: str, label: str) -> str:
    """A value of a facet as people read it."""
    match field:
        case "theme":
            return theme_label(value)
        case "polarity":
            return words.POLARITIES.get(value, words.plain(value))
        case "type":
            return words.doc_type(value)
        case "overall":
            return words.grade(value)
        case "section":
            return words.plain(label)
    return label
