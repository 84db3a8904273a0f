"""Linear models over named features, with weights that a person can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Linear:
    """A bias, and a weight for each feature."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        """The weighted sum of features. Raises KeyError for a feature without a weight."""
        return self.bias + sum(self.weights[name] * value for name, value in features.items())
