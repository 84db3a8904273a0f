import io

import pytest
from reportlab.lib import colors
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from corpus.frameworks import grade_of
from corpus.layout.blocks import running_text
from corpus.readers import read, table_reader
from corpus.tables.judgement_table import (
    find_grade_table,
    is_not_judged,
    table_from_cells,
)


def table_of(pdf):
    return find_grade_table(running_text(read(pdf, "x.pdf").pages).lines)


@pytest.mark.parametrize(
    ("printed", "grade"),
    [
        ("Good", "good"),
        ("Requires improvement to be good ", "requires_improvement"),
        ("requires  improvement", "requires_improvement"),
        ("require improvement to be good", "requires_improvement"),
        ("Adequate", "adequate"),
        ("Grade 3", "adequate"),
        ("Not judged", None),
        ("Outstanding.", "outstanding"),
        ("Goodish", None),
        ("", None),
    ],
)
def test_grade_of(printed, grade):
    assert grade_of(printed) == grade


def test_not_judged_is_an_answer():
    assert is_not_judged("Not judged")
    assert is_not_judged("Not\njudged")


def test_labels_and_grades_wrap_and_are_matched(make_pdf, ilacs_page, five_rows):
    table = table_of(make_pdf(ilacs_page(five_rows)))
    assert table.conclusive
    assert [(row.label_text.split()[-1], row.grade_text) for row in table.rows] == [
        ("families", "Good"),
        ("protection", "Requires improvement to be good"),
        ("care", "Good"),
        ("leavers", "Outstanding"),
        ("effectiveness", "Good"),
    ]


def test_a_table_that_lacks_a_grade_is_not_conclusive(make_pdf, ilacs_page, five_rows):
    rows = (*five_rows[:1], (five_rows[1][0], "see page 3"), *five_rows[2:])
    assert not table_of(make_pdf(ilacs_page(rows))).conclusive


def test_no_header_no_table(make_pdf):
    assert table_of(make_pdf([(71, 100, 12, False, "Good"), (71, 130, 12, False, "Text")])) is None


def test_ruled_cells_settle_what_lines_cannot():
    """Grades set so low in their cells that they are level with the next row's label."""
    buffer = io.BytesIO()
    rows = [
        ["Judgement", "Grade"],
        ["Impact of leaders", "Good"],
        ["Overall effectiveness", "Inadequate"],
    ]
    style = TableStyle([("GRID", (0, 0), (-1, -1), 1, colors.black)])
    SimpleDocTemplate(buffer, invariant=True).build(
        [Table(rows, colWidths=[250, 150], style=style)]
    )
    pdf = buffer.getvalue()
    flow = running_text(read(pdf, "x.pdf").pages).lines
    ruled = table_from_cells(find_grade_table(flow), table_reader(pdf)(1), flow)
    assert [(row.label_text, row.grade_text) for row in ruled.rows] == [
        ("Impact of leaders", "Good"),
        ("Overall effectiveness", "Inadequate"),
    ]
    assert ruled.conclusive
    replaced = " ".join(placed.line.text for placed in ruled.replaced)
    assert "Overall effectiveness" in replaced


def test_numbered_rows_without_a_header_are_a_table(make_pdf, prose_lines):
    """As printed until 2018: wrapped grades, one above its label, a bold row of 11 points.

    The last row has a wrong number, as in one report.
    """
    rows = [
        (71, 300, 14, True, "Children’s services in Marlowshire are good"),
        (71, 330, 12, True, "1. Children who need help and protection"),
        (388, 330, 12, False, "Good"),
        (71, 357, 12, True, "2. Children looked after and achieving"),
        (89, 371, 12, True, "permanence"),
        (388, 360, 12, False, "Requires"),
        (388, 374, 12, False, "improvement"),
        (119, 412, 12, False, "2.1 Adoption performance"),
        (388, 402, 12, False, "Not judged"),
        (119, 439, 12, False, "2.2 Experiences and progress of care leavers"),
        (388, 439, 12, False, "Outstanding"),
        (71, 466, 11, True, "1. Leadership, management and governance"),
        (388, 466, 11, True, "Inadequate"),
        *prose_lines(
            "The effectiveness of the board is good, and it says so in a line that runs\n"
            "through the column of the grades.",
            x=71,
            y=520,
        ),
    ]
    table = table_of(make_pdf(rows))
    assert table.conclusive
    assert table.header == ()
    assert table.page == 1
    assert [row.grade_text for row in table.rows] == [
        "Good",
        "Requires improvement",
        "Not judged",
        "Outstanding",
        "Inadequate",
    ]


def test_a_numbered_line_without_grades_is_no_table(make_pdf):
    assert table_of(make_pdf([(71, 100, 12, False, "1. Children who need help are few")])) is None
