"""Rates with their intervals: counts over words, where whole reports are what was sampled."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final

from ..intervals import Z

FEWEST: Final = 5
"""Reports from which an interval of a rate says something."""


def ratio_interval(counts: Sequence[float], sizes: Sequence[float]) -> tuple[float, float] | None:
    """The 95 % interval of the sum of counts over the sum of sizes, report by report.

    The ratio estimator for clusters (Cochran 1977, "Sampling Techniques", 6.4): matches in one
    report come together, so that an interval for single matches would be too narrow. None for
    fewer than five reports.
    """
    n, whole = len(counts), sum(sizes)
    if n < FEWEST or not whole:
        return None
    rate = sum(counts) / whole
    squares = sum((seen - rate * of) ** 2 for seen, of in zip(counts, sizes, strict=True))
    margin = Z * sqrt(n / (n - 1) * squares) / whole
    return max(0.0, rate - margin), rate + margin
