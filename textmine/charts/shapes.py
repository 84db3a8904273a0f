"""Charts of rates, grades, words and themes that stand together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from corpus.frameworks import AREAS, DOCUMENTS

from ..analysis.rates import GradeRate, Rate
from ..outputs import Row
from .model import Chart, Mark, Panel


def of_rates(rates: Sequence[Rate], title: str, notes: Sequence[str]) -> Chart:
    """Shares of reports as dots with their intervals, a panel for each type and query."""
    several = len({rate.query for rate in rates}) > 1
    panels = []
    for (doc_type, query), group in groupby(rates, key=lambda rate: (rate.doc_type, rate.query)):
        label = DOCUMENTS[doc_type].label if doc_type in DOCUMENTS else doc_type
        marks = tuple(map(_rate, group))
        panels.append(Panel(title=f"{label}: {query}" if several else label, marks=marks))
    return Chart(
        title=title,
        axis="Share of reports with at least one such passage, with 95% interval",
        panels=tuple(panels),
        notes=tuple(notes),
        percent=True,
    )


def _rate(rate: Rate) -> Mark:
    low, high = rate.share_interval
    return Mark(
        label=rate.group,
        value=rate.share,
        low=low,
        high=high,
        said=f"{rate.reports} of {rate.of_reports} ({rate.share:.0%})",
        find=rate.find,
    )


def of_grades(rates: Sequence[GradeRate], area: str, notes: Sequence[str]) -> Chart:
    """Shares of grades as bars, a panel for each period."""
    panels = []
    for (means, period), group in groupby(rates, key=lambda rate: (rate.means, rate.group)):
        marks = tuple(
            Mark(
                label=rate.grade.replace("_", " "),
                value=rate.share,
                low=rate.share_interval[0],
                high=rate.share_interval[1],
                said=f"{rate.reports} of {rate.of_reports} ({rate.share:.0%})",
                find=rate.find,
            )
            for rate in group
        )
        other = "" if means == area else f" ({means.replace('_', ' ')})"
        panels.append(Panel(title=f"{period}{other}", marks=marks))
    name = AREAS[area].label if area in AREAS else area
    return Chart(
        title=f"Grades for {name}",
        axis="Share of inspections with this grade, with 95% interval",
        panels=tuple(panels),
        notes=(*notes, "Only grades that mean the same are counted together."),
        percent=True,
    )


def of_rows(
    rows: Iterable[Row],
    *,
    title: str,
    axis: str,
    label: Sequence[str],
    value: str,
    said: str,
    notes: Sequence[str] = (),
) -> Chart:
    """One number of each row as a mark; `said` is a format of the row's columns."""
    marks = tuple(
        Mark(
            label=" + ".join(str(row[name]) for name in label),
            value=_number(row[value]),
            said=said.format(**row),
            find=str(row.get("find") or ""),
        )
        for row in rows
    )
    panels = (Panel(title="", marks=marks),)
    return Chart(title=title, axis=axis, panels=panels, notes=tuple(notes))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
