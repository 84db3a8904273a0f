"""Statistics of words against other implementations and published worked examples."""

from math import log2

import numpy as np
import pytest

from textmine.analysis.statistics import collocation, dispersion, keyness
from textmine.analysis.statistics.rates import ratio_interval

stats = pytest.importorskip("scipy.stats")
TABLES = [(12, 3, 1000, 1500), (5, 0, 300, 10_000), (40, 41, 5_000, 5_000), (1, 7, 90, 80)]


@pytest.mark.parametrize("table", TABLES)
def test_log_likelihood_is_the_power_divergence_of_scipy(table):
    n, other, of, of_other = table
    share = (n + other) / (of + of_other)
    theirs = stats.power_divergence([n, other], [of * share, of_other * share], lambda_=0)
    assert keyness.log_likelihood(*table) == pytest.approx(theirs.statistic)
    assert keyness.probability(theirs.statistic) == pytest.approx(theirs.pvalue)


def test_effect_sizes():
    assert keyness.log_ratio(40, 10, 1000, 1000) == 2
    assert keyness.log_ratio(4, 0, 1000, 1000) == 3  # none counts as half a time
    assert keyness.percent_difference(30, 10, 1000, 1000) == pytest.approx(200)
    assert keyness.percent_difference(4, 0, 1000, 1000) is None


@pytest.mark.parametrize("table", [(8, 120, 30, 5000), (2, 40, 900, 4000), (15, 15, 20, 800)])
def test_measures_of_collocation_are_those_of_nltk(table):
    association = pytest.importorskip("nltk.metrics.association")
    measures = association.BigramAssocMeasures
    together, windows, near, of = table
    theirs = (together, (windows, near), of)
    assert collocation.mutual_information(*table) == pytest.approx(measures.pmi(*theirs))
    assert collocation.t_score(*table) == pytest.approx(measures.student_t(*theirs))
    ours = collocation.log_dice(together, windows, near)
    assert ours == pytest.approx(14 + log2(measures.dice(*theirs)))
    table_of_two = [
        [together, windows - together],
        [near - together, of - windows - near + together],
    ]
    g2 = stats.chi2_contingency(table_of_two, correction=False, lambda_="log-likelihood")
    assert collocation.log_likelihood(*table) == pytest.approx(g2.statistic)


GRIES = ([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])
"""The worked example of Gries (2008): the word "a" in five parts of unequal size."""


def test_dispersion_is_that_of_gries_in_his_worked_example():
    assert dispersion.deviation_of_proportions(*GRIES) == pytest.approx(0.18, abs=0.005)
    assert dispersion.juilland(*GRIES) == pytest.approx(0.785, abs=0.0005)
    assert dispersion.normalised_deviation(*GRIES) == pytest.approx(0.18 / (1 - 0.18), abs=0.005)


def test_dispersion_at_its_ends():
    assert dispersion.deviation_of_proportions([3, 3], [10, 10]) == 0
    assert dispersion.normalised_deviation([0, 6], [10, 10]) == pytest.approx(1)
    assert dispersion.juilland([0, 6], [10, 10]) == pytest.approx(0)
    assert dispersion.juilland([4], [10]) is None
    assert dispersion.normalised_deviation([4], [10]) == 0


def test_an_interval_of_a_rate_is_about_that_of_a_bootstrap_over_reports():
    chance = np.random.default_rng(7)
    sizes = chance.integers(2_000, 9_000, 60)
    counts = chance.poisson(sizes / 1_000)
    low, high = ratio_interval(counts.tolist(), sizes.tolist())
    pairs = stats.bootstrap(
        (counts, sizes),
        lambda n, of, axis: n.sum(axis=axis) / of.sum(axis=axis),
        paired=True,
        method="percentile",
        rng=chance,
    ).confidence_interval
    assert (low, high) == pytest.approx((pairs.low, pairs.high), rel=0.05)
    assert ratio_interval([1, 2, 3, 4], [10, 10, 10, 10]) is None
