"""Agreement between coders, by published examples and by an independent implementation."""

from __future__ import annotations

import random

import pytest
from sklearn.metrics import cohen_kappa_score

from textmine.evaluation.agreement import (
    MACHINE,
    Judged,
    Unit,
    agreements,
    alpha,
    differences,
    kappa,
    percent,
)

# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011): three coders, gaps.
THREE = (
    "* * * * * 3 4 1 2 1 1 3 3 * 3",
    "1 * 2 1 3 3 4 3 * * * * * * *",
    "* * 2 1 3 4 4 * 2 1 1 3 3 * 4",
)


def test_alpha_of_the_published_example():
    columns = zip(*(row.split() for row in THREE), strict=True)
    table = [[value for value in column if value != "*"] for column in columns]
    assert alpha([values for values in table if len(values) > 1]) == pytest.approx(0.691, abs=5e-4)


def test_kappa_of_the_textbook_example():
    """Fifty grant proposals: 20 yes twice, 15 no twice, 5 and 10 differ."""
    table = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert percent(table) == pytest.approx(0.7)
    assert kappa(table) == pytest.approx(0.4)


@pytest.mark.parametrize("seed", range(5))
def test_kappa_is_that_of_scikit_learn(seed):
    draw = random.Random(seed)
    table = [(draw.choice("abc"), draw.choice("abc")) for _ in range(60)]
    one, other = zip(*table, strict=True)
    assert kappa(table) == pytest.approx(cohen_kappa_score(one, other))


def test_one_value_only_has_no_coefficient():
    table = [("present", "present")] * 9
    assert (percent(table), kappa(table), alpha(table)) == (1.0, None, None)


def codes():
    here, absent = Judged("present", "concern", "current"), Judged("absent", None, None)
    praise = Judged("present", "strength", "current")
    return {
        Unit(1, 10, "neglect"): {"amina": here, "ben": here, MACHINE: here},
        Unit(1, 60, "neglect"): {"amina": here, "ben": praise, MACHINE: here},
        Unit(2, 10, "caseloads"): {"amina": absent, "ben": here, MACHINE: here},
        Unit(3, 10, "caseloads"): {"amina": here, MACHINE: praise},
    }


def test_each_pair_is_compared_on_what_both_judged():
    found = {(row.coders, row.what): row for row in agreements(codes())}
    assert found[("amina", "ben"), "theme"].units == 3
    assert found[("amina", "ben"), "theme"].percent.value == pytest.approx(2 / 3)
    assert found[("amina", "ben"), "polarity"].units == 2  # where both see the theme
    assert found[("amina", MACHINE), "theme"].units == 4
    low, high = (found[("amina", "ben"), "theme"].percent.low, 1.0)
    assert low <= 2 / 3 <= high


def test_agreement_by_theme():
    found = {(r.coders, r.what, r.theme): r for r in agreements(codes(), by_theme=True)}
    assert found[("amina", "ben"), "polarity", "neglect"].percent.value == pytest.approx(0.5)


def test_the_sentences_on_which_they_differ():
    assert [unit for unit, _ in differences(codes())] == [
        Unit(1, 60, "neglect"),
        Unit(2, 10, "caseloads"),
        Unit(3, 10, "caseloads"),
    ]
