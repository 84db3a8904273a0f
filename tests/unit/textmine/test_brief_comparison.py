"""The brief's comparison with other authorities: six invented ones, their counts and intervals."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from corpus.register.authorities import Authority
from index.documents import authorities, rows
from index.documents.file_log import refresh_authorities
from index.documents.store import put
from index.storage.database import create
from textmine.analysis.intervals import wilson
from textmine.api import Library
from textmine.briefs import chart, markdown, page
from textmine.briefs.dossier import gather
from textmine.briefs.model import Bar, Chart, Count, Quote
from textmine.briefs.sections import others
from textmine.usecases import briefs
from textmine.usecases.library import load_themes

REGION = "North Moors"
OTHERS = ("Birch", "Coldbeck", "Dunholme", "Elmet", "Fallow")
AS_OF = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [  # Wilson's 95 % intervals, by the formula on paper
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (1, 5, 0.0362, 0.6245),
        (1, 1000, 0.0002, 0.0056),
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_of_a_share(n, of, low, high):
    assert wilson(n, of) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("n", range(8))
def test_an_interval_holds_its_share_and_mirrors_its_opposite(n):
    low, high = wilson(n, 7)
    assert 0 <= low <= n / 7 <= high <= 1
    mirrored = wilson(7 - n, 7)
    assert (1 - high, 1 - low) == pytest.approx(mirrored)


def inspection(entry, name, day, findings):
    """A report with a paragraph for each finding."""
    paragraphs = [f"{name} says something of {theme}, {polarity}." for theme, polarity in findings]
    return entry(
        *paragraphs,
        name=name,
        authority=name.lower(),
        start_date=day,
        published=day,
        findings=[(at, *finding) for at, finding in enumerate(findings, 1)],
    )


@pytest.fixture
def make(tmp_path, entry):
    """A library of Ashby and of so many others, of which the first has the same concern."""

    def library(count, neighbours=OTHERS[:3]):
        folder = tmp_path / "library"
        names = ("Ashby", *OTHERS[:count])
        with create(folder) as db:
            register = [
                Authority(
                    key=name.lower(),
                    name=name,
                    region=REGION,
                    neighbours=tuple(n.lower() for n in neighbours) if name == "Ashby" else (),
                )
                for name in names
            ]
            refresh_authorities(db, register)
            own = [("caseloads", "concern"), ("front-door", "strength"), ("fostering", "mixed")]
            put(db, rows.of(inspection(entry, "Ashby", "2020-01-01", [("front-door", "concern")])))
            put(db, rows.of(inspection(entry, "Ashby", "2024-01-01", own)))
            for at, name in enumerate(names[1:]):
                said = [
                    ("caseloads", "strength" if at else "concern"),
                    ("front-door", "concern" if at else "strength"),
                    ("fostering", "strength"),
                    *([("adoption", "concern")] if at == 1 else []),  # too few speak of it
                ]
                put(db, rows.of(inspection(entry, name, "2023-01-01", said)))
        return folder

    return library


def compared(folder):
    with create(folder) as db:
        whose = authorities.resolve(db, "Ashby")
        return others.section(gather(db, whose, AS_OF, load_themes(None), internal=False))


def test_themes_that_are_a_concern_here_and_in_few_others_and_the_reverse(make):
    section = compared(make(5))
    assert section.grid.header == ("Theme", "Here", REGION, "All others in the library")
    assert [[cell.text for cell in row] for row in section.grid.rows] == [
        ["Caseloads", "1 concern, no strengths", "1 of 5 (4%–62%)", "1 of 5 (4%–62%)"],
        ["Front door", "no concerns, 1 strength", "4 of 5 (38%–96%)", "4 of 5 (38%–96%)"],
    ]
    assert "Left out (fewer than 5 in the library): neighbours." in section.intro


def test_each_count_names_the_documents_that_were_counted(make):
    section = compared(make(5))
    for row in section.grid.rows:
        _, here, *groups = row
        [quote] = here.evidence
        assert isinstance(quote, Quote)
        assert quote.date == "2024-01-01"
        for cell in groups:
            [count] = cell.evidence
            assert isinstance(count, Count)
            assert len(count.of) == 5
            assert cell.text.startswith(f"{count.n} of 5 ")


def test_a_group_of_five_neighbours_is_compared_with(make):
    section = compared(make(5, neighbours=OTHERS))
    assert section.grid.header[2:] == (REGION, "Neighbours", "All others in the library")
    assert "Left out" not in section.intro


def test_fewer_than_five_others_are_not_compared_with(make):
    section = compared(make(4))
    assert (section.grid, section.chart) == (None, None)
    assert [line.text for line in section.lines] == [
        "Fewer than 5 other authorities to compare with."
    ]


def test_the_chart_has_the_shares_and_intervals_of_the_table(make):
    section = compared(make(5))
    assert [(bar.label, bar.share, bar.said, bar.here) for bar in section.chart.bars] == [
        ("Caseloads", 0.2, "1 of 5", True),
        ("Front door", 0.8, "4 of 5", False),
    ]
    for bar, n in zip(section.chart.bars, (1, 4), strict=True):
        assert (bar.low, bar.high) == pytest.approx(wilson(n, 5))


BARS = Chart(
    title="Others",
    bars=(
        Bar(label="All", share=1.0, low=0.6, high=1.0, said="5 of 5", here=True),
        Bar(label="None", share=0.0, low=0.0, high=0.4, said="0 of 5", here=False),
    ),
)


def test_bars_are_as_long_as_their_shares():
    one, other = page.bars(BARS)
    assert (other["width"], one["width"]) == (0.0, 300.0)
    assert (one["low"], one["high"]) == (one["x"] + 0.6 * 300, one["x"] + 300)
    assert other["low"] == other["x"]
    assert other["y"] > one["y"]


def test_the_picture_shows_bars_and_marks_what_is_here_too():
    picture = Image.open(BytesIO(chart.draw(BARS)))
    colours = {"bar": (169, 191, 216), "ink": (27, 27, 27), "white": (255, 255, 255)}
    middles = [2 * (26 + 19 * row + 8) for row in (0, 1)]
    dots = [picture.getpixel((10, y)) for y in middles]
    assert dots == [colours["ink"], colours["white"]]
    below_the_interval = [picture.getpixel((2 * 280, y + 8)) for y in middles]
    assert below_the_interval == [colours["bar"], colours["white"]]
    assert chart.draw(BARS) == chart.draw(BARS)


def test_all_formats_show_the_comparison(make):
    brief = Library(make(5)).brief("Ashby", "engagement-meeting", as_of=AS_OF)
    text = markdown.markdown(brief)
    assert "| Caseloads | 1 concern, no strengths" in text
    html = page.page(brief)
    assert html.count("<circle") == 2
    assert "1 of 5 (4%–62%)" in html
    with ZipFile(BytesIO(briefs.render(brief, ".docx"))) as word:
        assert [name for name in word.namelist() if name.endswith(".png")]
        assert "4 of 5 (38%–96%)" in word.read("word/document.xml").decode()
