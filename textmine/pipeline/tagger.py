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
from .figures.batch_figures import FigureFinder
from .findings import RuleRead, SentenceVerdict, Tagged, places_of, tagged
from .learned.polarity_features import Reading
from .learned.polarity_model import LABELS, PolarityModel
from .learned.sure_model import SureModel, columns
from .learned.theme_features import ThemeFeatures
from .learned.theme_model import ThemeModel
from .learned.timing_model import TimingModel
from .learned.weights import loaded, shipped
from .rule_reader import RuleReader
from .rules.cues import TIMING
from .rules.data import rules
from .rules.phrase_matcher import Match
from .rules.topics import Topics
from .tokens.runs import Floats
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
    chance: float
    """Of the polarity."""


class Tagger:
    """Tags passages, in the order in which they come."""

    def __init__(
        self,
        themes: Sequence[Theme],
        *,
        learned: bool = True,
        tokenizer: Tokenizer | None = None,
        weights: Mapping[str, bytes] | None = None,
    ) -> None:
        self.rules = RuleReader(themes, tokenizer)
        self.figures = FigureFinder(rules("figures"), self.rules.vocabulary)
        self.models: Models | None = None
        if learned:
            data = weights or {name: shipped(name) for name in WEIGHTS}
            self.models = Models.load(data, self.rules.vocabulary)
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

    def findings(self, batch: Batch) -> list[tuple[Tagged, ...]]:
        """The findings of each passage of a batch."""
        if not len(batch):
            return [() for _ in batch.inputs]
        topics = self.rules.topics(batch)
        cues = self.rules.cues(batch)
        readings = self.rules.readings(batch, cues)
        if self.models:
            sentences = learned(batch, topics, cues, readings, self.models)
        else:
            sentences = [
                Sentence(dict.fromkeys(t.cues, 1.0), SentenceVerdict(r.rule, "current", ()), 1.0)
                for t, r in zip(topics, readings, strict=True)
            ]
        scores = iter(self._scores(batch, sentences, topics, readings))
        found = []
        for passage, (first, end) in enumerate(pairwise(batch.firsts)):
            some = [
                tagged(
                    batch,
                    n,
                    theme,
                    sentences[n].said,
                    RuleRead(topics[n], readings[n], cues[n]),
                    score=next(scores),
                )
                for n in range(first, end)
                for theme in sentences[n].themes
            ]
            found.append(() if quiet(batch, passage) else tuple(some))
        return found

    def _scores(
        self,
        batch: Batch,
        sentences: Sequence[Sentence],
        topics: Sequence[Topics],
        readings: Sequence[Reading],
    ) -> list[float | None]:
        """How sure each finding is."""
        if not self.models:
            return [None for sentence in sentences for _ in sentence.themes]
        shown = sure_columns(batch, sentences, topics, readings)
        return [round(score, 3) for score in self.models.sure.scores(shown).tolist()]


def quiet(batch: Batch, passage: int) -> bool:
    """Whether nothing that a passage says is a finding."""
    return batch.inputs[passage].figures_only or batch.places[passage].stance == "silent"


def learned(
    batch: Batch,
    topics: Sequence[Topics],
    cues: Sequence[Sequence[list[Match]]],
    readings: Sequence[Reading],
    models: Models,
) -> list[Sentence]:
    """What the models make of every sentence, from what the rules read."""
    features = ThemeFeatures.of(batch, topics, models.themes.themes)
    verdicts = models.themes.judge(batch.run(), features)
    known = frozenset(models.themes.themes)
    chances = models.polarity.chances(batch, readings)
    best = chances.argmax(axis=1).tolist()
    polarities = [LABELS[number] for number in best]
    timing_cues = [some[TIMING] for some in cues]
    times = models.timing.best(models.timing.chances(batch, timing_cues, readings, polarities))
    found = []
    for number, (read, verdict) in enumerate(zip(topics, verdicts, strict=True)):
        own = (
            {theme: 0.5 for theme in read.cues if theme not in known} if not read.reference else {}
        )
        themes = own | verdict if not read.reference else {}
        spoke = models.polarity.spoke(readings[number], polarities[number]) if themes else ()
        said = SentenceVerdict(polarities[number], times[number][0], spoke)
        found.append(Sentence(themes, said, float(chances[number, best[number]])))
    return found


def sure_columns(
    batch: Batch,
    sentences: Sequence[Sentence],
    topics: Sequence[Topics],
    readings: Sequence[Reading],
) -> Floats:
    """What the chance of each finding is weighed from."""
    firsts = set(batch.firsts)
    rows = [
        (
            chance,
            sentence.chance,
            float(bool(places_of(theme, topics[number]))),
            float(readings[number].verdict.clear),
            float(number in firsts),
        )
        for number, sentence in enumerate(sentences)
        for theme, chance in sentence.themes.items()
    ]
    return columns(*np.array(rows, np.float32).reshape(-1, 5).T)


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
