"""A plain question as it is understood: its words, other words for them, themes and polarity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..storage.passage_tags import Tag
from ..text.analyzer import Term, terms
from ..text.function_words import FUNCTION_WORDS, NEGATIONS
from .ast import Text
from .lexer import text_node
from .vocabulary import Saying, Stems, Vocabulary

MOST_THEMES: Final = 3
_SAME: Final = 1.0
_NEAR: Final = 0.75
_APART: Final = 0.6
"""What other words count, of the weight of those typed: other names of the same thing, everyday
words for it, and such whose words stand apart in the question."""


_ANY_THEME: Final = 0.4
"""What the polarity of a finding counts by itself, whatever its theme."""
_FIT: Final[dict[str | None, dict[str, float]]] = {
    None: {"concern": 1.0, "mixed": 1.0, "neutral": 0.6, "strength": 1.0},
    "concern": {"concern": 1.0, "mixed": 0.8, "neutral": 0.4, "strength": 0.0},
    "strength": {"concern": 0.0, "mixed": 0.6, "neutral": 0.4, "strength": 1.0},
}
_COMPLAINTS: Final = frozenset("too problem problems bad worse worst wrong".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word that a question turns on; `multi-agency` is one, of two stems."""

    text: Text

    @property
    def stems(self) -> Stems:
        return self.text.stems


@dataclass(frozen=True, slots=True)
class OtherWords:
    """A phrase that stands for some of the question's words, those of the bits of `mask`."""

    stems: Stems
    mask: int
    weight: float


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for in plain words."""

    words: tuple[Word, ...]
    others: tuple[OtherWords, ...] = ()
    themes: tuple[tuple[str, float], ...] = ()
    """The themes that it is about, the surest first, with how sure that is, from 0 to 1."""
    polarity: str | None = None
    """`concern` where it complains, `strength` where it praises."""

    def phrases(self) -> Iterator[tuple[Stems, int, float]]:
        """Every phrase that answers some of the words: those typed, and the others for them."""
        for number, word in enumerate(self.words):
            yield word.stems, 1 << number, 1.0
        for other in self.others:
            yield other.stems, other.mask, other.weight

    def other_texts(self) -> tuple[Text, ...]:
        """The other words, as they are highlighted: function words at their ends left out."""
        found: dict[Stems, None] = {}
        for other in self.others:
            first, last = 0, len(other.stems)
            while first < last and other.stems[first] in FUNCTION_WORDS:
                first += 1
            while first < last and other.stems[last - 1] in FUNCTION_WORDS:
                last -= 1
            if first < last:
                found[other.stems[first:last]] = None
        return tuple(Text(stems, stems, quoted=True) for stems in found)

    def fits(self, tags: Sequence[Tag]) -> float:
        """How well findings fit the themes and the polarity that are asked for, from 0 to 1."""
        fit = _FIT[self.polarity]
        themes = dict(self.themes)
        return max((themes.get(t.theme, 0.0) * fit[t.polarity] for t in tags), default=0.0)

    def fit(self, theme: str, polarity: str) -> float:
        """How well one finding fits; where no theme is asked for, or another, by its polarity."""
        about = dict(self.themes).get(theme, 0.0)
        return _FIT[self.polarity][polarity] * (_ANY_THEME + (1 - _ANY_THEME) * about)

    def tone(self, tags: Sequence[Tag]) -> float:
        """1 where findings judge as the question does, -1 where all say the opposite."""
        said = {tag.polarity for tag in tags} - {"neutral"}
        if not said:
            return 0.0
        if self.polarity is None:
            return 0.5
        return 1.0 if said & {self.polarity, "mixed"} else -1.0


@dataclass(frozen=True, slots=True)
class _Token:
    form: str
    stem: str
    word: int | None
    """Which of the question's words it belongs to; None for a function word."""
    capitals: bool


