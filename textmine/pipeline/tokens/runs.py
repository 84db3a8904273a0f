"""Runs: the words of many sentences side by side, as one array of numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .vocabulary import Ints


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
