"""Dispersion: whether something is spread over the parts of a corpus, or stands in a few.

`counts` are how often it stands in each part, `sizes` how many words each part has.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt


def deviation_of_proportions(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """Gries's DP: 0 is spread as the words are, near 1 is all in one small part.

    Gries 2008, "Dispersions and adjusted frequencies in corpora": half the sum of the differences
    between each part's share of the matches and its share of the words.
    """
    found, words = sum(counts), sum(sizes)
    return sum(abs(n / found - of / words) for n, of in zip(counts, sizes, strict=True)) / 2


def normalised_deviation(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """DPnorm, which can reach 1: Lijffijt and Gries 2012. 0 where there is only one part."""
    smallest = min(sizes) / sum(sizes)
    return deviation_of_proportions(counts, sizes) / (1 - smallest) if smallest < 1 else 0.0


def juilland(counts: Sequence[int], sizes: Sequence[int]) -> float | None:
    """Juilland's D: 1 is spread evenly, 0 is all in one part.

    Juilland, Brodin and Davidovitch 1970, with relative frequencies, as parts differ in size
    (Gries 2008). None for fewer than two parts.
    """
    if len(counts) < 2:
        return None
    rates = [n / of for n, of in zip(counts, sizes, strict=True)]
    mean = sum(rates) / len(rates)
    deviation = sqrt(sum((rate - mean) ** 2 for rate in rates) / len(rates))
    return 1 - deviation / mean / sqrt(len(rates) - 1)
