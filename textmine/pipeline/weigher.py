"""What the model of polarity says of sentences by themselves, of many at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import chain

import numpy as np
from mypy_extensions import mypyc_attr

from .bags import Bag
from .evidence import TOLD, Reading, around_names, form_names, said_by
from .linear import Linear
from .words import Ints, Vocabulary, at


@mypyc_attr(native_class=False)
class Weigher:
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
        self._places: dict[Hashable, int] = {}
        for name, row in model.weights.items():
            if "=" in name:
                self._place(name, [row])
        cues = (name for name in model.weights if name.startswith("cue="))
        self._cues = {name[4:]: self._places[name] for name in cues if name[4:] not in TOLD}
        """The places of cues by their labels."""
        self._table = np.array(self._rows, np.int64)

    def scores(self, readings: Sequence[Reading], numbers: Ints) -> Ints:
        """The scores of sentences by labels; `numbers` are those of all their words in a row."""
        sizes = np.array([len(reading.words) for reading in readings], np.int64)
        spans: list[tuple[int, int]] = []
        groups = []
        for reading, begin in zip(readings, (np.cumsum(sizes) - sizes).tolist(), strict=True):
            form, names, found = said_by(reading)
            around = reading.around
            places = [
                self._places.get(around) or self._sum(around, around_names(*around)),
                self._places.get(form) or self._sum(form, form_names(*form)),
            ]
            places += [self._places.get(name, 0) for name in names]
            places += {self._cues.get(cue[0], 0) for cue in reading.cues}
            groups.append(places)
            spans += [(begin + start, begin + end) for start, end in found]
        if len(self._rows) > len(self._table):
            self._table = np.array(self._rows, np.int64)
        flat = np.fromiter(chain.from_iterable(groups), np.int64)
        told: Ints = Bag(flat, np.array(list(map(len, groups)), np.int64)).sums(self._table)
        return told + self._word_sums(numbers, sizes, spans)

    def _word_sums(self, numbers: Ints, sizes: Ints, spans: Sequence[tuple[int, int]]) -> Ints:
        """The weights of the words that no sign has told, each once in a sentence."""
        free = np.ones(len(numbers), np.bool_)
        for start, end in spans:
            free[start:end] = False
        rows = at(self._known, numbers)
        sums: Ints = (
            Bag(rows, sizes).only(free & (rows < len(self._words) - 1)).once().sums(self._words)
        )
        return sums

    def _sum(self, key: Hashable, names: Iterable[str]) -> int:
        """The place of the sum of the weights of features, kept under the key."""
        return self._place(key, [self.model.weights.get(name, self._nothing) for name in names])

    def _place(self, key: Hashable, rows: Sequence[Sequence[int]]) -> int:
        self._places[key] = len(self._rows)
        self._rows.append([sum(column) for column in zip(*rows, strict=True)])
        return self._places[key]
