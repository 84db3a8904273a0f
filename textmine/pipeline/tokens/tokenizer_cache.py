"""The tokens of texts, put together from chunks that spaCy's tokenizer took apart before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX, LENGTH, LOWER, SPACY
from spacy.strings import StringStore
from spacy.tokens import Doc

from .vocabulary import Ints, Vocabulary, fold

CHUNKS: Final = 200_000
"""So many are kept: more than all English reports have, in less memory than the vocabulary."""

Words: TypeAlias = NDArray[np.object_]
"""Folded words, each a str."""

_PLAIN: Final = re.compile(r"([A-Za-z][a-z]{2,})([.,]?)")
"""Chunks that spaCy's tokenizer leaves whole, or takes the mark from, but for its exceptions."""

_OTHER_SPACES: Final = 0
"""The place of a chunk that has spaces of its own, or is empty beside another space."""
_NEW: Final = -1
"""In the place of a chunk that was not met."""


class Tokens(NamedTuple):
    """The tokens of texts: folded words, their numbers, where they begin, and their lengths.

    Text `n` has the tokens `[bounds[n], bounds[n + 1])`.
    """

    folded: Words
    numbers: Ints
    begins: Ints
    lengths: Ints
    bounds: Ints

    @classmethod
    def concatenate(cls, parts: Sequence[Tokens]) -> Tokens:
        """The tokens of many, each of one text."""
        bounds = np.cumsum([0, *(len(part.folded) for part in parts)])
        columns: Any = map(np.concatenate, zip(*(part[:-1] for part in parts), strict=True))
        return cls(*(*columns, bounds))

    def text(self, number: int) -> Tokens:
        """The tokens of one of the texts."""
        begin, end = self.bounds[number : number + 2]
        columns: Any = (column[begin:end] for column in self[:-1])
        return Tokens(*(*columns, np.array([0, end - begin])))


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
        bounds = np.array([0, len(folded)])
        return Tokens(_column(folded), self.vocabulary.numbers(folded), begins, lengths, bounds)


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


class TokenizerCache:
    """Chunks of texts between single spaces, as spaCy takes them apart; filled as they are met.

    Its tokenizer takes every chunk apart by itself, so that texts without other spaces have
    the same tokens whether it reads them or they are put together from chunks. That takes a fifth
    of the time, because no spaCy tokens are made.
    """

    def __init__(
        self, tokenizer: Callable[[str], Doc], vocabulary: Vocabulary, *, most: int = CHUNKS
    ) -> None:
        self.tokenizer = tokenizer
        self.most = most
        self.vocabulary = vocabulary
        self._exceptions = frozenset(getattr(tokenizer, "rules", None) or ())
        self._forget()

    def __len__(self) -> int:
        """How many chunks are kept."""
        return len(self._places)

    def _forget(self) -> None:
        self._places: dict[str, int] = {}
        self._known = self._apart([""])
        self._words = len(self.vocabulary)

    def tokens(self, texts: Sequence[str]) -> tuple[Tokens, list[int]]:
        """The tokens of texts, and which texts have others: those with other than single spaces."""
        if len(self) >= self.most or self._words != len(self.vocabulary):
            self._forget()
        chunks = " ".join(texts).split(" ")
        places = self._find(chunks)
        new = np.flatnonzero(places == _NEW)
        if new.size:
            unknown = [chunks[number] for number in new.tolist()]
            self._meet(set(unknown))
            places[new] = self._find(unknown)
        bounds = np.cumsum([0, *(text.count(" ") + 1 for text in texts)])
        odd = np.logical_or.reduceat(places == _OTHER_SPACES, bounds[:-1])
        return self._together(places, bounds), np.flatnonzero(odd).tolist()

    def _find(self, chunks: Sequence[str]) -> Ints:
        return np.fromiter(map(self._places.get, chunks, repeat(_NEW)), np.int64, len(chunks))

    def _together(self, places: Ints, bounds: Ints) -> Tokens:
        """The tokens of texts, of which each has the chunks at some of the places."""
        known = self._known
        sizes = known.sizes[places]
        last = np.concatenate(([0], np.cumsum(sizes)))
        token = np.arange(last[-1]) + (known.firsts[places] - last[:-1]).repeat(sizes)
        bounds = last[bounds]
        ends = np.concatenate(([0], np.cumsum(known.widths[token])))
        begins = ends[:-1] - ends[bounds[:-1]].repeat(np.diff(bounds))
        columns = (known.folded[token], known.numbers[token], begins, known.lengths[token])
        return Tokens(*columns, bounds)

    def _meet(self, chunks: Iterable[str]) -> None:
        """Takes chunks apart, all at once."""
        plain: list[tuple[str, str]] = []
        rest: list[str] = []
        for chunk in chunks:
            match = _PLAIN.fullmatch(chunk)
            if match and self._exceptions.isdisjoint((chunk, match[1])):
                self._places[chunk] = len(self._known.sizes) + len(plain)
                plain.append((match[1], match[2]))
            elif chunk.split() == [chunk]:
                rest.append(chunk)
            else:
                self._places[chunk] = _OTHER_SPACES
        if plain:
            self._known = self._known.and_then(self._of_plain(plain))
        for place, chunk in enumerate(rest, start=len(self._known.sizes)):
            self._places[chunk] = place
        if rest:
            self._known = self._known.and_then(self._apart(rest))

    def _of_plain(self, chunks: Sequence[tuple[str, str]]) -> _Known:
        """The tokens of words, each with a mark behind it or none: spaCy says the same slowly."""
        folded: list[str] = []
        widths: list[int] = []
        lengths: list[int] = []
        for word, mark in chunks:
            folded.append(fold(word))
            lengths.append(len(word))
            if mark:
                widths.append(len(word))
                folded.append(fold(mark))
                lengths.append(1)
                widths.append(2)
            else:
                widths.append(len(word) + 1)
        sizes = np.array([2 if mark else 1 for _, mark in chunks], np.int64)
        return _Known(
            _column(folded),
            self.vocabulary.numbers(folded),
            np.array(widths, np.int64),
            np.array(lengths, np.int64),
            np.cumsum(sizes) - sizes,
            sizes,
        )

    def _apart(self, chunks: Sequence[str]) -> _Known:
        """The tokens of chunks."""
        text = " ".join(chunks)
        begins, lengths, spaced = (
            self.tokenizer(text).to_array([IDX, LENGTH, SPACY]).T.astype(np.int64)
        )
        places = zip(begins.tolist(), (begins + lengths).tolist(), strict=True)
        folded = [fold(text[begin:end]) for begin, end in places]
        firsts = np.concatenate(([0], np.flatnonzero(spaced) + 1))[: len(chunks)]
        return _Known(
            _column(folded),
            self.vocabulary.numbers(folded),
            np.diff(begins, append=len(text) + 1),
            lengths,
            firsts,
            np.diff(firsts, append=len(folded)),
        )


def _column(words: Sequence[str]) -> Words:
    column = np.empty(len(words), np.object_)
    column[:] = words
    return column
