"""A framework and an inspectorate of our invention, added by data alone."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import DataError
from corpus.framework_file import read_frameworks
from corpus.framework_records import Catalogue
from corpus.frameworks import (
    AREAS,
    DOCUMENTS,
    FRAMEWORKS,
    ILACS,
    INSPECTORATES,
    SCALES,
    grade_of,
    in_force,
    is_own,
    kinds_of,
    opposite,
)

FILE = """
[inspectorates.lantern]
name = "Lantern Inspectorate"
nation = "Avalon"
body_page = "https://lantern.example/bodies/{}"

[scales.lantern]
ranks = {excellent = 4, sound = 3, weak = 2, failing = 1}
printed = {"very good" = "sound"}

[areas.victims]
label = "victims"
description = "how victims are helped"

[frameworks.lantern-2020]
label = "Lantern 2020"
inspectorates = ["lantern"]
scale = "lantern"
own = ["police"]
rows = [
    {area = "overall", meaning = "lantern", printed = "overall"},
    {area = "victims", printed = "help for victims"},
]

[frameworks.lantern-2024]
label = "Lantern 2024"
inspectorates = ["lantern"]
first_day = 2024-01-01
scale = "lantern"
own = ["police"]
rows = [
    {area = "overall", meaning = "lantern", printed = "overall"},
    {area = "victims", meaning = "victims since 2024", printed = "help for victims"},
]

[documents.constabulary_report]
label = "Report on a constabulary"
family = "inspection"
frameworks = ["lantern-2020", "lantern-2024"]
title = "inspection of (?P<name>.+ constabulary)"
asks = {"what must change" = "improvement"}
about = "police"
"""

YEARS = {
    "2021": ("3 May 2021 to 7 May 2021", "Weak", "Very good"),
    "2025": ("12 May 2025 to 16 May 2025", "Excellent", "Sound"),
}


def report(path, dates, overall, victims):
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(60, 780, "Inspection of Westmere Constabulary")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 750, f"Inspection dates: {dates}")
    canvas.drawString(60, 730, "Lead inspector: Ada Quill")
    for place, row in enumerate(
        (("Judgement", "Grade"), ("Overall effectiveness", overall), ("Help for victims", victims))
    ):
        canvas.drawString(60, 690 - 24 * place, row[0])
        canvas.drawString(400, 690 - 24 * place, row[1])
    said = (
        ("What must change", "The timeliness of calls to victims of burglary."),
        ("Help for victims", "Officers keep victims informed. Visits to children are too late."),
    )
    for place, (heading, text) in enumerate(said):
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(60, 580 - 90 * place, heading)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(60, 550 - 90 * place, text)
    canvas.save()


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Runs a command on a library that was filled from reports of the invented framework."""
    folder = tmp_path_factory.mktemp("frameworks")
    data = folder / "frameworks.toml"
    data.write_text(FILE)
    for year, told in YEARS.items():
        report(folder / f"{year}.pdf", *told)
    environment = {**os.environ, "TEXTMINE_FRAMEWORKS": str(data)}
    root = Path(__file__).resolve().parents[1]

    def call(*words, environment=environment):
        return subprocess.run(
            [sys.executable, str(root / "cli.py"), *words, "--library", str(folder / "library")],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )

    result = call("ingest", str(folder), "--jobs", "1")
    assert result.returncode == 0, result.stderr
    return call


def rows(result):
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_a_report_of_a_new_framework_is_read_by_data_alone(run):
    later, earlier = rows(run("judgements", "--format", "json"))
    assert {row["doc_type"] for row in (later, earlier)} == {"constabulary_report"}
    assert earlier["framework"] == "lantern-2020"
    assert later["framework"] == "lantern-2024"
    assert later["authority"] == "Westmere Constabulary"
    assert earlier["judgements"] == {"overall": "weak", "victims": "sound"}
    assert later["judgements"] == {"overall": "excellent", "victims": "sound"}


