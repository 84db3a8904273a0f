"""The record of a theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SETTINGS: Final = ("help", "care", "care-leavers", "adoption", "leadership", "board", "send")
"""Where a sentence stands: the part of the report, or the group of people it speaks of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme: its definition for people and its phrases for the tagger.

    Phrases are compared without regard to case, curly quotes, hyphens and simple plurals. Three
    dots in a phrase stand for up to six words.
    """

    id: str
    label: str
    definition: str
    area: str
    phrases: tuple[str, ...]
    matches: tuple[str, ...]
    """Invented sentences that must be tagged."""
    not_matches: tuple[str, ...]
    """Invented sentences that must not."""
    exclusions: tuple[str, ...] = ()
    """Longer phrases inside which a match counts for nothing."""
    common: tuple[str, ...] = ()
    """Phrases that other topics use too: a single mention late in a sentence is in passing."""
    weak: tuple[str, ...] = ()
    """Phrases that count only where the sentence has no firmer topic."""
    within: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Further phrases, each group for one setting."""
    becomes: tuple[tuple[str, str], ...] = ()
    """Setting and the theme for which a match counts there instead."""
    default_in: tuple[str, ...] = ()
    """Settings in which a sentence without any topic is taken to be about this theme."""
    holds: bool = False
    """Whether a paragraph that opens with the theme stays with it: a group of children, mostly."""
    focused_visit_topic: str | None = None
