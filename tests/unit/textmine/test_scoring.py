"""How findings are scored against coded sentences."""

from __future__ import annotations

import json

import pytest

from corpus.errors import DataError
from textmine.evaluation.scoring import Prediction, figures, intervals, read_gold, score

ROW = {
    "id": "p1",
    "sha256": "a",
    "kind": "ilacs",
    "section": "",
    "text": "Plans are good. Visits are late.",
    "sentences": [[0, 15], [16, 32]],
    "labels": [
        {"themes": ["planning"], "disputed": [], "polarity": ["strength"], "timing": ["current"]},
        {
            "themes": ["children-seen"],
            "disputed": ["workforce"],
            "polarity": ["mixed"],
            "timing": ["improved"],
        },
    ],
}
PLANS = Prediction(0, 15, "planning", "strength", "current")
VISITS = Prediction(14, 32, "children-seen", "concern", "improved")


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(ROW) + "\n\n", encoding="utf-8")
    return read_gold(path)


def measured(gold, *said):
    return figures(score(gold, [said]).counts())


def test_all_right_is_one(gold) -> None:
    found = measured(gold, PLANS, VISITS)
    names = ("theme F1", "polarity", "concern F1", "timing F1", "finding F1")
    assert [found[name] for name in names] == [1.0] * 5


def test_what_coders_dispute_counts_neither_way(gold) -> None:
    disputed = VISITS._replace(theme="workforce")
    assert measured(gold, PLANS, VISITS, disputed) == measured(gold, PLANS, VISITS)


def test_a_theme_missed_and_one_invented(gold) -> None:
    result = score(gold, [[PLANS, VISITS._replace(theme="caseloads")]])
    assert figures(result.counts())["theme F1"] == 0.5
    assert [(m.kind, m.theme) for m in result.misses] == [
        ("fp", "caseloads"),
        ("fn", "children-seen"),
    ]
    assert result.counts()["instead", "children-seen", "caseloads"] == 1


def test_a_strength_and_a_concern_of_one_theme_are_mixed(gold) -> None:
    good = VISITS._replace(polarity="strength")
    assert measured(gold, PLANS, VISITS, good)["polarity"] == 1.0
    assert measured(gold, PLANS, good)["polarity"] == 0.5


def test_the_past_counts_for_its_theme_only(gold) -> None:
    past = [one._replace(timing="past") for one in (PLANS, VISITS)]
    found = measured(gold, *past)
    assert found["theme F1"] == 1.0
    assert found["concern F1"] == found["finding F1"] == 0.0


def test_intervals_hold_the_figure_and_repeat_themselves(gold) -> None:
    documents = score(gold, [[PLANS, VISITS]]).documents
    more = dict(documents) | {"b": score(gold, [[]]).documents["a"]}
    ranges = intervals(more)
    assert ranges == intervals(more)
    assert ranges["theme F1"] == (0.0, 1.0)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "contains no coded paragraphs"),
        ("\n{", "line 2: not a coded paragraph"),
        ('{"id": "p1"}', "KeyError"),
        (json.dumps(ROW | {"labels": []}), "ValueError"),
        (json.dumps(ROW | {"sentences": [], "labels": []}), "no sentences"),
    ],
)
def test_what_is_no_gold_is_refused_with_its_line(tmp_path, content, reason) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=reason):
        read_gold(path)
