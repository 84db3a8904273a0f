"""Learns the themes: three linear models, the later ones on scores of unseen documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from fitting import fit
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from training_data import FOLDS, Data, as_matrix, named_matrix, shared_names, shared_ngrams

from textmine.pipeline.learned.sentence_model import Ngrams, SentenceModel
from textmine.pipeline.learned.theme_features import ThemeFeatures, spot_names
from textmine.pipeline.learned.theme_model import (
    Candidates,
    Later,
    ThemeModel,
    candidates,
    settle,
)
from textmine.pipeline.learned.weights import Table
from textmine.pipeline.tokens.vocabulary import Vocabulary

Array = NDArray[Any]

NEAR, FAR = 0.22, 0.1
"""The weight of word vectors of the sentence and of the one before, against words at 1."""
PENALTY: Final = 6.0
LATER_PENALTY: Final = 3.0
STEPS: Final = 60
RULES: Final = (3, 3, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1, 1, 1, 1)
"""How much what the rules read counts, block by block of `ThemeFeatures.rules`."""
TRUST: Final = {"heading": 0.5, **dict.fromkeys(("kind", "place", "stance", "setting"), 1.0)}
TRUST.update(dict.fromkeys(("number", "length"), 1.0))
THEME: Final = 1.5
"""The same for what names tell: place, and themes in their setting."""
BEFORE: Final = 0.5
"""The same for words of the sentence before."""
PAIRS: Final = 0.6
"""The same for runs of two words."""


class ThemeTrainer:
    """Holds the features of all sentences, to fit models on some of them."""

    def __init__(
        self,
        data: Data,
        vectors: tuple[Sequence[str], Array],
        known: Vocabulary,
        *,
        longest: int = 1,
    ) -> None:
        self.data, self.known = data, known
        words, rows = vectors
        of_word = dict(zip(words, rows, strict=True))
        least = 6
        own = [g for g in shared_ngrams(data, longest, least) if " " in g or g in of_word]
        self.ngrams = sorted({*own, *words})
        self.rows = np.array(
            [of_word.get(g, np.zeros(rows.shape[1])) for g in self.ngrams], np.float32
        )
        self.single = np.array([PAIRS if " " in g else 1.0 for g in self.ngrams], np.float32)
        tree = Ngrams.of(self.ngrams, known)
        self.features = ThemeFeatures.of(data.batch, data.topics, data.themes)
        size = len(self.ngrams)
        self.words = as_matrix(tree.groups(data.batch.run()), size)
        passages = self.features.passages
        led = passages.first == np.arange(len(self.features.names))
        shift = np.maximum(np.arange(len(led)) - 1, 0)
        self.before = self.words[shift].multiply(~led[:, None]).tocsr().astype(np.float32)
        spots = {spot: spot_names(spot) for spot in set(self.features.spots)}
        names = [
            [*spots[spot], *some]
            for spot, some in zip(self.features.spots, self.features.names, strict=True)
        ]
        self.names = shared_names(names, data.documents)
        self.placed = named_matrix(names, self.names)
        self.company = self.words @ self.rows
        self.company_before = passages.before(self.company, 0.0)
        self.trusted = np.repeat(np.array(RULES, np.float32), len(data.themes))
        self.rules = np.hstack(list(self.features.rules())) * self.trusted

    def first(self, chosen: Array) -> tuple[SentenceModel, Array]:
        """The first model and the weights of the rules; vectors are folded into words."""
        scale = diags(self.single)
        blocks = [
            (self.words[chosen] @ scale).tocsr().astype(np.float32),
            (self.before[chosen] @ scale).tocsr().astype(np.float32) * np.float32(BEFORE),
            self.placed[chosen].multiply(trust(self.names)).tocsr().astype(np.float32),
            self.company[chosen] * np.float32(NEAR),
            self.company_before[chosen] * np.float32(FAR),
            csr_matrix(self.rules[chosen]),
        ]
        truth = self.data.theme_truth[chosen]
        counts = self.data.counts[chosen]
        weights = fit(blocks, truth, link="sigmoid", penalty=PENALTY, steps=STEPS, counts=counts)
        cuts = np.cumsum([b.shape[1] for b in blocks])
        own, earlier, place, near, far, rules, bias = np.split(weights, cuts)
        single = self.single[:, None]
        rows = [
            single * own + NEAR * self.rows @ near,
            BEFORE * single * earlier + FAR * self.rows @ far,
        ]
        model = SentenceModel.of(
            self.data.themes,
            Table.of(self.ngrams, np.hstack(rows)),
            Table.of(self.names, trust(self.names).T * place),
            bias[0],
            self.known,
        )
        return model, (self.trusted[:, None] * rules).astype(np.float16).astype(np.float32)

    def scores(self, model: SentenceModel, rules: Array) -> Array:
        """What a first model says of all sentences."""
        width = len(self.data.themes)
        words = model.words.rows[:-1]
        scores = self.words @ words[:, :width] + self.before @ words[:, width:] + model.bias
        scores += self.placed @ model.names.rows[:-1]
        return scores + (self.rules / self.trusted) @ rules

    def crossed_scores(self) -> Array:
        """The first model's scores, each of documents that it has not seen."""
        data = self.data
        scores = np.zeros((len(data.documents), len(data.themes)), np.float32)
        for number in range(FOLDS):
            model, rules = self.first((data.fold != number) & (data.counts > 0))
            held = data.fold == number
            scores[held] = self.scores(model, rules)[held]
        return scores

    def later(self, scores: Array) -> tuple[Later, Later, float, Candidates, Array]:
        """The later models, the threshold, and the chances of candidates of unseen documents."""
        data = self.data
        found = candidates(scores, self.features)
        right = data.theme_truth[found.sentence, found.theme]
        fold = data.fold[found.sentence]
        counts = np.where(data.counts[found.sentence] > 0, data.counts[found.sentence], 0)
        width = len(data.themes)
        chances = crossed(found.features, found.theme, right, counts, fold=fold, themes=width)
        settled = settle(found, chances, self.features)
        final = crossed(settled, found.theme, right, counts, fold=fold, themes=width)
        second = later_model(found.features, found.theme, right, counts, width)
        third = later_model(settled, found.theme, right, counts, width)
        coded = data.coded[found.sentence]
        total = int(data.theme_truth[data.coded].sum())
        threshold = best_threshold(final[coded], right[coded] > 0.5, total)
        return second, third, threshold, found, final

    def model(self, later: tuple[Later, Later, float, Candidates, Array]) -> ThemeModel:
        """The whole, its first model learned from all documents."""
        first, rules = self.first(self.data.counts > 0)
        return ThemeModel(first, rules, *later[:3])


