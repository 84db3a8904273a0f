"""The encoder: what a small transformer, taught on coded sentences, makes of every sentence.

It reads a passage whole, below its heading without the grade; a sentence is the mean of its
pieces. It runs in onnxruntime, which the extra `textmine[encoder]` brings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any, Final, NamedTuple

import numpy as np

from ...extras import need_encoder
from ..batch import Batch
from ..learned.blending import Blend, Opinion
from ..learned.polarity_model import LABELS
from ..learned.theme_features import short_kind
from ..learned.weights import Arrays, as_names, loaded
from ..rules.timing import TIMINGS
from ..tokens.runs import Floats
from ..tokens.vocabulary import Ints
from .wordpiece import WordPiece

KINDS: Final = {
    "ilacs": "children's services",
    "send": "special needs area",
    "jtai": "joint agencies",
}
"""What the encoder is told of the kind of document; any other is an older inspection."""
OLDER: Final = "older children's services"

HEAD: Final = 60
"""How many pieces of the heading it takes."""
LONGEST: Final = 500
"""How many pieces it reads at once; a longer passage is read in parts, between sentences."""


class Window(NamedTuple):
    """Pieces that are read at once: those of what stands above, then a passage's own."""

    numbers: Sequence[int]
    head: int
    """How many stand above."""
    sentences: Ints
    """The sentence of each of the passage's own."""


class Encoder:
    """The model, made ready for use."""

    def __init__(self, arrays: Arrays, blend: Blend, model: bytes) -> None:
        need_encoder()
        import onnxruntime  # noqa: PLC0415 (an extra)

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"]
        )
        self.themes = tuple(as_names(arrays["themes"]))
        self.blend = blend
        self._cut = WordPiece(as_names(arrays["pieces"]))
        self._rows, self._scales = arrays["rows"], arrays["scales"]
        self._positions = arrays["positions"].astype(np.float32)

    @classmethod
    def shipped(cls) -> Encoder:
        """The encoder that comes with the program."""
        need_encoder()
        folder = resources.files(__package__)
        arrays = loaded(folder.joinpath("encoder.npz").read_bytes())
        blend = Blend.load(folder.joinpath("blend.json").read_bytes())
        return cls(arrays, blend, folder.joinpath("encoder.onnx").read_bytes())

    def read(self, batch: Batch, quiet: Sequence[bool]) -> Opinion:
        """What it makes of the sentences of a batch; of quiet passages it reads nothing."""
        width = len(self.themes) + len(LABELS) + len(TIMINGS)
        sums, counts = np.zeros((len(batch), width), np.float32), np.zeros(len(batch), np.float32)
        spoken = (number for number, silent in enumerate(quiet) if not silent)
        for window in (each for number in spoken for each in self._of(batch, number)):
            begins = np.flatnonzero(np.diff(window.sentences, prepend=-1))
            places = window.sentences[begins]
            own = self._logits(window)[window.head : -1]
            sums[places] += np.add.reduceat(own, begins)
            counts[places] += np.diff(begins, append=len(own))
        means = (sums / np.maximum(counts, 1)[:, None]).astype(np.float32)
        themes, polarity, timing = np.split(means, np.cumsum([len(self.themes), len(LABELS)]), 1)
        return Opinion(themes, polarity, timing, counts > 0, self.blend)

    def _of(self, batch: Batch, passage: int) -> Iterator[Window]:
        """A passage's windows."""
        first, end = batch.firsts[passage], batch.firsts[passage + 1]
        if first == end:
            return
        given, heading = batch.inputs[passage], batch.places[passage].heading
        kind = KINDS.get(short_kind(given.kind), OLDER)
        head = [*self._head(f"{kind}: {heading}"), self._cut.end]
        pieces = self._cut(given.text)
        behind = np.searchsorted(batch.starts[first:end], pieces.starts, "right")
        number = np.maximum(behind - 1, 0)
        for begin, stop in _parts(number, LONGEST - len(head)):
            numbers = [*head, *pieces.numbers[begin:stop], self._cut.end]
            yield Window(numbers, len(head), first + number[begin:stop])

    def _head(self, above: str) -> list[int]:
        """The opening pieces: what stands above the passage."""
        return [self._cut.start, *self._cut(above).numbers[: HEAD - 2]]

    def _logits(self, window: Window) -> Floats:
        """The logits of every piece.

        Windows are read one by one: the model's steps of 8 bits are as wide as the largest number
        among all that is read together, and no passage may hang on what stands in another.
        """
        numbers = window.numbers
        words = self._rows[numbers] * self._scales[numbers][:, None]
        given = {"words": (words + self._positions[: len(numbers)])[None]}
        found: Floats = self._session.run(None, given)[0][0]
        return found


def _parts(sentence: Ints, most: int) -> Iterator[tuple[int, int]]:
    """Where the pieces of a passage are cut: between sentences, or in one that is too long."""
    begin = 0
    while len(sentence) - begin > most:
        stop = int(sentence.searchsorted(sentence[begin + most]))
        stop = stop if stop > begin else begin + most
        yield begin, stop
        begin = stop
    if begin < len(sentence):
        yield begin, len(sentence)
