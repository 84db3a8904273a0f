"""Co-occurrence: themes that stand in the same sentence, passage or report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from .statistics import collocation


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Two themes and how often they stand together, of all units that have any finding."""

    theme: str
    other_theme: str
    together: int
    of_theme: int
    of_other: int
    units: int
    """Sentences, passages or reports with any finding."""
    find: str
    """The query that finds the passages with both; of a pair in a report, those with either."""

    @property
    def lift(self) -> float:
        """How many times as often as by chance."""
        return self.together * self.units / (self.of_theme * self.of_other)

    @property
    def jaccard(self) -> float:
        """The share that has both, of the units that have either."""
        return self.together / (self.of_theme + self.of_other - self.together)

    @property
    def log_likelihood(self) -> float:
        """How sure it is that it is no chance (G2)."""
        return collocation.log_likelihood(self.together, self.of_theme, self.of_other, self.units)


def pairings(
    units: Iterable[frozenset[str]],
    *,
    least: int = 1,
    conditions: Iterable[str] = (),
    apart: bool = False,
) -> Iterator[Pairing]:
    """Each pair of themes that stand together at least so often, the most frequent first.

    `conditions` are those that the units met, as parts of a query; `apart` is whether two themes
    of a unit may stand in different passages.
    """
    met = tuple(conditions)
    single, both, count = Counter[str](), Counter[tuple[str, str]](), 0
    for themes in units:
        count += 1
        single.update(themes)
        both.update(combinations(sorted(themes), 2))
    for (theme, other), n in sorted(both.items(), key=lambda pair: (-pair[1], pair[0])):
        if n >= least:
            yield Pairing(
                theme=theme,
                other_theme=other,
                together=n,
                of_theme=single[theme],
                of_other=single[other],
                units=count,
                find=" AND ".join((_either(theme, other) if apart else _both(theme, other), *met)),
            )


def _both(theme: str, other: str) -> str:
    return f"theme:{theme} AND theme:{other}"


def _either(theme: str, other: str) -> str:
    return f"(theme:{theme} OR theme:{other})"