def trust(names: Iterable[str]) -> Array:
    """How much names count against words: one row."""
    return np.array([[TRUST.get(name.partition(":")[0], THEME) for name in names]], np.float32)


def later_model(features: Array, theme: Array, right: Array, counts: Array, themes: int) -> Later:
    """Weights for the features of candidates and a bias for each theme."""
    middle, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    own = csr_matrix(
        (np.ones(len(theme), np.float32), (np.arange(len(theme)), theme)), (len(theme), themes)
    )
    blocks = [((features - middle) / spread).astype(np.float32), own]
    weights = fit(
        blocks, right[:, None], link="sigmoid", penalty=LATER_PENALTY, steps=300, counts=counts
    )[:, 0]
    slopes = weights[: features.shape[1]] / spread
    bias = weights[features.shape[1] : -1] + weights[-1] - float(slopes @ middle)
    return Later(slopes.astype(np.float32), bias.astype(np.float32))


def crossed(
    features: Array, theme: Array, right: Array, counts: Array, *, fold: Array, themes: int
) -> Array:
    """The chances of candidates by models that have not seen their documents."""
    chances = np.zeros(len(theme), np.float32)
    for number in range(FOLDS):
        kept, held = fold != number, fold == number
        model = later_model(features[kept], theme[kept], right[kept], counts[kept], themes)
        chances[held] = model.chances(features[held], theme[held])
    return chances


def best_threshold(chances: Array, right: Array, total: int) -> float:
    """The one with the best F1 of all pairs."""

    def f1(threshold: float) -> float:
        taken = chances >= threshold
        return 2 * int((taken & right).sum()) / (int(taken.sum()) + total)

    return float(max(np.arange(0.2, 0.6, 0.01), key=f1))
