"""All that is read by rule: batches, topics, cues, and what the words say of the service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from corpus.model import Polarity

from ..themes import Theme
from .batch import Batch, BatchReader, TagInput
from .learned.polarity_features import Context, Reading
from .rules.cues import POLARITY, CueFinder, books_of
from .rules.data import rules
from .rules.headings import Headings
from .rules.phrase_matcher import Match, Parts
from .rules.polarity import SENTENCE
from .rules.topics import TopicRules, Topics
from .tokens.tokenizer import SpacyTokenizer, TokenCache, Tokenizer
from .tokens.vocabulary import Vocabulary, phrase_words

CUES = ("timing", "polarity", "scope")
"""The rule files that hold cues."""


class RuleReader:
    """Holds the rules, made ready for use."""

    def __init__(self, themes: Sequence[Theme], tokenizer: Tokenizer | None = None) -> None:
        tokenizer = tokenizer or SpacyTokenizer()
        vocabulary = self.vocabulary = Vocabulary()
        parts = _Parts(tokenizer)
        headings = rules("headings")
        groups, references = headings["groups"], headings["references"]
        self._topics = TopicRules(themes, parts, groups, references, vocabulary)
        books = books_of({name: rules(name) for name in CUES}, parts)
        self._cues = CueFinder(books, rules("cues")["fillers"], vocabulary)
        cache = TokenCache(tokenizer, vocabulary)
        self._read = BatchReader(cache, Headings(headings))

    def batch(self, inputs: Iterable[TagInput]) -> Batch:
        """Passages made ready: their sentences and words."""
        return self._read(inputs)

    def topics(self, batch: Batch) -> list[Topics]:
        """What each sentence is about."""
        found: list[Topics] = []
        matches = self._topics.find(batch.run())
        bounds = batch.bounds
        for place, (first, end) in zip(batch.places, pairwise(batch.firsts), strict=True):
            before = None
            for number in range(first, end):
                length = bounds[number + 1] - bounds[number]
                topics = self._topics.read(length, next(matches), place.setting, before)
                before = topics if topics.cues else before
                found.append(topics)
        return found

    def cues(self, batch: Batch) -> list[tuple[list[Match], ...]]:
        """The cues of each sentence: of timing, of polarity, of scope."""
        return self._cues(batch.run())

    def readings(self, batch: Batch, cues: Sequence[Sequence[list[Match]]]) -> list[Reading]:
        """What each sentence says of the service."""
        found: list[Reading] = []
        bounds = batch.bounds
        for passage, (first, end) in enumerate(pairwise(batch.firsts)):
            place, kind = batch.places[passage], batch.inputs[passage].kind
            alone = sum(bounds[n + 1] - bounds[n] >= SENTENCE for n in range(first, end)) <= 1
            before: Polarity | None = None
            for number in range(first, end):
                where = Context(place, kind, number == first, alone, before)
                words = batch.words_of(number)
                reading = Reading(words, batch.breaks[number], cues[number][POLARITY], where)
                before = reading.rule
                found.append(reading)
        return found


class _Parts(dict[str, Parts]):
    """The folded words of phrases, taken apart when they are asked for."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self.tokenizer = tokenizer

    def __missing__(self, phrase: str) -> Parts:
        self[phrase] = parts = phrase_words(self.tokenizer, phrase)
        return parts
