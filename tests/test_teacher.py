"""What teaches an encoder: no grade reaches it, readers are weighed, figures are as defined."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest

SCRIPTS = Path(__file__).parents[1] / "scripts"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    yield importlib.import_module
    for name in [n for n in sys.modules if n.startswith("teacher_") or n == "coded"]:
        del sys.modules[name]


@pytest.mark.parametrize("grade", ["good", "outstanding", "requires improvement to be good"])
@pytest.mark.parametrize(
    "printed",
    [
        "The experiences of children in care: {}",
        "The graded judgement for adoption is that it is {}.",
        "{}",
    ],
)
def test_no_heading_tells_a_grade(script, grade: str, printed: str):
    row = {"section": printed.format(grade), "kind": "ilacs_inspection"}
    plain = script("teacher_data").plain
    assert plain(row) == plain({**row, "section": printed.format("inadequate")})
    assert plain(row)["kind"] == "ilacs"


def test_a_heading_without_a_grade_stays(script):
    row = {"section": "Areas for improvement", "kind": "area_send"}
    assert script("teacher_data").plain(row)["section"] == "areas for improvement"


def test_most_readers_decide_and_ties_are_disputed(script):
    codes = [
        ["early-help fostering", "concern", "current"],
        ["early-help", "concern", "past"],
        ["fostering adoption", "strength", "current"],
        ["early-help", "concern", "current"],
    ]
    assert script("teacher_data").majority(codes) == {
        "themes": ["early-help"],
        "disputed": ["fostering"],
        "polarity": ["concern"],
        "timing": ["current"],
    }


def test_figures_count_as_textmine_evaluate_does(script):
    module = script("teacher_figures")
    label = {
        "themes": ["early-help"],
        "disputed": [],
        "polarity": ["mixed"],
        "timing": ["improved"],
    }
    said = ([{"early-help", "adoption"}], ["concern"], ["current"])
    assert module.figures([{"labels": [label]}], [said]) == {
        "theme": 0.6667,
        "polarity": 1.0,
        "concern": 1.0,
        "timing": 0.0,
        "finding": 0.6667,
        "sentences": 1,
    }


def test_thresholds_decide(script):
    module = script("teacher_figures")
    values = np.array([[0.45, 0.1, 0.5, 0.45, 0.0, 0.05, 0.4, 0.35, 0.0, 0.25, 0.0]])
    cut = module.Cut(theme=0.4, concern=1.2, change=0.5)
    assert module.decide(values, ["adoption", "fostering"], cut) == (
        [{"adoption"}],
        ["concern"],
        ["improved"],
    )
