import io
from itertools import chain

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.layout.blocks import lay_out, running_text
from corpus.readers import read

WIDE, TALL = (842, 595), (595, 842)
LEFT = (
    "Most of our children are seen within a day",
    "of a referral, and they are seen on their own",
    "by people who have been trained in this work.",
    "Where that is not so, managers know why, and",
    "they say what has to happen before the evening",
    "comes. Plans are short, and families have a",
)
RIGHT = (
    "copy that they can read. Reviews bring plans",
    "to an end when they have done what they can.",
    "Children who come back to us within a year are",
    "looked at by two managers, who ask what was",
    "missed the first time and write the answer",
    "down for the next worker to see.",
)


def pdf(size, lines):
    """A page with lines at their places; a size below nothing is bold."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True)
    for x, y, points, text in lines:
        canvas.setFont("Helvetica" if points > 0 else "Helvetica-Bold", abs(points))
        canvas.drawString(x, size[1] - y, text)
    canvas.save()
    return buffer.getvalue()


def texts(size, lines):
    blocks = lay_out(running_text(read(pdf(size, lines), "x.pdf").pages)).blocks
    return [block.text for block in blocks]


def column(x, y, lines, size=11):
    return [(x, y + 14 * place, size, text) for place, text in enumerate(lines)]


def test_two_columns_are_read_one_after_the_other():
    left, right = column(50, 120, LEFT), column(308, 120, RIGHT)
    title = [(50, 80, 18, "What we know about our services for children and families")]
    whole = " ".join(LEFT + RIGHT)
    for drawn in (left + right, right + left):
        assert texts(TALL, title + drawn) == [title[0][3], whole]


def test_boxes_that_are_drawn_line_by_line_are_told_apart():
    left, right = column(50, 120, LEFT, 12), column(420, 120, RIGHT, 12)
    by_rows = [line for pair in zip(left, right, strict=True) for line in pair]
    assert texts(WIDE, by_rows) == [" ".join(LEFT + RIGHT)]


def test_what_spans_the_columns_parts_them():
    middle = [(50, 220, 11, "This line reaches over both of the columns of the page and ends.")]
    drawn = column(50, 120, LEFT) + column(308, 120, RIGHT) + middle
    below = column(50, 250, LEFT) + column(308, 250, RIGHT)
    found = texts(TALL, drawn + below)
    assert found == [" ".join(LEFT + RIGHT), middle[0][3], " ".join(LEFT + RIGHT)]


def test_boxes_of_a_slide_are_read_from_left_to_right_row_by_row():
    boxes = [
        (560, 140, "Third", "Staff turnover is down."),
        (60, 140, "First", "Children are seen."),
        (310, 140, "Second", "Plans are clear."),
        (310, 340, "Fifth", "Audits are kind."),
        (60, 340, "Fourth", "Homes are stable."),
    ]
    drawn = [(60, 60, 26, "What we know about the quality of our practice")]
    for x, y, head, text in boxes:
        drawn += [(x, y, -14, head), (x, y + 20, 14, text)]
    found = texts(WIDE, drawn)
    order = ("What", "First", "Children", "Second", "Plans", "Third", "Staff")
    assert [text.split()[0] for text in found] == [*order, "Fourth", "Homes", "Fifth", "Audits"]


def test_a_table_of_text_is_read_column_by_column_under_its_heads():
    heads = ("What we know", "How we know it", "Our plans")
    drawn = [(60 + 250 * i, 100, -12, head) for i, head in enumerate(heads)]
    for row in range(3):
        for place in range(3):
            for line in range(3):
                text = f"Words of cell {row} {place} in line {line}" + "." * (line == 2)
                drawn.append((60 + 250 * place, 140 + 90 * row + 15 * line, 11, text))
    found = texts(WIDE, drawn)
    assert [text[:15] for text in found[::4]] == [head[:15] for head in heads]
    assert [text[14:17] for text in found[1:4]] == ["0 0", "1 0", "2 0"]


@pytest.mark.parametrize("size", [WIDE, TALL])
def test_a_table_of_figures_is_read_in_rows(size):
    rows = [
        ("Child protection visits made in time", "81%", "92%", "95%"),
        ("Assessments completed in 45 days", "78%", "86%", "90%"),
        ("Children in care with three moves", "12%", "9%", "8%"),
        ("Care leavers in suitable homes now", "84%", "88%", "92%"),
        ("Return interviews held in 72 hours", "60%", "71%", "85%"),
    ]
    drawn = chain.from_iterable(
        [(60 + 140 * place, 120 + 30 * row, 11, cell) for place, cell in enumerate(cells)]
        for row, cells in enumerate(rows)
    )
    drawn = [(x + 100 * (x > 60), y, points, text) for x, y, points, text in drawn]
    found = " ".join(texts(size, drawn))
    assert found.index("81%") < found.index("Assessments") < found.index("78%")


def test_a_judgement_table_is_no_pair_of_columns(make_pdf, ilacs_page):
    rows = [
        (f"The experiences and progress of/children {i}", "Requires improvement to/be good")
        for i in range(5)
    ]
    raw = read(make_pdf(ilacs_page(rows)), "x.pdf")
    assert {placed.column for placed in running_text(raw.pages).lines} == {0}
