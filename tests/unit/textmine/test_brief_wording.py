"""What a brief says of points by their words: verdicts, mentions, what is said of all of them."""

from types import SimpleNamespace

import pytest

from textmine.analysis.closeness import StemWeights
from textmine.briefs import mentions
from textmine.briefs.sections import history
from textmine.followup import wording
from textmine.followup.threads import FollowUp
from textmine.followup.verdicts import Answer, Witness


def answered(score, *witnesses, asked="Plans for children.", said="Plans are clear."):
    """A follow-up whose verdict is "improved", by sentences of some relevance and sign."""
    row = SimpleNamespace(text=said, evidence=said, section="")
    found = tuple(Witness(SimpleNamespace(row=row, asks=False), *each) for each in witnesses)
    demand = SimpleNamespace(text=asked, themes=())
    return FollowUp(demand, "council", None, Answer("improved", score, found))


DISABLED = "Plans for disabled children."
NOTHING_ASKED = SimpleNamespace(demands={})


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (answered(0.9, (0.8, "better")), "improved"),
        (answered(0.9, (0.8, "better"), (0.7, "better")), "improved"),
        (answered(0.9, (0.8, "better"), (0.6, "worse")), None),
        (answered(0.9, (0.8, "better"), asked=DISABLED), None),
        (answered(0.9, (0.8, "better"), asked=DISABLED, said=DISABLED), "improved"),
        (answered(0.9, (0.3, "better")), None),
        (answered(0.6, (0.8, "better")), None),
    ],
)
def test_improved_is_printed_only_where_the_quote_shows_it(given, verdict):
    assert history.verdict(NOTHING_ASKED, given) == verdict


@pytest.mark.parametrize(
    ("sentence", "general"),
    [
        (
            "All the areas for improvement identified at the last inspection have been addressed.",
            True,
        ),
        ("The few shortfalls identified at the previous inspection have been tackled.", True),
        ("Leaders addressed this area of weakness identified at the last inspection.", False),
        ("Areas of practice are strong and the inspection was planned.", False),
    ],
)
def test_what_a_report_says_of_all_earlier_points(sentence, general):
    assert bool(history.GENERAL.match(sentence)) == general


@pytest.mark.parametrize(
    ("text", "name", "when"),
    [
        (
            "It follows a focused visit to the front door in March 2021.",
            "focused visit",
            "March 2021",
        ),
        ("Since the last visit, in 2022, leaders have changed.", "visit", "2022"),
        ("Dates of previous inspections: 22 to 24 January 2020", "SEND inspection", "January 2020"),
        ("The 2019 JTAI found the same.", "joint targeted area inspection", "2019"),
    ],
)
def test_visits_and_inspections_that_a_report_mentions(text, name, when):
    [mention] = mentions.of_visits(text)
    assert (mention.name, mention.when) == (name, when)


def test_the_inspection_before_is_known_by_its_year():
    text = "Since the last inspection in March 2019, services have improved."
    [mention] = mentions.of_last_inspection(text, ("ilacs_inspection",))
    assert mention.when == "2019"


def test_sentences_are_near_by_their_rare_words():
    words = StemWeights(f"Plan number {n} is read by the reviewing team." for n in range(50))
    demand = "The impact of independent reviewing officers on plans."
    assert words.close(demand, "Independent reviewing officers do not challenge drift.")
    assert not words.close(demand, "Plans are read, and reviewing them has begun in every team.")
    assert not words.close(demand, "The impact and quality of services for children is good.")


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("The quality of assessments.", "Ensure that assessments consider history.", 1),
        ("The quality of assessments.", "The quality of assessments and plans.", 0.5),
        ("Timeliness of pre-proceedings.", "The public law outline.", 1),
        ("Assessments of unborn children.", "The quality of assessments.", 0),  # another group
        ("Support for care leavers.", "Advice for care leavers.", 0),  # too broad
        ("The pace of change.", "The pace of change.", 0),  # no subject is named
    ],
)
def test_subjects_that_two_demands_name(one, other, share):
    assert wording.shared_subjects(one, other) == share
    assert wording.shared_subjects(other, one) == share
