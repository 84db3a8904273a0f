"""Demands by theme, region or grade: what became of what inspectors asked for, in counts.

A verdict is given only where it is safe, so that the shares are of the demands with a verdict, and
how many have one at all stands beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .intervals import wilson


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one demand, and the groups that it belongs to."""

    groups: tuple[str, ...]
    """One demand may be about several themes."""
    followed: bool
    """Whether there is a later report of its kind."""
    verdict: str | None
    recurs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandGroup:
    """The demands of one group with the verdicts on them."""

    by: str
    group: str
    demands: int
    with_later_report: int
    verdicts: Mapping[str, int]
    recurring: int
    """Asked for before, or asked for again."""
    find: str

    @property
    def with_verdict(self) -> int:
        """Demands with a clear verdict."""
        return sum(self.verdicts.values())

    @property
    def coverage(self) -> float:
        """The share of the demands with a later report that have a verdict."""
        return self.with_verdict / self.with_later_report if self.with_later_report else 0.0

    def interval(self, verdict: str) -> tuple[float, float]:
        """The interval of the share with this verdict, of those with any (Wilson)."""
        return wilson(self.verdicts[verdict], self.with_verdict)


def grouped(
    outcomes: Iterable[Outcome], by: str, verdicts: Sequence[str], find: Callable[[str], str]
) -> list[DemandGroup]:
    """The demands by group, the largest first."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for name in outcome.groups:
            groups.setdefault(name, []).append(outcome)
    found = [
        DemandGroup(
            by=by,
            group=name,
            demands=len(members),
            with_later_report=sum(each.followed for each in members),
            verdicts={
                verdict: sum(each.verdict == verdict for each in members) for verdict in verdicts
            },
            recurring=sum(each.recurs for each in members),
            find=find(name),
        )
        for name, members in groups.items()
    ]
    return sorted(found, key=lambda each: (-each.demands, each.group))