def test_its_grades_are_searched_on_their_own_scale(run):
    found = rows(run("search", "victims overall:>=sound", "--format", "json"))
    assert {row["date"][:4] for row in found} == {"2025"}
    assert {
        row["date"][:4] for row in rows(run("search", "victims:sound", "--format", "json"))
    } == {
        "2021",
        "2025",
    }


def test_its_rows_compare_as_the_data_say(run):
    moved = {row["area"]: row for row in rows(run("changes", "--format", "json"))}
    assert moved["overall"]["direction"] == "better"
    assert moved["victims"]["direction"] is None
    assert moved["victims"]["note"] == "the framework changed"


def test_it_has_its_place_in_the_cycle_and_asks_for_things(run):
    [row] = rows(run("cycle", "--as-of", "2026-05-12", "--format", "json"))
    assert (row["authority"], row["months"]) == ("Westmere Constabulary", 12)
    asked = rows(run("recommendations", "--format", "json"))
    assert {row["text"] for row in asked} == {"The timeliness of calls to victims of burglary."}


def test_its_inspectorate_is_the_author(run):
    [row] = rows(run("search", "burglary inspected:2025", "--format", "json"))
    assert row["citation"].startswith("Lantern Inspectorate (")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('scale = "lantern"', 'scale = "lamp"', "[frameworks.lantern-2020]: scale: unknown 'lamp'"),
        ("family = ", "familly = ", "[documents.constabulary_report]: unknown part 'familly'"),
        ("inspection of (", "inspection of ((", "title: not a regular expression"),
        ('"improvement"', '"wish"', "asks: 'wish' must be one of improvement"),
        ("[areas.victims]", "[areas.overall]", "this name is built in; choose another"),
        ("[areas.victims]", "[areas.victims", "not a TOML file"),
        ('label = "victims"\n', "", "[areas.victims]: label is missing"),
        ("first_day = 2024-01-01", "first_day = 2024", "first_day cannot be 2024"),
    ],
)
def test_what_is_wrong_with_the_file_is_one_line(tmp_path, old, new, said):
    assert old in FILE
    path = tmp_path / "frameworks.toml"
    path.write_text(FILE.replace(old, new))
    with pytest.raises(DataError) as caught:
        read_frameworks(path, Catalogue(INSPECTORATES, SCALES, AREAS, FRAMEWORKS, DOCUMENTS))
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_wrong_file_ends_with_the_code_for_data(run, tmp_path):
    path = tmp_path / "none.toml"
    result = run("search", "x", environment={**os.environ, "TEXTMINE_FRAMEWORKS": str(path)})
    assert result.returncode == 5
    assert result.stderr.splitlines() == [
        f"Error: {path}: cannot read the frameworks: No such file or directory"
    ]


def test_every_area_and_framework_that_is_named_is_there():
    for framework in FRAMEWORKS.values():
        assert all(row.area in AREAS for row in framework.rows)
    for kind in DOCUMENTS.values():
        assert all(name in FRAMEWORKS for name in kind.frameworks)


def test_the_framework_in_force():
    days = [date(2017, 12, 31), date(2022, 12, 31), date(2023, 1, 1), date(2026, 4, 1)]
    assert [in_force(day, ILACS) for day in days] == [
        "ilacs-2018",
        "ilacs-2018",
        "ilacs-2023",
        "ilacs-2026",
    ]


def test_rows_that_stand_opposite_each_other():
    found = [(one.area, other.area) for one, other in opposite("sif", "ilacs-2018")]
    assert found == [
        ("overall", "overall"),
        ("leaders", "leaders"),
        ("help_and_protection", "help_and_protection"),
        ("in_care", "care_and_care_leavers"),
        ("care_leavers", "care_and_care_leavers"),
    ]
    alike = [one.means == other.means for one, other in opposite("sif", "ilacs-2023")]
    assert alike == [True, True, True, False, False]


def test_whose_words_and_families():
    assert is_own(None, "ilacs_inspection")
    assert is_own("trust", "monitoring_visit")
    assert not is_own("health", "jtai")
    assert kinds_of("visit", "social-care") == ("focused_visit", "monitoring_visit")
    assert grade_of(" Requires  improvement to be good*") == "requires_improvement"
    assert grade_of("2") is None
