"""How sure a finding is: the chance that its theme and its polarity are right.

A small network weighs the chances of theme and polarity, how the rules came to them, and what
stands around.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.model import Polarity

from ..batch import Batch
from ..tokens.runs import Floats
from ..tokens.vocabulary import Ints
from .polarity_features import Reading
from .sentence_model import sigmoid
from .theme_features import short_kind
from .weights import Arrays

LABELS: Final[tuple[Polarity, ...]] = get_args(Polarity)
KINDS: Final = ("ilacs", "sif", "send", "jtai")
LEAST: Final = 1e-3
"""No chance is smaller or larger than this lets it be."""
FURTHEST: Final = 4.0
"""What is farther from the middle, in spreads, counts as this."""
_FIELDS: Final = ("middle", "spread", "inner", "inner_bias", "outer", "bias")


class Claims(NamedTuple):
    """Findings to be weighed: one entry each."""

    sentence: Ints
    theme: Floats
    """The chance of the theme."""
    named: Floats
    """Whether the sentence names it."""
    number: Ints
    """The theme's number among those learned, -1 for another."""


class Weighed(NamedTuple):
    """What was weighed of every sentence of a batch."""

    polarity: Floats
    """The chances of each polarity."""
    around: Floats
    """What the model of polarity weighs."""
    timing: Floats
    """The chances of each time."""


class SureModel(NamedTuple):
    """A network of one hidden layer; columns are first moved and scaled."""

    middle: Floats
    spread: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    bias: Floats

    def odds(self, columns: Floats) -> Floats:
        """The log odds of findings."""
        shown = ((columns - self.middle) / self.spread).clip(-FURTHEST, FURTHEST)
        # Not the library's product, which would set several threads to work.
        hidden = np.maximum(np.einsum("ij,jk->ik", shown, self.inner) + self.inner_bias, 0)
        found: Floats = np.einsum("ij,j", hidden, self.outer) + self.bias[0]
        return found

    def scores(self, columns: Floats) -> Floats:
        """The calibrated chances of findings."""
        return sigmoid(self.odds(columns))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is stored."""
        return self._asdict()

    @classmethod
    def load(cls, arrays: Arrays) -> SureModel:
        """A model that was stored."""
        return cls(*(arrays[name] for name in _FIELDS))


def columns(batch: Batch, readings: Sequence[Reading], claims: Claims, weighed: Weighed) -> Floats:
    """What is weighed of each finding."""
    at = claims.sentence
    best = weighed.polarity.argmax(axis=1)
    top = weighed.polarity.max(axis=1)
    kinds = [short_kind(given.kind) for given in batch.inputs]
    family = np.array([[kind == one for one in KINDS] for kind in kinds]).reshape(-1, len(KINDS))
    clear = np.array([reading.verdict.clear for reading in readings], np.float32)
    agrees = np.array([LABELS.index(reading.rule) for reading in readings], np.int64) == best
    of_theme, of_polarity = _odds(claims.theme), _odds(top)
    single = [of_polarity, np.log(top.clip(LEAST)), clear, clear * of_polarity, agrees]
    single += [batch.passages.first == np.arange(len(batch)), _odds(weighed.timing[:, 0])]
    single += [np.minimum(batch.lengths(), 60) / 10]
    of_sentence = np.hstack(
        [np.stack(single, axis=1), np.eye(len(LABELS))[best], _odds(weighed.polarity)]
    )
    own = [of_theme, np.log(claims.theme.clip(LEAST)), claims.named, claims.named * of_theme]
    own += [np.bincount(at, minlength=len(batch))[at]]
    found: Floats = np.hstack(
        [np.stack(own, axis=1), family[batch.passage[at]], of_sentence[at], weighed.around[at]]
    ).astype(np.float32)
    return found


def _odds(chances: Floats) -> Floats:
    """Log odds, none of them endless."""
    inside = chances.clip(LEAST, 1 - LEAST)
    odds: Floats = np.log(inside / (1 - inside))
    return odds