def understand(loose: Sequence[str], vocabulary: Vocabulary) -> Question:
    """Read plain words, as typed."""
    words, tokens = _words(loose)
    said = _sayings(tokens, vocabulary)
    others: dict[tuple[Stems, int], float] = {}
    themes: dict[str, float] = {}
    polarities = set[str]()
    full = (1 << len(words)) - 1
    for saying, mask, together in said:
        covered = any(mask & other == mask != other for _, other, _ in said)
        weight = _SAME if saying.same else _NEAR if together else _APART
        for stems in saying.means:
            key = (stems, mask)
            others[key] = max(others.get(key, 0.0), weight)
        if covered and not saying.same:
            continue
        for place, theme in enumerate(saying.themes):
            sure = (1.0 if together else 0.8) * (1.0 if place == 0 else 0.7)
            sure *= 0.6 + 0.4 * mask.bit_count() / full.bit_count()
            themes[theme] = max(themes.get(theme, 0.0), sure)
        if saying.polarity:
            polarities.add(saying.polarity)
    if any(token.form in NEGATIONS or token.form in _COMPLAINTS for token in tokens):
        polarities.add("concern")
    typed = {word.stems for word in words}
    ranked = sorted(themes.items(), key=lambda item: (-item[1], item[0]))
    return Question(
        words=words,
        others=tuple(
            OtherWords(stems, mask, weight)
            for (stems, mask), weight in others.items()
            if stems not in typed
        ),
        themes=tuple(ranked[:MOST_THEMES]),
        polarity="concern" if "concern" in polarities else next(iter(polarities), None),
    )


def _words(loose: Sequence[str]) -> tuple[tuple[Word, ...], list[_Token]]:
    """The words that count, and all tokens; where there are function words alone, they count."""
    read = [(text_node(text, []), terms(text)) for text in loose]
    plain = all(_joins(found) for _, found in read)
    words: list[Word] = []
    tokens: list[_Token] = []
    for text, found in read:
        if text is None:
            continue
        counts = plain or not _joins(found)
        known = [word.stems for word in words]
        number = known.index(text.stems) if text.stems in known else len(words)
        if counts and number == len(words):
            words.append(Word(text))
        tokens += (
            _Token(term.form, term.stem, number if counts else None, text.capitals)
            for term in found
        )
    return tuple(words), tokens


def _joins(found: Sequence[Term]) -> bool:
    return all(term.form in FUNCTION_WORDS for term in found)


def _sayings(tokens: Sequence[_Token], vocabulary: Vocabulary) -> list[tuple[Saying, int, bool]]:
    """The sayings in the question, the words that each is made of, and whether side by side."""
    negated = any(token.form in NEGATIONS for token in tokens)
    found = []
    for saying in vocabulary.within([token.stem for token in tokens]):
        if saying.negated and not negated:
            continue
        places = _together(tokens, saying.words)
        together = places is not None
        if places is None:
            if saying.same or len(set(saying.words)) < len(saying.words):
                continue
            places = [at for at, token in enumerate(tokens) if token.stem in saying.words]
        if saying.capitals and not all(tokens[at].capitals for at in places):
            continue
        mask = 0
        for at in places:
            word = tokens[at].word
            mask |= 0 if word is None else 1 << word
        if mask:
            found.append((saying, mask, together))
    return found


def _together(tokens: Sequence[_Token], words: Stems) -> list[int] | None:
    """Where the words stand one after the other, but for function words between."""
    for start, token in enumerate(tokens):
        if token.stem == words[0]:
            places = _follow(tokens, start, words)
            if places:
                return places
    return None


def _follow(tokens: Sequence[_Token], start: int, words: Stems) -> list[int] | None:
    places = []
    wanted = iter(words)
    word = next(wanted)
    for at in range(start, len(tokens)):
        if tokens[at].stem == word:
            places.append(at)
            following = next(wanted, None)
            if following is None:
                return places
            word = following
        elif tokens[at].word is not None:
            return None
    return None
