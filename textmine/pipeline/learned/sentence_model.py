"""A linear model of sentences: their words and short runs of words, and what else is known."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..rules.phrase_matcher import Tree, node_of, tree
from ..tokens.runs import Floats, Passages, Run
from ..tokens.vocabulary import Ints, Vocabulary
from .feature_sums import FeatureGroups
from .weights import Arrays, Table, as_names, as_text

Value = TypeVar("Value", bound=Hashable)


class Ngrams(NamedTuple):
    """Words and short runs of words that are known, found by a walk through their tree."""

    tree: Tree
    rows: Ints
    """By node of the tree: the n-gram's number, or the count of n-grams."""

    @classmethod
    def of(cls, ngrams: Sequence[str], vocabulary: Vocabulary) -> Ngrams:
        """N-grams, each of words with spaces between them."""
        steps: dict[tuple[int, str], int] = {}
        ends = [node_of(steps, ngram.split(" ")) for ngram in ngrams]
        rows = np.full(len(steps) + 1, len(ngrams), np.int64)
        rows[ends] = np.arange(len(ngrams))
        return cls(tree(steps, ends, vocabulary), rows)

    def groups(self, run: Run) -> FeatureGroups:
        """The n-grams of each sentence, each once."""
        places = self.tree.walk(run)
        sizes = np.bincount(places.sentence, minlength=len(run.begins))
        return FeatureGroups(self.rows[places.what], sizes).once()


class SentenceModel(NamedTuple):
    """What was learned: a row of weights for each n-gram and each name, by labels.

    Rows of n-grams may be twice as wide: the second half counts for the sentence after.
    """

    labels: tuple[str, ...]
    ngrams: Ngrams
    words: Table
    names: Table
    bias: Floats

    @classmethod
    def of(
        cls, labels: Sequence[str], words: Table, names: Table, bias: Floats, known: Vocabulary
    ) -> SentenceModel:
        """A model for texts whose words have these numbers."""
        return cls(tuple(labels), Ngrams.of(list(words.keys), known), words, names, bias)

    @classmethod
    def load(cls, arrays: Arrays, vocabulary: Vocabulary) -> SentenceModel:
        """A model that was stored."""
        words, names = Table.load(arrays, "words"), Table.load(arrays, "names")
        return cls.of(as_names(arrays["labels"]), words, names, arrays["bias"], vocabulary)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is stored of it."""
        own: dict[str, NDArray[Any]] = {"labels": as_text(self.labels), "bias": self.bias}
        return {**own, **self.words.arrays("words"), **self.names.arrays("names")}

    def scores(self, run: Run, named: Floats, passages: Passages) -> Floats:
        """The scores of sentences by labels; `named` are the sums of their names' rows."""
        width = len(self.labels)
        sums = self.words.sums(self.ngrams.groups(run))
        scores: Floats = sums[:, :width] + named + self.bias
        if sums.shape[1] > width:
            scores += passages.before(sums[:, width:], 0.0)
        return scores


def distinct(values: Sequence[Value]) -> tuple[list[Value], Ints]:
    """The values, each once, and which of them stands in each place."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return list(numbers), np.fromiter(map(numbers.__getitem__, values), np.int64, len(values))


def softmax(scores: NDArray[Any]) -> Floats:
    """Scores as chances that add up to one in each row."""
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Floats = (chances / chances.sum(axis=1, keepdims=True)).astype(np.float32)
    return found


def sigmoid(values: Floats) -> Floats:
    """Scores as probabilities."""
    chances: Floats = np.float32(1) / (np.float32(1) + np.exp(-values))
    return chances
