"""Reports of 2009 to 2018: the wordings of grades, what is a demand, whose title is whose."""

import pytest

from corpus.doctypes import doctypes, recognise
from corpus.doctypes.shared.base import Draft, Item, Opening, SectionStart
from corpus.doctypes.shared.older import chapters, demands, items
from corpus.doctypes.sif_inspection import read, sections
from corpus.layout.blocks import Block, PageLine
from corpus.model import IngestOptions, Line
from corpus.passages import _items
from corpus.register.authorities import Register

REGISTER = Register.load()
TITLE = (
    "Durham County Council\nInspection of services for children in need of help and protection, "
    "children looked after and care leavers\nInspection date: 1 March to 4 March 2016\n"
)


def draft(front, behind="", headings=()):
    text = f"{TITLE}{front}\n"
    shift = len(text)
    return Draft(
        text=text + behind,
        front=shift,
        title="",
        rows=(),
        table_problem=None,
        headings=tuple((kind, shift + a, shift + b) for kind, a, b in headings),
        register=REGISTER,
        options=IngestOptions(),
        file_date=None,
    )


def block(text, kind="paragraph", number=None, page=1):
    return Block(kind, [PageLine(page, Line(text, 0, 0, 9, 9, 12, bold=False))], number)


def judged(facts):
    return {each.area: (each.grade or each.status) for each in facts.judgements}


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("The overall judgement is good.", "good"),
        ("The overall judgement is requires improvement", "requires_improvement"),
        ("The overall judgement is that children’s services are inadequate", "inadequate"),
        ("Children’s services in Durham require improvement to be good", "requires_improvement"),
        ("Children’s service in Durham requires improvement", "requires_improvement"),
        ("Children’s services in St. Durham are outstanding", "outstanding"),
        ("Children’s services require improvement to be good", "requires_improvement"),
        ("Children’s services in the Isles of Durham\nare good", "good"),
        (
            "Children’s services in Durham are require improvement to be good",
            "requires_improvement",
        ),
        ("The overall judgement is that\nchildren’s services are inadequate", "inadequate"),
        ("The overall judgement is:\nrequires improvement", "requires_improvement"),
        ("Services for children in Durham require improvement", "requires_improvement"),
        ("Overall effectiveness: inadequate", "inadequate"),
        ("Judgements that contribute to overall effectiveness are", "unreadable"),
        ("Children’s services were inspected", "unreadable"),
    ],
)
def test_the_overall_grade_is_read_from_its_sentence(sentence, grade):
    assert judged(read(draft(f"{sentence}\n1. Leadership | Good")))["overall"] == grade


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("The Local Safeguarding Children Board requires improvement.", "requires_improvement"),
        ("The effectiveness of the LSCB is good", "good"),
        (
            "The judgement for the Local Safeguarding Children Board is requires improvement",
            "requires_improvement",
        ),
        ("The LSCB\nThe Local Safeguarding Children Board (LSCB) is inadequate.", "inadequate"),
        ("The effectiveness of the board requires improvement", "requires_improvement"),
        ("The judgement for the DSCB is outstanding", "outstanding"),
        ("The LSCB is not yet good and requires improvement", "requires_improvement"),
        (
            (
                "The arrangements to evaluate what is done by the authority and board partners to "
                "safeguard and promote the welfare of children are inadequate"
            ),
            "inadequate",
        ),
    ],
)
def test_the_boards_grade_stands_in_its_chapter(sentence, grade):
    facts = read(draft("The overall judgement is good", sentence, [("lscb", 0, 10)]))
    assert judged(facts)["lscb"] == grade


def test_a_board_that_was_not_reviewed_has_no_grade():
    assert judged(read(draft("The overall judgement is good")))["lscb"] == "not_printed"


