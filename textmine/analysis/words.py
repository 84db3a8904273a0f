"""Words of sets of passages: what is frequent, key, close to a match, and how it is spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from index.reports.word_use import PassageWords
from index.text.function_words import FUNCTION_WORDS

from .statistics import collocation, dispersion, keyness

PER: Final = 10_000
"""Rates are for so many words."""

SPREAD, ONE_PLACE = 0.3, 0.7
"""DPnorm up to which something is said to be spread evenly, and from which to be in few places."""


@dataclass(slots=True)
class WordSet:
    """The words of a set of passages, counted by document."""

    counts: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    """In how many documents each word stands."""
    of_documents: int = 0

    @property
    def size(self) -> int:
        """How many words, or n-grams, there are."""
        return self.counts.total()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """A word or n-gram with how often it stands in the passages, and in how many documents."""

    word: str
    matches: int
    of_words: int
    reports: int
    of_reports: int
    dp: float
    """Gries's DPnorm over the documents: 0 is spread evenly, 1 all in one."""

    @property
    def per_10000_words(self) -> float:
        """How often for 10,000 words."""
        return PER * self.matches / self.of_words


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyWord:
    """A word that is more frequent in one set of passages than in another."""

    word: str
    matches: int
    of_words: int
    reports: int
    of_reports: int
    matches_against: int
    of_words_against: int
    reports_against: int
    of_reports_against: int

    @property
    def log_likelihood(self) -> float:
        """How sure it is that there is a difference (G2)."""
        return keyness.log_likelihood(*self._table)

    @property
    def log_ratio(self) -> float:
        """How large the difference is: 1 is twice as often."""
        return keyness.log_ratio(*self._table)

    @property
    def percent_difference(self) -> float | None:
        """The same in per cent of the other set's frequency."""
        return keyness.percent_difference(*self._table)

    @property
    def _table(self) -> tuple[int, int, int, int]:
        return self.matches, self.matches_against, self.of_words, self.of_words_against


@dataclass(frozen=True, slots=True, kw_only=True)
class Collocate:
    """A word that stands near the matches of a query."""

    word: str
    together: int
    """How often it stands within the windows around the matches."""
    near: int
    """How often it stands anywhere but in a match."""
    matches: int
    windows: int
    """How many words all windows hold."""
    of_words: int
    reports: int
    """In how many documents it stands near a match."""
    of_reports: int
    """The documents with a match."""

    @property
    def log_dice(self) -> float:
        """The strength that does not depend on the size of the library; at most 14."""
        return collocation.log_dice(self.together, self.matches, self.near)

    @property
    def mutual_information(self) -> float:
        """The strength that favours rare words."""
        return collocation.mutual_information(self.together, self.windows, self.near, self.of_words)

    @property
    def t_score(self) -> float:
        """The strength that favours frequent words."""
        return collocation.t_score(self.together, self.windows, self.near, self.of_words)

    @property
    def log_likelihood(self) -> float:
        """How sure it is that it is no chance (G2)."""
        return collocation.log_likelihood(self.together, self.windows, self.near, self.of_words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What of the matches stands in one part of the library: an authority, a region, a year."""

    query: str
    group: str
    matches: int
    of_matches: int
    words: int
    of_words: int
    find: str
    """The query that finds the passages; empty where there are none, or no query tells them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How the matches of a query are spread over parts of the library."""

    query: str
    read_as: str
    parts: tuple[Part, ...]
    """Every part, those with the most matches for their words first."""

    @property
    def dp(self) -> float | None:
        """Gries's DPnorm: 0 is spread as the words are, 1 is all in the smallest part."""
        return dispersion.normalised_deviation(*self._columns) if self.matches else None

    @property
    def juilland_d(self) -> float | None:
        """Juilland's D: 1 is spread evenly."""
        return dispersion.juilland(*self._columns) if self.matches else None

    @property
    def matches(self) -> int:
        """How many matches there are."""
        return sum(part.matches for part in self.parts)

    @property
    def groups(self) -> int:
        """In how many parts there is one."""
        return sum(part.matches > 0 for part in self.parts)

    @property
    def in_words(self) -> str:
        """What the figures say."""
        found = self.dp
        if found is None:
            return "nothing found"
        if found <= SPREAD:
            return "spread over all"
        return "in some more than in others" if found < ONE_PLACE else "in a few only"

    @property
    def _columns(self) -> tuple[list[int], list[int]]:
        return [part.matches for part in self.parts], [part.words for part in self.parts]


def grams(words: Sequence[str], size: int, *, function_words: bool) -> Iterable[str]:
    """The words, or runs of `size` words.

    Without function words, none is one of them, and no run begins or ends with one.
    """
    if size == 1:
        return words if function_words else [w for w in words if w not in FUNCTION_WORDS]
    runs = zip(*(words[at:] for at in range(size)), strict=False)
    return (
        " ".join(run)
        for run in runs
        if function_words or not (run[0] in FUNCTION_WORDS or run[-1] in FUNCTION_WORDS)
    )


def by_document(
    passages: Iterable[PassageWords], size: int = 1, *, function_words: bool = True
) -> Iterator[tuple[int, Counter[str]]]:
    """The words of each document, counted; documents follow one another."""
    document, counted = None, Counter[str]()
    for passage in passages:
        if passage.document != document:
            if document is not None:
                yield document, counted
            document, counted = passage.document, Counter[str]()
        counted.update(grams(passage.forms, size, function_words=function_words))
    if document is not None:
        yield document, counted


def word_set(documents: Iterable[tuple[int, Counter[str]]]) -> WordSet:
    """The words of documents together."""
    found = WordSet()
    for _, counted in documents:
        found.counts.update(counted)
        found.documents.update(counted.keys())
        found.of_documents += 1
    return found


def frequencies(
    documents: Sequence[tuple[int, Counter[str]]],
    sizes: Sequence[int],
    *,
    least: int = 1,
    reports: int = 1,
    most: int | None = None,
) -> Iterator[Frequency]:
    """Words by frequency; `sizes` are the documents' numbers of running words."""
    found = word_set(documents)
    for word, n in found.counts.most_common():
        if n < least or most == 0:
            return
        if found.documents[word] < reports:
            continue
        most = None if most is None else most - 1
        counts = [counted[word] for _, counted in documents]
        yield Frequency(
            word=word,
            matches=n,
            of_words=sum(sizes),
            reports=found.documents[word],
            of_reports=found.of_documents,
            dp=dispersion.normalised_deviation(counts, sizes),
        )


def key_words(
    one: WordSet, other: WordSet, *, least: int, reports: int, significance: float
) -> list[KeyWord]:
    """Words of the one set that are key against the other, the largest difference first.

    A word must stand at least `least` times in `reports` documents, and its log-likelihood be at
    least `significance`.
    """
    size, size_other = one.size, other.size
    if not size or not size_other:
        return []
    found = (
        KeyWord(
            word=word,
            matches=n,
            of_words=size,
            reports=one.documents[word],
            of_reports=one.of_documents,
            matches_against=other.counts[word],
            of_words_against=size_other,
            reports_against=other.documents[word],
            of_reports_against=other.of_documents,
        )
        for word, n in one.counts.items()
        if n >= least and one.documents[word] >= reports
        and n * size_other > other.counts[word] * size
    )  # fmt: skip
    key = [each for each in found if each.log_likelihood >= significance]
    return sorted(key, key=lambda each: (-each.log_ratio, -each.log_likelihood, each.word))
