"""Sums of weights over the features of many sentences at once."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .words import Ints


class Bag(NamedTuple):
    """Numbers of features, group after group: of sentences, mostly."""

    numbers: Ints
    sizes: Ints
    """How many there are in each group."""

    def once(self) -> Bag:
        """Each number once in its group, in order."""
        if not self.numbers.size:
            return self
        base = int(self.numbers.max()) + 1
        keys = np.arange(len(self.sizes)).repeat(self.sizes) * base + self.numbers
        keys.sort()
        group, number = np.divmod(keys[np.diff(keys, prepend=-1) > 0], base)
        return Bag(number, np.bincount(group, minlength=len(self.sizes)))

    def only(self, kept: NDArray[np.bool_]) -> Bag:
        """Those of the numbers that are kept."""
        ends = np.cumsum(self.sizes)
        before = np.concatenate(([0], np.cumsum(kept)))
        return Bag(self.numbers[kept], before[ends] - before[ends - self.sizes])

    def sums(self, table: NDArray[Any]) -> NDArray[Any]:
        """The sum of each group's rows of the table; zeros for a group of none.

        The first rows of all groups are added at once, then the second, and so on: half the work
        of `reduceat`, which goes through the columns of each group.
        """
        order = self.sizes.argsort(kind="stable")[::-1]
        places = (np.cumsum(self.sizes) - self.sizes)[order]
        most = int(self.sizes.max(initial=0))
        sums = np.zeros((len(order), table.shape[1]), table.dtype)
        groups = len(order) - self.sizes[order[::-1]].searchsorted(np.arange(most), "right")
        for step, count in enumerate(groups.tolist()):
            sums[:count] += table.take(self.numbers[places[:count] + step], axis=0)
        found = np.empty_like(sums)
        found[order] = sums
        return found
