"""Of what time sentences speak: their short runs of words and those of the sentence before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.model import Polarity, Timing

from ..batch import Batch
from ..rules.phrase_matcher import Match
from ..rules.timing import TIMINGS, allowed, names, plain
from ..tokens.runs import Floats
from ..tokens.vocabulary import Vocabulary
from .blending import Opinion
from .polarity_features import Reading
from .sentence_model import SentenceModel, softmax
from .weights import Arrays

SETTLED: Final[Floats] = np.eye(len(TIMINGS), dtype=np.float32)
"""The chances where the words leave no doubt."""


class TimingModel(NamedTuple):
    """What was learned; another time than now must be so probable."""

    own: SentenceModel
    threshold: float

    def chances(
        self,
        batch: Batch,
        cues: Sequence[Sequence[Match]],
        readings: Sequence[Reading],
        polarities: Sequence[Polarity],
        other: Opinion | None = None,
    ) -> Floats:
        """The chances of each time for every sentence of a batch; what the words settle stands."""
        features = timing_names(batch, cues, polarities)
        scores = self.own.scores(batch.run(), self.own.names.sums_of(features), batch.passages)
        chances = softmax(scores)
        if other:
            chances = other.with_timing(chances)
        rows = zip(cues, readings, polarities, strict=True)
        for number, (some, reading, polarity) in enumerate(rows):
            words = reading.words
            said = plain(words, some, reading.cues, reading.clauses, polarity)
            if said:
                chances[number] = SETTLED[TIMINGS.index(said)]
                continue
            for timing, open_ in allowed(words, polarity).items():
                if not open_:
                    chances[number, TIMINGS.index(timing)] = 0
        return chances

    def best(self, chances: Floats, other: Opinion | None = None) -> list[tuple[Timing, float]]:
        """The time of each sentence and how probable it is."""
        threshold = other.blend.change if other else self.threshold
        if not len(chances):
            return []
        others = chances[:, 1:]
        which = others.argmax(axis=1) + 1
        top = others.max(axis=1)
        total = chances.sum(axis=1)
        changed = (total - chances[:, 0]) / np.maximum(total, 1e-9) >= threshold
        chosen = np.where(changed & (top > 0), which, 0).tolist()
        sure = np.where(changed, top, chances[:, 0]) / np.maximum(total, 1e-9)
        return [(TIMINGS[n], chance) for n, chance in zip(chosen, sure.tolist(), strict=True)]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is stored."""
        return {**self.own.arrays(), "threshold": np.array([self.threshold])}

    @classmethod
    def load(cls, arrays: Arrays, vocabulary: Vocabulary) -> TimingModel:
        """A model that was stored, for texts whose words have these numbers."""
        return cls(SentenceModel.load(arrays, vocabulary), float(arrays["threshold"][0]))


def timing_names(
    batch: Batch, cues: Sequence[Sequence[Match]], polarities: Sequence[Polarity]
) -> list[list[str]]:
    """The features of each sentence beside its words; what the one before shows counts as well."""
    found: list[list[str]] = []
    firsts = set(batch.firsts)
    earlier: list[str] = []
    for number, (some, polarity) in enumerate(zip(cues, polarities, strict=True)):
        place = batch.places[int(batch.passage[number])]
        own = names(batch.words_of(number), some, polarity, place.stance)
        if number not in firsts:
            own += [f"before {name}" for name in earlier]
        earlier = [f"cue={label}" for label in sorted({cue.label for cue in some})]
        found.append(own)
    return found
