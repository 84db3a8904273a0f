"""Learns the polarity of sentences by themselves, and then in their passage."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from fitting import fit
from numpy.typing import NDArray
from training_data import FOLDS, Data, as_matrix, named_matrix, shared_names, shared_ngrams

from textmine.pipeline.learned.polarity_model import (
    CONCERN,
    LABELS,
    MIXED,
    PolarityModel,
    around,
    bound,
    untold,
)
from textmine.pipeline.learned.sentence_model import Ngrams, SentenceModel, softmax
from textmine.pipeline.learned.weights import Table
from textmine.pipeline.tokens.vocabulary import Vocabulary

Array = NDArray[Any]

PENALTY: Final = 2.0
LATER_PENALTY: Final = 1.0
STEPS: Final = 120
RUNS: Final = 5
"""Runs of words in fewer documents than these are not learned."""
RUN: Final = 0.8
"""How much runs of words count against words."""


class PolarityTrainer:
    """Holds the features of all sentences, to fit models on some of them."""

    def __init__(self, data: Data, known: Vocabulary, *, longest: int = 3) -> None:
        self.data, self.known = data, known
        self.ngrams = shared_ngrams(data, longest, RUNS)
        self.scale = np.array([RUN if " " in n else 1.0 for n in self.ngrams], np.float32)
        tree = Ngrams.of(self.ngrams, known)
        words = as_matrix(tree.groups(untold(data.batch, data.readings)), len(self.ngrams))
        self.words = words.multiply(self.scale[None]).tocsr().astype(np.float32)
        names = [reading.names() for reading in data.readings]
        self.names = shared_names(names, data.documents)
        self.named = named_matrix(names, self.names)
        self.given = np.array([reading.by_place for reading in data.readings])
        self.usable = (data.polarity_truth.sum(axis=1) > 0) & (data.counts > 0)

    def own(self, chosen: Array) -> SentenceModel:
        """The model of sentences by themselves."""
        weights = fit(
            [self.words[chosen], self.named[chosen]],
            self.data.polarity_truth[chosen],
            link="softmax",
            penalty=PENALTY,
            steps=STEPS,
            counts=self.data.counts[chosen],
        )
        words, names, bias = np.split(weights, [len(self.ngrams), len(weights) - 1])
        return SentenceModel.of(
            LABELS,
            Table.of(self.ngrams, words * self.scale[:, None]),
            Table.of(self.names, names),
            bias[0],
            self.known,
        )

    def scores(self, model: SentenceModel) -> Array:
        """What the model says of all sentences."""
        words = model.words.rows[:-1] / self.scale[:, None]
        scores: Array = self.words @ words + self.named @ model.names.rows[:-1] + model.bias
        return scores.astype(np.float32)

    def crossed(self) -> tuple[Array, Array]:
        """What the second model weighs, and the chances, of documents that were not seen."""
        data = self.data
        scores = np.zeros((len(data.documents), len(LABELS)), np.float32)
        for number in range(FOLDS):
            held = data.fold == number
            model = self.own(~held & self.usable)
            scores[held] = self.scores(model)[held]
        shown = around(scores, self.given, data.batch, data.readings)
        chances = np.zeros_like(scores)
        for number in range(FOLDS):
            held = data.fold == number
            chances[held] = softmax(shown[held] @ self.second(shown, ~held & self.usable))
        return shown, bound(chances, softmax(scores), data.readings)

    def second(self, shown: Array, chosen: Array) -> Array:
        """The weights of the second model."""
        weights = fit(
            [shown[chosen]],
            self.data.polarity_truth[chosen],
            link="softmax",
            penalty=LATER_PENALTY,
            steps=200,
            counts=self.data.counts[chosen],
        )
        weights[-2] += weights[-1]  # both are of the column of ones
        return weights[:-1]

    def model(self, shown: Array) -> PolarityModel:
        """The whole, its first model learned from all documents."""
        return PolarityModel(self.own(self.usable), self.second(shown, self.usable))


def figures(data: Data, said: Array, chosen: Array) -> dict[str, float]:
    """Polarity and concern F1 as `textmine evaluate` counts them, all themes taken as right."""
    rows = chosen & data.coded & (data.theme_truth.sum(axis=1) > 0)
    rows &= data.polarity_truth.sum(axis=1) > 0
    truth, said = data.polarity_truth.argmax(axis=1)[rows], said[rows]
    right = (said == truth) | ((truth == MIXED) & (said == CONCERN))
    bad, called = (np.isin(one, (CONCERN, MIXED)) for one in (truth, said))
    both = (bad & called).sum()
    return {
        "polarity": round(float(right.mean()), 4),
        "concern F1": round(float(2 * both / (bad.sum() + called.sum())), 4),
    }
