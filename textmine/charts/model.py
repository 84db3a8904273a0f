"""Records of a chart: marks with what they are out of, in panels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One number: its name, value, interval, and in words what it is out of."""

    label: str
    value: float | None
    """None where there is nothing to show."""
    low: float | None = None
    high: float | None = None
    said: str = ""
    """The number with its denominator, as it is printed beside the mark."""
    find: str = ""
    """The query that finds the passages behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Marks that share a heading; panels share their scale."""

    title: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart with all that its reader has to know."""

    title: str
    axis: str
    """What the length or place of a mark means."""
    panels: tuple[Panel, ...]
    notes: tuple[str, ...] = ()
    percent: bool = False
    """Whether values are shares between 0 and 1."""

    @property
    def description(self) -> str:
        """The chart in words, for those who do not see it."""
        count = sum(len(panel.marks) for panel in self.panels)
        return (
            f"{self.title}. {self.axis}. {count} values in {len(self.panels)} panels; "
            + "; ".join(
                f"{panel.title}: " + ", ".join(f"{mark.label} {mark.said}" for mark in panel.marks)
                for panel in self.panels
            )
        )
