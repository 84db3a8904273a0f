"""The learned part of the themes: linear models that weigh words, places and what the rules read.

The first scores each sentence by its words, those of the sentence before, its heading and what the
rules read. The second, one for all themes, weighs those scores against one another and against
those of the sentences around; the third does the same once more, knowing what the second found.
Everything is sums of rows of tables, for many passages at once.
"""

from __future__ import annotations

import io
from collections.abc import Hashable, Iterable, Sequence
from functools import cache
from importlib import resources
from itertools import chain, repeat
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..tokens.vocabulary import Ints, Vocabulary, at
from .feature_sums import FeatureGroups, in_turn
from .theme_features import PassageFeatures, Spot, about

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Value = TypeVar("Value", bound=Hashable)

LOW: Final = -6.0
"""The score of what is not there, and the least that counts."""
HIGH: Final = 4.0
CHANCE: Final = -3.5
"""A theme that no rule named is weighed from this score up."""


MEASURED: Final = ("times", "position")
"""What a sign says that is no flag."""


class Table(NamedTuple):
    """Features and the row of weights of each; the last row is zeros, for features unknown."""

    keys: dict[str, int]
    rows: Floats

    def sums(self, bag: FeatureGroups) -> Floats:
        """The sum of the rows of each group of row numbers."""
        sums: Floats = bag.only(bag.numbers != len(self.rows) - 1).sums(self.rows)
        return sums

    def sums_of(self, groups: Sequence[Sequence[str]]) -> Floats:
        """The sum of the rows of each group of features."""
        sizes = np.fromiter(map(len, groups), np.int64, len(groups))
        rows = map(self.keys.get, chain.from_iterable(groups), repeat(len(self.rows) - 1))
        return self.sums(FeatureGroups(np.fromiter(rows, np.int64, int(sizes.sum())), sizes))


class Passages(NamedTuple):
    """Which sentences of a batch stand together: for each its passage, and that one's ends."""

    first: Ints
    end: Ints
    number: Ints
    starts: Ints
    """The first sentence of each passage."""

    @classmethod
    def of(cls, lengths: Sequence[int]) -> Passages:
        """Of passages with so many sentences."""
        counts = np.array(lengths, np.int64)
        ends = np.cumsum(counts)
        number = np.repeat(np.arange(len(counts)), counts)
        starts = ends - counts
        return cls(starts[number], ends[number], number, starts)

    def before(self, values: NDArray[Any], missing: float) -> NDArray[Any]:
        """The values of the sentence before, in the same passage."""
        shifted = np.full_like(values, missing)
        shifted[1:] = values[:-1]
        shifted[self.starts] = missing
        return shifted

    def after(self, values: NDArray[Any], missing: float) -> NDArray[Any]:
        """The values of the sentence after, in the same passage."""
        shifted = np.full_like(values, missing)
        shifted[:-1] = values[1:]
        shifted[self.starts - 1] = missing  # the last of each, that of the last by wrapping
        return shifted

    def lead(self, values: NDArray[Any], missing: float) -> NDArray[Any]:
        """The values of the passage's first sentence, for the others."""
        led = values[self.first]
        led[self.starts] = missing
        return led

    def others(self, values: Floats, missing: float) -> tuple[Floats, Floats]:
        """The highest value among the passage's other sentences, and their mean.

        No value is lower than the `missing` one, which stands where there are no others.
        """
        sizes = np.diff(self.starts, append=len(values))
        order, turns = in_turn(sizes)
        highest = np.full((len(order), values.shape[1]), missing, np.float32)
        second, total = highest.copy(), np.zeros_like(highest)
        for places in turns:
            value, so_far = values.take(places, axis=0), slice(len(places))
            below = np.minimum(highest[so_far], value)
            second[so_far] = np.maximum(second[so_far], below)
            highest[so_far] = np.maximum(highest[so_far], value)
            total[so_far] += value
        which = order.argsort()[self.number]
        top = np.where(values >= highest[which], second[which], highest[which])
        count = (sizes[self.number] - 1).astype(np.float32)[:, None]
        mean = (total[which] - values) / np.maximum(count, 1)
        return top, np.where(count > 0, mean, np.float32(missing))

    def elsewhere(self, flags: Flags) -> Flags:
        """Whether another of the passage's sentences has the flag."""
        counts = np.add.reduceat(flags.astype(np.int16), self.starts, axis=0)[self.number]
        found: Flags = counts > flags
        return found


