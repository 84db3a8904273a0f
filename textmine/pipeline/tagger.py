"""The tagger: from passages to findings and figures, step by step over a batch."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np

from corpus.model import Figure

from ..themes import Theme
from .batch import BATCH, Batch, TagInput
from .encoder.encoder import Encoder
from .figures.batch_figures import FigureFinder
from .findings import RuleRead, SentenceVerdict, Tagged, places_of, tagged
from .learned.blending import Opinion
from .learned.polarity_features import Reading
from .learned.polarity_model import LABELS, PolarityModel
from .learned.sentence_model import sigmoid
from .learned.sure_model import Claims, SureModel, Weighed, columns
from .learned.theme_features import ThemeFeatures
from .learned.theme_model import ThemeModel
from .learned.timing_model import TimingModel
from .learned.weights import loaded, shipped
from .rule_reader import RuleReader
from .rules.cues import TIMING
from .rules.data import rules
from .rules.phrase_matcher import Match
from .rules.topics import Topics
from .tokens.tokenizer import Tokenizer
from .tokens.vocabulary import Vocabulary

WEIGHTS = ("themes", "polarity", "timing", "sure")
"""The names of the files of weights."""


class Models(NamedTuple):
    """All that was learned."""

    themes: ThemeModel
    polarity: PolarityModel
    timing: TimingModel
    sure: SureModel

    @classmethod
    def load(cls, data: Mapping[str, bytes], vocabulary: Vocabulary) -> Models:
        """The models in files of weights, by their names."""
        arrays = {name: loaded(data[name]) for name in WEIGHTS}
        return cls(
            ThemeModel.load(arrays["themes"], vocabulary),
            PolarityModel.load(arrays["polarity"], vocabulary),
            TimingModel.load(arrays["timing"], vocabulary),
            SureModel.load(arrays["sure"]),
        )


class Sentence(NamedTuple):
    """What was read of a sentence: themes with their chances, and what it says of them."""

    themes: Mapping[str, float]
    said: SentenceVerdict


class Learned(NamedTuple):
    """What the models make of a batch."""

    sentences: Sequence[Sentence]
    weighed: Weighed


class BatchRead(NamedTuple):
    """What the rules read of each sentence of a batch."""

    topics: Sequence[Topics]
    cues: Sequence[Sequence[list[Match]]]
    readings: Sequence[Reading]

    @classmethod
    def of(cls, batch: Batch, rules: RuleReader) -> BatchRead:
        """What these rules read."""
        cues = rules.cues(batch)
        return cls(rules.topics(batch), cues, rules.readings(batch, cues))

    def of_sentence(self, number: int) -> RuleRead:
        """What they read of one sentence."""
        return RuleRead(self.topics[number], self.readings[number], self.cues[number])

    def by_rule(self) -> list[Sentence]:
        """What the sentences say by the rules alone."""
        return [
            Sentence(dict.fromkeys(t.cues, 1.0), SentenceVerdict(r.rule, "current", ()))
            for t, r in zip(self.topics, self.readings, strict=True)
        ]


class Tagger:
    """Tags passages, in the order in which they come."""

    def __init__(
        self,
        themes: Sequence[Theme],
        *,
        learned: bool = True,
        tokenizer: Tokenizer | None = None,
        weights: Mapping[str, bytes] | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self.rules = RuleReader(themes, tokenizer)
        self.figures = FigureFinder(rules("figures"), self.rules.vocabulary)
        self.models: Models | None = None
        if learned:
            data = weights or {name: shipped(name) for name in WEIGHTS}
            self.models = Models.load(data, self.rules.vocabulary)
        self.encoder = encoder if learned else None
        if self.models and self.encoder:
            assert self.encoder.themes == self.models.themes.themes
        # The rules are a hundred thousand objects that never go. The garbage collector would walk
        # over them again and again: a fifth of all the time.
        gc.collect()
        gc.freeze()

    def tag(self, inputs: Iterable[TagInput]) -> Iterator[tuple[Tagged, ...]]:
        """The findings of each input; inputs are read a few at a time."""
        return (found for found, _ in self.tag_all(inputs))

    def tag_all(
        self, inputs: Iterable[TagInput]
    ) -> Iterator[tuple[tuple[Tagged, ...], tuple[Figure, ...]]]:
        """The findings and the figures of each input; a figure's places are within its text."""
        waiting = iter(inputs)
        while some := list(islice(waiting, BATCH)):
            with _without_collector():
                batch = self.rules.batch(some)
                found = list(zip(self.findings(batch), self.figures.find(batch), strict=True))
            yield from found

    def findings(self, batch: Batch, opinion: Opinion | None = None) -> list[tuple[Tagged, ...]]:
        """The findings of each passage of a batch; the encoder is asked where there is one."""
        if not len(batch):
            return [() for _ in batch.inputs]
        read = BatchRead.of(batch, self.rules)
        if self.models:
            other = opinion or self._opinion(batch)
            judged = learned(batch, read, self.models, other)
            sentences = judged.sentences
            scores: Sequence[float | None] = self._scores(batch, read, judged, other)
        else:
            sentences = read.by_rule()
            scores = [None for sentence in sentences for _ in sentence.themes]
        of_finding = iter(scores)
        found = []
        for passage, (first, end) in enumerate(pairwise(batch.firsts)):
            some = [
                tagged(
                    batch, n, theme, sentences[n].said, read.of_sentence(n), score=next(of_finding)
                )
                for n in range(first, end)
                for theme in sentences[n].themes
            ]
            found.append(() if quiet(batch, passage) else tuple(some))
        return found

    def _scores(
        self, batch: Batch, read: BatchRead, learned: Learned, other: Opinion | None
    ) -> list[float]:
        """How sure each finding is."""
        assert self.models
        claims = claims_of(read, learned.sentences, self.models.themes.themes)
        odds = self.models.sure.odds(columns(batch, read.readings, claims, learned.weighed))
        if other:
            scores = other.surer(claims, learned.weighed.polarity.argmax(axis=1), odds)
        else:
            scores = sigmoid(odds)
        return [round(score, 3) for score in scores.tolist()]

    def _opinion(self, batch: Batch) -> Opinion | None:
        """What the encoder says of the passages that may hold a finding."""
        if not self.encoder:
            return None
        return self.encoder.read(batch, [quiet(batch, n) for n in range(len(batch.inputs))])


