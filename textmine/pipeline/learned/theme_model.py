"""The learned part of the themes: linear models that weigh words, places and what the rules read.

The first scores each sentence by its words, those of the sentence before, its heading and what the
rules read. The second, one for all themes, weighs those scores against one another and against
those of the sentences around; the third does the same once more, knowing what the second found.
Everything is sums of rows of tables, for many passages at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..tokens.runs import Flags, Floats, Run
from ..tokens.vocabulary import Ints, Vocabulary
from .blending import Opinion
from .feature_sums import FeatureGroups
from .sentence_model import SentenceModel, distinct, sigmoid
from .theme_features import ThemeFeatures, spot_names
from .weights import Arrays

LOW: Final = -6.0
"""The score of what is not there, and the least that counts."""
HIGH: Final = 4.0
CHANCE: Final = -3.5
"""A theme that no rule named is weighed from this score up."""


class Candidates(NamedTuple):
    """Pairs of sentence and theme that may be right, with what speaks for and against them."""

    sentence: Ints
    theme: Ints
    features: Floats


class Later(NamedTuple):
    """A later model: a slope for each feature of a candidate, and a bias for each theme."""

    slopes: Floats
    bias: Floats

    def chances(self, features: Floats, theme: Ints) -> Floats:
        """The chances of candidates."""
        # Not the library's product, which would set several threads to work.
        return sigmoid(np.einsum("ij,j", features, self.slopes) + self.bias[theme])


class ThemeModel(NamedTuple):
    """What was learned."""

    first: SentenceModel
    rules: Floats
    """What the rules read, in the order of `ThemeFeatures.rules`, by themes."""
    second: Later
    third: Later
    threshold: float

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes that it knows."""
        return self.first.labels

    def judge(
        self, run: Run, features: ThemeFeatures, other: Opinion | None = None
    ) -> list[dict[str, float]]:
        """For each sentence the themes it is about, with their probability."""
        answer: list[dict[str, float]] = [{} for _ in features.names]
        if not answer:
            return answer
        found, chances = self.chances(run, features)
        if other is None:
            kept = np.flatnonzero(chances >= self.threshold)
            sentences, numbers, chances = found.sentence[kept], found.theme[kept], chances[kept]
        else:
            every = other.with_themes(found.sentence, found.theme, chances)
            sentences, numbers = np.nonzero(every >= other.blend.threshold)
            chances = every[sentences, numbers]
        rows = (sentences.tolist(), numbers.tolist(), chances.tolist())
        for sentence, theme, chance in zip(*rows, strict=True):
            answer[sentence][self.themes[theme]] = chance
        return answer

    def chances(self, run: Run, features: ThemeFeatures) -> tuple[Candidates, Floats]:
        """What may be right, and how probable it is."""
        found = candidates(self.scores(run, features), features)
        chances = self.second.chances(found.features, found.theme)
        settled = settle(found, chances, features)
        return found, self.third.chances(settled, found.theme)

    def scores(self, run: Run, features: ThemeFeatures) -> Floats:
        """The first model's scores, sentences by themes."""
        names, name = distinct(features.names)
        spots, spot = distinct(features.spots)
        table = self.first.names
        named = table.sums_of(names)[name] + table.sums_of(list(map(spot_names, spots)))[spot]
        scores = self.first.scores(run, named, features.passages)
        scores += _rule_scores(features.rules(), self.rules)
        return scores

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is stored."""
        return {
            **self.first.arrays(),
            "rules": self.rules.astype(np.float16),
            "second": self.second.slopes,
            "second_bias": self.second.bias,
            "third": self.third.slopes,
            "third_bias": self.third.bias,
            "threshold": np.array([self.threshold]),
        }

    @classmethod
    def load(cls, arrays: Arrays, vocabulary: Vocabulary) -> ThemeModel:
        """A model that was stored, for texts whose words have these numbers."""
        return cls(
            SentenceModel.load(arrays, vocabulary),
            arrays["rules"].astype(np.float32),
            Later(arrays["second"], arrays["second_bias"]),
            Later(arrays["third"], arrays["third_bias"]),
            float(arrays["threshold"][0]),
        )


def _rule_scores(flags: Flags, weights: Floats) -> Floats:
    """The sums of the weights of the flags that are set; `flags` as of `ThemeFeatures.rules`."""
    of_sentence = flags.transpose(1, 0, 2).reshape(flags.shape[1], -1)
    sizes = np.count_nonzero(of_sentence, axis=1)
    begins = np.arange(len(sizes)) * len(weights)
    scores: Floats = FeatureGroups(np.flatnonzero(of_sentence) - begins.repeat(sizes), sizes).sums(
        weights
    )
    return scores


def candidates(scores: Floats, batch: ThemeFeatures) -> Candidates:
    """The pairs that are worth weighing, with features that mean the same for every theme."""
    met, passages = batch.met, batch.passages
    kept = met.kept
    scores = np.clip(scores, np.float32(LOW), np.float32(HIGH))
    sentence, theme = np.nonzero((scores > CHANCE) | kept | met.carried | met.firm | met.common)
    own = scores[sentence, theme]
    ordered = np.partition(scores, -2, axis=1)
    highest, next_highest = ordered[:, -1], ordered[:, -2]
    rank = np.count_nonzero(scores[sentence] > own[:, None], axis=1)
    rival = np.where(own >= highest[sentence], next_highest[sentence], highest[sentence])
    before, after = passages.before(scores, LOW), passages.after(scores, LOW)
    top, mean = passages.others(scores, LOW)
    number = np.arange(len(scores)) - passages.first
    size = passages.end - passages.first
    named, carried = np.count_nonzero(kept, axis=1), np.count_nonzero(met.carried, axis=1)
    lengths, leans = batch.lengths, batch.leans
    pairs = [kept, met.carried, np.minimum(met.times, 3), met.position, met.firm, met.common]
    pairs += [met.weak, before, after, passages.lead(scores, LOW), top, mean]
    pairs += [passages.elsewhere(kept), passages.before(kept, False), passages.after(kept, False)]
    single = [np.minimum(named, 4), carried, leans, np.minimum(lengths, 50) / 10]
    single += [number > 0, np.minimum(size, 6), highest, leans * (number > 0)]
    columns = [own, np.minimum(rank, 6), highest[sentence] - own, own - rival]
    columns += [pair[sentence, theme] for pair in pairs]
    columns += [one[sentence] for one in single]
    columns += [
        np.minimum(named[sentence] - kept[sentence, theme], 4),
        before.max(axis=1)[sentence] - before[sentence, theme],
        before[sentence, theme] * (named == 0)[sentence],
        before[sentence, theme] * leans[sentence],
        kept[sentence, theme] & (named > 1)[sentence],
    ]
    return Candidates(sentence, theme, _side_by_side(columns))


def _side_by_side(columns: Sequence[NDArray[Any]]) -> Floats:
    """Columns of any kind of number as one array of floats."""
    found: Floats = np.stack(columns, axis=1, dtype=np.float32, casting="unsafe")
    return found


def settle(found: Candidates, chances: Floats, batch: ThemeFeatures) -> Floats:
    """The candidates' features, and what was found of them and around them."""
    passages = batch.passages
    grid = np.zeros(batch.met.kept.shape, np.float32)
    grid[found.sentence, found.theme] = chances
    before, after = passages.before(grid, 0.0), passages.after(grid, 0.0)
    top, mean = passages.others(grid, 0.0)
    at = (found.sentence, found.theme)
    columns = [
        chances,
        before[at],
        after[at],
        passages.lead(grid, 0.0)[at],
        top[at],
        mean[at],
        grid.sum(axis=1)[found.sentence] - chances,
        before.sum(axis=1)[found.sentence] - before[at],
        grid.max(axis=1)[found.sentence],
    ]
    return np.hstack([found.features, _side_by_side(columns)])
