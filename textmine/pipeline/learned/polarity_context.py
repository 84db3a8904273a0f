"""The polarity of sentences, weighed a second time: what was learned of those around them counts.

Praise and blame come in runs, and a sentence of description mostly stands among others. What the
first model says of each sentence of a passage is weighed against what it says of the one before,
the one after and all the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.model import Polarity

from .linear_model import SCALE, Linear
from .polarity_features import Reading
from .theme_model import Passages

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_CONCERN: Final = np.array([label == "concern" for label in get_args(Polarity)], np.float64)


def settle(
    passages: Sequence[Sequence[Reading]], scores: NDArray[np.int64], model: Linear
) -> list[list[Polarity]]:
    """The polarity of each sentence of each passage, where the place alone does not decide.

    `scores` are those of all sentences in a row, by labels.
    """
    readings = [reading for passage in passages for reading in passage]
    if not readings:
        return [[] for _ in passages]
    given = np.array([reading.is_by_place for reading in readings])
    if model.around:
        shown = around(scores / SCALE, given, [len(passage) for passage in passages if passage])
        # Not the library's product, which would set several threads to work.
        weighed = np.einsum("ij,jk->ik", shown, np.array(model.around, np.float64))
        best = weighed.argmax(axis=1)
    else:
        best = scores.argmax(axis=1)
    best[given] = model.labels.index("concern") if given.any() else 0
    said: Iterator[Any] = map(model.labels.__getitem__, best.tolist())
    return [list(islice(said, len(passage))) for passage in passages]


def around(scores: Floats, given: Flags, lengths: Sequence[int]) -> Floats:
    """What the second model weighs: a sentence's own scores and the chances of those around it.

    `given` are the sentences that are concerns by their place, `lengths` how many sentences each
    passage has, none of them empty.
    """
    passages = Passages.of(lengths)
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    chances[given] = _CONCERN
    total = np.add.reduceat(chances, passages.starts)[passages.number]
    others = (passages.end - passages.first - 1)[:, None]
    place = np.arange(len(scores))
    return np.hstack(
        [
            scores,
            chances,
            passages.before(chances, 0.0),
            passages.after(chances, 0.0),
            (total - chances) * (others > 0) / np.maximum(others, 1),
            (place == passages.first)[:, None],
            (place == passages.end - 1)[:, None],
            np.ones((len(scores), 1)),
        ]
    )
