"""The spaCy component that splits texts into sentences and writes them down in folded words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from corpus.language.sentences import sentence_starts

from .runs import Run
from .tokenizer_cache import Folds, TokenizerCache, Tokens
from .vocabulary import MARKS, NOTHING, UNKNOWN, Ints, Vocabulary

BATCH: Final = 128
"""Texts that are annotated together: a step for all of them costs little more than for one."""

PlainCue: TypeAlias = tuple[int, str, str, int, int]
"""A sentence, kind, label, and the words `[start, end)` of the sentence."""


class Spoken(NamedTuple):
    """The sentences of a text in folded words, side by side.

    Sentence `n` has the tokens `[firsts[n], firsts[n + 1])`, and the words
    `[bounds[n], bounds[n + 1])`.
    """

    words: Sequence[str]
    numbers: Ints
    """The words' numbers."""
    tokens: Sequence[int]
    """The token of each word."""
    firsts: Sequence[int]
    bounds: Sequence[int]
    breaks: Sequence[Sequence[tuple[int, str]]]
    """The marks of each sentence, told by the number of the word in it that follows."""

    def words_of(self, sentence: int) -> Sequence[str]:
        """The words of a sentence."""
        return self.words[self.bounds[sentence] : self.bounds[sentence + 1]]


def batched(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    """The documents a few at a time."""
    docs = iter(stream)
    while batch := list(islice(docs, min(size, BATCH))):
        yield batch


def spoken(doc: Doc) -> Spoken:
    """The sentences that the splitter has written down."""
    found: Spoken = doc.user_data["sentences"]
    return found


def run_of(docs: Sequence[Doc]) -> Run:
    """The words of all sentences of documents."""
    every = [spoken(doc) for doc in docs]
    lengths = [end - start for each in every for start, end in pairwise(each.bounds)]
    numbers = np.concatenate([each.numbers for each in every] or [np.zeros(0, np.int64)])
    return Run.of(numbers, np.array(lengths, np.int64))


class SentenceSplitter:
    """Marks the first token of every sentence, and writes down its words."""

    def __init__(self, folds: Folds, chunks: TokenizerCache) -> None:
        self.folds = folds
        self.chunks = chunks
        self.vocabulary = chunks.vocabulary

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Annotate documents, many at once. Those without tokens have only their text to read."""
        for docs in batched(stream, batch_size):
            # doc.text puts the text together anew from its tokens: a fifth of all the time.
            texts = [doc.user_data.get("text") or doc.text for doc in docs]
            tokens = self.tokens(docs, texts)
            bounds = list(pairwise(tokens.bounds.tolist()))
            begins, lengths = tokens.begins.tolist(), tokens.lengths.tolist()
            places = [(begins[start:end], lengths[start:end]) for start, end in bounds]
            firsts = [
                self.predict(text, begins) for text, (begins, _) in zip(texts, places, strict=True)
            ]
            sentences = token_sentences(tokens, firsts)
            for doc, place, starts in zip(docs, places, firsts, strict=True):
                if len(doc):
                    doc[-1].is_sent_start = False  # else spaCy does not see one sentence
                    for first in starts:
                        doc[first].is_sent_start = True
                doc.user_data["sentences"] = next(sentences)
                doc.user_data["places"] = place
                yield doc

    def tokens(self, docs: Sequence[Doc], texts: Sequence[str]) -> Tokens:
        """The tokens of documents with these texts, put together from chunks where they can be."""
        if any(map(len, docs)):
            given = (
                d if len(d) else self.chunks.tokenizer(t) for d, t in zip(docs, texts, strict=True)
            )
            return Tokens.concatenate(list(map(self.folds.tokens, given)))
        made, odd = self.chunks.tokens(texts)
        if not odd:
            return made
        parts = list(map(made.text, range(len(texts))))
        for number in odd:
            parts[number] = self.folds.tokens(self.chunks.tokenizer(texts[number]))
        return Tokens.concatenate(parts)

    def predict(self, text: str, places: Sequence[int]) -> list[int]:
        """The first token of every sentence; `places` are where tokens begin."""
        starts = sentence_starts(text)
        firsts = (bisect_left(places, start) for start in starts[1:])
        begun = [0] if places else []
        return list(dict.fromkeys([*begun, *(first for first in firsts if first < len(places))]))


def token_sentences(tokens: Tokens, firsts: Sequence[Sequence[int]]) -> Iterator[Spoken]:
    """The sentences of each text, whose first tokens are given, in folded words."""
    numbers, begins = tokens.numbers, tokens.bounds
    counts = np.array(list(map(len, firsts)), np.int64)
    sizes = np.diff(begins).tolist()
    kept = np.flatnonzero(numbers >= UNKNOWN)
    words = tokens.folded[kept].tolist()
    ends = kept.searchsorted(begins)
    places = (kept - begins[:-1].repeat(np.diff(ends))).tolist()
    heads = np.fromiter(chain.from_iterable(firsts), np.int64, counts.sum())
    heads += begins[:-1].repeat(counts)
    bounds = kept.searchsorted(heads)
    breaks = _breaks(numbers, kept, heads, bounds)
    bounds = (bounds - ends[:-1].repeat(counts)).tolist()
    numbers = numbers[kept]
    sentence = 0
    for (begin, end), starts, size in zip(pairwise(ends.tolist()), firsts, sizes, strict=True):
        last = sentence + len(starts)
        yield Spoken(
            words[begin:end],
            numbers[begin:end],
            places[begin:end],
            [*starts, size],
            [*bounds[sentence:last], end - begin],
            breaks[sentence:last],
        )
        sentence = last


def _breaks(numbers: Ints, kept: Ints, heads: Ints, bounds: Ints) -> list[list[tuple[int, str]]]:
    """The marks of each sentence, of tokens with these numbers."""
    found: list[list[tuple[int, str]]] = [[] for _ in range(len(heads))]
    marks = np.flatnonzero((numbers > NOTHING) & (numbers < UNKNOWN))
    sentences = heads.searchsorted(marks, "right") - 1
    words = kept.searchsorted(marks) - bounds[sentences]
    for sentence, word, number in zip(
        sentences.tolist(), words.tolist(), numbers[marks].tolist(), strict=True
    ):
        found[sentence].append((word, MARKS[number]))
    return found


def vocabulary_of(nlp: Language) -> Vocabulary:
    """The numbers of words in a pipeline that has the splitter."""
    splitter: Any = nlp.get_pipe("textmine_sentences")
    vocabulary: Vocabulary = splitter.vocabulary
    return vocabulary
