"""The polarity of sentences: what they say themselves, weighed, and then what stands around.

The first model reads a sentence by itself. The second weighs its scores against what the first
says of the sentence before, the one after and all others of the passage, and against what the
heading says: praise and blame come in runs, and description mostly stands among others. Where the
rules read the sentence's own words clearly, what stands around changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.model import Polarity

from ..batch import Batch
from ..rules.phrase_matcher import Match
from ..tokens.runs import Flags, Floats, Passages, Run
from ..tokens.vocabulary import NOTHING, Vocabulary
from .blending import Opinion
from .polarity_features import Reading
from .sentence_model import SentenceModel, softmax
from .theme_features import leans
from .weights import Arrays

LABELS: Final[tuple[Polarity, ...]] = get_args(Polarity)
DOUBTED: Final = 0.35
"""Below this chance by all its own words, a reading by signs is not clear: it is right in one of
seven then."""
DESCRIBED: Final = 0.5
"""The chance by its own words from which on a clear sentence may be description."""
STANCES: Final = ("concern", "doubt", "strength")
"""What headings say of what stands below them."""
TELLING: Final = 2
"""How many words are shown where what was learned decides."""
STRENGTH, CONCERN, MIXED, NEUTRAL = map(LABELS.index, ("strength", "concern", "mixed", "neutral"))


class PolarityModel(NamedTuple):
    """What was learned."""

    own: SentenceModel
    around: Floats
    """The weights of `around`, by labels."""

    def chances(
        self, batch: Batch, readings: Sequence[Reading], other: Opinion | None = None
    ) -> tuple[Floats, Floats]:
        """What is weighed, and the chances of each polarity, for every sentence of a batch."""
        given = np.array([reading.by_place for reading in readings], np.bool_)
        scores = self.scores(batch, readings)
        shown = around(scores, given, batch, readings)
        # Not the library's product, which would set several threads to work.
        chances = softmax(np.einsum("ij,jk->ik", shown, self.around))
        if other:
            chances = other.with_polarity(chances)
        return shown, bound(chances, softmax(scores), readings)

    def scores(self, batch: Batch, readings: Sequence[Reading]) -> Floats:
        """What the sentences say by themselves."""
        named = self.own.names.sums_of([reading.names() for reading in readings])
        return self.own.scores(untold(batch, readings), named, batch.passages)

    def spoke(self, reading: Reading, polarity: Polarity) -> tuple[Match, ...]:
        """The words that spoke most for a polarity that the rules' signs do not tell of."""
        if any(polarity in {s.label, "mixed"} for c in reading.clauses for s in c.signs):
            return ()
        wanted, words = LABELS.index(polarity), self.own.words
        gains = []
        for place, word in enumerate(reading.words):
            if word in words.keys:
                row = words.rows[words.keys[word]].tolist()
                gains.append((row[wanted] - max(row[:wanted] + row[wanted + 1 :]), place))
        best = sorted(place for gain, place in sorted(gains)[-TELLING:] if gain > 0)
        return tuple(Match(polarity, place, place + 1) for place in best)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is stored."""
        return {**self.own.arrays(), "around": self.around}

    @classmethod
    def load(cls, arrays: Arrays, vocabulary: Vocabulary) -> PolarityModel:
        """A model that was stored, for texts whose words have these numbers."""
        return cls(SentenceModel.load(arrays, vocabulary), arrays["around"])


def untold(batch: Batch, readings: Sequence[Reading]) -> Run:
    """The words of all sentences without those that their signs tell of."""
    numbers = batch.numbers.copy()
    for begin, reading in zip(batch.bounds, readings, strict=False):
        for start, end in reading.sign_places():
            numbers[begin + start : begin + end] = NOTHING
    return Run.of(numbers, batch.lengths())


def around(scores: Floats, given: Flags, batch: Batch, readings: Sequence[Reading]) -> Floats:
    """What the second model weighs: a sentence's own scores and the chances of those around it.

    `given` are the sentences that are concerns by their place.
    """
    passages: Passages = batch.passages
    chances = softmax(scores)
    chances[given] = np.eye(len(LABELS), dtype=np.float32)[CONCERN]
    total = np.add.reduceat(chances, passages.starts)[passages.number]
    others = (passages.end - passages.first - 1)[:, None]
    place = np.arange(len(scores))
    before = passages.before(chances, 0.0)
    lean = np.array([leans(batch.words_of(n)) for n in range(len(batch))], np.float32)[:, None]
    clear = np.array([reading.verdict.clear for reading in readings], np.float32)[:, None]
    open_ = np.array([reading.verdict.polarity is None for reading in readings])[:, None]
    stances = [r.context.place.stance for r in readings]
    headed = np.array([[one == stance for stance in STANCES] for one in stances], np.float32)
    single = np.array([reading.context.alone for reading in readings], np.float32)[:, None]
    unheaded = np.array([reading.unheaded for reading in readings], np.float32)[:, None]
    shown: Floats = np.hstack(
        [
            scores,
            chances,
            before,
            passages.after(chances, 0.0),
            (total - chances) * (others > 0) / np.maximum(others, 1),
            before * lean,
            before * clear,
            clear,
            headed,
            headed * open_,
            headed * single,
            headed * clear,
            *(headed[:, [n]] * chances for n in range(len(STANCES))),
            unheaded,
            (place == passages.first)[:, None],
            (place == passages.end - 1)[:, None],
            np.ones((len(scores), 1)),
        ],
    ).astype(np.float32)
    return shown


def bound(chances: Floats, own: Floats, readings: Sequence[Reading]) -> Floats:
    """The chances with what is settled: a clear reading stands, and a demand is never praise.

    By the sentence's `own` chances: it may be description, and where its other words speak
    against the signs, the reading is not clear.
    """
    settled = chances.copy()
    for row, alone, reading in zip(settled, own, readings, strict=True):
        verdict = reading.verdict
        if reading.by_place:
            row[:] = np.eye(len(LABELS))[CONCERN]
        elif reading.is_demand:
            row[[STRENGTH, MIXED]] = 0
        elif verdict.clear and verdict.polarity:
            said = LABELS.index(verdict.polarity)
            described = alone[NEUTRAL] >= DESCRIBED
            if alone[said] < DOUBTED and not described:
                continue
            kept = {said, NEUTRAL} if described else {said}
            row[[n for n in range(len(LABELS)) if n not in kept]] = 0
    total = settled.sum(axis=1, keepdims=True)
    found: Floats = settled / (total + np.float32(1e-9))
    return found
