"""What people say beside the machine: coders compared, notes, collections, edited themes."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from textmine.api import Library
from textmine.cli import cli
from textmine.usecases.review import Answer

ROOT = Path(__file__).resolve().parents[1]
REGISTER = ROOT / "samples" / "authorities.csv"
REPORTS = sorted((ROOT / "samples" / "reports").rglob("*.pdf"))[:8]

RIGHT, WRONG = Answer(verdict="accepted"), Answer(verdict="rejected")


def run(folder, *arguments, typed=None):
    return CliRunner().invoke(
        cli, [*map(str, arguments), "--library", str(folder)], input=typed, catch_exceptions=False
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "library"
    assert run(folder, "ingest", *REPORTS, "--register", REGISTER).exit_code == 0
    return folder


@pytest.fixture
def folder(made, tmp_path):
    return Path(shutil.copytree(made, tmp_path / "library"))


def read_again(folder):
    return run(folder, "refresh", "--all", "--register", REGISTER)


def test_coders_are_compared_with_each_other_and_the_machine(folder):
    with Library(folder) as library:
        for row in library.review_queue("amina", limit=12):
            library.review(row, RIGHT, coder="amina")
        for row in library.review_queue("ben", limit=12):
            library.review(row, WRONG, coder="ben")
    said = run(folder, "agreement", "--format", "json")
    rows = {(row["coders"], row["what"]): row for row in json.loads(said.output)}
    assert rows["amina / ben", "theme"]["percent"] == 0.0
    assert rows["amina / machine", "polarity"]["percent"] == 1.0
    listed = json.loads(run(folder, "agreement", "--differences", "--format", "json").output)
    assert len(listed) == 12
    assert {row["says"]["ben"] for row in listed} == {"absent"}


def test_decided_passages_measure_the_machine(folder, tmp_path):
    with Library(folder) as library:
        queue = library.review_queue("amina")
        place = queue[0].found
        same = [
            row
            for row in queue
            if (row.found.document, row.found.passage.ordinal)
            == (place.document, place.passage.ordinal)
        ]
        for row in same:
            library.review(row, WRONG, coder="amina")
    coded = tmp_path / "coded.jsonl"
    assert run(folder, "export", "coded", "-o", coded).exit_code == 0
    [row] = [json.loads(line) for line in coded.read_text().splitlines()]
    assert row["text"] == place.text
    assert all(label["themes"] == [] for label in row["labels"])
    measured = CliRunner().invoke(cli, ["evaluate", str(coded), "--format", "json"])
    figures = {row["figure"]: row["value"] for row in json.loads(measured.output)}
    assert figures["theme F1"] == 0.0


def test_notes_are_listed_removed_and_stay_with_their_words(folder):
    assert run(folder, "note", "add", 1, "Ask about this", "--passage", 5).exit_code == 0
    assert read_again(folder).exit_code == 0
    with Library(folder) as library:
        [note] = library.notes()
        assert library.passage(1, passage=5).passage.passage.start == note.start
    [listed] = json.loads(run(folder, "note", "list", "--format", "json").output)
    assert listed["text"] == "Ask about this"
    assert run(folder, "note", "remove", note.id).exit_code == 0
    assert run(folder, "note", "list").exit_code == 1
    empty = run(folder, "note", "add", 1, " ", "--passage", 5)
    assert "the note is empty" in empty.output


def test_a_collection_is_searched_listed_and_emptied(folder):
    filled = run(folder, "collection", "add", "my cases", "--query", "supervision")
    assert filled.exit_code == 0
    assert run(folder, "collection", "add", "my cases", 1, "--passage", 5).exit_code == 0
    assert read_again(folder).exit_code == 0
    with Library(folder) as library:
        [count] = library.collections()
        assert count.missing == 0
        hits = list(library.search('in:"my cases"', limit=None))
        assert len(hits) == count.passages > 1
        inside = {(hit.document, hit.passage.ordinal) for hit in hits}
        for row in library.findings(collection="my cases"):
            assert (row.document, row.passage.ordinal) in inside
        listed = list(library.passages(collection="my cases"))
        assert {(each.document, each.passage.ordinal) for each in listed} == inside
    assert run(folder, "note", "add", 1, "For the meeting", "--passage", 5).exit_code == 0
    with Library(folder) as library:
        whose = library.cited(1).authority
    brief = run(folder, "brief", whose, "--collection", "my cases", "--internal").output
    assert "Passages that you collected" in brief
    assert "For the meeting" in brief
    assert "Passages that you collected" not in run(folder, "brief", whose).output
    assert run(folder, "collection", "remove", "my cases", 1, "--passage", 5).exit_code == 0
    assert run(folder, "collection", "remove", "my cases").exit_code == 0
    assert run(folder, "collection", "list").exit_code == 1


def test_what_is_asked_wrongly_is_said_in_a_line(folder):
    neither = run(folder, "collection", "add", "mine")
    assert (neither.exit_code, "--query" in neither.output) == (2, True)
    unnamed = run(folder, "collection", "add", "--", "--", "1")
    assert unnamed.exit_code == 2
    assert run(folder, "note", "remove", 99).exit_code == 2
    assert run(folder, "agreement").exit_code == 1


def test_what_an_edited_theme_would_change(folder, tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "- id: weekly-meetings\n"
        "  label: Weekly meetings\n"
        "  area: leadership\n"
        "  definition: Meetings that are held each week.\n"
        "  phrases: [supervision]\n"
        "  matches: [Supervision is regular., Supervision is late.]\n"
        "  not_matches: [Visits are late.]\n"
    )
    done = run(folder, "themes", "diff", mine, "--format", "json")
    assert done.exit_code == 0, done.output
    rows = json.loads(done.output)
    assert {row["fate"] for row in rows} == {"added"}
    assert {row["theme"] for row in rows} == {"weekly-meetings"}
    assert any("upervision" in row["text"] for row in rows)
    assert run(folder, "themes", "diff", mine, mine).exit_code == 1


@pytest.mark.slow
@pytest.mark.real
def test_decisions_on_the_real_reports_survive_reading_and_tagging_again(real, tmp_path):
    folder, draw = tmp_path / "library", random.Random(0)
    assert run(folder, "ingest", real / "corpus").exit_code in {0, 3}
    with Library(folder) as library:
        for doubt in draw.sample(library.review_queue("amina"), 200):
            answer = Answer(verdict="changed", polarity=draw.choice(["strength", "concern"]))
            library.review(doubt, answer, coder="amina")
        before = library.all_decisions().to_rows()
        count = library.findings().total
    assert run(folder, "refresh", "--all").exit_code == 0
    with Library(folder) as library:
        assert library.all_decisions().to_rows() == before
        assert all(record.decision.start is not None for record in library.all_decisions())
        assert library.findings().total == count