class Candidates(NamedTuple):
    """Pairs of sentence and theme that may be right, with what speaks for and against them."""

    sentence: Ints
    theme: Ints
    features: Floats


class Met(NamedTuple):
    """What the rules met, by sentences and themes: the values of a sign."""

    kept: Flags
    carried: Flags
    times: Floats
    position: Floats
    firm: Flags
    common: Flags
    weak: Flags
    early: Flags
    only: Flags


class Batch(NamedTuple):
    """Passages made ready: their sentences in a row, and what the rules met in them."""

    passages: Passages
    spots: list[Spot]
    words: FeatureGroups
    """The numbers of each sentence's words in the vocabulary, each once."""
    names: list[tuple[str, ...]]
    lengths: Floats
    leans: Floats
    met: Met

    @classmethod
    def of(cls, shown: Sequence[PassageFeatures], themes: Sequence[str]) -> Batch:
        """Of passages with at least one sentence."""
        lengths = np.array([length for passage in shown for length in passage.lengths], np.int64)
        words = np.concatenate([passage.words for passage in shown] or [np.zeros(0, np.int64)])
        return cls(
            Passages.of([len(passage.lengths) for passage in shown]),
            [passage.spot for passage in shown],
            FeatureGroups(words, lengths).once(),
            [names for passage in shown for names in passage.names],
            lengths.astype(np.float32),
            np.array([leans for passage in shown for leans in passage.leans], np.float32),
            _met(shown, {theme: number for number, theme in enumerate(themes)}),
        )

    def rules(self) -> Flags:
        """What the rules read in the sentence and around it: kinds by sentences and themes."""
        met, around = self.met, self.passages
        named = met.kept | met.carried
        return np.stack(
            [
                *(met.kept, met.carried, met.firm, met.common, met.weak, met.early, met.only),
                *(met.times > 1, around.before(named, False), around.lead(named, False)),
                *(around.after(met.kept, False), around.elsewhere(met.kept)),
            ]
        )


