"""Agreement: how far coders say the same of the same findings, and the machine beside them.

A unit is a finding that was judged: a quote and a theme. Of a unit each coder says whether the
theme is there, and, where it is, its polarity and timing. Percent agreement, Cohen's kappa (1960,
"A coefficient of agreement for nominal scales") and Krippendorff's alpha for nominal data (2004,
"Content Analysis", chapter 11) are of these values; intervals are the middle 95 % of resamples of
whole documents.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Final, Literal, NamedTuple, TypeAlias

What: TypeAlias = Literal["theme", "polarity", "timing"]
WHATS: Final[tuple[What, ...]] = ("theme", "polarity", "timing")

MACHINE: Final = "machine"
"""The name under which the machine's findings stand beside those of coders."""

RESAMPLES: Final = 500
_SEED: Final = 1
PRESENT, ABSENT = "present", "absent"


class Unit(NamedTuple):
    """What was judged: words of a document, and a theme."""

    document: int
    start: int
    theme: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What one coder says of a unit; polarity and timing are None where the theme is not there."""

    theme: str
    """PRESENT or ABSENT."""
    polarity: str | None
    timing: str | None

    def value(self, what: What) -> str | None:
        """One of the three."""
        return {"theme": self.theme, "polarity": self.polarity, "timing": self.timing}[what]


Codes: TypeAlias = Mapping[Unit, Mapping[str, Judged]]
"""By unit and coder."""

Table: TypeAlias = Sequence[Sequence[str]]
"""For each unit, the values that were given to it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A coefficient with its interval; None where it is not defined, as for one value only."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The agreement of some coders on theme, polarity or timing; `theme` is None for all themes.

    `kappa` is None for more than two coders, of whom there is only alpha.
    """

    coders: tuple[str, ...]
    what: What
    theme: str | None
    units: int
    percent: Measured
    kappa: Measured | None
    alpha: Measured


def agreements(codes: Codes, *, by_theme: bool = False) -> Iterator[Agreement]:
    """The agreement of each pair of coders, then of all of them where there are more than two."""
    coders = sorted({coder for judged in codes.values() for coder in judged})
    people = [coder for coder in coders if coder != MACHINE]
    groups: list[tuple[str, ...]] = [*combinations(people, 2)]
    groups += [(coder, MACHINE) for coder in people if MACHINE in coders]
    if len(people) > 2:
        groups.append(tuple(people))
    themes = sorted({unit.theme for unit in codes}) if by_theme else [None]
    for group in groups:
        for what in WHATS:
            for theme in themes:
                if found := _agreement(codes, group, what, theme):
                    yield found


def differences(codes: Codes) -> Iterator[tuple[Unit, Mapping[str, Judged]]]:
    """The units of which two or more say something different, in the order of the text."""
    for unit, judged in sorted(codes.items()):
        if len(set(judged.values())) > 1:
            yield unit, judged


def _agreement(
    codes: Codes, group: tuple[str, ...], what: What, theme: str | None
) -> Agreement | None:
    documents: dict[int, list[Sequence[str]]] = defaultdict(list)
    for unit, judged in codes.items():
        if theme in {None, unit.theme}:
            values = [
                value
                for coder in group
                if coder in judged and (value := judged[coder].value(what)) is not None
            ]
            if len(values) > 1:
                documents[unit.document].append(values)
    table = [values for rows in documents.values() for values in rows]
    if not table:
        return None
    samples = list(_resamples(list(documents.values())))
    return Agreement(
        coders=group,
        what=what,
        theme=theme,
        units=len(table),
        percent=_measured(percent, table, samples),
        kappa=_measured(kappa, table, samples) if len(group) == 2 else None,
        alpha=_measured(alpha, table, samples),
    )


def _resamples(documents: Sequence[Sequence[Sequence[str]]]) -> Iterator[list[Sequence[str]]]:
    draw = random.Random(_SEED)  # noqa: S311  reproducible, no secret
    for _ in range(RESAMPLES):
        yield [row for rows in draw.choices(documents, k=len(documents)) for row in rows]


def _measured(
    of: Callable[[Table], float | None], table: Table, samples: Sequence[Table]
) -> Measured:
    values = sorted(value for sample in samples if (value := of(sample)) is not None)
    if not values:
        return Measured(of(table), None, None)
    edge = len(values) // 40
    return Measured(of(table), values[edge], values[-1 - edge])


def percent(table: Table) -> float:
    """The share of pairs of values of one unit that are equal."""
    pairs = [one == other for values in table for one, other in combinations(values, 2)]
    return sum(pairs) / len(pairs)


def kappa(table: Table) -> float | None:
    """Cohen's kappa of two values a unit; None where both coders always give the same one value."""
    n = len(table)
    first = Counter(values[0] for values in table)
    second = Counter(values[1] for values in table)
    expected = sum(first[value] * second[value] for value in first) / n**2
    return (percent(table) - expected) / (1 - expected) if expected < 1 else None


def alpha(table: Table) -> float | None:
    """Krippendorff's alpha for nominal data; None where all values are the same."""
    pairs: Counter[tuple[str, str]] = Counter()
    for values in table:
        for pair in permutations(values, 2):
            pairs[pair] += 1 / (len(values) - 1)  # type: ignore[assignment]  # a Counter of shares
    totals: Counter[str] = Counter()
    for (value, _), share in pairs.items():
        totals[value] += share
    n = sum(totals.values())
    observed = sum(share for (one, other), share in pairs.items() if one != other)
    expected = sum(totals[one] * totals[other] for one, other in permutations(totals, 2)) / (n - 1)
    return 1 - observed / expected if expected else None
