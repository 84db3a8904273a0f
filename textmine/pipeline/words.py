"""One form for the spellings of a word: case, quotes and simple plurals folded together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, chain, pairwise
from typing import Final, NamedTuple

from spacy.attrs import IDX, LENGTH, LOWER
from spacy.strings import StringStore
from spacy.tokens import Doc

CHUNKS: Final = 200_000
"""So many are kept: more than all English reports have, in less memory than the vocabulary."""

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


class Tokens(NamedTuple):
    """The tokens of a text: folded words, where they begin, and their lengths."""

    folded: Sequence[str]
    begins: Sequence[int]
    lengths: Sequence[int]


class Folds(dict[int, str]):
    """Folded words by the hash under which the vocabulary keeps them; filled as words are met."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__()
        self.strings = strings

    def __missing__(self, key: int) -> str:
        self[key] = folded = fold(self.strings[key])
        return folded

    def tokens(self, doc: Doc) -> Tokens:
        """The tokens that the document has."""
        lower, begins, lengths = doc.to_array([LOWER, IDX, LENGTH]).T.tolist()
        return Tokens(list(map(self.__getitem__, lower)), begins, lengths)


class Chunk(NamedTuple):
    """The tokens of what stands between two spaces, for putting the tokens of a text together."""

    folded: tuple[str, ...]
    widths: tuple[int, ...]
    """How far it is from where a token begins to where the next does."""
    lengths: tuple[int, ...]


class Chunks(dict[str, Chunk]):
    """Chunks as spaCy's tokenizer takes them apart; filled as they are met.

    It takes every chunk apart by itself, so that texts without other spaces than single ones have
    the same tokens whether it reads them or they are put together from chunks. That takes a third
    of the time, because no spaCy tokens are made.
    """

    def __init__(self, tokenizer: Callable[[str], Doc]) -> None:
        super().__init__()
        self.tokenizer = tokenizer

    def __missing__(self, chunk: str) -> Chunk:
        if chunk.split() != [chunk]:
            raise OtherSpaces
        if len(self) >= CHUNKS:
            self.clear()
        doc = self.tokenizer(chunk)
        begins = [token.idx for token in doc]
        self[chunk] = made = Chunk(
            tuple(fold(token.lower_) for token in doc),
            tuple(after - here for here, after in pairwise([*begins, len(chunk) + 1])),
            tuple(map(len, doc)),
        )
        return made

    def tokens(self, text: str) -> Tokens | None:
        """The tokens of a text; None where it has other spaces than single ones between chunks."""
        try:
            columns = zip(*map(self.__getitem__, text.split(" ")), strict=True)
        except OtherSpaces:
            return None
        folded, widths, lengths = (chain.from_iterable(column) for column in columns)
        begins = list(accumulate(widths, initial=0))
        begins.pop()
        return Tokens(list(folded), begins, list(lengths))


class OtherSpaces(Exception):
    """A text does not consist of chunks and single spaces."""


def phrase_words(make_doc: Callable[[str], Doc], phrase: str) -> tuple[tuple[str, ...], ...]:
    """A phrase of the rule data as folded words, one group for each part between three dots."""
    return tuple(
        tuple(w for w in (fold(t.text) for t in make_doc(part.strip())) if w and w not in BREAKS)
        for part in phrase.split("...")
    )