class ThemeModel(NamedTuple):
    """What was learned."""

    themes: tuple[str, ...]
    known: Ints
    """The row of a word by its number in the vocabulary."""
    words: Table
    """Two rows side by side: of a sentence with the word, and of the sentence after it."""
    names: Table
    """Places and settings."""
    rules: Floats
    """What the rules read, in the order of `Batch.rules`, by themes."""
    bias: Floats
    second: Floats
    second_bias: Floats
    third: Floats
    third_bias: Floats
    threshold: float

    def judge(self, passages: Sequence[PassageFeatures]) -> list[list[dict[str, float]]]:
        """For each sentence of each passage the themes it is about, with their probability."""
        answer: list[list[dict[str, float]]] = [[{} for _ in p.lengths] for p in passages]
        batch = Batch.of([passage for passage in passages if passage.lengths], self.themes)
        if not batch.names:
            return answer
        found = candidates(self.scores(batch), batch)
        chances = sigmoid(
            np.einsum("ij,j", found.features, self.second) + self.second_bias[found.theme]
        )
        settled = settle(found, chances, batch)
        chances = sigmoid(np.einsum("ij,j", settled, self.third) + self.third_bias[found.theme])
        kept = np.flatnonzero(chances >= self.threshold)
        themes = list(chain.from_iterable(answer))
        rows = (found.sentence[kept].tolist(), found.theme[kept].tolist(), chances[kept].tolist())
        for sentence, theme, chance in zip(*rows, strict=True):
            themes[sentence][self.themes[theme]] = chance
        return answer

    def scores(self, batch: Batch) -> Floats:
        """The first model's scores, sentences by themes."""
        width = len(self.themes)
        rows = at(self.known, batch.words.numbers)
        words = self.words.sums(FeatureGroups(rows, batch.words.sizes))
        names, name = _distinct(batch.names)
        spots, spot = _distinct(batch.spots)
        places = self.names.sums_of(list(map(about, spots)))[spot][batch.passages.number]
        own: Floats = words[:, :width] + places + self.names.sums_of(names)[name] + self.bias
        own += batch.passages.before(words[:, width:], 0.0)
        own += _rule_scores(batch.rules(), self.rules)
        return own

    def save(self) -> bytes:
        """The model as an npz file, the same bytes for the same weights."""
        target = io.BytesIO()
        arrays: dict[str, NDArray[Any]] = {
            "themes": _text(self.themes),
            "words": _text(self.words.keys),
            "word_rows": self.words.rows.astype(np.float16),
            "names": _text(self.names.keys),
            "name_rows": self.names.rows.astype(np.float16),
            "rules": self.rules.astype(np.float16),
            "bias": self.bias,
            "second": self.second,
            "second_bias": self.second_bias,
            "third": self.third,
            "third_bias": self.third_bias,
            "threshold": np.array([self.threshold]),
        }
        np.savez_compressed(target, allow_pickle=False, **arrays)
        return target.getvalue()

    @classmethod
    def load(cls, data: bytes, vocabulary: Vocabulary) -> ThemeModel:
        """A model that was saved, for texts whose words have these numbers."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            words = _table(arrays["words"], arrays["word_rows"])
            return cls(
                themes=tuple(_lines(arrays["themes"])),
                known=vocabulary.column(words.keys, len(words.rows) - 1),
                words=words,
                names=_table(arrays["names"], arrays["name_rows"]),
                rules=arrays["rules"].astype(np.float32),
                bias=arrays["bias"],
                second=arrays["second"],
                second_bias=arrays["second_bias"],
                third=arrays["third"],
                third_bias=arrays["third_bias"],
                threshold=float(arrays["threshold"][0]),
            )


@cache
def shipped() -> bytes:
    """The weights that come with the program."""
    return resources.files(__package__).joinpath("themes.npz").read_bytes()


def _distinct(values: Sequence[Value]) -> tuple[list[Value], Ints]:
    """The values, each once, and which of them stands in each place."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return list(numbers), np.fromiter(map(numbers.__getitem__, values), np.int64, len(values))


def _met(shown: Sequence[PassageFeatures], numbers: dict[str, int]) -> Met:
    """What the rules met in each sentence of each theme."""
    begins = np.cumsum([0, *(len(passage.lengths) for passage in shown)])
    shape = (int(begins[-1]), len(numbers))
    met = Met(*(np.zeros(shape, np.float32 if n in MEASURED else np.bool_) for n in Met._fields))
    met.position[:] = 1.0
    signs = [sign for passage in shown for sign in passage.signs]
    if signs:
        sentence, theme, *values = zip(*signs, strict=True)
        row = np.fromiter(sentence, np.int64, len(sentence)) + begins[:-1].repeat(
            [len(passage.signs) for passage in shown]
        )
        column = np.fromiter(map(numbers.get, theme, repeat(-1)), np.int64, len(theme))
        known = column >= 0
        places = row[known] * shape[1] + column[known]
        for plane, value in zip(met, values, strict=True):
            plane.put(places, np.fromiter(value, plane.dtype, len(value))[known])
    return met


def _rule_scores(flags: Flags, weights: Floats) -> Floats:
    """The sums of the weights of the flags that are set; `flags` as of `Batch.rules`."""
    of_sentence = flags.transpose(1, 0, 2).reshape(flags.shape[1], -1)
    sizes = np.count_nonzero(of_sentence, axis=1)
    begins = np.arange(len(sizes)) * len(weights)
    scores: Floats = FeatureGroups(np.flatnonzero(of_sentence) - begins.repeat(sizes), sizes).sums(
        weights
    )
    return scores


