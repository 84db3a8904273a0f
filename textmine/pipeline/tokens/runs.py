"""Runs of words and of sentences: many sentences side by side, as arrays of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .vocabulary import Ints

Floats: TypeAlias = NDArray[np.float32]
Flags: TypeAlias = NDArray[np.bool_]


class Run(NamedTuple):
    """The words of sentences by number, with nothing behind each, so that no phrase goes on."""

    numbers: Ints
    begins: Ints
    """Where each sentence begins."""

    @classmethod
    def of(cls, numbers: Ints, lengths: Ints) -> Run:
        """Of sentences of so many words, in a row."""
        run = np.zeros(len(numbers) + len(lengths), np.int64)
        run[np.arange(len(numbers)) + np.arange(len(lengths)).repeat(lengths)] = numbers
        return cls(run, np.cumsum(lengths + 1) - lengths - 1)


def in_turn(sizes: Ints) -> tuple[Ints, list[Ints]]:
    """Groups of such sizes, which lie side by side, from the largest to the smallest.

    Then the places of the first members of all in that order, of the second of all that have two,
    and so on: what is done to the members one by one is done to all groups at once.
    """
    order = sizes.argsort(kind="stable")[::-1]
    firsts = (np.cumsum(sizes) - sizes)[order]
    steps = np.arange(sizes.max(initial=0))
    counts = len(order) - sizes[order[::-1]].searchsorted(steps, "right")
    return order, [firsts[:count] + step for step, count in enumerate(counts.tolist())]


class Passages(NamedTuple):
    """Which sentences of a batch stand together: for each its passage, and that one's ends."""

    first: Ints
    end: Ints
    number: Ints
    starts: Ints
    """The first sentence of each passage."""

    @classmethod
    def of(cls, lengths: Sequence[int] | Ints) -> Passages:
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
