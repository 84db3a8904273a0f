"""One form for the spellings of a word: case, quotes and simple plurals folded together."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.strings import StringStore
from spacy.tokenizer import Tokenizer

_BREAKS = {",": ",", ";": ";", ":": ":", "–": "–", "—": "–"}
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


def is_break(word: str) -> bool:
    """Whether a folded word is a mark and no word."""
    return word in _BREAKS


def phrase_words(tokenizer: Tokenizer, phrase: str) -> tuple[tuple[str, ...], ...]:
    """A phrase of the rule data as folded words, one group for each part between three dots."""
    parts: Iterable[str] = phrase.split("...")
    return tuple(
        tuple(w for w in (fold(t.text) for t in tokenizer(part.strip())) if w and not is_break(w))
        for part in parts
    )
