"""One form for the spellings of a word: case, quotes and simple plurals folded together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spacy.strings import StringStore
from spacy.tokens import Doc

_BREAKS = {",": ",", ";": ";", ":": ":", "–": "–", "—": "–"}

BREAKS: Final = frozenset(_BREAKS.values())
"""Marks that may end a clause, as they are folded."""
_QUOTES = str.maketrans("’‘`", "'''")


def fold(word: str) -> str:
    """The form in which words are compared; empty for what never counts, as a hyphen or a quote.

    Marks that end a clause stay, because polarity asks for them.
    """
    word = word.lower().translate(_QUOTES)
    if word in _BREAKS:
        return _BREAKS[word]
    if word in {"'s", "s'"}:
        return ""
    word = word.strip("'\"()[]“”.-•*")
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "as")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1]


class Folds(dict[int, str]):
    """Folded words by the hash under which the vocabulary keeps them; filled as words are met."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__()
        self.strings = strings

    def __missing__(self, key: int) -> str:
        self[key] = folded = fold(self.strings[key])
        return folded


def phrase_words(make_doc: Callable[[str], Doc], phrase: str) -> tuple[tuple[str, ...], ...]:
    """A phrase of the rule data as folded words, one group for each part between three dots."""
    return tuple(
        tuple(w for w in (fold(t.text) for t in make_doc(part.strip())) if w and w not in BREAKS)
        for part in phrase.split("...")
    )
