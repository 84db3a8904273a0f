"""Which themes a sentence is about: firm phrases, weak ones, and what the sentences before said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textmine.themes import Theme

from .lexicon import Lexicon, Match, Parts

Cues = dict[str, list[tuple[int, int]]]
"""Themes, each with the words that named it; no words where the theme was carried on."""


class Topics(NamedTuple):
    """The themes of a sentence, and the setting in which they were found."""

    setting: str
    cues: Cues
    own: bool
    """Whether the sentence names its topic itself."""


class TopicRules:
    """The themes' phrases made ready for use."""

    def __init__(self, themes: Sequence[Theme], parts: Mapping[str, Parts], groups: Mapping[str, Sequence[str]]) -> None:
        entries: list[tuple[Parts, str]] = []
        for theme in themes:
            entries += [(parts[phrase], f"+{theme.id}") for phrase in theme.phrases]
            entries += [(parts[phrase], f"?{theme.id}") for phrase in theme.weak]
            entries += [(parts[phrase], f"-{theme.id}") for phrase in theme.exclusions]
            entries += [
                (parts[phrase], f"{setting}+{theme.id}")
                for setting, phrases in theme.within
                for phrase in phrases
            ]
        entries += [(parts[phrase], f"={group}") for group, phrases in groups.items() for phrase in phrases]
        self._lexicon = Lexicon(entries)
        self._becomes = {(s, theme.id): other for theme in themes for s, other in theme.becomes}
        self._defaults = {s: theme.id for theme in themes for s in theme.default_in}

    def read(self, words: Sequence[str], place: str, before: Topics | None) -> Topics:
        """The topics of a sentence under a heading of setting `place`, after the topics `before`."""
        matches = self._lexicon.find(words)
        setting = _group(matches, place) or (before.setting if before else place)
        firm, weak = self._named(matches, setting)
        if firm:
            return Topics(setting, firm, own=True)
        if before and before.cues:
            return Topics(setting, {theme: [] for theme in before.cues}, own=False)
        if weak:
            return Topics(setting, weak, own=True)
        default = self._defaults.get(setting)
        return Topics(setting, {default: []} if default else {}, own=False)

    def _named(self, matches: Sequence[Match], setting: str) -> tuple[Cues, Cues]:
        barred: dict[str, list[tuple[int, int]]] = {}
        for label, start, end in matches:
            if label[0] == "-":
                barred.setdefault(label[1:], []).append((start, end))
        firm: Cues = {}
        weak: Cues = {}
        for label, start, end in matches:
            where, sign, theme = label.partition("+")
            if sign and where in {"", setting}:
                cues = firm
            elif label[0] == "?":
                cues, theme = weak, label[1:]
            else:
                continue
            if any(a <= start and end <= b for a, b in barred.get(theme, ())):
                continue
            theme = self._becomes.get((setting, theme), theme)
            cues.setdefault(theme, []).append((start, end))
        return firm, weak


def _group(matches: Sequence[Match], place: str) -> str:
    """The setting that the sentence's own words name; SEND reports and boards keep theirs."""
    if place in {"send", "board"}:
        return place
    return next((label[1:] for label, _, _ in matches if label[0] == "="), "")
