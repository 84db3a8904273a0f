"""The batch: passages side by side, their sentences and words as columns.

What the tagger finds is kept in lists with one entry for each sentence of a batch, in its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from corpus.language.sentences import sentence_ranges

from .rules.headings import Headings, Place
from .tokens.runs import Passages, Run
from .tokens.tokenizer import TokenCache
from .tokens.vocabulary import MARKS, NOTHING, UNKNOWN, Ints

BATCH: Final = 128
"""Passages that are tagged together: a step for all of them costs little more than for one."""

_UNREAD: Final = re.compile(
    r"\S{1000,}|\((?:outcomes?|enablers?)\b[^()]{0,120}\bframework\)", re.IGNORECASE
)
"""What is passed over: what no word is as long as, since the tokenizer would take the square of its
length in time; and the place of a point in the national framework, whose words are not its own."""


class TagInput(NamedTuple):
    """A passage to tag: its text and where it stands."""

    text: str
    kind: str
    """The document's type, or the short form ilacs, sif, send, jtai."""
    section: str
    """The heading as printed."""
    passage_kind: str = "paragraph"
    figures_only: bool = False
    """Whether no themes are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Passages and their sentences; characters are counted within a passage's own text.

    Passage `p` has the sentences `[firsts[p], firsts[p + 1])`, sentence `s` the words
    `[bounds[s], bounds[s + 1])`.
    """

    inputs: Sequence[TagInput]
    places: Sequence[Place]
    """What each passage's heading says."""
    firsts: Sequence[int]
    starts: Sequence[int]
    """Where each sentence begins."""
    ends: Sequence[int]
    bounds: Sequence[int]
    words: Sequence[str]
    """The folded words of all sentences."""
    numbers: Ints
    """Their numbers in the vocabulary."""
    word_starts: Sequence[int]
    word_ends: Sequence[int]
    breaks: Sequence[Sequence[tuple[int, str]]]
    """The marks of each sentence, told by the number of the word in it that follows."""
    passage: Ints
    """The passage of each sentence."""
    passages: Passages
    """Which sentences stand together."""

    def __len__(self) -> int:
        """How many sentences there are."""
        return len(self.starts)

    def words_of(self, sentence: int) -> Sequence[str]:
        """The folded words of a sentence."""
        return self.words[self.bounds[sentence] : self.bounds[sentence + 1]]

    def lengths(self) -> Ints:
        """How many words each sentence has."""
        bounds = np.array(self.bounds, np.int64)
        lengths: Ints = bounds[1:] - bounds[:-1]
        return lengths

    def run(self) -> Run:
        """The words of all sentences."""
        return Run.of(self.numbers, self.lengths())

    def span(self, sentence: int, first: int, end: int) -> tuple[int, int]:
        """The characters of the words `[first, end)` of a sentence."""
        begin = self.bounds[sentence]
        return self.word_starts[begin + first], self.word_ends[begin + end - 1]


class BatchReader:
    """Makes batches: tokens, sentences, and what the headings say."""

    def __init__(self, cache: TokenCache, headings: Headings) -> None:
        self.cache = cache
        self.headings = headings

    def __call__(self, inputs: Iterable[TagInput]) -> Batch:
        """The batch of some passages."""
        given = list(inputs)
        texts = [_UNREAD.sub(lambda run: " " * len(run[0]), one.text) for one in given]
        ranges = [sentence_ranges(text) for text in texts]
        counts = np.array(list(map(len, ranges)), np.int64)
        begins = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]
        every = np.array([one for some in ranges for one in some], np.int64).reshape(-1, 2)
        tokens = self.cache.tokens(texts)
        heads = every[:, 0] + begins.repeat(counts)
        sentence = heads.searchsorted(tokens.begins, "right") - 1
        kept = np.flatnonzero((tokens.numbers >= UNKNOWN) & (sentence >= 0))
        of_word = sentence[kept]
        base = begins.repeat(counts)[of_word] if len(kept) else kept
        word_starts = tokens.begins[kept] - base
        bounds = of_word.searchsorted(np.arange(len(every) + 1))
        marks = np.flatnonzero((tokens.numbers > NOTHING) & (tokens.numbers < UNKNOWN))
        breaks: list[list[tuple[int, str]]] = [[] for _ in every]
        behind = kept.searchsorted(marks)
        for number, word, mark in zip(
            sentence[marks].tolist(), behind.tolist(), tokens.numbers[marks].tolist(), strict=True
        ):
            breaks[number].append((word - int(bounds[number]), MARKS[mark]))
        place = self.headings.place
        return Batch(
            inputs=given,
            places=[place(one.kind, one.section, one.passage_kind) for one in given],
            firsts=np.cumsum([0, *counts]).tolist(),
            starts=every[:, 0].tolist(),
            ends=every[:, 1].tolist(),
            bounds=bounds.tolist(),
            words=tokens.folded[kept].tolist(),
            numbers=tokens.numbers[kept],
            word_starts=word_starts.tolist(),
            word_ends=(word_starts + tokens.lengths[kept]).tolist(),
            breaks=breaks,
            passage=np.arange(len(given)).repeat(counts),
            passages=Passages.of(counts[counts > 0]),
        )
