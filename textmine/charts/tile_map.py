"""Tile maps: a square for each authority of England, darker for more, with its number printed.

Nothing depends on colour: shades differ in lightness, and each tile prints what it stands for.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from corpus.frameworks import AREAS
from corpus.register.tiles import Tile, tiles

from ..analysis.places import thirds
from .svg import Address, page_address, svg, text

if TYPE_CHECKING:
    from ..analysis.places import PlaceGrade, PlaceRate

_SIDE, _HIGH, _LEFT, _GAP = 66.0, 46.0, 12.0, 2.0
_INK, _SOFT, _LINE = "#1a1a1a", "#555555", "#9a9a9a"
_LETTERS: Final = 12
"""Letters of a line in a tile."""


@dataclass(frozen=True, slots=True)
class Shade:
    """A class of tiles: what it is called, its fill, and the ink that is read on it."""

    name: str
    fill: str
    ink: str = _INK


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the tile of one authority says."""

    name: str
    key: str
    region: str
    shade: Shade
    said: str
    """The number or grade, as it is printed in the tile."""
    detail: str
    """The same with what it is out of."""
    find: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TileMap:
    """A map with all that its reader has to know."""

    title: str
    axis: str
    """What a shade means."""
    shades: tuple[Shade, ...]
    places: tuple[Place, ...]
    notes: tuple[str, ...] = ()

    @property
    def outside(self) -> tuple[str, ...]:
        """Authorities that have no tile: abolished ones, and those of a register of one's own."""
        return tuple(each.name for each in self.places if each.key not in tiles())

    @property
    def description(self) -> str:
        """The map in words, for those who do not see it."""
        told = ", ".join(f"{each.name} {each.detail}" for each in self.places)
        return f"{self.title}. {self.axis}. {len(self.places)} authorities: {told}"


NOTHING: Final = Shade("Nothing in the library", "#ffffff", _SOFT)
_NONE: Final = Shade("None", "#eef2f6")
_MORE: Final = (("#c3d6e8", _INK), ("#7fa8cf", _INK), ("#1f4e79", "#ffffff"))
GRADES: Final = {
    "outstanding": (Shade("Outstanding", "#eaf3fb"), "Outst."),
    "good": (Shade("Good", "#b5d3b0"), "Good"),
    "requires_improvement": (Shade("Requires improvement (RI)", "#c98f2b"), "RI"),
    "adequate": (Shade("Adequate (2009 to 2013)", "#d8c9a8"), "Adeq."),
    "inadequate": (Shade("Inadequate", "#7d1f17", "#ffffff"), "Inad."),
}
_UNJUDGED: Final = Shade("Not judged at that inspection", "#f4f4f4")


def of_rates(rates: Sequence[PlaceRate], title: str, notes: Sequence[str] = ()) -> TileMap:
    """A map of how often something is said: none, and thirds of those that have it."""
    low, high = thirds([each.per_10000_words for each in rates])
    ends = (f"Up to {low:.1f}", f"Up to {high:.1f}", f"More than {high:.1f}")
    more = tuple(Shade(name, *colours) for name, colours in zip(ends, _MORE, strict=True))

    def shade(value: float) -> Shade:
        return more[(value > low) + (value > high)] if value else _NONE

    return TileMap(
        title=title,
        axis="Matches for 10,000 words of all reports of the authority in the library",
        shades=(_NONE, *more, NOTHING),
        places=tuple(
            Place(
                name=each.authority,
                key=each.key,
                region=each.region or "",
                shade=shade(each.per_10000_words),
                said=f"{each.per_10000_words:.1f}",
                detail=f"{each.matches:,} in {each.words:,} words",
                find=each.find,
            )
            for each in rates
        ),
        notes=tuple(notes),
    )


def of_grades(grades: Sequence[PlaceGrade], area: str, notes: Sequence[str] = ()) -> TileMap:
    """A map of the grades of an area at each authority's last inspection."""
    there = {each.grade for each in grades}
    shades = [shade for grade, (shade, _) in GRADES.items() if grade in there]
    if None in there:
        shades.append(_UNJUDGED)
    return TileMap(
        title=f"Grades for {AREAS[area].label}",
        axis="At the last inspection in the library, with its year",
        shades=(*shades, NOTHING),
        places=tuple(
            Place(
                name=each.authority,
                key=each.key,
                region=each.region or "",
                shade=GRADES[each.grade][0] if each.grade else _UNJUDGED,
                said=f"{GRADES[each.grade][1] if each.grade else '–'} {(each.date or '')[2:4]}",
                detail=f"{GRADES[each.grade][0].name if each.grade else 'not judged'},"
                f" {each.date or 'undated'}",
                find=each.find,
            )
            for each in grades
        ),
        notes=tuple(notes),
    )


