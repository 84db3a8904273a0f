from datetime import date
from pathlib import Path

import pytest
import yaml

from corpus.assemble import assemble
from corpus.doctypes.shared.questions import FIRST, kind_of_heading, kind_of_text
from corpus.language.dates import find_month, find_period
from corpus.model import IngestOptions, Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register

HEAD = "<html><h1>{}</h1>"


def document(html, **given):
    data = html.encode()
    source = Source(path="a.html", sha256="0" * 64, size=1, given=IngestOptions(**given))
    return assemble(
        read(data, "a.html"), source, register=Register.load(), tables=table_reader(data)
    )


def kinds(found):
    return [
        (found.sections[p.section].kind, found.text[p.start : p.end].split()[0])
        for p in found.passages
    ]


def value(found, name):
    field = found.field(name)
    return field and (field.value, field.origin)


ASKED = """<html>
<h1>Camden Council</h1><h1>Children’s services self-evaluation</h1><p>As at 31 March 2024</p>
<h2>Introduction</h2><p>We wrote this for our annual engagement meeting.</p>
<h2>What do we know about the quality and impact of practice?</h2>
<p>Most children are seen in time. We judge ourselves to be good overall.</p>
<h3>Care leavers</h3><p>They will be pleased to hear of our audits.</p>
<h2>How do we know it?</h2><p>Children are asked.</p>
<h2>Looking ahead</h2><p>Visits are to be timely.</p>
"""


def test_headings_decide_and_it_is_a_claim():
    found = document(ASKED)
    assert (found.doc_type, found.authority, found.voice) == (
        "self_evaluation",
        "camden",
        "authority",
    )
    assert found.visibility == "internal"
    assert {passage.voice for passage in found.passages} == {"authority"}
    assert found.judgements == ()
    assert value(found, "claimed_grade") == ("good", "printed")
    assert value(found, "as_at") == ("2024-03-31", "printed")
    assert kinds(found) == [
        ("front", "Camden"),
        ("front", "Children’s"),
        ("front", "As"),
        ("context", "Introduction"),
        ("context", "We"),
        ("quality_and_impact", "What"),
        ("quality_and_impact", "Most"),
        ("quality_and_impact", "Care"),
        ("quality_and_impact", "They"),
        ("how_we_know", "How"),
        ("how_we_know", "Children"),
        ("plans", "Looking"),
        ("plans", "Visits"),
    ]


def test_without_headings_the_words_decide_and_carry_over():
    found = document(
        "<html><h1>Our self-evaluation</h1><h2>Early help</h2>"
        "<p>Most families are helped early. Plans are too long.</p>"
        "<p>That matters to us.</p>"
        "<p>Auditors found that two thirds of plans are clear.</p><p>So did others.</p>"
        "<p>By September we will write shorter plans.</p>"
        "<h2>Children in care</h2><p>Nobody moves without a reason.</p>"
    )
    assert kinds(found)[1:] == [
        ("quality_and_impact", "Early"),
        ("quality_and_impact", "Most"),
        ("quality_and_impact", "That"),
        ("how_we_know", "Auditors"),
        ("how_we_know", "So"),
        ("plans", "By"),
        ("quality_and_impact", "Children"),
        ("quality_and_impact", "Nobody"),
    ]


def test_a_list_of_the_questions_decides_nothing():
    found = document(
        "<html><h1>Self-evaluation of Camden</h1><p>What do we know about practice?</p>"
        "<p>How do we know it?</p><p>Plans for the next 12 months</p>"
        "<p>Children are safe and our practice is good.</p>"
    )
    assert kinds(found)[-1] == ("quality_and_impact", "Children")


def test_what_is_given_wins():
    found = document(
        "<html><h1>Our year</h1><p>We did well.</p>",
        doc_type="self_evaluation",
        authority="Barnet",
        as_at="2023-09-30",
        visibility="public",
    )
    assert (found.authority, found.visibility) == ("barnet", "public")
    assert value(found, "as_at") == ("2023-09-30", "given")


@pytest.mark.parametrize(
    "opening",
    [
        "<h1>Inspection of Camden children’s services</h1><p>The self-evaluation is right.</p>",
        "<h1>Annual report</h1><p>Our year went well, we think, and our staff and we agree.</p>",
    ],
)
def test_other_documents_are_no_self_evaluations(opening):
    assert document(f"<html>{opening}").doc_type != "self_evaluation"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("1. What do we know about the quality of practice?", "quality_and_impact"),
        ("How do we know about the quality and impact of practice?", "how_we_know"),
        ("What do we know, and how do we know it?", None),
        ("What’s working well", "quality_and_impact"),
        ("What needs to happen", "plans"),
        ("Early help", None),
        ("Our borough", "context"),
    ],
)
def test_headings(heading, kind):
    assert kind_of_heading(heading) == kind


def test_a_draw_goes_to_the_question_before():
    assert kind_of_text("Nothing to go by.", "plans") == "plans"
    assert kind_of_text("There is feedback, which is good.", "how_we_know") == "how_we_know"


def test_words_alone_tell_which_question_a_passage_answers():
    """With no heading at all; over samples with headings the share is higher."""
    texts = Path(__file__).with_name("questions.yaml").read_text(encoding="utf-8")
    right = passages = 0
    for document in yaml.safe_load(texts):
        got = FIRST
        for [(kind, text)] in (entry.items() for entry in document):
            got = kind_of_text(text, got)
            right, passages = right + (got == kind), passages + 1
    assert passages == 70
    assert right >= 0.95 * passages


def test_months_and_periods():
    assert find_month("in February 2024").last == date(2024, 2, 29)
    assert find_month("in May") is None
    years = find_period("Self-evaluation 2022/23")
    assert (years.first, years.last) == (date(2022, 4, 1), date(2023, 3, 31))
    months = find_period("April to September 2023")
    assert (months.first, months.last) == (date(2023, 4, 1), date(2023, 9, 30))
    assert find_period("Self-evaluation 2023").last == date(2023, 12, 31)
    assert find_period("2019 to 2023") is None
    assert find_period("Self-evaluation, 31 January 2024") is None
