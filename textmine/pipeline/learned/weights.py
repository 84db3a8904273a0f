"""The one format of all that was learned: an npz file of arrays and of lists of names.

No pickle; the same weights give the same bytes. How they were made is in `training.json`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from itertools import chain, repeat
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..tokens.runs import Floats
from .feature_sums import FeatureGroups

Arrays: TypeAlias = Mapping[str, NDArray[Any]]


@lru_cache(maxsize=8)
def shipped(name: str) -> bytes:
    """The weights of this name that come with the program."""
    return resources.files(__package__).joinpath(f"{name}.npz").read_bytes()


def dumped(arrays: Arrays) -> bytes:
    """The content of a file of weights."""
    target = io.BytesIO()
    np.savez_compressed(target, allow_pickle=False, **arrays)
    return target.getvalue()


def loaded(data: bytes) -> Arrays:
    """What a file of weights holds."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays}


def as_text(names: Iterable[str]) -> NDArray[np.uint8]:
    """Names as an array."""
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def as_names(data: NDArray[np.uint8]) -> list[str]:
    """The names in an array."""
    text = data.tobytes().decode()
    return text.split("\n") if text else []


class Table(NamedTuple):
    """Features and the row of weights of each; the last row is zeros, for features unknown."""

    keys: Mapping[str, int]
    rows: Floats

    @classmethod
    def of(cls, names: Sequence[str], rows: NDArray[Any]) -> Table:
        """Of names and their rows, with the precision that is stored."""
        rows = rows.astype(np.float16).astype(np.float32)
        rows = np.vstack([rows, np.zeros((1, rows.shape[1]), np.float32)])
        return cls({name: row for row, name in enumerate(names)}, rows)

    @classmethod
    def load(cls, arrays: Arrays, name: str) -> Table:
        """The table of this name."""
        return cls.of(as_names(arrays[name]), arrays[f"{name}_rows"])

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What is stored of the table."""
        return {name: as_text(self.keys), f"{name}_rows": self.rows[:-1].astype(np.float16)}

    def sums(self, groups: FeatureGroups) -> Floats:
        """The sum of the rows of each group of row numbers."""
        sums: Floats = groups.only(groups.numbers != len(self.rows) - 1).sums(self.rows)
        return sums

    def numbers(self, groups: Sequence[Iterable[str]]) -> FeatureGroups:
        """Groups of features by their rows."""
        sets = [tuple(group) for group in groups]
        sizes = np.fromiter(map(len, sets), np.int64, len(sets))
        rows = map(self.keys.get, chain.from_iterable(sets), repeat(len(self.rows) - 1))
        return FeatureGroups(np.fromiter(rows, np.int64, int(sizes.sum())), sizes)

    def sums_of(self, groups: Sequence[Iterable[str]]) -> Floats:
        """The sum of the rows of each group of features."""
        return self.sums(self.numbers(groups))