def candidates(scores: Floats, batch: Batch) -> Candidates:
    """The pairs that are worth weighing, with features that mean the same for every theme."""
    met, passages = batch.met, batch.passages
    kept = met.kept
    scores = np.clip(scores, np.float32(LOW), np.float32(HIGH))
    sentence, theme = np.nonzero((scores > CHANCE) | kept | met.carried | met.firm | met.common)
    own = scores[sentence, theme]
    ordered = np.partition(scores, -2, axis=1)
    highest, next_highest = ordered[:, -1], ordered[:, -2]
    rank = np.count_nonzero(scores[sentence] > own[:, None], axis=1)
    rival = np.where(own >= highest[sentence], next_highest[sentence], highest[sentence])
    before, after = passages.before(scores, LOW), passages.after(scores, LOW)
    top, mean = passages.others(scores, LOW)
    number = np.arange(len(scores)) - passages.first
    size = passages.end - passages.first
    named, carried = np.count_nonzero(kept, axis=1), np.count_nonzero(met.carried, axis=1)
    lengths, leans = batch.lengths, batch.leans
    pairs = [kept, met.carried, np.minimum(met.times, 3), met.position, met.firm, met.common]
    pairs += [met.weak, before, after, passages.lead(scores, LOW), top, mean]
    pairs += [passages.elsewhere(kept), passages.before(kept, False), passages.after(kept, False)]
    single = [np.minimum(named, 4), carried, leans, np.minimum(lengths, 50) / 10]
    single += [number > 0, np.minimum(size, 6), highest, leans * (number > 0)]
    columns = [own, np.minimum(rank, 6), highest[sentence] - own, own - rival]
    columns += [pair[sentence, theme] for pair in pairs]
    columns += [one[sentence] for one in single]
    columns += [
        np.minimum(named[sentence] - kept[sentence, theme], 4),
        before.max(axis=1)[sentence] - before[sentence, theme],
        before[sentence, theme] * (named == 0)[sentence],
        before[sentence, theme] * leans[sentence],
        kept[sentence, theme] & (named > 1)[sentence],
    ]
    return Candidates(sentence, theme, _side_by_side(columns))


def _side_by_side(columns: Sequence[NDArray[Any]]) -> Floats:
    """Columns of any kind of number as one array of floats."""
    found: Floats = np.stack(columns, axis=1, dtype=np.float32, casting="unsafe")
    return found


def settle(found: Candidates, chances: Floats, batch: Batch) -> Floats:
    """The candidates' features, and what was found of them and around them."""
    passages = batch.passages
    grid = np.zeros(batch.met.kept.shape, np.float32)
    grid[found.sentence, found.theme] = chances
    before, after = passages.before(grid, 0.0), passages.after(grid, 0.0)
    top, mean = passages.others(grid, 0.0)
    at = (found.sentence, found.theme)
    columns = [
        chances,
        before[at],
        after[at],
        passages.lead(grid, 0.0)[at],
        top[at],
        mean[at],
        grid.sum(axis=1)[found.sentence] - chances,
        before.sum(axis=1)[found.sentence] - before[at],
        grid.max(axis=1)[found.sentence],
    ]
    return np.hstack([found.features, _side_by_side(columns)])


def sigmoid(values: Floats) -> Floats:
    """Scores as probabilities."""
    chances: Floats = np.float32(1) / (np.float32(1) + np.exp(-values))
    return chances


def _text(keys: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(keys).encode(), np.uint8)


def _table(keys: NDArray[np.uint8], rows: NDArray[np.float16]) -> Table:
    return Table({key: row for row, key in enumerate(_lines(keys))}, rows.astype(np.float32))


def _lines(data: NDArray[np.uint8]) -> list[str]:
    return data.tobytes().decode().split("\n")
