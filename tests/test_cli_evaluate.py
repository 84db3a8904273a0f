"""The commands that measure and try the tagger."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from textmine.cli import cli

ROW = {
    "id": "p1",
    "kind": "ilacs",
    "section": "",
    "text": "Pathway plans are late. Foster carers are well trained.",
    "sentences": [[0, 23], [24, 55]],
    "labels": [
        {
            "themes": ["pathway-plans"],
            "disputed": [],
            "polarity": ["concern"],
            "timing": ["current"],
        },
        {"themes": ["adoption"], "disputed": [], "polarity": ["strength"], "timing": ["current"]},
    ],
}


def run(*args):
    result = CliRunner().invoke(cli, [*args, "--format", "jsonl"])
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(ROW), encoding="utf-8")
    return str(path)


def test_figures_come_with_their_intervals(gold) -> None:
    code, rows = run("evaluate", gold)
    assert code == 0
    figures = {row["figure"]: row for row in rows}
    assert figures["theme F1"]["low"] <= figures["theme F1"]["value"] <= figures["theme F1"]["high"]


def test_each_theme_is_measured(gold) -> None:
    rows = {row["theme"]: row for row in run("evaluate", gold, "--show", "themes")[1]}
    assert rows["pathway-plans"]["f1"] == 1.0
    assert rows["adoption"] == {
        "theme": "adoption", "coded": 1, "precision": 0.0, "recall": 0.0, "f1": 0.0, "low": 0.0,
        "high": 0.0,
    }  # fmt: skip


def test_what_was_predicted_instead_and_the_misses_are_shown(gold) -> None:
    _, instead = run("evaluate", gold, "--show", "confusion")
    assert {"missed": "adoption", "predicted": "fostering", "count": 1} in instead
    _, read = run("evaluate", gold, "--show", "polarity")
    assert read == [{"coded": "concern", "predicted": "concern", "count": 1}]
    _, misses = run("evaluate", gold, "--misses", "1")
    assert [(row["kind"], row["theme"], row["text"]) for row in misses] == [
        ("missed", "adoption", ROW["text"][24:])
    ]


def test_a_file_that_is_no_gold_is_refused(tmp_path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("{}", encoding="utf-8")
    result = CliRunner().invoke(cli, ["evaluate", str(path)])
    assert result.exit_code == 5
    assert f"{path}, line 1: not a coded paragraph" in result.stderr


def test_themes_are_tried_on_a_text() -> None:
    _, rows = run("themes", "--try", "Pathway plans are late. Tea is served.")
    assert rows[0] == {
        "sentence": "Pathway plans are late.",
        "theme": "pathway-plans",
        "words": "Pathway plans",
    }


OWN = """- id: allotments
  label: Allotments
  area: leadership
  definition: Gardens that the council lets.
  phrases: [allotment, Allotment, foster carer]
  matches: [Allotments are tidy., Ponds are deep.]
  not_matches: [An allotment of places.]
"""


def test_lint_names_examples_that_fail_and_phrases_that_do_nothing(tmp_path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    result = CliRunner().invoke(cli, ["themes", "lint", str(path)])
    assert result.exit_code == 5
    assert result.stdout.splitlines() == [
        "allotments: does not match its own example 'Ponds are deep.'",
        "allotments: matches an example it should not: 'An allotment of places.'",
        "allotments: 'Allotment' is in both phrases and phrases",
    ]


def test_the_shipped_themes_have_no_problems() -> None:
    result = CliRunner().invoke(cli, ["themes", "lint"])
    assert result.exit_code == 0, result.stdout
    assert "no problems" in result.stdout
