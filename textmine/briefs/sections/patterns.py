"""Strengths and concerns that recur, and concerns that are new."""

from __future__ import annotations

from collections.abc import Iterable

from index.counts import FindingRow

from ...analysis.changes import is_concern
from ..dossier import Dossier
from ..model import Absence, Line, Section
from ..quoting import counted, month, quotes

PERSISTENT = 2  # documents
TITLES = {
    "concern": "Persistent concern",
    "strength": "Persistent strength",
    "new": "New concern",
}
MOST = 4  # of a kind are shown


def section(dossier: Dossier) -> Section:
    """Persistent concerns and strengths (two or more documents) and new concerns, by theme."""
    concerns = by_theme(dossier, concern=True)
    strengths = by_theme(dossier, concern=False)
    lines = [
        *(_line(dossier, "concern", theme, rows) for theme, rows in persistent(dossier, concerns)),
        *(_line(dossier, "strength", theme, rows)
          for theme, rows in persistent(dossier, strengths)),
        *(_line(dossier, "new", theme, rows) for theme, rows in new(dossier, concerns)),
    ]  # fmt: skip
    looked = len(dossier.inspected())
    if not lines:
        said = "No theme recurs in two documents."
        searched = f"inspectors' findings in {counted(looked, 'document')}"
        lines = [Line(key="none", text=said, evidence=(Absence(said=said, searched=searched),))]
    return Section(
        key="patterns",
        title="Persistent strengths and concerns, and new ones",
        intro=f"By theme, in {counted(looked, 'document')} of inspectors; partners left out. "
        f"Persistent: in {PERSISTENT} or more, the latest inspection among them.",
        lines=tuple(lines),
    )


def by_theme(dossier: Dossier, *, concern: bool) -> dict[str, list[FindingRow]]:
    """Concerns, or strengths, that inspectors found with the council, by theme."""
    groups: dict[str, list[FindingRow]] = {}
    for document in dossier.inspected():
        for row in dossier.of_council(document.id):
            fits = is_concern(row) if concern else row.finding.polarity == "strength"
            if fits and row.passage.kind != "recommendation":
                groups.setdefault(row.finding.theme, []).append(row)
    return groups


def persistent(
    dossier: Dossier, groups: dict[str, list[FindingRow]]
) -> list[tuple[str, list[FindingRow]]]:
    """The themes of two or more documents, the last inspection among them; the weightiest first."""
    last = dossier.last
    found = [
        (theme, rows)
        for theme, rows in groups.items()
        if len(_documents(rows)) >= PERSISTENT and last and last.id in _documents(rows)
    ]
    return sorted(found, key=lambda pair: (-len(_documents(pair[1])), -len(pair[1]), pair[0]))[
        :MOST
    ]


def new(
    dossier: Dossier, groups: dict[str, list[FindingRow]]
) -> list[tuple[str, list[FindingRow]]]:
    """The themes of concerns that only the last inspection has, and no document before it."""
    last = dossier.last
    if last is None or len(dossier.inspections) < PERSISTENT:
        return []
    found = [(theme, rows) for theme, rows in groups.items() if _documents(rows) == {last.id}]
    return sorted(found, key=lambda pair: (-len(pair[1]), pair[0]))[:MOST]


def _documents(rows: Iterable[FindingRow]) -> set[int]:
    return {row.document for row in rows}


def _line(dossier: Dossier, kind: str, theme: str, rows: list[FindingRow]) -> Line:
    documents = _documents(rows)
    dates = sorted({row.date or row.published or "" for row in rows})
    span = f"{month(dates[0])} to {month(dates[-1])}" if len(dates) > 1 else month(dates[-1])
    said = f"{counted(len(rows), 'finding')} in {counted(len(documents), 'document')}, {span}"
    other = by_theme(dossier, concern=kind == "strength").get(theme, ())
    beside = [row for row in other if row.document in documents]
    counter = "concern" if kind == "strength" else "strength"
    said += f"; beside {counted(len(beside), counter)}"
    timing = _moving(rows)
    text = f"{TITLES[kind]}: {dossier.label(theme)} ({said}{timing})"
    return Line(key=f"{kind}-{theme}", text=text, evidence=quotes(rows, 3))


def _moving(rows: list[FindingRow]) -> str:
    """What inspectors say of its direction, where they say it."""
    latest = max(row.date or row.published or "" for row in rows)
    timings = {row.finding.timing for row in rows if (row.date or row.published) == latest}
    return "".join(f"; {name}" for name in ("worsened", "improved") if name in timings)
