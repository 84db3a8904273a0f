"""A linear model over named features: what was learned from sentences coded by hand.

Its file is JSON that a person can read: the labels, one line of weights for each feature, and how
they were made (`scripts/train.py`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

SCALE = 1000
"""Weights are whole numbers in the file, so many to one."""


class Linear(NamedTuple):
    """Labels, and for each feature a weight of every label."""

    labels: tuple[str, ...]
    weights: Mapping[str, Sequence[int]]
    made: Mapping[str, Any]
    """The data, the settings and the figures of the training."""
    around: Sequence[Sequence[int]] = ()
    """The weights of the scores of the sentences around, if they are weighed (neighbours.py)."""

    @classmethod
    def load(cls, path: Path | None = None, name: str = "") -> Linear:
        """The model in a file, or the one that comes with the program under this name."""
        source = path or resources.files(__package__).joinpath(f"{name}.json")
        data = json.loads(source.read_bytes())
        return cls(tuple(data["labels"]), data["weights"], data["made"], data.get("around", ()))

    def text(self) -> str:
        """The content of its file."""
        lines = [f"  {json.dumps(key)}: {list(row)}" for key, row in sorted(self.weights.items())]
        head = f'"labels": {json.dumps(self.labels)},\n"made": {json.dumps(self.made)},\n'
        head += f'"around": {json.dumps(self.around)},\n'
        return "{\n" + head + '"weights": {\n' + ",\n".join(lines) + "\n}\n}\n"
