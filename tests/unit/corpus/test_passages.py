"""What asks for something is told from what does not, with the national framework's part."""

import pytest

from corpus.doctypes.shared.base import Item
from corpus.doctypes.shared.common import items_in
from corpus.layout.blocks import Block, PageLine
from corpus.model import Line
from corpus.passages import framework_tag

item = items_in({"improve": "improvement", "priority": "priority_action"})


def block(text, kind="bullet"):
    return Block(kind, [PageLine(1, Line(text, 0, 0, 9, 9, 12, bold=False))])


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The timeliness of visits. (outcome 4, national framework)", "outcome 4"),
        ("Life-story work (Outcome three: children are safe)", "outcome 3"),
        ("Supervision (national framework, outcome 2)", "outcome 2"),
        ("Joint work with health (enabler two)", "enabler 2"),
        ("Caseloads (Enabler: the workforce is equipped, national framework)", "enabler 3"),
        ("Listening to children (principle 2, national framework)", "principle 2"),
        ("The outcome of 3 audits (see below)", None),
        ("Support (including after 2 years) for carers", None),
    ],
)
def test_the_part_of_the_national_framework(text, tag):
    assert framework_tag(text) == tag


def test_bullets_and_paragraphs_of_a_section_of_demands_are_items():
    assert item("improve", block("The quality of supervision.")) == Item("improvement")
    assert item("priority", block("Act at once.", "paragraph")) == Item("priority_action")
    assert item("summary", block("The quality of supervision.")) is None
    assert item("improve", block("What needs to improve", "heading")) is None


@pytest.mark.parametrize(
    "text",
    [
        "Leaders should:",
        "There are no areas for priority action.",
        "There were no areas for improvement.",
    ],
)
def test_an_introduction_and_a_denial_ask_for_nothing(text):
    assert item("priority", block(text, "paragraph")) is None
