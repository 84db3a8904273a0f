"""Tokens: what the tagger asks of a tokenizer, spaCy's as one, and a cache of chunks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX, LENGTH
from spacy.lang.en import English
from spacy.tokenizer import Tokenizer as SpacyTokens
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import create_vocab

from .vocabulary import Ints, Vocabulary, fold

CHUNKS: Final = 200_000
"""So many are kept: more than all English reports have, in less memory than the vocabulary."""

Words: TypeAlias = NDArray[np.object_]
"""Folded words, each a str."""

_NEW: Final = -1
"""In the place of a chunk that was not met."""


class Tokenizer(Protocol):
    """Takes a text apart; what stands between spaces it takes apart by itself."""

    def __call__(self, text: str) -> tuple[Ints, Ints]:
        """Where the tokens begin, and their lengths."""


class SpacyTokenizer:
    """The rules of English in spaCy."""

    def __init__(self, tokenizer: SpacyTokens | None = None) -> None:
        self._tokenizer = tokenizer or _english()

    def __call__(self, text: str) -> tuple[Ints, Ints]:
        """Where the tokens begin, and their lengths."""
        begins, lengths = self._tokenizer(text).to_array([IDX, LENGTH]).T.astype(np.int64)
        return begins, lengths


class Tokens(NamedTuple):
    """The tokens of texts that stand in a row with one character between them."""

    folded: Words
    numbers: Ints
    begins: Ints
    """Where they begin in the row of texts."""
    lengths: Ints


class _Known(NamedTuple):
    """The tokens of all chunks in a row, and which are those of each chunk."""

    folded: Words
    numbers: Ints
    offsets: Ints
    """Where in its chunk a token begins."""
    lengths: Ints
    firsts: Ints
    sizes: Ints


class TokenCache:
    """The tokens of chunks between single spaces, so that each is taken apart only once.

    It takes a fifth of the time of reading every text anew.
    """

    def __init__(self, tokenizer: Tokenizer, vocabulary: Vocabulary, *, most: int = CHUNKS) -> None:
        self.tokenizer = tokenizer
        self.most = most
        self.vocabulary = vocabulary
        self._forget()

    def __len__(self) -> int:
        """How many chunks are kept."""
        return len(self._places)

    def _forget(self) -> None:
        self._places: dict[str, int] = {}
        self._known = self._apart([])
        self._words = len(self.vocabulary)

    def tokens(self, texts: Sequence[str]) -> Tokens:
        """The tokens of texts."""
        if len(self) >= self.most or self._words != len(self.vocabulary):
            self._forget()
        chunks = " ".join(texts).split(" ")
        places = self._find(chunks)
        new = np.flatnonzero(places == _NEW)
        if new.size:
            unknown = [chunks[number] for number in new.tolist()]
            self._meet(list(dict.fromkeys(unknown)))
            places[new] = self._find(unknown)
        known = self._known
        sizes = known.sizes[places]
        last = np.cumsum(sizes)
        token = np.arange(sizes.sum()) + (known.firsts[places] - last + sizes).repeat(sizes)
        widths = np.fromiter(map(len, chunks), np.int64, len(chunks)) + 1
        begins = (np.cumsum(widths) - widths).repeat(sizes) + known.offsets[token]
        return Tokens(known.folded[token], known.numbers[token], begins, known.lengths[token])

    def _find(self, chunks: Sequence[str]) -> Ints:
        return np.fromiter(map(self._places.get, chunks, repeat(_NEW)), np.int64, len(chunks))

    def _meet(self, chunks: Sequence[str]) -> None:
        """Takes chunks apart, all at once."""
        met = self._apart(chunks)
        met = met._replace(firsts=met.firsts + len(self._known.folded))
        begin = len(self._known.sizes)
        self._places.update(zip(chunks, range(begin, begin + len(chunks)), strict=True))
        columns: Any = map(np.concatenate, zip(self._known, met, strict=True))
        self._known = _Known(*columns)

    def _apart(self, chunks: Sequence[str]) -> _Known:
        """The tokens of chunks; what is only space is none."""
        text = " ".join(chunks)
        begins, lengths = self.tokenizer(text)
        places = zip(begins.tolist(), (begins + lengths).tolist(), strict=True)
        words = [text[begin:end] for begin, end in places]
        kept = np.array([not word.isspace() for word in words], np.bool_)
        begins, lengths = begins[kept], lengths[kept]
        folded = [fold(word) for word in words if not word.isspace()]
        widths = np.fromiter(map(len, chunks), np.int64, len(chunks)) + 1
        heads = np.cumsum(widths) - widths
        chunk = heads.searchsorted(begins, "right") - 1
        sizes = np.bincount(chunk, minlength=len(chunks))
        column = np.empty(len(folded), np.object_)
        column[:] = folded
        return _Known(
            column,
            self.vocabulary.numbers(folded),
            begins - heads[chunk],
            lengths,
            np.cumsum(sizes) - sizes,
            sizes,
        )


def _english() -> SpacyTokens:
    """The tokenizer of `spacy.blank("en")`, without the time that a pipeline takes to set up."""
    defaults = English.Defaults
    return SpacyTokens(
        create_vocab("en", defaults),
        rules=defaults.tokenizer_exceptions,
        prefix_search=compile_prefix_regex(defaults.prefixes or ()).search,
        suffix_search=compile_suffix_regex(defaults.suffixes or ()).search,
        infix_finditer=compile_infix_regex(defaults.infixes or ()).finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )
