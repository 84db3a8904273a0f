"""How sure a finding is: the chance that its theme and its polarity are right."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..tokens.runs import Floats
from .sentence_model import sigmoid
from .weights import Arrays


class SureModel(NamedTuple):
    """A slope for each of the `columns`, and a bias."""

    slopes: Floats
    bias: float

    def scores(self, columns: Floats) -> Floats:
        """The calibrated chances of findings."""
        return sigmoid(np.einsum("ij,j", columns, self.slopes) + np.float32(self.bias))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is stored."""
        return {"slopes": self.slopes, "bias": np.array([self.bias])}

    @classmethod
    def load(cls, arrays: Arrays) -> SureModel:
        """A model that was stored."""
        return cls(arrays["slopes"], float(arrays["bias"][0]))


def columns(theme: Floats, polarity: Floats, named: Floats, clear: Floats, first: Floats) -> Floats:
    """What is weighed: the chances of theme and polarity, and how the rules came to them."""
    theme, polarity = (np.clip(chance, 1e-3, 1 - 1e-3) for chance in (theme, polarity))
    of_theme, of_polarity = np.log(theme / (1 - theme)), np.log(polarity / (1 - polarity))
    found: Floats = np.stack(
        [
            *(of_theme, of_polarity, np.log(theme), np.log(polarity)),
            *(named, clear, clear * of_polarity, named * of_theme, first),
        ],
        axis=1,
        dtype=np.float32,
        casting="unsafe",
    )
    return found
