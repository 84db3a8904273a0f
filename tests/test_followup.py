"""What became of demands: invented reports, read and followed as a person would ask for it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.frameworks import DOCUMENTS
from textmine.cli import cli
from textmine.followup import wording
from textmine.followup.linear import Linear
from textmine.followup.verdicts import OUTCOMES, probabilities, shipped
from textmine.followup.wording import Rarity

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def run(*arguments, library):
    return CliRunner().invoke(cli, [*map(str, arguments), "--library", str(library)])


@pytest.fixture(scope="module")
def library(sample_library):
    return sample_library


@pytest.fixture(scope="module")
def rows(library):
    result = run("followup", "--format", "jsonl", library=library)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_every_demand_has_a_row_with_both_reports(rows, library):
    asked = json.loads(run("recommendations", "--format", "json", library=library).stdout)
    followed = {(row["sha256"], row["demand"]) for row in rows}
    social = {"ilacs_inspection", "sif_inspection", "focused_visit", "monitoring_visit"}
    wanted = {(row["sha256"], row["text"]) for row in asked if row["type"] in social}
    assert wanted <= followed
    for row in rows:
        if row["later_sha256"]:
            assert row["date"] < row["later_date"]
        else:
            assert (row["verdict"], row["evidence"]) == (None, [])


def test_a_verdict_stands_on_sentences_of_the_later_report(rows):
    given = [row for row in rows if row["verdict"] not in {None, "silent"}]
    for row in given:
        assert row["evidence"], row
        first = row["evidence"][0]
        assert first["sign"] in ({"better"} if row["verdict"] == "improved" else {"worse", "both"})
    assert all(0 < row["score"] <= 1 for row in rows if row["verdict"])


def test_another_kind_of_report_never_answers(rows):
    for row in rows:
        if row["later_type"]:
            assert DOCUMENTS[row["type"]].strand == DOCUMENTS[row["later_type"]].strand


def test_no_verdict_where_none_was_measured(rows):
    measured = {"ilacs_inspection", "sif_inspection"}
    for row in rows:
        if row["verdict"]:
            assert {row["type"], row["later_type"]} <= measured
            assert row["body"] in {"council", "trust"}


def test_verdicts_can_be_asked_for(library):
    some = run("followup", "--verdict", "none", "--format", "json", library=library)
    assert {row["verdict"] for row in json.loads(some.stdout)} == {None}
    nothing = run("followup", "--authority", "Atlantis", library=library)
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert "Atlantis" in nothing.stderr


def test_a_demand_asks_for_its_facets_and_an_answer_speaks_of_them():
    asked = wording.of_demand("The timeliness of initial health assessments.")
    assert asked.facets == {"timeliness"}
    assert {"health", "assessment"} <= asked.subjects
    assert wording.of_answer("Health assessments are late.").facets == {"timeliness"}
    assert wording.of_answer("Health assessments are thorough.").facets == frozenset()


def test_common_words_say_nothing_of_a_subject():
    assert wording.content("Improve the quality of support and services.") == frozenset()
    assert wording.content("Life-story work for children") == wording.content("life story")


def test_rare_words_weigh_more_than_those_in_every_sentence():
    sentences = [wording.of_answer(text) for text in ("Visits are late.", "Visits are made.")]
    rarity = Rarity([*sentences, wording.of_answer("Chronologies are late, visits are not.")])
    [rare] = wording.content("chronologies")
    [common] = wording.content("visits")
    assert rarity.of_stems([rare]) > rarity.of_stems([common])


def test_the_likelihoods_of_outcomes_are_a_whole():
    model = shipped()
    features = dict.fromkeys(model.outcomes["improved"].weights, 0.0)
    likely = probabilities(features, model)
    assert set(likely) == set(OUTCOMES)
    assert sum(likely.values()) == pytest.approx(1)


def test_a_feature_without_a_weight_is_a_defect():
    with pytest.raises(KeyError):
        Linear(0.0, {"words": 1.0}).score({"unknown": 1.0})
