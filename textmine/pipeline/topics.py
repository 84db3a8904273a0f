"""Which themes a sentence is about: firm phrases, weak ones, and what the sentences before said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from textmine.themes import Theme

from .lexicon import Lexicon, Match, Parts

EARLY: Final = 0.25
"""The part of a sentence in which a single mention makes its topic."""

FRAGMENT: Final = 8
"""A reference in fewer words than these stands alone: "(Outcome 4, national framework)"."""

_FIRM, _COMMON, _WEAK, _BARRED, _GROUP, _REFERENCE = "+~?-=!"
"""The first character of a lexicon label says what the phrase is for."""

STRENGTHS: Final = (_FIRM, _COMMON, _WEAK)

Cues = dict[str, list[tuple[int, int]]]
"""Themes, each with the words that named it; no words where the theme was carried on."""


class Topics(NamedTuple):
    """The themes of a sentence, and the setting in which they were found."""

    setting: str
    cues: Cues
    held: tuple[str, ...] = ()
    """Themes with which the paragraph stays, whatever else it speaks of."""
    named: tuple[Cues, ...] = ({}, {}, {})
    """The themes that phrases of each of the STRENGTHS name, kept or not."""
    reference: bool = False
    """Whether it only refers to something, and so is about nothing."""


class TopicRules:
    """The themes' phrases made ready for use."""

    def __init__(
        self,
        themes: Sequence[Theme],
        parts: Mapping[str, Parts],
        groups: Mapping[str, Sequence[str]],
        references: Sequence[str],
    ) -> None:
        labels = [(f"{_GROUP}{group}", phrases) for group, phrases in groups.items()]
        labels.append((_REFERENCE, references))
        for theme in themes:
            labels += [
                (f"{_FIRM}{theme.id}", theme.phrases),
                (f"{_COMMON}{theme.id}", theme.common),
                (f"{_WEAK}{theme.id}", theme.weak),
                (f"{_BARRED}{theme.id}", theme.exclusions),
                *((f"{_COMMON}{theme.id}@{setting}", words) for setting, words in theme.within),
            ]
        self._label = {label: _parse(label) for label, _ in labels}
        self._lexicon = Lexicon((parts[p], label) for label, phrases in labels for p in phrases)
        self._becomes = {(s, theme.id): other for theme in themes for s, other in theme.becomes}
        self._holding = frozenset(theme.id for theme in themes if theme.holds)
        self._defaults = {s: theme.id for theme in themes for s in theme.default_in}

    def find(self, sentences: Sequence[Sequence[str]]) -> list[list[Match]]:
        """What the themes' phrases find in the words of each sentence."""
        return self._lexicon.find(sentences)[0]

    def read(
        self, length: int, matches: Sequence[Match], place: str, before: Topics | None
    ) -> Topics:
        """The topics of a sentence of so many words in which phrases were found.

        It stands under a heading of setting `place`, after a sentence with the topics `before`.
        """
        setting = _group(matches, place) or (before.setting if before else place)
        named = self._named(matches, setting)
        strengths = tuple(named[strength] for strength in STRENGTHS)
        if named[_REFERENCE] and length < FRAGMENT:
            return Topics(setting, {}, reference=True)
        cues = _weighty(named[_FIRM], named[_COMMON], length, before)
        if before is None:
            cues = cues or named[_WEAK] or self._default(setting)
            held = tuple(theme for theme in cues if theme in self._holding)
            return Topics(setting, cues, held, strengths)
        held = before.held
        if cues:
            return Topics(setting, {theme: [] for theme in held} | cues, held, strengths)
        carried: Cues = {theme: [] for theme in before.cues}
        return Topics(setting, carried or named[_WEAK] or self._default(setting), held, strengths)

    def _default(self, setting: str) -> Cues:
        theme = self._defaults.get(setting)
        return {theme: []} if theme else {}

    def _named(self, matches: Sequence[Match], setting: str) -> dict[str, Cues]:
        """The themes that phrases of each strength name, exclusions minded."""
        barred: Cues = {}
        named: dict[str, Cues] = {use: {} for use in (_FIRM, _COMMON, _WEAK, _GROUP, _REFERENCE)}
        read = [(*self._label[label], start, end) for label, start, end in matches]
        for use, theme, _, start, end in read:
            if use == _BARRED:
                barred.setdefault(theme, []).append((start, end))
        for use, theme, where, start, end in read:
            if use == _BARRED or (where and where != setting):
                continue
            if theme in barred and any(a <= start and end <= b for a, b in barred[theme]):
                continue
            meant = self._becomes.get((setting, theme), theme)
            named[use].setdefault(meant, []).append((start, end))
        return named


def _parse(label: str) -> tuple[str, str, str]:
    """The use of a lexicon label, its theme, and the setting to which it is confined."""
    theme, _, where = label[1:].partition("@")
    return label[0], theme, where


def _weighty(firm: Cues, common: Cues, length: int, before: Topics | None) -> Cues:
    """The themes of firm phrases, and of common ones that are not mentioned in passing.

    A mention in passing is the only one of its theme, stands late in the sentence and is not about
    what was spoken of before; it counts where nothing else does.
    """
    kept = dict(firm)
    for theme, places in common.items():
        again = len(places) > 1 or theme in firm or (before is not None and theme in before.cues)
        if again or places[0][0] < length * EARLY:
            kept[theme] = firm.get(theme, []) + places
    if not kept and common:
        kept = dict([min(common.items(), key=lambda item: item[1][0])])
    return kept


def _group(matches: Sequence[Match], place: str) -> str:
    """The setting that the sentence's own words name; SEND reports and boards keep theirs."""
    if place in {"send", "board"}:
        return place
    return next((label[1:] for label, _, _ in matches if label[0] == _GROUP), "")
