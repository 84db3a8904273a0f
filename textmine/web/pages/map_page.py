"""The map: a tile for each authority of England, by what is said or by grade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from corpus.frameworks import AREAS

from ...charts import tile_map
from ...charts.tile_map import TileMap
from .. import words
from ..files import file_response
from ..layouts.counting import (
    Choice,
    CountAnswer,
    CountLine,
    Kind,
    caption,
    filters_of,
    narrowing,
    notes,
    question_of,
    read,
)
from ..view import Answer, Asked, PageRoute, address
from .authorities import files_of

if TYPE_CHECKING:
    from ...analysis.places import PlaceGrade, PlaceRate
    from ...api import Library

_AREAS: Final = (
    ("", "No grades"),
    *((each, words.area(each)) for each in AREAS if each != "outcome"),
)
MAP: Final = Kind(
    path="/map",
    title="Map",
    heading="On a map of England",
    lead="Say what is to be mapped, by words, theme or tone, or choose an area that inspectors"
    " grade.",
    meanings=(
        (
            "Tiles",
            (
                "One for each authority, all of one size, near its neighbours and in one piece with"
                " its region: a map shows where, not how large."
            ),
        ),
        (
            "Shades",
            (
                "Thirds of the authorities that have any, the darkest the most; white where the"
                " library has nothing. A few reports of an authority say little: read the passages."
            ),
        ),
        (
            "For 10,000 words",
            (
                "Matches of the words (of conditions alone, passages) in every 10,000 words of all"
                " reports of the authority, whatever their type."
            ),
        ),
        (
            "Grades",
            (
                "Of the last inspection in the library, with its year. Inspections are of different"
                " years, and frameworks differ in what they judge."
            ),
        ),
    ),
    examples=(
        ("Concerns on caseloads", {"theme": "caseloads", "polarity": "concern"}),
        ("Grades for help and protection", {"grade": "help_and_protection"}),
    ),
    sisters=(
        ("/trends", "Over the years"),
        ("/compare", "Compared: authorities, neighbours, regions"),
        ("/map", "On a map"),
    ),
    tab="trends",
)


def show(asked: Asked, library: Library) -> Answer:
    """The page."""
    fields = (
        Choice("q", "Words", asked.arg("q")),
        *narrowing(asked, library),
        Choice("grade", "Or grades of", asked.arg("grade"), _AREAS),
    )
    says = _says(asked)
    return MAP.page(fields, _answer(asked, library) if says else None, asked=says)


def _says(asked: Asked) -> bool:
    return any(asked.arg(name) for name in ("q", "theme", "polarity", "grade"))


def _answer(asked: Asked, library: Library) -> CountAnswer | None:
    drawn, lines = _of_grades(asked, library) if asked.arg("grade") else _of_rates(asked, library)
    if not any(each.href for each in lines):
        return None
    graded = bool(asked.arg("grade"))
    args = dict(asked.args)
    told = notes(_query(asked)) if not graded else ()
    out = (f"Not on the map: {', '.join(drawn.outside)}.",) if drawn.outside else ()
    return CountAnswer(
        caption=drawn.title,
        summary=(f"{words.count(len(lines), 'authority')} with documents here.", *out),
        chart=tile_map.draw(drawn, address=None),
        heads=(
            ("Authority", "Grade", "Last inspection")
            if graded
            else ("Authority", "Matches", "Words", "For 10,000 words")
        ),
        lines=lines,
        notes=told,
        files=(*files_of("/map/file", **args), ("Picture", address("/map/picture", args))),
        is_map=True,
    )


def _of_rates(asked: Asked, library: Library) -> tuple[TileMap, tuple[CountLine, ...]]:
    found = _rates(asked, library)
    drawn = tile_map.of_rates(found, caption("Map", asked, "q"))
    return drawn, tuple(
        CountLine(
            each.authority,
            (
                words.number(each.matches),
                words.number(each.words),
                f"{each.per_10000_words:.1f}",
            ),
            read(each.find),
        )
        for each in found
    )


def _of_grades(asked: Asked, library: Library) -> tuple[TileMap, tuple[CountLine, ...]]:
    found = _grades(asked, library)
    drawn = tile_map.of_grades(found, asked.arg("grade"))
    return drawn, tuple(
        CountLine(
            each.authority,
            (words.grade(each.grade) if each.grade else "Not judged", words.day(each.date)),
            read(each.find),
        )
        for each in found
    )


def _query(asked: Asked) -> str:
    """The tags that the numbers rest on, as a query."""
    theme, tone = asked.arg("theme"), asked.arg("polarity")
    return f"{asked.arg('q')} {theme and f'theme:{theme}'} {tone and f'polarity:{tone}'}"


def _rates(asked: Asked, library: Library) -> list[PlaceRate]:
    return list(library.map(question_of(asked)))


def _grades(asked: Asked, library: Library) -> list[PlaceGrade]:
    return list(library.grade_map(asked.arg("grade"), filters=filters_of(asked)))


def download(asked: Asked, library: Library) -> Answer:
    """The rows as a file."""
    rows = (
        library.grade_map(asked.arg("grade"), filters=filters_of(asked)).rows()
        if asked.arg("grade")
        else library.map(question_of(asked)).rows()
    )
    return file_response(rows, asked.arg("format"), "textmine-map")


def picture(asked: Asked, library: Library) -> Answer:
    """The map as a picture to save."""
    find = _of_grades if asked.arg("grade") else _of_rates
    drawn, _ = find(asked, library)
    headers = {"content-disposition": 'attachment; filename="textmine-map.svg"'}
    return Response(tile_map.draw(drawn, address=None), media_type="image/svg+xml", headers=headers)


ROUTES: Final = (
    PageRoute("/map", show),
    PageRoute("/map/file", download),
    PageRoute("/map/picture", picture),
)
