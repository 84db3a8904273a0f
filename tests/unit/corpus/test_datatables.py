"""Tables of indicators without rules, as Word and reports set them; every number is invented."""

import pytest

from corpus.assemble import assemble
from corpus.model import Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register

HEAD = ("Measure", "2021-22", "2022-23", "Target", "England")
ROWS = [
    ("Visits in time", "78%", "86%", "90%", "83%"),
    ("Re-referrals", "24%", "19%", "18%", "21%"),
    ("Caseloads (average)", "19.5", "17", "16", "16.0"),
]
LEFT = (71, 260, 330, 400, 460)


def text_of(make_pdf, *pages):
    data = make_pdf(*pages)
    source = Source(path="table.pdf", sha256="0", size=len(data))
    return assemble(
        read(data, "table.pdf"), source, register=Register.load(), tables=table_reader(data)
    )


def rows_of(document):
    return [
        document.text[passage.start : passage.end]
        for passage in document.passages
        if passage.kind == "table_row"
    ]


def drawn(rows, *, top=200, step=24, size=10):
    """Cells at the left edges of their columns."""
    return [
        (LEFT[column], top + step * place, size, place == 0, cell)
        for place, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell
    ]


def joined(rows):
    return [" | ".join(row) for row in rows]


@pytest.fixture
def prose_page(prose_lines):
    return prose_lines(
        "The council has written down what it knows of its own practice this year.\n"
        "The table shows what was measured, and beside it what others reach.",
        x=71,
        y=100,
    )


def test_cells_of_a_table_without_rules(make_pdf, prose_page, prose_lines):
    behind = prose_lines(
        "Behind the table the text goes on from one edge to the other.", x=71, y=330
    )
    document = text_of(make_pdf, [*prose_page, *drawn([HEAD, *ROWS]), *behind])
    assert rows_of(document) == joined([HEAD, *ROWS])
    assert document.passages[-1].kind == "paragraph"


def test_columns_that_are_drawn_one_after_the_other(make_pdf, prose_page):
    cells = sorted(drawn([HEAD, *ROWS]), key=lambda cell: cell[0])
    assert rows_of(text_of(make_pdf, [*prose_page, *cells])) == joined([HEAD, *ROWS])


def test_an_empty_cell_keeps_the_columns_in_step(make_pdf, prose_page):
    rows = [HEAD, ROWS[0], ("Care leavers in touch", "91%", "", "95%", "88%"), ROWS[1]]
    assert rows_of(text_of(make_pdf, [*prose_page, *drawn(rows)])) == joined(rows)


def test_a_heading_cell_may_be_empty(make_pdf, prose_page):
    rows = [("", *HEAD[1:]), *ROWS]
    document = text_of(make_pdf, [*prose_page, *drawn(rows)])
    assert [row.strip(" |") for row in rows_of(document)] == [
        row.strip(" |") for row in joined(rows)
    ]


def test_a_measure_that_wraps_stays_one_cell(make_pdf, prose_page):
    cells = drawn([HEAD, *ROWS], step=30)
    cells.append((71, 200 + 30 + 12, 10, False, "by a social worker"))
    wrapped = ("Visits in time by a social worker", *ROWS[0][1:])
    assert rows_of(text_of(make_pdf, [*prose_page, *cells])) == joined([HEAD, wrapped, *ROWS[1:]])


def test_words_for_colours_are_cells(make_pdf, prose_page):
    rows = [
        ("Measure", "2022-23", "Target", "RAG"),
        ("Visits", "86%", "90%", "Amber"),
        ("Plans", "95%", "90%", "Green"),
    ]
    assert rows_of(text_of(make_pdf, [*prose_page, *drawn(rows)])) == joined(rows)


def test_text_in_three_columns_is_no_table_of_data(make_pdf, prose_page):
    rows = [("Name", "Role", "Place"), ("Ann Lee", "Chair", "Eastmere"), ("Bo Fry", "Lead", "Wick")]
    assert rows_of(text_of(make_pdf, [*prose_page, *drawn(rows)])) == []