def test_grades_are_read_from_lines_where_there_is_no_table_and_the_rest_is_explained():
    facts = read(
        draft(
            "1. Children who need help and protection Good\n"
            "2. Children looked after and achieving permanence\nRequires\nimprovement\n"
            "2.1 Adoption performance Not judged"
        )
    )
    found = judged(facts)
    assert found["help_and_protection"] == "good"
    assert found["in_care"] == "requires_improvement"
    assert found["adoption"] == "not_judged"
    assert found["care_leavers"] == found["leaders"] == "unreadable"
    assert {problem.kind for problem in facts.problems} == {"judgement-row"}


def test_an_area_counts_by_its_words_where_its_number_is_wrong():
    """One report numbers its third judgement as its first."""
    facts = read(
        draft(
            "The overall judgement is good\n"
            "1. Children who need help and protection Requires improvement\n"
            "1. Leadership, management and governance Good"
        )
    )
    found = judged(facts)
    assert (found["help_and_protection"], found["leaders"]) == ("requires_improvement", "good")


def test_what_is_no_list_of_demands_holds_none():
    item = demands(items({"improve": "improvement"}))
    demand = Item("improvement")
    assert item("improve", block("Reduce caseloads.", number="4")) == demand
    assert item("improve", block("Reduce caseloads", "bullet")) == demand
    assert item("improve", block("The council should reduce caseloads.")) == demand
    assert item("improve", block("Ensure that leaders:", number="5")) == demand
    assert item("improve", block("Care leavers")) is None
    assert item("improve", block("There are no areas for priority and immediate action.")) is None
    assert (
        item("improve", block("We did not find any areas for priority action.", number="6")) is None
    )
    assert item("summary", block("Caseloads are low.", number="7")) is None


def test_in_a_numbered_list_bullets_are_parts_and_introductions_are_none():
    blocks = [
        block("Ensure that leaders:", number="5"),
        block("know the children", "bullet"),
        block("read files", "bullet"),
        block("Reduce caseloads.", number="6"),
    ]
    starts = [SectionStart(0, "recommendations", "Recommendations")]
    assert list(_items(blocks, starts, doctypes()["sif_inspection"])) == [0, 3]


def test_the_contents_hold_no_section_and_end_with_their_page():
    blocks = [
        block("Contents", "heading", page=2),
        block("Recommendations 5", "heading", page=2),
        block("The Local Safeguarding Children Board 9", "heading", page=3),
        block("Recommendations", "heading", page=4),
        block("The Local Safeguarding Children Board is good", "heading", page=5),
        block("Recommendations", "heading", page=5),
        block("Inspection findings", "heading", page=5),
        block("What the inspection judgements mean", "heading", page=6),
        block("The LSCB", "heading", page=6),
    ]
    kinds = [start.kind for start in sections(blocks)]
    assert kinds == [
        "front",
        "contents",
        "recommendations",
        "lscb",
        "lscb_recommendations",
        "lscb",
        "definitions",
        "definitions",
    ]
    assert [start.kind for start in chapters(blocks[:3], lambda *_: "x")] == ["front", "contents"]


def test_each_title_has_its_type_and_a_letter_about_a_report_has_none_of_them():
    sif = "Inspection of services for children in need of help and protection"
    board = "Review of the effectiveness of the Local Safeguarding Children Board"
    cover = "Inspection dates: 1 March 2011 Age group: All Published: 4 May 2011"
    openings = {
        "sif_inspection": f"Durham {sif}, children looked after and care leavers and {board}",
        "lscb_review": f"Durham Safeguarding Children Board {board} Inspection date: 1 May 2015",
        "looked_after_children_inspection": f"Inspection of looked after children services {cover}",
        "child_protection_inspection": "Inspection of local authority arrangements for the "
        f"protection of children {cover}",
        "safeguarding_and_lac_inspection": "Inspection of safeguarding and looked after children "
        f"services {cover}",
        "joint_area_review": "Joint area review Durham Healthcare Commission Reference no: 1",
        "other": f"Dear Director Monitoring visit after the {sif.lower()} in Durham",
    }
    for name, text in openings.items():
        opening = Opening(title=text, text=text, rows=())
        assert recognise(opening).id == name
        winners = [kind.id for kind in doctypes().values() if kind.recognise(opening) > 2]
        assert winners == ([] if name == "other" else [name])
