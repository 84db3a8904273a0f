"""Themes, polarity and timing of sentences, all invented."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.language.sentences import sentence_ranges
from textmine.pipeline import Tagged, Tagger, TagInput
from textmine.pipeline.rules.data import rules
from textmine.pipeline.rules.scope import labelled
from textmine.pipeline.tokens.tokenizer import SpacyTokenizer
from textmine.pipeline.tokens.vocabulary import fold, phrase_words
from textmine.themes import load_themes

THEMES = load_themes()
TAGGER = Tagger(THEMES)
RULES = Tagger(THEMES, learned=False)
TOKENIZER = SpacyTokenizer()

HEADINGS = {
    "help-and-protection": "The experiences of children who need help and protection",
    "children-in-care": "The experiences and progress of children in care",
    "care-leavers": "The experiences and progress of care leavers",
    "leadership": "The impact of leaders on social work practice",
    "send": "",
}
TEXTS = [
    "Social workers visit children regularly. However, plans are not always clear. It is late.",
    "Dr. Ames’s team co-produces the offer – and it’s good; e.g. forums.",
    "",
    " ",
    "•",
]


def tag(text, section="", kind="ilacs", passage_kind="paragraph") -> tuple[Tagged, ...]:
    [tagged] = TAGGER.tag([TagInput(text, kind, section, passage_kind)])
    return tagged


def themes_of(text, section="", kind="ilacs") -> set[str]:
    return {found.theme for found in tag(text, section, kind)}


def in_area(theme, text) -> set[str]:
    kind = "area_send" if theme.area == "send" else "ilacs"
    return themes_of(text, HEADINGS[theme.area], kind)


@pytest.mark.parametrize(
    ("theme", "text"),
    [pytest.param(t, text, id=f"{t.id}-{n}") for t in THEMES for n, text in enumerate(t.matches)],
)
def test_an_example_is_tagged(theme, text) -> None:
    assert theme.id in in_area(theme, text)


@pytest.mark.parametrize(
    ("theme", "text"),
    [
        pytest.param(t, text, id=f"{t.id}-{n}")
        for t in THEMES
        for n, text in enumerate(t.not_matches)
    ],
)
def test_a_counterexample_is_not(theme, text) -> None:
    assert theme.id not in themes_of(text)


@pytest.mark.parametrize(
    "text",
    ["Children’s Life Story work", "life-story work", "LIFE-STORY WORK", "life story works"],
)
def test_spellings_of_a_phrase_are_equal(text) -> None:
    assert themes_of(text) == {"life-story"}


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Children", "children"),
        ("’s", ""),
        ("-", ""),
        ("agencies", "agency"),
        ("boxes", "box"),
        ("process", "process"),
        ("analysis", "analysis"),
        ("visits", "visit"),
        ("—", "–"),
        ("was", "was"),
    ],
)
def test_words_are_folded(word, folded) -> None:
    assert fold(word) == folded


def test_a_topic_is_carried_to_the_next_sentence() -> None:
    found = tag("Foster carers are trained well. They speak of it warmly.")
    assert [(f.theme, f.start) for f in found if f.theme == "fostering"] == [
        ("fostering", 0),
        ("fostering", 32),
    ]


def test_a_paragraph_stays_with_a_group_of_children() -> None:
    found = tag(
        "Unaccompanied children arrive each month. Caseloads are low. Health needs are met."
    )
    assert [f.theme for f in found if f.theme == "unaccompanied-children"] == [
        "unaccompanied-children"
    ] * 3


def test_a_reference_is_no_finding() -> None:
    found = tag("The recruitment of foster carers. (Outcome 4, national framework)")
    assert {f.end for f in found} == {33}


def test_a_mention_in_passing_counts_for_nothing() -> None:
    text = "Private fostering is checked with great care by a manager who came from the police."
    assert themes_of(text) == {"private-fostering"}


def test_the_part_of_the_report_decides_between_namesakes() -> None:
    text = "The local offer is easy to find."
    assert themes_of(text, HEADINGS["care-leavers"]) == {"local-offer"}
    assert themes_of(text, "", "area_send") == {"co-production"}


@pytest.mark.parametrize(
    "section",
    ["Information about this inspection", "What the inspection judgements mean", "Contents"],
)
def test_method_and_boilerplate_give_no_findings(section) -> None:
    assert tag("Foster carers are well trained.", section) == ()


POLARITY = [
    ("strength", "No child was found to be in danger."),
    ("concern", "Although no child was in danger, some cases had drifted."),
    ("concern", "Not all children meet their worker alone."),
    ("strength", "Nearly all children meet their worker alone."),
    ("concern", "Children are not visited as they should be."),
    ("strength", "Delay is rare."),
    ("concern", "Good challenge is rarely evident."),
    ("concern", "Too many children are not seen."),
    ("concern", "Core groups rarely include nurses."),
    ("strength", "No children live in unregistered homes."),
    ("concern", "Too many children live in unregistered homes."),
    ("concern", "Too few young people go to college."),
    ("strength", "Conferences are held without delay."),
    ("concern", "Conferences are held with delay."),
    ("strength", "There is no drift in these cases."),
    ("concern", "There is no evidence of good oversight."),
    ("strength", "Work in the team prevents drift."),
    ("concern", "Caseloads are too high in two teams."),
    ("strength", "Managers see to it that caseloads do not become unmanageable."),
    ("concern", "Plans are detailed, but reviews are late."),
    ("strength", "While the team is small, visits are prompt and careful."),
    ("concern", "Records lack detail."),
    ("strength", "The service is exceptional."),
    ("concern", "Trust in written agreements shows over-optimism."),
    ("neutral", "Leaders plan to open two homes."),
    ("neutral", "It is too early to tell what changes."),
    ("concern", "Support has deteriorated since spring."),
    ("strength", "Leaders are not only ambitious but tenacious."),
    ("concern", "Leaders must act on audits."),
    ("concern", "Ensure that audits lead to good practice."),
    ("concern", "Leaders should improve the good work on audits."),
    ("strength", "When cases drift, managers act swiftly."),
    ("strength", "Drift is rarely evident in the work of managers."),
    ("strength", "Children who are not at school are traced quickly."),
    ("concern", "Children who are missing education are not traced."),
    ("strength", "There were no examples of children left without help."),
    ("concern", "Management oversight has not prevented delay."),
    ("concern", "Arrangements to identify and assess private fostering are weak."),
    ("neutral", "Leaders plan to make visits more effective."),
    ("strength", "Leaders have ambitious plans to open homes."),
    ("strength", "No child has been excluded."),
    ("concern", "No child has been seen alone."),
    ("strength", "Few care leavers lose touch with the service."),
    ("concern", "Few care leavers feel heard."),
    ("concern", "A few care leavers do not feel heard."),
    ("concern", "Plans are not clear enough for some children."),
    ("concern", "Carers would welcome more consistent advice."),
    ("concern", "The success of the scheme relies too heavily on one manager."),
    ("strength", "Workers keep in touch with families while they wait."),
    ("strength", "Staff work hard to find children who are missing from home."),
    ("neutral", "The new fund is intended to secure better homes."),
    ("neutral", "The pilot is at an early stage."),
]


def rules_read(text, section=HEADINGS["leadership"]) -> list[str]:
    batch = RULES.rules.batch([TagInput(text, "ilacs", section)])
    return [reading.rule for reading in RULES.rules.readings(batch, RULES.rules.cues(batch))]


@pytest.mark.parametrize(("polarity", "text"), POLARITY)
def test_the_rules_read_a_sentence(polarity, text) -> None:
    assert rules_read(text) == [polarity]


@pytest.mark.parametrize(
    ("section", "passage_kind"),
    [
        ("What needs to improve?", "bullet"),
        ("Areas for priority action", "paragraph"),
        ("", "recommendation"),
    ],
)
def test_place_outranks_words(section, passage_kind) -> None:
    found = tag("Good visits to foster carers.", section, passage_kind=passage_kind)
    assert {f.polarity for f in found} == {"concern"}


def test_no_areas_for_priority_action_make_no_finding() -> None:
    assert tag("There are no areas for priority action.", "Areas for priority action") == ()


def test_words_that_do_not_judge_follow_the_sentence_before() -> None:
    text = "Foster carers are poorly paid. Foster carers come from three towns."
    assert rules_read(text) == ["concern", "concern"]


@pytest.mark.parametrize(
    ("timing", "text"),
    [
        ("current", "Caseloads are low."),
        ("improved", "Caseloads have reduced in two teams."),
        ("worsened", "The stability of the workforce has deteriorated."),
        ("planned", "Leaders plan to recruit more staff."),
        ("past", "At the last inspection, caseloads were too high."),
    ],
)
def test_timing_of_a_sentence(timing, text) -> None:
    assert {found.timing for found in tag(text)} == {timing}


def test_the_words_that_decided_are_kept() -> None:
    text = "Caseloads have reduced, and supervision is good."
    found = tag(text)
    said = {(c.kind, c.label, text[c.start : c.end]) for f in found for c in f.cues}
    assert ("theme", "caseloads", "Caseloads") in said
    assert ("theme", "supervision-and-oversight", "supervision") in said
    assert {words for kind, _, words in said if kind == "polarity"} >= {"good"}
    assert ("timing", "improved", "have reduced") in said
    for finding in found:
        assert {c.label for c in finding.cues if c.kind == "theme"} == {finding.theme}


@pytest.mark.parametrize(
    ("extent", "aspect", "text"),
    [
        ("not_all", None, "Not all children are seen alone by their workers."),
        ("too_many", None, "Too many children live with neglect."),
        ("most", "timeliness", "In most cases, visits to children are timely."),
        ("few", "frequency", "A small number of children are not seen regularly."),
        ("all", "quality", "Every assessment is thorough."),
        ("none", None, "No child is privately fostered without checks."),
        (None, "consistency", "Supervision is inconsistent."),
        (None, "sufficiency", "There is a shortage of foster carers."),
        (None, "access", "Care leavers have access to a nurse."),
        (None, "impact", "Family help makes a difference to assessments."),
        (None, None, "The most vulnerable children are well known at the front door."),
        (None, "quality", "For some time, the quality of assessments was poor."),
    ],
)
def test_extent_and_aspect(extent, aspect, text) -> None:
    [found] = {(f.extent, f.aspect) for f in tag(text, HEADINGS["help-and-protection"])}
    assert found == (extent, aspect)


WORDS = st.sampled_from(
    [
        "Foster carers",
        "plans",
        "are",
        "not",
        "late",
        ".",
        ",",
        " ",
        "however",
        "e.g.",
        "’s",
        "MASH",
        "but",
        "\n",
        "–",
        "The",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join), st.sampled_from(["", "Recommendations"]))
def test_every_range_lies_in_the_text_and_is_a_sentence(text, section) -> None:
    ranges = set(sentence_ranges(text))
    found = tag(text, section)
    assert len({(f.start, f.theme) for f in found}) == len(found)
    for finding in found:
        assert (finding.start, finding.end) in ranges
        assert 0 <= finding.start < finding.end <= len(text)
        assert all(finding.start <= c.start < c.end <= finding.end for c in finding.cues)


def test_one_tuple_for_each_input_in_its_order() -> None:
    inputs = [TagInput(text, "sif", "") for text in TEXTS]
    tagged = list(TAGGER.tag(iter(inputs)))
    assert len(tagged) == len(TEXTS)
    assert tagged == [tag(text, kind="sif") for text in TEXTS]


def test_a_theme_of_the_user_is_found() -> None:
    [first, *_] = THEMES
    mine = type(first)(
        **{**asdict(first), "id": "gardens", "phrases": ("allotment",), "common": ()}
    )
    [found] = Tagger([mine]).tag([TagInput("Allotments are tidy.", "other", "")])
    assert [f.theme for f in found] == ["gardens"]


def test_no_phrase_of_scope_is_there_twice() -> None:
    seen = set()
    for _, phrases in labelled(rules("scope")):
        for phrase in phrases:
            words = phrase_words(TOKENIZER, phrase)
            assert words not in seen, phrase
            seen.add(words)


@pytest.mark.parametrize("name", ["polarity", "timing"])
def test_a_cue_says_one_thing(name) -> None:
    seen: dict[tuple[tuple[str, ...], ...], str] = {}
    for label, phrases in rules(name).items():
        for phrase in phrases:
            words = phrase_words(TOKENIZER, phrase)
            assert all(words), phrase
            assert seen.setdefault(words, phrase) == phrase, label
