"""Which themes a sentence is about: firm phrases, weak ones, and what the sentences before said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ...themes import Theme
from ..tokens.records import made
from ..tokens.runs import Run
from ..tokens.vocabulary import Vocabulary
from .phrase_matcher import Lexicon, Match, Parts

EARLY: Final = 0.25
"""The part of a sentence in which a single mention makes its topic."""

FRAGMENT: Final = 8
"""A reference in fewer words than these stands alone: "(Outcome 4, national framework)"."""

_FIRM, _COMMON, _WEAK, _BARRED, _GROUP, _REFERENCE = "+~?-=!"
"""The first character of a lexicon label says what the phrase is for."""

STRENGTHS: Final = (_FIRM, _COMMON, _WEAK)
_ASIDE: Final = (_BARRED, _GROUP, _REFERENCE)
"""What phrases say that name no theme: they have a book of their own, for they are few."""

Cues = dict[str, list[tuple[int, int]]]
"""Themes, each with the words that named it; no words where the theme was carried on."""

Named = tuple[Cues, Cues, Cues]
"""The themes that phrases of each of the STRENGTHS name, kept or not."""

Found = tuple[Sequence[Match], Sequence[Match]]
"""The phrases in a sentence that name themes, and those that say something else."""


class Topics(NamedTuple):
    """The themes of a sentence, and the setting in which they were found."""

    setting: str
    cues: Cues
    held: tuple[str, ...] = ()
    """Themes with which the paragraph stays, whatever else it speaks of."""
    named: Named = ({}, {}, {})
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
        vocabulary: Vocabulary,
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
        books: tuple[list[tuple[Parts, str]], ...] = ([], [])
        for label, phrases in labels:
            books[label[0] in _ASIDE].extend((parts[phrase], label) for phrase in phrases)
        self._label = {label: _parse(label) for label, _ in labels if label[0] in STRENGTHS}
        self._lexicon = Lexicon(vocabulary, *books)
        self._becomes = {(s, theme.id): other for theme in themes for s, other in theme.becomes}
        self._holding = frozenset(theme.id for theme in themes if theme.holds)
        self._defaults = {s: theme.id for theme in themes for s in theme.default_in}

    def find(self, run: Run) -> Iterator[Found]:
        """What the themes' phrases find in the words of each sentence."""
        return zip(*self._lexicon.find(run), strict=True)

    def read(self, length: int, found: Found, place: str, before: Topics | None) -> Topics:
        """The topics of a sentence of so many words in which phrases were found.

        It stands under a heading of setting `place`, after a sentence with the topics `before`.
        """
        matches, aside = found
        setting = (_group(aside, place) if aside else "") or (before.setting if before else place)
        if length < FRAGMENT and any(label[0] == _REFERENCE for label, _, _ in aside):
            return Topics(setting, {}, reference=True)
        firm, common, weak = named = self._named(matches, aside, setting)
        cues = _weighty(firm, common, length, before)
        if before is None:
            cues = cues or weak or self._default(setting)
            held = tuple(theme for theme in cues if theme in self._holding)
            return made(Topics, (setting, cues, held, named, False))
        held = before.held
        if cues:
            cues = {theme: [] for theme in held} | cues
            return made(Topics, (setting, cues, held, named, False))
        carried: Cues = {theme: [] for theme in before.cues}
        return Topics(setting, carried or weak or self._default(setting), held, named)

    def _default(self, setting: str) -> Cues:
        theme = self._defaults.get(setting)
        return {theme: []} if theme else {}

    def _named(self, matches: Sequence[Match], aside: Sequence[Match], setting: str) -> Named:
        """The themes that phrases of each strength name, exclusions minded."""
        barred: Cues = {}
        for label, start, end in aside:
            if label[0] == _BARRED:
                barred.setdefault(label[1:], []).append((start, end))
        named: Named = ({}, {}, {})
        for label, start, end in matches:
            strength, theme, where = self._label[label]
            if where and where != setting:
                continue
            if theme in barred and any(a <= start and end <= b for a, b in barred[theme]):
                continue
            meant = self._becomes.get((setting, theme), theme)
            named[strength].setdefault(meant, []).append((start, end))
        return named


def _parse(label: str) -> tuple[int, str, str]:
    """How strong a phrase with this label is, its theme, and the setting that it needs."""
    theme, _, where = label[1:].partition("@")
    return STRENGTHS.index(label[0]), theme, where


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
