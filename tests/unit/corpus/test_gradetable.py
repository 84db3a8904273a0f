import io

import pytest
from reportlab.lib import colors
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from corpus.gradetable import find_grade_table, grade_of, is_not_judged, table_from_cells
from corpus.layout import running_text
from corpus.readers import read, table_reader


def table_of(pdf):
    return find_grade_table(running_text(read(pdf, "x.pdf").pages).lines)


@pytest.mark.parametrize(
    ("printed", "grade"),
    [
        ("Good", "good"),
        ("Requires improvement to be good ", "requires_improvement"),
        ("requires  improvement", "requires_improvement"),
        ("Adequate", "adequate"),
        ("Outstanding.", "outstanding"),
        ("Goodish", None),
        ("", None),
    ],
)
def test_grade_of(printed, grade):
    assert grade_of(printed) == grade


def test_not_judged_is_an_answer():
    assert is_not_judged("Not judged")


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
