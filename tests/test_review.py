"""Reviewing findings with one key each: what is kept, undone, and put before whom."""

import random
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import textmine
from index.documents.decisions import Decision
from textmine.cli import cli
from textmine.usecases.review import Answer

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    path = tmp_path_factory.mktemp("review") / "library"
    with textmine.open(path) as lib:
        list(lib.ingest([SAMPLES / "reports"], register=SAMPLES / "authorities.csv", jobs=2))
    return path


@pytest.fixture
def folder(ingested, tmp_path):
    return shutil.copytree(ingested, tmp_path / "library")


def review(folder, keys, *arguments, coder="Ada", code=0):
    command = ["review", "--library", str(folder), "--coder", coder, *arguments]
    result = CliRunner().invoke(cli, command, input=keys)
    assert result.exit_code == code, result.output
    return result.output


def decided(folder):
    with textmine.open(folder) as lib:
        return [each.decision for each in lib.all_decisions(internal=True)]


def first(folder, coder="Ada"):
    with textmine.open(folder) as lib:
        return lib.review_queue(coder, limit=1)[0]


def test_the_most_doubtful_come_first(folder):
    with textmine.open(folder) as lib:
        scores = [each.found.finding.score for each in lib.review_queue("Ada")]
        assert len(scores) == lib.findings().total
    known = [score for score in scores if score is not None]
    assert known == sorted(known)
    assert scores[: len(known)] == known


def test_one_key_keeps_a_decision_with_its_note_and_asks_no_second_time(folder):
    doubt = first(folder)
    output = review(folder, "n not about this\nwq")
    assert "1 decision kept as Ada" in output
    (made,) = decided(folder)
    assert (made.verdict, made.who, made.why) == ("rejected", "Ada", "not about this")
    assert (made.quote, made.theme) == (doubt.found.evidence, doubt.found.theme)
    assert first(folder).found != doubt.found
    assert first(folder, "Ben").found == doubt.found
    assert "rejected" not in review(folder, "q", coder="Ben")


def test_other_values_hold_from_then_on(folder):
    doubt = first(folder)
    review(folder, "pmixed\nq")
    with textmine.open(folder) as lib:
        held = [
            row.finding.polarity
            for row in lib.findings()
            if row.document == doubt.found.document
            and row.finding.start == doubt.found.finding.start
            and row.theme == doubt.found.theme
        ]
    assert held == ["mixed"]
    review(folder, "mworsened\nttimeliness\nq")
    assert [each.verdict for each in decided(folder)] == ["changed"] * len(decided(folder))


def test_what_is_added_and_undone_leaves_the_machine_as_it_was(folder):
    with textmine.open(folder) as lib:
        before = lib.findings().to_rows()
    review(folder, "aworkforce\nconcern\ncurrent\n\nuruq")
    assert [each.verdict for each in decided(folder)] == [
        *("added", "withdrawn", "accepted", "withdrawn")
    ]
    with textmine.open(folder) as lib:
        assert lib.findings().to_rows() == before


def test_undo_takes_back_only_ones_own_decision(folder):
    review(folder, "wq", coder="Ada")
    review(folder, "ruq", coder="Ben")
    with textmine.open(folder) as lib:
        total = lib.findings().total
        assert len(lib.review_queue("Cleo")) == total + 1


def test_a_slip_costs_no_decision(folder):
    output = review(folder, "xtnonsense\nu?q")
    assert "'x' is no key here" in output
    assert "no theme 'nonsense'" in output
    assert "nothing to undo" in output
    assert "undo the last decision" in output
    assert decided(folder) == []


def test_nothing_left_says_so(folder):
    assert "no findings left to review" in review(folder, "", "--since", "2090", code=1)


@pytest.mark.slow
def test_two_hundred_random_decisions_outlive_a_new_reading(folder):
    chance = random.Random(24)
    with textmine.open(folder) as lib:
        queue = lib.review_queue("Ada")
        names = sorted({each.found.document for each in queue})[:2]
        doubts = [each for each in queue if each.found.document in names]
        for doubt in chance.choices(doubts, k=200):
            verdict = chance.choice(["accepted", "rejected", "changed"])
            polarity = chance.choice(["strength", "concern", "mixed"])
            answer = Answer(verdict=verdict, polarity=polarity, why=str(chance.random()))
            lib.review(doubt, answer, coder=chance.choice(["Ada", "Ben"]))
        before = [each.decision for each in lib.all_decisions(internal=True)]
        held = lib.findings().to_rows()
    with textmine.open(folder) as lib:
        for number in names:
            lib.correct(number, "visibility=public", why="read again", who="Ada",
                        register=SAMPLES / "authorities.csv")  # fmt: skip
    with textmine.open(folder) as lib:
        after = [each.decision for each in lib.all_decisions(internal=True)]
        assert [(each.quote, each.verdict, each.who, each.why) for each in after] == [
            (each.quote, each.verdict, each.who, each.why) for each in before
        ]
        assert all(isinstance(each, Decision) and each.start is not None for each in after)
        assert len(before) == 200
        assert len(lib.findings().to_rows()) == len(held)
