"""What the samples of letters and Area SEND reports ask for, of whom, and what absences mean."""

from pathlib import Path

import pytest

from corpus.assemble import assemble
from corpus.model import Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture(scope="module")
def sample():
    register = Register.load(SAMPLES / "authorities.csv")

    def assembled(name):
        path = next(SAMPLES.glob(f"reports/*/{name}.pdf"))
        data = path.read_bytes()
        source = Source(path=path.as_posix(), sha256="0" * 64, size=len(data))
        return assemble(read(data, path.name), source, register=register, tables=table_reader(data))

    return assembled


def asked(document):
    """Kind, body, first words and last words of each demand."""
    found = []
    for each in document.recommendations:
        passage = document.passages[each.passage - 1]
        words = document.text[passage.start : passage.end].split()
        found.append((each.kind, each.responsible, " ".join(words[:3]), " ".join(words[-2:])))
    return found


def kinds(document):
    return [section.kind for section in document.sections]


def test_rows_of_two_columns_are_whole_over_the_page_and_name_who_has_to_act(sample):
    document = sample("area send full inspection - 22 november 2024")
    both = "Harrowfield and Lacey Vale Council and NHS Two Rivers ICB"
    council = "Harrowfield and Lacey Vale Council"
    assert asked(document) == [
        ("priority_action", both, "Leaders must work", "not move."),
        ("priority_action", "NHS Two Rivers ICB", "Health leaders must", "another one"),
        ("priority_action", council, "The council must", "each month."),
        ("improvement", None, "The partnership should", "can find."),
        ("improvement", None, "Leaders should ask", "of it."),
    ]
    priorities = document.recommendations[:3]
    pages = [
        {box.page for box in document.boxes(passage.start, passage.end)}
        for passage in (document.passages[each.passage - 1] for each in priorities)
    ]
    assert {2, 3} in pages
    assert "• the number of clinicians, and how long they stay • what" in document.text


def test_an_area_never_inspected_before_says_so(sample):
    document = sample("area send full inspection - 22 november 2024")
    previous = document.field("previous_inspection")
    assert (previous.value, previous.status) == (None, "not_printed")
    assert previous.printed == "Not previously inspected"


def test_sections_of_an_area_send_report(sample):
    document = sample("area send full inspection - 19 june 2023")
    parts = ["outcome", "context", "experience", "effective", "do_better", "improve"]
    details = ["details"] * 5
    assert kinds(document) == ["front", *parts, *details, "boilerplate"]
    assert document.passages[0].about == "partnership"


def test_a_heading_that_says_there_is_nothing_to_do_asks_for_nothing(sample):
    document = sample("joint area child protection inspection - 09 august 2016")
    assert [kind for kind, *_ in asked(document)] == ["improvement"] * 3
    assert "priority_action" in kinds(document)
    assert kinds(document).count("case_study") == 2
    assert [problem.kind for problem in document.problems] == ["date-contradicted"]


def test_the_parts_of_a_demand_belong_to_it(sample):
    document = sample("joint area child protection inspection - 14 may 2024")
    priority = "The safeguarding partners"
    assert asked(document)[0] == ("priority_action", None, priority, "was decided.")
    assert "This includes: - making sure" in document.text


def test_a_letter_that_asks_for_no_statement_is_told_from_one_that_was_not_read(sample):
    field = sample("area send inspection - 14 march 2017").field("written_statement")
    assert (field.value, field.status) == ("not_required", "not_printed")
    document = sample("area send inspection - 30 november 2018")
    field = document.field("written_statement")
    assert (field.value, field.status) == ("required", "found")
    assert asked(document) == [
        ("weakness", None, "the lack of", "and care"),
        ("weakness", None, "the time that", "for therapy"),
        ("weakness", None, "the poor quality", "of plans."),
    ]


def test_a_revisit_tells_progress_for_each_weakness_with_its_place(sample):
    document = sample("area send revisit - 16 july 2021")
    each = [document.field(f"progress_{number}") for number in (1, 2, 3)]
    assert [field.value for field in each] == ["sufficient", "not_sufficient", "sufficient"]
    whole = document.field("progress")
    assert whole.printed.endswith("two of the three significant weaknesses")
    assert all(document.text[f.start : f.end] == f.printed for f in (whole, *each))
    assert asked(document) == []
