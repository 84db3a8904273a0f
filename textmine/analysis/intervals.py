"""Confidence intervals of shares."""

from __future__ import annotations

from math import sqrt

Z = 1.959964  # of the normal distribution, for 95 %


def wilson(n: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share `n` of `of` (Wilson 1927), between 0 and 1.

    Unlike the usual one it stays honest for small numbers and shares near 0 or 1.
    """
    if not of:
        return 0.0, 1.0
    share, square = n / of, Z * Z
    middle = share + square / (2 * of)
    margin = Z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    whole = 1 + square / of
    return max(0.0, (middle - margin) / whole), min(1.0, (middle + margin) / whole)
