from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.assemble import assemble, file_date
from corpus.errors import NotADocument
from corpus.layout.canonical_text import CELL
from corpus.model import IngestOptions, Page, RawDocument, Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register

REGISTER = Register.load()


def document(data, name="x.pdf", **given):
    source = Source(path=name, sha256="0" * 64, size=len(data), given=IngestOptions(**given))
    return assemble(read(data, name), source, register=REGISTER, tables=table_reader(data))


@pytest.fixture(scope="module")
def durham(make_pdf, ilacs_page, five_rows, prose_lines):
    title = "Inspection of Durham local authority children’s services"
    second = [
        (71, 100, 14, True, "What needs to improve?"),
        (71, 130, 12, False, "• The timeliness of visits to children in multi-"),
        (89, 144, 12, False, "agency placements."),
        (71, 190, 14, True, "The experiences and progress of children who need help and"),
        (71, 207, 14, True, "protection: requires improvement to be good"),
        *prose_lines("1. Visits are late for some of the 16-\nand 17-year-olds.", y=240),
        *prose_lines("2. Plans are clear.", y=300),
    ]
    return make_pdf(ilacs_page(five_rows, title=title), second)


def fields(document):
    return {field.name: (field.value, field.status, field.origin) for field in document.fields}


def test_an_ilacs_report_is_recognised_with_its_facts(durham):
    read_ = document(durham, "a/children's services inspection - 8 april 2024.pdf")
    assert (read_.doc_type, read_.framework, read_.authority) == (
        "ilacs_inspection",
        "ilacs-2023",
        "durham",
    )
    assert fields(read_) == {
        "authority": ("Durham", "found", "printed"),
        "start_date": ("2024-02-05", "found", "printed"),
        "end_date": ("2024-02-09", "found", "printed"),
        "published": ("2024-04-08", "found", "file_name"),
        "lead_inspector": ("Ann Example", "found", "printed"),
    }
    assert {judged.area: judged.grade for judged in read_.judgements} == {
        "leaders": "good",
        "help_and_protection": "requires_improvement",
        "in_care": "good",
        "care_leavers": "outstanding",
        "overall": "good",
    }


def test_judgements_and_fields_stand_where_they_say(durham):
    read_ = document(durham)
    for fact in (*read_.judgements, *read_.fields):
        if fact.start is not None:
            printed = read_.text[fact.start : fact.end]
            assert " ".join(printed.split()) == " ".join(fact.printed.split())


def test_sections_and_recommendations(durham):
    read_ = document(durham)
    assert [section.kind for section in read_.sections] == [
        "front",
        "summary",
        "improve",
        "help_and_protection",
    ]
    [item] = [passage for passage in read_.passages if passage.kind == "recommendation"]
    words = read_.text[item.start : item.end]
    assert words == "The timeliness of visits to children in multi-agency placements."


def test_hyphens_at_a_line_end_are_kept_or_suspended(durham):
    assert "some of the 16- and 17-year-olds" in document(durham).text


def test_a_word_broken_at_a_line_end_is_whole_again(make_pdf, prose_lines):
    text = "The assessment is good and the assess-\nment of need too.\n"
    assert "the assessment of need" in document(make_pdf(prose_lines(text))).text


def test_table_rows_are_passages_with_cells(durham):
    read_ = document(durham)
    rows = [read_.text[p.start : p.end] for p in read_.passages if p.kind == "table_row"]
    assert rows[-1] == f"Overall effectiveness{CELL}Good"


def test_since_april_2026_there_is_no_overall_grade(make_pdf, ilacs_page, five_rows):
    read_ = document(make_pdf(ilacs_page(five_rows[:4], dates="11 to 22 May 2026")))
    overall = next(judged for judged in read_.judgements if judged.area == "overall")
    assert (overall.grade, overall.status) == (None, "not_printed")


def test_a_row_that_is_missing_is_unreadable_or_taken_from_its_heading(
    make_pdf, ilacs_page, five_rows, prose_lines
):
    heading = (71, 100, 14, True, "The experiences and progress of children in care: good")
    rows = (five_rows[0], five_rows[1], five_rows[3])
    read_ = document(make_pdf(ilacs_page(rows), [heading, *prose_lines("1. Text.", y=140)]))
    found = {judged.area: (judged.grade, judged.status) for judged in read_.judgements}
    assert found["in_care"] == ("good", "found")
    assert found["overall"] == (None, "unreadable")


def test_a_name_that_is_not_in_the_register_is_no_authority(make_pdf, ilacs_page, five_rows):
    read_ = document(make_pdf(ilacs_page(five_rows)))
    assert read_.authority is None
    authority = read_.field("authority")
    assert (authority.value, authority.status) == (None, "unreadable")
    assert authority.printed == "Marlowshire"
    assert [problem.kind for problem in read_.problems] == ["authority-unknown"]


def test_what_the_caller_says_wins(durham):
    read_ = document(durham, authority="Hackney", published="2024-05-01", visibility="internal")
    assert (read_.authority, read_.visibility) == ("hackney", "internal")
    assert fields(read_)["published"] == ("2024-05-01", "found", "given")


def test_what_no_type_recognises_is_other(make_pdf, prose_lines):
    read_ = document(make_pdf(prose_lines("A letter about something else altogether.")))
    assert (read_.doc_type, read_.framework, read_.judgements) == ("other", None, ())


def test_a_file_without_text_is_no_document():
    with pytest.raises(NotADocument, match="no text"):
        assemble(
            RawDocument("text/html", (Page(1, 595, 842, ()),)),
            Source(path="a.html", sha256="0" * 64, size=1),
            register=REGISTER,
            tables=table_reader(b""),
        )


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("80562_x/children's services inspection - 18 may 2022.pdf", date(2022, 5, 18)),
        ("C:\\in\\letter - 03 february 2015.pdf", date(2015, 2, 3)),
        ("report 123.pdf", None),
    ],
)
def test_file_date(path, day):
    assert file_date(path) == day


PAGES = st.lists(
    st.lists(st.text(alphabet="abcdefg XY.-•19’\n", max_size=40), max_size=8).map("\n".join),
    min_size=1,
    max_size=4,
).map("\f".join)


@given(PAGES)
def test_every_offset_lies_where_it_should(text):
    """Passages and sections follow one another in the text; lines cover every passage."""
    try:
        read_ = document(text.encode(), "x.txt")
    except NotADocument:
        return
    spans = [(passage.start, passage.end) for passage in read_.passages]
    assert spans == sorted(spans)
    assert all(start < end for start, end in spans)
    assert "\n".join(read_.text[start:end] for start, end in spans) == read_.text
    assert [section.start for section in read_.sections] == sorted(
        section.start for section in read_.sections
    )
    assert (read_.sections[0].start, read_.sections[-1].end) == (0, len(read_.text))
    for passage in read_.passages:
        section = read_.sections[passage.section]
        assert section.start <= passage.start <= passage.end <= section.end
        boxes = read_.boxes(passage.start, passage.end)
        assert boxes[0].start == passage.start
        assert boxes[-1].end == passage.end
        assert read_.page_at(passage.start) == passage.page