def draw(shown: TileMap, *, address: Address | None = page_address) -> str:
    """The map as an SVG document with a title and a description for screen readers."""
    known = tiles()
    width = 2 * _LEFT + (1 + max(tile.column for tile in known.values())) * _SIDE
    body, y = [], 18.0
    for line in textwrap.wrap(shown.title, 90):
        y += 20
        body.append(text(16, y, line, size=16, bold=True))
    for line in textwrap.wrap(shown.axis, 130):
        y += 17
        body.append(text(16, y, line, size=12, colour=_SOFT))
    top = y + 16
    body += _legend(shown.shades, width - 250, top)
    places = {each.key: each for each in shown.places}
    for tile in known.values():
        body.append(_tile(tile, places.get(tile.key), top, address))
    body += _borders(known, top)
    y = top + (1 + max(tile.row for tile in known.values())) * _HIGH + 8
    for note in (*shown.notes, *_missing(shown)):
        for line in textwrap.wrap(note, 150):
            y += 16
            body.append(text(16, y, line, size=11, colour=_SOFT))
    return svg(shown.title, shown.description, width, y + 18, body)


def _missing(shown: TileMap) -> Iterator[str]:
    if shown.outside:
        yield f"Not on the map: {', '.join(shown.outside)}."


def _legend(shades: Sequence[Shade], x: float, top: float) -> Iterator[str]:
    for at, shade in enumerate(shades):
        y = top + at * 24
        yield f'<rect x="{x:g}" y="{y:g}" width="30" height="18" fill="{shade.fill}"'
        yield f' stroke="{_LINE}"/>'
        yield text(x + 38, y + 13, shade.name, size=12)


def _tile(tile: Tile, place: Place | None, top: float, address: Address | None) -> str:
    x, y = _LEFT + tile.column * _SIDE, top + tile.row * _HIGH
    shade = place.shade if place else NOTHING
    lines = textwrap.wrap(tile.label, _LETTERS)
    middle = x + _SIDE / 2
    first = y + (15 if place else 19) + (0 if len(lines) > 1 else 5)
    parts = [
        (
            f"<title>{escape(_in_full(tile, place))}</title>"
            f'<rect x="{x + _GAP / 2:g}" y="{y + _GAP / 2:g}" width="{_SIDE - _GAP:g}"'
            f' height="{_HIGH - _GAP:g}" fill="{shade.fill}" stroke="{_LINE}" stroke-width="0.5"/>'
        ),
        *(
            text(middle, first + 10 * at, line, size=9, colour=shade.ink, anchor="middle")
            for at, line in enumerate(lines)
        ),
    ]
    if place:
        parts.append(
            text(middle, y + 39, place.said, size=11, bold=True, colour=shade.ink, anchor="middle")
        )
    inner = "".join(parts)
    if place and place.find and address:
        inner = f'<a href="{escape(address(place.find))}">{inner}</a>'
    return f"<g>{inner}</g>"


def _in_full(tile: Tile, place: Place | None) -> str:
    if place is None:
        return f"{tile.label}: nothing in the library"
    query = f". To read the passages: textmine search {place.find!r}" if place.find else ""
    return f"{place.name} ({place.region}): {place.detail}{query}"


def _borders(known: Mapping[str, Tile], top: float) -> Iterator[str]:
    """Lines between regions, and around England."""
    regions = {(tile.column, tile.row): tile.region for tile in known.values()}
    path = []
    for (column, row), region in regions.items():
        x, y = _LEFT + column * _SIDE, top + row * _HIGH
        if regions.get((column, row - 1)) != region:
            path.append(f"M{x:g} {y:g}h{_SIDE:g}")
        if regions.get((column - 1, row)) != region:
            path.append(f"M{x:g} {y:g}v{_HIGH:g}")
        if (column, row + 1) not in regions:
            path.append(f"M{x:g} {y + _HIGH:g}h{_SIDE:g}")
        if (column + 1, row) not in regions:
            path.append(f"M{x + _SIDE:g} {y:g}v{_HIGH:g}")
    yield f'<path d="{"".join(path)}" stroke="{_INK}" stroke-width="1.5" fill="none"'
    yield ' stroke-linecap="square"/>'
