"""Correcting by hand: what is set wins, is marked, stays, and can be withdrawn."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from textmine.cli import cli

pytestmark = pytest.mark.usefixtures("reads_here")

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
REGISTER = SAMPLES / "authorities.csv"
REPORT = "children's services inspection - 18 may 2022.pdf"


def run(*arguments, library):
    return CliRunner().invoke(cli, [*map(str, arguments), "--library", str(library)])


def put(*arguments, library, why="the site says so"):
    options = ("--why", why, "--who", "tester", "--register", REGISTER, "--format", "json")
    return run("set", 1, *arguments, *options, library=library)


def facts(library):
    shown = run("show", 1, "--format", "json", "--internal", library=library)
    return {row["fact"]: row for row in json.loads(shown.stdout)}


def listed(library, *filters):
    result = run("judgements", "--format", "json", *filters, library=library)
    return json.loads(result.stdout or "[]")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    library = tmp_path_factory.mktemp("made") / "library"
    report = SAMPLES / "reports" / "9990001_marlowshire" / REPORT
    result = run("ingest", report, "--register", REGISTER, library=library)
    assert result.exit_code == 0, result.output
    return library


@pytest.fixture
def library(made, tmp_path):
    return shutil.copytree(made, tmp_path / "library")


def test_what_is_set_wins_and_is_marked(library):
    read = facts(library)
    result = put("overall=Inadequate", "start_date=9 May 2020", library=library)
    assert result.exit_code == 0, result.output
    now = facts(library)
    assert now["judgement: overall"]["value"] == "inadequate"
    assert now["judgement: overall"]["known"] == "corrected"
    assert (now["start_date"]["value"], now["start_date"]["page"]) == ("2020-05-09", None)
    (row,) = listed(library, "--until", "2020")
    assert row["judgements"]["overall"] == "inadequate"
    assert row["fields"]["judgements.overall"]["origin"] == "corrected"
    rows = json.loads(result.stdout)
    assert [row["extracted"] for row in rows] == [
        read["judgement: overall"]["value"],
        read["start_date"]["value"],
    ]
    assert run("verify", library=library).exit_code == 0


def test_a_corrected_authority_answers_to_its_name(library):
    assert put("authority=Eastmere", library=library).exit_code == 0
    assert [row["authority_key"] for row in listed(library, "--authority", "eastmere")] == [
        "eastmere"
    ]
    assert listed(library, "--authority", "marlowshire") == []


def test_what_is_taken_back_is_as_it_was_read(library):
    before = facts(library)
    for pairs in (("authority=Eastmere", "overall=good", "published=2020-01-01"),
                  ("authority=", "overall=", "published=")):  # fmt: skip
        assert put(*pairs, library=library).exit_code == 0
    assert facts(library) == before
    history = json.loads(run("set", 1, "--format", "json", library=library).stdout)
    assert len(history) == 6


def test_a_document_that_is_read_again_keeps_what_was_set(library):
    put("overall=not judged", "published=2020-01-01", library=library)
    result = put("visibility=internal", library=library)
    assert result.exit_code == 0, result.output
    now = facts(library)
    assert now["visibility"]["value"] == "internal"
    assert now["published"]["value"] == "2020-01-01"
    assert now["judgement: overall"]["known"] == "not judged, corrected"


def test_a_type_that_is_set_is_read_as_such(library):
    assert put("type=other", library=library).exit_code == 0
    assert facts(library)["type"]["value"] == "other"
    assert put("type=", library=library).exit_code == 0
    assert facts(library)["type"]["value"] == "ilacs_inspection"


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("authorty=Eastmere", "did you mean authority?"),
        ("authority=Estmere", "did you mean Eastmere?"),
        ("overall=splendid", "Use outstanding"),
        ("published=soon", "as in 2024-05-09"),
        ("type=novel", "use area_send"),
        ("overall", "is not FIELD=VALUE"),
    ],
)
def test_what_cannot_be_set_is_said_in_a_line_and_nothing_is(library, pair, said):
    result = put("published=2020-01-01", pair, library=library)
    assert result.exit_code == 2
    assert said in result.output
    assert len(result.output.splitlines()) == 1
    assert run("set", 1, library=library).exit_code == 1


def test_a_reason_is_asked_for(library):
    result = run("set", 1, "overall=good", library=library)
    assert result.exit_code == 2
    assert "--why" in result.output
