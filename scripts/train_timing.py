"""Learns of what time sentences speak."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from fitting import fit
from numpy.typing import NDArray
from training_data import FOLDS, Data, as_matrix, named_matrix, shared_names, shared_ngrams

from corpus.model import Polarity
from textmine.pipeline.learned.sentence_model import Ngrams, SentenceModel
from textmine.pipeline.learned.timing_model import TimingModel, timing_names
from textmine.pipeline.learned.weights import Table
from textmine.pipeline.rules.cues import TIMING
from textmine.pipeline.rules.timing import TIMINGS
from textmine.pipeline.tokens.vocabulary import Vocabulary

Array = NDArray[Any]

PENALTY: Final = 1.0
STEPS: Final = 150
LONGEST: Final = 3
RUNS: Final = 5
BEFORE: Final = 0.4
"""How much the words of the sentence before count."""


class TimingTrainer:
    """Holds the features of all sentences, to fit models on some of them."""

    def __init__(self, data: Data, known: Vocabulary, polarities: list[Polarity]) -> None:
        self.data, self.known, self.polarities = data, known, polarities
        self.ngrams = shared_ngrams(data, LONGEST, RUNS)
        self.words = as_matrix(
            Ngrams.of(self.ngrams, known).groups(data.batch.run()), len(self.ngrams)
        )
        passages = data.batch.passages
        led = passages.first == np.arange(len(data.documents))
        shift = np.maximum(np.arange(len(led)) - 1, 0)
        self.before = self.words[shift].multiply(BEFORE * ~led[:, None]).tocsr().astype(np.float32)
        self.cues = [some[TIMING] for some in data.cues]
        names = timing_names(data.batch, self.cues, polarities)
        self.names = shared_names(names, data.documents)
        self.named = named_matrix(names, self.names)
        self.usable = (data.timing_truth.sum(axis=1) > 0) & (data.counts > 0)

    def own(self, chosen: Array) -> SentenceModel:
        """The model fitted on some sentences."""
        weights = fit(
            [self.words[chosen], self.before[chosen], self.named[chosen]],
            self.data.timing_truth[chosen],
            link="softmax",
            penalty=PENALTY,
            steps=STEPS,
            counts=self.data.counts[chosen],
        )
        size = len(self.ngrams)
        words, before, names, bias = np.split(weights, [size, 2 * size, len(weights) - 1])
        return SentenceModel.of(
            TIMINGS,
            Table.of(self.ngrams, np.hstack([words, BEFORE * before])),
            Table.of(self.names, names),
            bias[0],
            self.known,
        )

    def crossed(self) -> Array:
        """The chances of documents that were not seen."""
        data = self.data
        chances = np.zeros((len(data.documents), len(TIMINGS)), np.float32)
        for number in range(FOLDS):
            held = data.fold == number
            model = TimingModel(self.own(~held & self.usable), 0.5)
            chances[held] = model.chances(data.batch, self.cues, data.readings, self.polarities)[
                held
            ]
        return chances

    def model(self, chances: Array) -> TimingModel:
        """The whole, with the threshold that is best for unseen documents."""
        thresholds = np.arange(0.1, 0.7, 0.02)
        best = max(thresholds, key=lambda t: timing_f1(self.data, chances, float(t)))
        return TimingModel(self.own(self.usable), float(best))


def timing_f1(data: Data, chances: Array, threshold: float) -> float:
    """Micro F1 of every time but now, over coded sentences with a theme."""
    rows = data.coded & (data.theme_truth.sum(axis=1) > 0) & (data.timing_truth.sum(axis=1) > 0)
    model = TimingModel(SentenceModel((), None, None, None, None), threshold)  # type: ignore[arg-type]
    said = np.array([TIMINGS.index(timing) for timing, _ in model.best(chances[rows])])
    truth = data.timing_truth.argmax(axis=1)[rows]
    counts = data.theme_truth[rows].sum(axis=1)
    right = (counts * ((said == truth) & (said > 0))).sum()
    wrong = (counts * ((said > 0) & (said != truth))).sum()
    missed = (counts * ((truth > 0) & (said != truth))).sum()
    return float(2 * right / (2 * right + wrong + missed))
