"""The tokens of texts, put together from chunks that spaCy's tokenizer took apart before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise, repeat
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX, LENGTH, LOWER
from spacy.strings import StringStore
from spacy.tokens import Doc

from .words import Ints, Vocabulary, fold

CHUNKS: Final = 200_000
"""So many are kept: more than all English reports have, in less memory than the vocabulary."""

Words: TypeAlias = NDArray[np.object_]
"""Folded words, each a str."""

_OTHER_SPACES: Final = 0
"""The place of a chunk that has spaces of its own, or is empty beside another space."""
_NEW: Final = -1
"""In the place of a chunk that was not met."""


class Tokens(NamedTuple):
    """The tokens of a text: folded words, their numbers, where they begin, and their lengths."""

    folded: Words
    numbers: Ints
    begins: Ints
    lengths: Ints


class Folds(dict[int, str]):
    """Folded words by the hash under which spaCy keeps them; filled as words are met."""

    def __init__(self, strings: StringStore, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.strings = strings
        self.vocabulary = vocabulary

    def __missing__(self, key: int) -> str:
        self[key] = folded = fold(self.strings[key])
        return folded

    def tokens(self, doc: Doc) -> Tokens:
        """The tokens that the document has."""
        lower, begins, lengths = doc.to_array([LOWER, IDX, LENGTH]).T.astype(np.int64)
        hashes = lower.astype(np.uint64).tolist()
        folded = list(map(self.__getitem__, hashes))
        return Tokens(_column(folded), self.vocabulary.numbers(folded), begins, lengths)


class _Known(NamedTuple):
    """The tokens of all chunks in a row, and which are those of each chunk."""

    folded: Words
    numbers: Ints
    widths: Ints
    """How far it is from where a token begins to where the next does."""
    lengths: Ints
    firsts: Ints
    sizes: Ints

    def and_then(self, more: _Known) -> _Known:
        """With more chunks behind."""
        more = more._replace(firsts=more.firsts + len(self.folded))
        columns: Any = map(np.concatenate, zip(self, more, strict=True))
        return _Known(*columns)


class Chunks:
    """Chunks of texts between single spaces, as spaCy takes them apart; filled as they are met.

    Its tokenizer takes every chunk apart by itself, so that texts without other spaces have
    the same tokens whether it reads them or they are put together from chunks. That takes a fifth
    of the time, because no spaCy tokens are made.
    """

    def __init__(self, tokenizer: Callable[[str], Doc], vocabulary: Vocabulary) -> None:
        self.tokenizer = tokenizer
        self.vocabulary = vocabulary
        self._forget()

    def __len__(self) -> int:
        """How many chunks are kept."""
        return len(self._places)

    def _forget(self) -> None:
        self._places: dict[str, int] = {}
        self._known = self._apart([""])
        self._words = len(self.vocabulary)

    def tokens(self, texts: Sequence[str]) -> Iterator[Tokens | None]:
        """The tokens of each text; None where other spaces than single ones are in it."""
        if len(self) >= CHUNKS or self._words != len(self.vocabulary):
            self._forget()
        parts = [text.split(" ") for text in texts]
        counts = np.fromiter(map(len, parts), np.int64, len(parts))
        chunks = list(chain.from_iterable(parts))
        places = self._find(chunks)
        if _NEW in places:
            self._meet(set(chunks).difference(self._places))
            places = self._find(chunks)
        ends = np.cumsum(counts)
        if not texts:
            return iter(())
        odd = np.logical_or.reduceat(places == _OTHER_SPACES, ends - counts)
        return self._together(places, ends, odd.tolist())

    def _find(self, chunks: Sequence[str]) -> Ints:
        return np.fromiter(map(self._places.get, chunks, repeat(_NEW)), np.int64, len(chunks))

    def _together(self, places: Ints, ends: Ints, odd: Iterable[bool]) -> Iterator[Tokens | None]:
        """The tokens of texts whose chunks end there; of odd ones nothing is known."""
        known = self._known
        sizes = known.sizes[places]
        last = np.cumsum(sizes)
        token = np.arange(sizes.sum()) + (known.firsts[places] - (last - sizes)).repeat(sizes)
        widths = known.widths[token]
        begins = np.cumsum(widths) - widths
        columns = known.folded[token], known.numbers[token], begins, known.lengths[token]
        for (begin, end), strange in zip(pairwise([0, *last[ends - 1].tolist()]), odd, strict=True):
            tokens = Tokens(*(column[begin:end] for column in columns))
            if strange:
                yield None
            else:
                yield tokens._replace(begins=tokens.begins - tokens.begins[:1])

    def _meet(self, chunks: Iterable[str]) -> None:
        """Takes chunks apart, all at once."""
        plain: list[str] = []
        for chunk in chunks:
            if chunk.split() == [chunk]:
                self._places[chunk] = len(self._known.sizes) + len(plain)
                plain.append(chunk)
            else:
                self._places[chunk] = _OTHER_SPACES
        if plain:
            self._known = self._known.and_then(self._apart(plain))

    def _apart(self, chunks: Sequence[str]) -> _Known:
        """The tokens of chunks."""
        text = " ".join(chunks)
        doc = self.tokenizer(text)
        folded = [fold(token.lower_) for token in doc]
        begins = np.array([token.idx for token in doc], np.int64)
        lasts = [number for number, token in enumerate(doc, 1) if token.whitespace_]
        firsts = np.array([0, *lasts][: len(chunks)], np.int64)
        return _Known(
            _column(folded),
            self.vocabulary.numbers(folded),
            np.diff(begins, append=len(text) + 1),
            np.array(list(map(len, doc)), np.int64),
            firsts,
            np.diff(firsts, append=len(doc)),
        )


def _column(words: Sequence[str]) -> Words:
    column = np.empty(len(words), np.object_)
    column[:] = words
    return column
