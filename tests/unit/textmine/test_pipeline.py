"""Themes, polarity and timing of sentences, all invented."""

from __future__ import annotations

import pickle
import tomllib
import warnings
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.pipeline import Tagged, Tagger, TagInput, build_pipeline, findings
from textmine.pipeline.learned.linear_model import Linear
from textmine.pipeline.learned.polarity_context import around, settle
from textmine.pipeline.learned.polarity_features import features
from textmine.pipeline.learned.polarity_scores import PolarityScorer
from textmine.pipeline.rules.data import rules
from textmine.pipeline.rules.scope import labelled
from textmine.pipeline.tokens.vocabulary import UNKNOWN, Vocabulary, fold, phrase_words
from textmine.themes import load_themes

ROOT = Path(__file__).parents[3]
THEMES = load_themes()
TAGGER = Tagger(THEMES)
RULES = Tagger(THEMES, learned=False)

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
    doc = RULES.read(TagInput(text, "ilacs", section))
    return [reading.rule for reading in RULES.component("textmine_polarity").read(doc)]


@pytest.mark.parametrize(("polarity", "text"), POLARITY)
def test_the_rules_read_a_sentence(polarity, text) -> None:
    assert rules_read(text) == [polarity]


def test_what_was_learned_weighs_the_reading_of_the_rules() -> None:
    reading = next(
        reading
        for reading in TAGGER.component("textmine_polarity").read(
            TAGGER.read(TagInput("Visits are late.", "ilacs", "The experiences of children"))
        )
    )
    assert reading.rule == "concern"
    words = {feature for feature in features(reading) if "=" not in feature}
    assert words == {"visit", "are"}  # the cue itself is told by the sign
    always = Linear(("strength", "mixed"), {"=": (0, 1)}, {})
    scores = PolarityScorer(always, Vocabulary()).scores([reading], np.array([UNKNOWN] * 3))
    assert settle([[reading]], scores, always) == [["mixed"]]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(list(TEXTS)), min_size=1, max_size=4))
def test_many_sentences_are_weighed_by_their_features(texts) -> None:
    component = TAGGER.component("textmine_polarity")
    docs = [TAGGER.read(TagInput(text, "ilacs", "The impact of leaders")) for text in texts]
    read = [list(component.read(doc)) for doc in docs]
    nothing = (0,) * len(component.model.labels)
    weights = component.model.weights
    expected = [
        [
            sum(column)
            for column in zip(*(weights.get(f, nothing) for f in features(r)), strict=True)
        ]
        for some in read
        for r in some
    ]
    assert component.scores(docs, read).tolist() == expected


def test_the_sentences_around_are_weighed_too() -> None:
    scores = np.array([[4.0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 9, 0, 0]])
    given = np.array([False, False, True, False])
    seen = around(scores, given, [3, 1])
    _, own, before, after, others, flags = np.split(seen, [4, 8, 12, 16, 20], axis=1)
    assert own[1].tolist() == [0.25] * 4
    assert own[2].tolist() == [0, 1, 0, 0], "a concern by its place"
    assert before[0].tolist() == before[3].tolist() == [0] * 4, "passages do not mix"
    assert before[1].tolist() == own[0].tolist()
    assert after[1].tolist() == own[2].tolist()
    assert others[1] == pytest.approx((own[0] + own[2]) / 2)
    assert others[3].tolist() == [0] * 4
    assert flags.tolist() == [[1, 0, 1], [0, 0, 1], [0, 1, 1], [1, 1, 1]]


def test_a_sentence_between_concerns_is_read_as_one() -> None:
    component = TAGGER.component("textmine_polarity")
    text = "Visits are late. Managers know of the visits. Too few visits are recorded well."
    section = HEADINGS["help-and-protection"]
    doc = TAGGER.read(TagInput(text, "ilacs", section))
    among = list(component.read(doc))
    scores = component.scores([doc], [among])
    model = component.model._replace(around=[[0, 0, 0, 0] for _ in range(23)])
    model.around[12][0] = model.around[13][1] = 1  # as the sentence after
    assert settle([among], scores, model)[0][1] == "concern"
    assert settle([[], among[:1]], scores[:1], model) == [[], ["strength"]]


def test_a_model_is_the_same_after_saving(tmp_path) -> None:
    model = TAGGER.component("textmine_polarity").model
    (tmp_path / "model").write_text(model.text(), encoding="utf-8")
    assert Linear.load(tmp_path / "model") == model


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
    text = "Caseloads have reduced, but supervision is poor."
    found = tag(text)
    said = {(c.kind, c.label, text[c.start : c.end]) for f in found for c in f.cues}
    assert ("theme", "caseloads", "Caseloads") in said
    assert ("theme", "supervision-and-oversight", "supervision") in said
    assert {words for kind, _, words in said if kind == "polarity"} >= {"poor"}
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


def test_the_words_that_outweigh_the_rules_are_shown() -> None:
    component = TAGGER.component("textmine_polarity")
    doc = TAGGER.read(TagInput("Visits are late in towns.", "ilacs", ""))
    [reading] = component.read(doc)
    model = Linear(("concern", "neutral"), {"town": (0, 5), "are": (3, 0), "=": (1, 2)}, {})
    assert [reading.words[a:b] for a, b in reading.cues_of("neutral", model)] == [["town"]]
    assert [reading.words[a:b] for a, b in reading.cues_of("concern", model)] == [["late"]]


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
    doc = TAGGER._nlp(text)
    ranges = {(sent.start_char, sent.end_char) for sent in doc.sents} if len(doc) else set()
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


def test_a_pipeline_can_be_saved_and_loaded(tmp_path) -> None:
    nlp = build_pipeline(THEMES)
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    for text in TEXTS:
        assert findings(loaded(text)) == findings(nlp(text))


def test_spacy_finds_every_factory_without_being_told() -> None:
    """A saved pipeline is loaded where nobody has imported ours: by its entry points."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    points = pyproject["project"]["entry-points"]["spacy_factories"]
    nlp = build_pipeline(THEMES)
    for name in nlp.pipe_names:
        factory = nlp.get_pipe_meta(name).factory
        module, _, function = points[factory].partition(":")
        assert callable(getattr(import_module(module), function))


def test_a_pipeline_runs_in_two_processes() -> None:
    nlp = build_pipeline(THEMES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork beside threads
        docs = list(nlp.pipe(TEXTS, n_process=2))
    assert [findings(doc) for doc in docs] == [findings(nlp(text)) for text in TEXTS]


def test_components_can_be_pickled() -> None:
    nlp = build_pipeline(THEMES)
    doc = nlp.make_doc(TEXTS[0])
    for _, component in nlp.pipeline:  # as processes that are spawned, not forked, need
        doc = pickle.loads(pickle.dumps(component))(doc)
    assert findings(doc) == findings(nlp(TEXTS[0]))


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
            words = phrase_words(TAGGER._nlp.make_doc, phrase)
            assert words not in seen, phrase
            seen.add(words)


@pytest.mark.parametrize("name", ["polarity", "timing"])
def test_a_cue_says_one_thing(name) -> None:
    seen: dict[tuple[tuple[str, ...], ...], str] = {}
    for label, phrases in rules(name).items():
        for phrase in phrases:
            words = phrase_words(TAGGER._nlp.make_doc, phrase)
            assert all(words), phrase
            assert seen.setdefault(words, phrase) == phrase, label
