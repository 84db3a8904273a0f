"""Vectors of words, shipped with the program: what is said in other words lies near in them.

A small table (`scripts/train_vectors.py`) gives each stem that reports and everyday English use a
vector such that the sum over a text lies where a sentence encoder would put the text. It is read
only where it is needed, as is numpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float32]
    Small: TypeAlias = NDArray[np.int8]
    Ids: TypeAlias = NDArray[np.int64]

MODEL: Final = "words-1"
"""The name of the table: changes whenever its vectors do."""

DIMENSIONS: Final = 96
_FULL: Final = 127
"""What the longest side of a stored vector is scaled to."""


@cache
def _table() -> tuple[dict[str, int], Floats, Floats]:
    """The row of each stem, the rows, and the middle of all passages."""
    import numpy as np  # noqa: PLC0415  most searches need no vectors

    folder = resources.files(__package__)
    stems = folder.joinpath("word_vectors.txt").read_text(encoding="utf-8").split()
    with folder.joinpath("word_vectors.npz").open("rb") as file, np.load(file) as data:
        rows = data["words"].astype(np.float32) * data["scale"].astype(np.float32)[:, None]
        return {stem: row for row, stem in enumerate(stems)}, rows, data["mean"]


def embed(texts: Iterable[Sequence[str]]) -> Floats:
    """The vectors of texts, given their stems, each of length 1; of 0 where no stem is known."""
    import numpy as np  # noqa: PLC0415

    known, rows, middle = _table()
    numbers: list[int] = []
    lengths: list[int] = []
    for stems in texts:
        found = [known[stem] for stem in stems if stem in known]
        numbers += found
        lengths.append(len(found))
    result = np.zeros((len(lengths), DIMENSIONS), np.float32)
    some = np.array(lengths) > 0
    if some.any():
        starts = np.cumsum([0, *lengths[:-1]])[some]
        sums = _unit(np.add.reduceat(rows[numbers], starts, axis=0)) - middle
        result[some] = _unit(sums)
    return result


def _unit(vectors: Floats) -> Floats:
    import numpy as np  # noqa: PLC0415

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units: Floats = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return units


def pack(vectors: Floats) -> bytes:
    """Vectors of length 1 in a byte for each number."""
    import numpy as np  # noqa: PLC0415

    return bytes(np.round(vectors * _FULL).astype(np.int8).tobytes())


def unpack(packed: bytes) -> Small:
    """What was packed."""
    import numpy as np  # noqa: PLC0415

    return np.frombuffer(packed, np.int8).reshape(-1, DIMENSIONS)


def nearness(packed: Small, vector: Floats) -> Floats:
    """The cosines of packed vectors to one."""
    import numpy as np  # noqa: PLC0415

    found = np.empty(len(packed), np.float32)
    for at in range(0, len(packed), 65_536):  # the whole as floats would take four times as much
        part = packed[at : at + 65_536].astype(np.float32)
        # Not by BLAS, whose threads cost more than they save on so few numbers.
        found[at : at + 65_536] = np.einsum("ij,j->i", part, vector)
    scaled: Floats = found / np.float32(_FULL)
    return scaled
