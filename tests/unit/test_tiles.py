"""The map of tiles: each authority once, in one piece with its region, readable in grey."""

import itertools
import textwrap
from xml.etree import ElementTree as ET

import pytest

from corpus.register.authorities import Register
from corpus.register.tiles import tiles
from textmine.analysis.places import PlaceGrade, PlaceRate, thirds
from textmine.charts import tile_map

SVG = "{http://www.w3.org/2000/svg}"
PRESENT = {each.key: each for each in Register.load() if each.valid_to is None}


def rate(key, matches, words=10_000, region="North East"):
    return PlaceRate(
        authority=PRESENT[key].name if key in PRESENT else key,
        key=key,
        region=region,
        matches=matches,
        words=words,
        find=f"la:{key}" if matches else "",
    )


def test_each_authority_has_one_tile_of_its_own():
    assert tiles().keys() == PRESENT.keys()
    assert len({(each.column, each.row) for each in tiles().values()}) == len(PRESENT)
    assert {each.key: each.region for each in tiles().values()} == {
        key: each.region for key, each in PRESENT.items()
    }


def test_each_region_is_in_one_piece():
    for region in {each.region for each in tiles().values()}:
        left = {(each.column, each.row) for each in tiles().values() if each.region == region}
        edge = [left.pop()]
        while edge:
            column, row = edge.pop()
            near = {(column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)}
            edge += near & left
            left -= near
        assert not left, region


@pytest.mark.parametrize(
    ("west", "east"),
    [("cornwall", "devon"), ("liverpool", "manchester"), ("bristol", "reading")],
)
def test_west_is_left(west, east):
    assert tiles()[west].column < tiles()[east].column


@pytest.mark.parametrize(
    ("north", "south"),
    [("northumberland", "durham"), ("leeds", "sheffield"), ("enfield", "croydon")],
)
def test_north_is_above(north, south):
    assert tiles()[north].row < tiles()[south].row


def test_names_fit_into_two_lines_of_a_tile():
    for each in tiles().values():
        lines = textwrap.wrap(each.label, 12)
        assert len(lines) <= 2
        assert max(map(len, lines)) <= 12


def test_a_tile_prints_its_number_and_opens_its_passages():
    drawn = tile_map.of_rates([rate("durham", 11, 34_666), rate("leeds", 0)], "Caseloads")
    root = ET.fromstring(tile_map.draw(drawn))
    printed = {each.text for each in root.iter(f"{SVG}text")}
    assert {"Caseloads", "Durham", "3.2", "0.0", "None", "Nothing in the library"} <= printed
    (link,) = root.iter(f"{SVG}a")
    assert link.get("href").endswith("q=la%3Adurham")
    assert "11 in 34,666 words" in link.find(f"{SVG}title").text
    assert "Durham 11 in 34,666 words" in root.find(f"{SVG}desc").text


def test_an_authority_without_a_tile_is_named():
    drawn = tile_map.of_rates([rate("eastmere", 3), rate("durham", 1)], "Visits")
    assert drawn.outside == ("eastmere",)
    assert "Not on the map: eastmere." in tile_map.draw(drawn)


@pytest.mark.parametrize(
    ("values", "ends"), [((), (0, 0)), ((0, 5), (5, 5)), ((1, 2, 3, 0), (1, 2))]
)
def test_thirds(values, ends):
    assert thirds(values) == ends


def lightness(colour):
    return sum(int(colour[at : at + 2], 16) * share for at, share in ((1, 3), (3, 6), (5, 1)))


def test_shades_are_told_apart_in_grey_and_words_are_read_on_them():
    rates = tile_map.of_rates([rate("durham", n) for n in (0, 1, 2, 3)], "").shades[:-1]
    grades = [shade for grade, (shade, _) in tile_map.GRADES.items() if grade != "adequate"]
    for shades in (rates, grades):
        steps = [lightness(each.fill) for each in shades]
        assert all(one - other > 150 for one, other in itertools.pairwise(steps))
        for each in shades:
            assert abs(lightness(each.fill) - lightness(each.ink)) > 1000


def test_a_grade_is_printed_with_its_year():
    grade = PlaceGrade(
        authority="Durham",
        key="durham",
        region="North East",
        area="overall",
        grade="requires_improvement",
        date="2025-03-10",
        framework="ilacs-2023",
        find="la:durham",
    )
    svg = tile_map.draw(tile_map.of_grades([grade], "overall"))
    assert ">RI 25<" in svg
    assert "Requires improvement (RI), 2025-03-10" in svg
