"""Figures: numbers with what they count. Every sentence is invented."""

import pytest

from textmine.pipeline import Tagger, TagInput
from textmine.pipeline.figures.number_context import TAIL
from textmine.pipeline.figures.numbers import LONGEST
from textmine.pipeline.rules.data import rules

TAGGER = Tagger([])


def figures(text):
    """The figures of a text as (printed, value, unit, of, comparison, counts)."""
    [(_, found)] = TAGGER.tag_all([TagInput(text, "", "", figures_only=True)])
    return [
        (
            text[each.start : each.end],
            each.value,
            each.unit,
            each.of,
            each.comparison,
            text[each.counts_start : each.counts_end],
        )
        for each in found
    ]


def test_three_figures_of_one_sentence_and_what_each_counts():
    text = (
        "Of more than 18,400 women, 98 per cent were asked how they felt after the birth, and 78"
        " per cent were told whom to turn to."
    )
    assert figures(text) == [
        ("18,400", 18400, "count", None, None, "women"),
        ("98 per cent", 98, "percent", None, None, "were asked how they felt after the birth"),
        ("78 per cent", 78, "percent", None, None, "were told whom to turn to"),
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit", "of", "counts"),
    [
        ("98 per cent of women were asked.", 98, "percent", None, "women were asked"),
        ("Caseloads average 17.", 17, "count", None, "Caseloads"),
        ("The panel held 24 meetings.", 24, "count", None, "meetings"),
        ("Inspectors met 13 of the 22 children.", 13, "count", 22, "children"),
        ("Three out of 11 homes closed.", 3, "count", 11, "homes closed"),
        ("All but two of the 40 plans are signed.", 38, "count", 40, "plans are signed"),
        ("There are two social workers in post.", 2, "count", None, "social workers in post"),
        ("Twenty-five families moved.", 25, "count", None, "families moved"),
        ("A third of visits were late.", 33.33, "percent", None, "visits were late"),
        ("Just over half of plans are late.", 50, "percent", None, "plans are late"),
        ("Nine plans out of ten are signed.", 90, "percent", None, "are signed"),
        ("There are two more teams.", 2, "count", None, "more teams"),
        ("One in five children waits.", 20, "percent", None, "children waits"),
        ("Referrals are at 61 per 10,000 children.", 61, "per 10,000", None, "Referrals"),
        ("The council has spent £1.2 million on homes.", 1.2e6, "pounds", None, "on homes"),
        ("Some children wait for over two years.", 2, "years", None, "Some children wait"),
        ("One child lives in a secure home.", 1, "count", None, "child lives in a secure home"),
        ("Timeliness (82%) is good.", 82, "percent", None, "Timeliness (82%) is good"),
        ("The board trained over 1950 teachers.", 1950, "count", None, "teachers"),
    ],
)
def test_a_figure_says_what_it_counts(text, value, unit, of, counts):
    [(_, *rest)] = figures(text)
    assert (rest[0], rest[1], rest[2], rest[4]) == (value, unit, of, counts)


@pytest.mark.parametrize(
    "text",
    [
        "The visit took place on 14 March 2021 and 3 and 4 April.",
        "Leaders have acted since 2019 and in 2020–21.",
        "Homeless 16- and 17-year-olds are offered homes.",
        "Care leavers aged 18 to 25 keep in touch until they turn 25.",
        "Enquiries under section 47 and sections 17 and 20 are timely (paragraphs 3, 12 and 40).",
        "Pupils in Years 7 to 11 and at key stage 2 do well.",
        "Ring 0300 123 4567 or write to 12 High Street.",
        "Help is there 24 hours a day, seven days a week.",
        "In the last 12 months the service has moved.",
        "Visits take place within 10 working days and every six weeks.",
        "One young person told inspectors of her worker.",
        "These two services and both teams share an office.",
        "Workers begin at 17 and a half years.",
        "It is not one size fits all, and one to one work is good.",
        "Reviews are held three times a year.",
        "They live within 20 miles of home.",
        "The Right 2 Speak group meets.",
    ],
)
def test_numbers_that_count_nothing_are_no_figures(text):
    assert figures(text) == []


def test_what_a_figure_is_compared_with_counts_the_same():
    text = (
        "At 31 March 2015, 61% of children had a review, compared with 66% for statistical"
        " neighbours and 68% nationally. This is a fall from 70% in 2014, below the target of 80%."
    )
    counts = "children had a review"
    assert [(each[1], each[4], each[5]) for each in figures(text)] == [
        (61, None, counts),
        (66, "neighbours", counts),
        (68, "national", counts),
        (70, "previous", counts),
        (80, "target", counts),
    ]


def test_a_bracket_says_the_figure_before_it_once_more():
    assert [each[5] for each in figures("Of these, seven (32%) live elsewhere.")] == [
        "live elsewhere"
    ] * 2


def test_a_difference_is_no_level():
    [(*_, comparison, counts)] = figures("The number of referrals fell by 12%.")
    assert (comparison, counts) == ("change", "The number of referrals")


def test_the_time_that_a_figure_is_about():
    text = "At 31 March 2020, 40 children had a plan."
    [(_, [figure])] = TAGGER.tag_all([TagInput(text, "", "", figures_only=True)])
    assert text[figure.period_start : figure.period_end] == "At 31 March 2020"


def test_no_word_is_longer_than_where_it_is_looked_for():
    words = rules("figures")
    tail = [*words["clauses"]["tail"], *words["clauses"]["qualifiers"]]
    before = [*words["numbers"]["ranks"], *words["numbers"]["anaphors"]]
    assert max(map(len, tail)) < TAIL
    assert max(map(len, before)) < LONGEST - 1
