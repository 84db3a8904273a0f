"""Collocation: how strongly a word is drawn to the words around a match.

Every word is inside or outside the windows around the matches, which makes a table of two by two
(surface co-occurrence: Evert 2008, "Corpora and collocations").
"""

from __future__ import annotations

from math import log, log2, sqrt


def expected(near: int, windows: int, of: int) -> float:
    """How often a word would stand in the windows by chance.

    `near` is its frequency, `windows` the number of words in all windows, `of` of all words.
    """
    return windows * near / of


def mutual_information(together: int, windows: int, near: int, of: int) -> float:
    """The pointwise mutual information: Church and Hanks 1990. Favours rare words."""
    return log2(together / expected(near, windows, of))


def t_score(together: int, windows: int, near: int, of: int) -> float:
    """The t-score: Church, Gale, Hanks and Hindle 1991. Favours frequent words."""
    return (together - expected(near, windows, of)) / sqrt(together)


def log_dice(together: int, matches: int, near: int) -> float:
    """The logDice: Rychlý 2008, "A lexicographer-friendly association score". At most 14.

    `matches` is how often the match itself occurs; the size of the corpus plays no part.
    """
    return 14 + log2(2 * together / (matches + near))


def log_likelihood(together: int, windows: int, near: int, of: int) -> float:
    """The log-likelihood G2 of the whole table: Dunning 1993."""
    table = (
        (together, windows, near),
        (windows - together, windows, of - near),
        (near - together, of - windows, near),
        (of - windows - near + together, of - windows, of - near),
    )
    return 2 * sum(seen * log(seen * of / (row * column)) for seen, row, column in table if seen)
