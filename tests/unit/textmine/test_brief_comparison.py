"""The brief's comparison with other authorities: six invented ones, their counts and intervals."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from corpus.register.authorities import Authority
from index.documents import authorities, rows
from index.documents.file_log import refresh_authorities
from index.documents.store import put
from index.storage.database import create
from textmine.analysis.intervals import wilson
from textmine.api import Library
from textmine.briefs import markdown, page
from textmine.briefs.dossier import gather
from textmine.briefs.model import Count, Quote
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
    assert section.grid is None
    first, second = [line.whole() for line in section.lines]
    assert first == (
        "Caseloads: a concern here. 1 of 5 North Moors authorities and 1 of all 5 others in the"
        " library had a concern about it too."
    )
    assert second == (
        "Front door: praised here. 4 of 5 North Moors authorities and 4 of all 5 others in the"
        " library had a concern."
    )


def test_each_count_names_the_documents_that_were_counted(make):
    for line in compared(make(5)).lines:
        quote, *counts = line.evidence
        assert isinstance(quote, Quote)
        assert quote.date == "2024-01-01"
        assert len(counts) == 2
        for count in counts:
            assert isinstance(count, Count)
            assert len(count.of) == 5
            assert re.match(rf"{count.n} of (all )?5 ", count.said)


def test_a_group_of_five_neighbours_is_compared_with(make):
    line, *_ = compared(make(5, neighbours=OTHERS)).lines
    assert "1 of 5 statistical neighbours" in line.detail


def test_fewer_than_five_others_are_not_compared_with(make):
    section = compared(make(4))
    assert [line.text for line in section.lines] == [
        "Fewer than 5 other authorities to compare with."
    ]


def test_what_is_a_concern_everywhere_is_not_compared(make):
    section = compared(make(5))
    assert not [line for line in section.lines if "Fostering" in line.text]


def test_all_formats_show_the_comparison(make):
    brief = Library(make(5)).brief("Ashby", "engagement-meeting", as_of=AS_OF)
    text = markdown.markdown(brief)
    said = "1 of 5 North Moors authorities"
    assert said in text
    assert said in page.page(brief)
    with ZipFile(BytesIO(briefs.render(brief, ".docx"))) as word:
        assert said in word.read("word/document.xml").decode()
