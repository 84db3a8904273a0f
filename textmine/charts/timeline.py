"""Grades over time as SVG: a column for each inspection, a row for each area.

A line joins two grades only where they mean the same. Every grade is printed beside its mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from corpus.frameworks import AREAS, scale_of
from corpus.model import Grade

from .svg import svg, text

if TYPE_CHECKING:
    from index.reports.counts import DocumentRow

    from ..analysis.changes import Change

_LEFT, _COLUMN, _ROW, _HEAD = 232.0, 186.0, 76.0, 44.0
_STEP: Final = 16.0
"""Between one grade and the next."""
_SOFT, _LINE, _JOIN = "#555555", "#e3e5e7", "#555555"
_COLOURS: Final[dict[str, str]] = {
    "outstanding": "#1d5da8",
    "good": "#16794c",
    "requires_improvement": "#855f00",
    "adequate": "#855f00",
    "inadequate": "#b52a20",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A grade at one inspection."""

    column: int
    grade: Grade
    rank: int
    """1 is the worst."""
    joined: bool
    """Whether it may be compared with the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """An area with its grades, the oldest first."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The grades of one authority through its inspections."""

    title: str
    columns: tuple[str, ...]
    """What each inspection is called: its date."""
    tracks: tuple[Track, ...]

    @property
    def description(self) -> str:
        """The picture in words."""
        return "; ".join(
            f"{track.label}: "
            + ", ".join(f"{self.columns[p.column]} {_words(p.grade)}" for p in track.points)
            for track in self.tracks
        )


def timeline(
    title: str,
    inspections: Sequence[DocumentRow],
    changes: Iterable[Change],
    columns: Sequence[str],
) -> Timeline:
    """The timeline of inspections, the oldest first; `changes` say which grades compare."""
    compared = {
        (pair.before.document, pair.after.document, pair.after.area)
        for pair in (change.pair for change in changes)
        if pair.direction and pair.before.area == pair.after.area
    }
    tracks = []
    for area, known in AREAS.items():
        points: list[Point] = []
        for at, row in enumerate(inspections):
            grade = next((each.grade for each in row.judgements if each.area == area), None)
            rank = scale_of(row.framework).ranks.get(grade) if grade else None
            if grade and rank:
                before = inspections[at - 1].id if at else 0
                near = bool(points) and points[-1].column == at - 1
                joined = near and (before, row.id, area) in compared
                points.append(Point(column=at, grade=grade, rank=rank, joined=joined))
        if points:
            tracks.append(Track(label=_capital(known.label), points=tuple(points)))
    return Timeline(title=title, columns=tuple(columns), tracks=tuple(tracks))


def draw(shown: Timeline) -> str:
    """The timeline as an SVG document with a title and a description for screen readers."""
    body = [
        text(_x(at), 26, column, size=13, bold=True, anchor="middle")
        for at, column in enumerate(shown.columns)
    ]
    width = _LEFT + len(shown.columns) * _COLUMN
    for at, track in enumerate(shown.tracks):
        body += _track(track, _HEAD + at * _ROW, width)
    return svg(shown.title, shown.description, width, _HEAD + len(shown.tracks) * _ROW + 6, body)


def _track(track: Track, top: float, width: float) -> Iterator[str]:
    yield f'<path d="M8 {top:g}H{width - 8:g}" stroke="#9aa0a6" stroke-width="1"/>'
    yield text(12, top + _ROW / 2 + 4, track.label, size=13)
    for rank in (1, 2, 3, 4):
        y = _y(rank, top)
        yield f'<path d="M{_LEFT:g} {y:g}H{width - 8:g}" stroke="{_LINE}" stroke-width="1"/>'
    for before, after in zip(track.points, track.points[1:], strict=False):
        if after.joined:
            yield (
                f'<path d="M{_x(before.column):g} {_y(before.rank, top):g}'
                f'L{_x(after.column):g} {_y(after.rank, top):g}" stroke="{_JOIN}"'
                ' stroke-width="2" fill="none"/>'
            )
    for point in track.points:
        x, y = _x(point.column), _y(point.rank, top)
        words = _words(point.grade)
        wide = 7.0 * len(words) + 20
        yield (
            f"<g><title>{escape(f'{track.label}: {words}')}</title>"
            f'<rect x="{x - wide / 2:g}" y="{y - 10:g}" width="{wide:g}" height="20" rx="10"'
            f' fill="{_COLOURS.get(point.grade, _SOFT)}"/>'
            + text(x, y + 4, words, size=12, bold=True, colour="#ffffff", anchor="middle")
            + "</g>"
        )


def _x(column: int) -> float:
    return _LEFT + (column + 0.5) * _COLUMN


def _y(rank: int, top: float) -> float:
    return top + _ROW / 2 + (2.5 - rank) * _STEP


def _words(grade: str) -> str:
    return _capital(grade.replace("_", " "))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
