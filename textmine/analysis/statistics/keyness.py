"""Keyness: how much more often a word stands in one set of texts than in another.

Log-likelihood says how sure it is that there is a difference, an effect size how large it is: a
large set makes any difference sure.
"""

from __future__ import annotations

from math import erfc, log, log2, sqrt
from typing import Final

_HALF: Final = 0.5


def log_likelihood(n: int, other: int, of: int, of_other: int) -> float:
    """The log-likelihood G2 of a word's `n` among `of` words and `other` among `of_other`.

    Rayson and Garside 2000, "Comparing corpora using frequency profiling". From 3.84 on, p is
    under 0.05; from 15.13 on, under 0.0001.
    """
    whole, found = of + of_other, n + other
    return 2 * sum(
        seen * log(seen / (size * found / whole))
        for seen, size in ((n, of), (other, of_other))
        if seen
    )


def probability(statistic: float) -> float:
    """The probability of so large a G2 by chance: chi-squared with one degree of freedom."""
    return erfc(sqrt(max(0.0, statistic) / 2))


def log_ratio(n: int, other: int, of: int, of_other: int) -> float:
    """The binary logarithm of the ratio of relative frequencies: 1 is twice as often, 2 four times.

    Hardie 2014, "Log Ratio: an informal introduction"; a word that one of the sets lacks counts
    there as half a time.
    """
    return log2(((n or _HALF) / of) / ((other or _HALF) / of_other))


def percent_difference(n: int, other: int, of: int, of_other: int) -> float | None:
    """The difference in per cent of the other set's relative frequency (%DIFF).

    Gabrielatos and Marchi 2012, "Keyness: appropriate metrics and practical issues". None where
    the other set lacks the word.
    """
    if not other:
        return None
    rate, rate_other = n / of, other / of_other
    return 100 * (rate - rate_other) / rate_other
