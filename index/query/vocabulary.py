"""The vocabulary of a search: how people say things, how reports do, and which themes these are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from .expansion import Groups

Stems = tuple[str, ...]


class Saying(NamedTuple):
    """Words that a question may hold, and what they stand for."""

    words: Stems
    """The stems of its words, function words left out."""
    negated: bool
    """Whether it says that something is not so: then a question must, too."""
    capitals: bool
    """Whether it counts only where it is typed in capitals."""
    means: Sequence[Stems]
    """What reports say instead."""
    same: bool
    """Whether that is another form or name of the same thing, not only near to it."""
    themes: Sequence[str]
    polarity: str | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All sayings, each under one of its stems; and the names that mean the same.

    What is in a file of some thousand sayings is taken apart only where it is asked for.
    """

    names: Groups = ()
    meanings: Sequence[Sequence[Any]] = ()
    """Of sayings: what is meant, whether it is the same, themes and polarity."""
    sayings: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)
    """By `key_of` their words: the words, whether negated, in capitals, number of the meaning."""

    def within(self, stems: Sequence[str]) -> Iterator[Saying]:
        """The sayings whose words are all among these."""
        present = frozenset(stems)
        for stem in dict.fromkeys(stems):
            for words, negated, capitals, number in self.sayings.get(stem, ()):
                if present.issuperset(words):
                    means, same, themes, polarity = self.meanings[number]
                    yield Saying(
                        tuple(words),
                        bool(negated),
                        bool(capitals),
                        tuple(one for each in means if (one := tuple(each)) != tuple(words)),
                        bool(same),
                        themes,
                        polarity,
                    )


def key_of(words: Stems) -> str:
    """The stem under which a saying is kept: its longest."""
    return max(words, key=lambda stem: (len(stem), stem))


EMPTY: Final = Vocabulary()
