"""Accuracy of the tags behind a number, to be said beside it.

The figures are made by scripts/make_accuracy.py, as docs/explanation/accuracy.md is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ..themes import load_themes

FEW: Final = 30
"""Coded sentences below which a theme's figures say little."""

NO_GRADES: Final = "Findings do not know the grade: no tag depends on it."


@dataclass(frozen=True, slots=True)
class ThemeAccuracy:
    """How well a theme is tagged, on sentences coded by hand that were not used for training."""

    coded: int
    """Sentences about the theme, by the coders."""
    tagged: int
    """Sentences that were tagged with it."""
    right: int
    """Sentences that are both."""

    @property
    def precision(self) -> float | None:
        """The share of the tags that are right."""
        return self.right / self.tagged if self.tagged else None

    @property
    def recall(self) -> float | None:
        """The share of the sentences about it that are tagged."""
        return self.right / self.coded if self.coded else None


@cache
def _figures() -> dict[str, Any]:
    text = files(__package__).joinpath("accuracy.json").read_text(encoding="utf-8")
    figures: dict[str, Any] = json.loads(text)
    return figures


def of_theme(theme: str) -> ThemeAccuracy | None:
    """The accuracy of a theme; None where it was never measured, as with one's own themes."""
    found = _figures()["themes"].get(theme)
    return ThemeAccuracy(**found) if found else None


def polarity() -> float:
    """The share of tags with the right theme that have the right polarity too."""
    return float(_figures()["polarity"])


def verdicts() -> tuple[float, int]:
    """Of verdicts on demands: their precision, and on how many demands it was measured."""
    found = _figures()["verdicts"]
    return found["precision"], found["coded"]


def notes(themes: Iterable[str], *, polarities: bool = False) -> list[str]:
    """What to say beside numbers that rest on tags of these themes."""
    lines = [_note(theme) for theme in dict.fromkeys(themes)]
    if polarities:
        lines.append(f"Strength, concern or mixed is right in {polarity():.0%} of tags.")
    if lines:
        lines.append(f"{NO_GRADES} What was measured, and how: docs/explanation/accuracy.md.")
    return lines


@cache
def _labels() -> dict[str, str]:
    return {each.id: each.label for each in load_themes()}


def _note(theme: str) -> str:
    found, label = of_theme(theme), _labels().get(theme, theme)
    if found is None or found.precision is None or found.recall is None:
        return f"Tags of “{label}” have not been measured."
    few = f" (few: {found.coded} coded sentences)" if found.coded < FEW else ""
    return (
        f"Tags of “{label}”: {found.precision:.0%} are right, and {found.recall:.0%} of what"
        f" is said about it is tagged{few}."
    )
