"""What the model of polarity says of sentences by themselves, of many at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Final

import numpy as np

from ..tokens.vocabulary import Ints, Vocabulary, at
from .feature_sums import FeatureGroups
from .linear_model import Linear
from .polarity_features import TOLD, Reading, around_names, form_names, said_by

MOST: Final = 10_000
"""How many sums are kept at most: the real reports need some five thousand."""


class PolarityScorer:
    """Sums the weights of the `features` of sentences.

    Words are looked up by number; what comes in few combinations is summed once for each.
    """

    def __init__(self, model: Linear, vocabulary: Vocabulary) -> None:
        words = [name for name in model.weights if "=" not in name]
        self.model = model
        self._nothing = [0] * len(model.labels)
        rows = [*(model.weights[word] for word in words), self._nothing]
        self._words = np.array(rows, np.int64)
        self._known = vocabulary.column({word: n for n, word in enumerate(words)}, len(words))
        self._rows: list[Sequence[int]] = [self._nothing]
        self._places = {
            name: self._place([row]) for name, row in model.weights.items() if "=" in name
        }
        self._cues = {
            name[4:]: place
            for name, place in self._places.items()
            if name.startswith("cue=") and name[4:] not in TOLD
        }
        """The places of cues by their labels."""
        self._kept: dict[Hashable, int] = {}
        """The places of sums by what they are of."""
        self._table = np.array(self._rows, np.int64)

    def scores(self, readings: Sequence[Reading], numbers: Ints) -> Ints:
        """The scores of sentences by labels; `numbers` are those of all their words in a row."""
        if len(self._kept) > MOST:
            self._kept.clear()
            del self._rows[len(self._places) + 1 :]
            self._table = self._table[: len(self._rows)]
        sizes = np.array([len(reading.words) for reading in readings], np.int64)
        spans: list[tuple[int, int]] = []
        places: list[int] = []
        counts = []
        for reading, begin in zip(readings, (np.cumsum(sizes) - sizes).tolist(), strict=True):
            form, names, found = said_by(reading)
            around = reading.around
            before = len(places)
            places.append(self._kept.get(around) or self._sum(around, around_names(*around)))
            places.append(self._kept.get(form) or self._sum(form, form_names(*form)))
            places += [place for name in names if (place := self._places.get(name))]
            places += {place for cue in reading.cues if (place := self._cues.get(cue[0]))}
            counts.append(len(places) - before)
            spans += [(begin + start, begin + end) for start, end in found]
        if len(self._rows) > len(self._table):
            self._table = np.vstack([self._table, self._rows[len(self._table) :]])
        bag = FeatureGroups(np.array(places, np.int64), np.array(counts, np.int64))
        told: Ints = bag.sums(self._table)
        return told + self._word_sums(numbers, sizes, spans)

    def _word_sums(self, numbers: Ints, sizes: Ints, spans: Sequence[tuple[int, int]]) -> Ints:
        """The weights of the words that no sign has told, each once in a sentence."""
        free = np.ones(len(numbers), np.bool_)
        for start, end in spans:
            free[start:end] = False
        rows = at(self._known, numbers)
        sums: Ints = (
            FeatureGroups(rows, sizes)
            .only(free & (rows < len(self._words) - 1))
            .once()
            .sums(self._words)
        )
        return sums

    def _sum(self, key: Hashable, names: Iterable[str]) -> int:
        """The place of the sum of the weights of features, kept under the key."""
        place = self._place([self.model.weights.get(name, self._nothing) for name in names])
        self._kept[key] = place
        return place

    def _place(self, rows: Sequence[Sequence[int]]) -> int:
        """The place of the sum of rows."""
        self._rows.append([sum(column) for column in zip(*rows, strict=True)])
        return len(self._rows) - 1
