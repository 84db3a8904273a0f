"""One form for the spellings of a word: case, quotes and simple plurals folded together.

Words are compared by number. Those that a rule or a weight knows have a number each, and all others
share one: nobody asks which of them it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]

_BREAKS = {",": ",", ";": ";", ":": ":", "–": "–", "—": "–"}

BREAKS: Final = frozenset(_BREAKS.values())
"""Marks that may end a clause, as they are folded."""
_QUOTES = str.maketrans("’‘`", "'''")

NOTHING: Final = 0
"""The number of what never counts."""
MARKS: Final = ("", *sorted(BREAKS))
"""What the first numbers stand for: nothing, and the marks."""
UNKNOWN: Final = len(MARKS)
"""The number of all words that are not known; marks have lower ones, and known words higher."""
DIGITS: Final = UNKNOWN + 1
"""The number of all words with a digit that are not known."""

_DIGIT = re.compile(r"\d")
_NOTE = re.compile(r"([a-z-]{2,})(?:\.\[?|\[)\d{1,3}\]?")
"""A word with the sign of a footnote behind it."""


def fold(word: str) -> str:
    """The form in which words are compared; empty for what never counts, as a hyphen or a quote.

    Marks that end a clause stay, because polarity asks for them.
    """
    word = word.lower().translate(_QUOTES)
    if word in _BREAKS:
        return _BREAKS[word]
    if word in {"'s", "s'"}:
        return ""
    if "." in word and (note := _NOTE.fullmatch(word)):
        word = note[1]
    word = word.strip("'\"()[]“”.-•*")
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "as")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1]


class Vocabulary:
    """The numbers of words. Every component adds those that it knows when it is made."""

    def __init__(self) -> None:
        self._numbers = {mark: number for number, mark in enumerate(MARKS)}
        self._tests: dict[Callable[[str], bool], NDArray[np.bool_]] = {}

    def __len__(self) -> int:
        """How many words are known, marks among them."""
        return len(self._numbers)

    def add(self, words: Iterable[str]) -> None:
        """Folded words to be known from now on."""
        for word in words:
            self._numbers.setdefault(word, len(self._numbers) + 2)

    def number(self, word: str) -> int:
        """The number of a folded word."""
        known = self._numbers.get(word)
        if known is not None:
            return known
        return DIGITS if _DIGIT.search(word) else UNKNOWN

    def numbers(self, words: Sequence[str]) -> Ints:
        """The numbers of folded words."""
        return np.fromiter(map(self.number, words), np.int64, len(words))

    def column(self, values: Mapping[str, int], other: int = 0) -> Ints:
        """Values by the number of their word, which becomes known, to be looked up by `at`.

        The last is the `other` value, which all words have that are not in `values`.
        """
        self.add(values)
        column = np.full(len(self) + 3, other, np.int64)
        column[[self._numbers[word] for word in values]] = list(values.values())
        return column

    def where(self, test: Callable[[str], bool]) -> NDArray[np.bool_]:
        """By number: whether the words pass the test. It is kept until more words are known."""
        kept = self._tests.get(test)
        if kept is None or len(kept) != len(self) + 2:
            kept = self._tests[test] = np.zeros(len(self) + 2, np.bool_)
            kept[DIGITS] = test("0")
            for word, number in self._numbers.items():
                kept[number] = test(word)
        return kept


def at(column: NDArray[Any], numbers: Ints) -> NDArray[Any]:
    """The column's values for words by number; words known later have its last value."""
    return column.take(numbers, mode="clip")


def phrase_words(
    tokenizer: Callable[[str], tuple[Ints, Ints]], phrase: str
) -> tuple[tuple[str, ...], ...]:
    """A phrase of the rule data as folded words, one group for each part between three dots."""
    return tuple(_folded(tokenizer, part.strip()) for part in phrase.split("..."))


def _folded(tokenizer: Callable[[str], tuple[Ints, Ints]], text: str) -> tuple[str, ...]:
    begins, lengths = tokenizer(text)
    words = (fold(text[a : a + n]) for a, n in zip(begins.tolist(), lengths.tolist(), strict=True))
    return tuple(word for word in words if word and word not in BREAKS)