def quiet(batch: Batch, passage: int) -> bool:
    """Whether nothing that a passage says is a finding."""
    return batch.inputs[passage].figures_only or batch.places[passage].stance == "silent"


def learned(batch: Batch, read: BatchRead, models: Models, other: Opinion | None) -> Learned:
    """What the models make of every sentence, from what the rules read and the encoder says."""
    features = ThemeFeatures.of(batch, read.topics, models.themes.themes)
    verdicts = models.themes.judge(batch.run(), features, other)
    known = frozenset(models.themes.themes)
    around, chances = models.polarity.chances(batch, read.readings, other)
    polarities = [LABELS[number] for number in chances.argmax(axis=1).tolist()]
    timing_cues = [some[TIMING] for some in read.cues]
    of_time = models.timing.chances(batch, timing_cues, read.readings, polarities, other)
    times = models.timing.best(of_time, other)
    found = []
    rows = zip(read.topics, read.readings, verdicts, polarities, times, strict=True)
    for topics, reading, verdict, polarity, (timing, _) in rows:
        own = {theme: 0.5 for theme in topics.cues if theme not in known}
        themes = {} if topics.reference else own | verdict
        spoke = models.polarity.spoke(reading, polarity) if themes else ()
        found.append(Sentence(themes, SentenceVerdict(polarity, timing, spoke)))
    return Learned(found, Weighed(chances, around, of_time))


def claims_of(read: BatchRead, sentences: Sequence[Sentence], themes: Sequence[str]) -> Claims:
    """The findings, those of a sentence in the order of its themes; `themes` are those learned."""
    numbers = {theme: number for number, theme in enumerate(themes)}
    rows = [
        (number, chance, bool(places_of(theme, read.topics[number])), numbers.get(theme, -1))
        for number, sentence in enumerate(sentences)
        for theme, chance in sentence.themes.items()
    ]
    table = np.array(rows, np.float32).reshape(-1, 4)
    sentence, number = table[:, [0, 3]].astype(np.int64).T
    return Claims(sentence, table[:, 1], table[:, 2], number)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keeps the garbage collector away: a batch makes thousands of tuples, and no cycles.

    Otherwise it would walk over them dozens of times, a tenth of all the time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
