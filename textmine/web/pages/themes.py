"""Themes: what belongs to each, examples, how often it occurs, and how far its tags are right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ...analysis import accuracy
from ...themes import load_themes
from .. import words
from ..view import Answer, Asked, Page, PageRoute, address

if TYPE_CHECKING:
    from index.reports.counts import ThemeCount

    from ...api import Library
    from ...themes import Theme

EXAMPLES: Final = 4
"""Examples of each kind that are shown."""


@dataclass(frozen=True, slots=True)
class ThemeItem:
    """A theme."""

    key: str
    label: str
    definition: str
    documents: int
    concerns: int
    strengths: int
    href: str
    concerns_href: str
    strengths_href: str
    right: str
    """The share of its tags that are right; empty where that was not measured."""
    tagged: str
    """The share of what is said about it that is tagged."""
    belongs: tuple[str, ...]
    """Invented sentences that are about it."""
    not_belongs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """The themes of an area."""

    key: str
    title: str
    themes: tuple[ThemeItem, ...]


@dataclass(frozen=True, slots=True)
class ThemesPage:
    """The context of the page."""

    documents: int
    groups: tuple[AreaGroup, ...]
    polarity: str
    few: int


def show(asked: Asked, library: Library) -> Answer:  # noqa: ARG001 (every page takes both)
    """The page."""
    counts = {each.theme: each for each in library.theme_counts(internal=True)}
    groups: dict[str, list[ThemeItem]] = {}
    for each in load_themes():
        groups.setdefault(each.area, []).append(_item(each, counts.get(each.id)))
    context = ThemesPage(
        documents=library.documents(internal=True).total,
        groups=tuple(
            AreaGroup(area, words.plain(area).replace("Send", "SEND"), tuple(items))
            for area, items in groups.items()
        ),
        polarity=f"{accuracy.polarity():.0%}",
        few=accuracy.FEW,
    )
    return Page("themes.html", "Themes", context, "themes")


def _item(theme: Theme, count: ThemeCount | None) -> ThemeItem:
    measured = accuracy.of_theme(theme.id)
    right = measured.precision if measured and measured.coded >= accuracy.FEW else None
    tagged = measured.recall if measured and measured.coded >= accuracy.FEW else None
    only = f"theme:{theme.id}"
    return ThemeItem(
        key=theme.id,
        label=theme.label,
        definition=" ".join(theme.definition.split()),
        documents=count.documents if count else 0,
        concerns=count.concern if count else 0,
        strengths=count.strength if count else 0,
        href=address("/", only=only),
        concerns_href=address("/", only=[only, "polarity:concern"]),
        strengths_href=address("/", only=[only, "polarity:strength"]),
        right="" if right is None else f"{right:.0%}",
        tagged="" if tagged is None else f"{tagged:.0%}",
        belongs=theme.matches[:EXAMPLES],
        not_belongs=theme.not_matches[:EXAMPLES],
    )


ROUTES: Final = (PageRoute("/themes", show),)
