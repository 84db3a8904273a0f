"""Rows of tables of demands, from lines and from the rules around them."""

from corpus.layout.blocks import Block, PageLine
from corpus.model import Gap, Line
from corpus.tables.action_tables import in_rows

COLUMN = 218.0


def line(text, x0, y0, *, page=1, gaps=()):
    return PageLine(page, Line(text, x0, y0, x0 + 5 * len(text), y0 + 12, 12.0, False, gaps))


def cell(x0, y0, x1, y1):
    return Line("words", x0, y0, x1, y1, 0.0, False)


def read(blocks, tables):
    """What the rows say: the responsible body and the demand."""
    found = in_rows(blocks, lambda page: tables.get(page, ()))
    return [(block.responsible, block.text) for block in found if block.kind == "paragraph"]


def test_rules_part_rows_that_stand_as_close_as_lines():
    block = Block("paragraph", [line(f"Row {n}.", 62, 100 + 14 * n) for n in range(3)])
    rules = {1: [[[cell(57, 98, 530, 127)], [cell(57, 127, 530, 142)]]]}
    assert read([block], rules) == [(None, "Row 0. Row 1."), (None, "Row 2.")]


def test_a_row_of_two_columns_goes_on_over_the_page():
    blocks = [
        Block("paragraph", [line("Eastmere Council", 62, 700)]),
        Block("paragraph", [line("Leaders should plan", 224, 700)]),
        Block("paragraph", [line("together.", 224, 100, page=2)]),
        Block("paragraph", [line("The board", 62, 130, page=2)]),
        Block("paragraph", [line("Waits should fall.", 224, 130, page=2)]),
    ]
    rules = {
        1: [[[cell(57, 690, COLUMN, 780), cell(COLUMN, 690, 530, 780)]]],
        # No rule stands beside the rest of the first row.
        2: [[[cell(57, 120, COLUMN, 160), cell(COLUMN, 120, 530, 160)]]],
    }
    assert read(blocks, rules) == [
        ("Eastmere Council", "Leaders should plan together."),
        ("The board", "Waits should fall."),
    ]


def test_a_line_over_both_columns_is_parted_at_its_gap():
    wide = line("The council Act soon.", 62, 100, gaps=(Gap(12, 130.0, 224.0),))
    rules = {1: [[[cell(57, 98, COLUMN, 115), cell(COLUMN, 98, 530, 115)]]]}
    assert read([Block("paragraph", [wide])], rules) == [("The council", "Act soon.")]


def test_a_body_that_answers_for_several_rows_is_carried_down():
    blocks = [
        Block("paragraph", [line("The board", 62, 100)]),
        Block("paragraph", [line("Act soon.", 224, 100)]),
        Block("paragraph", [line("Act well.", 224, 130)]),
    ]
    rules = {
        1: [
            [
                [cell(57, 98, COLUMN, 128), cell(COLUMN, 98, 530, 128)],
                [cell(COLUMN, 128, 530, 150)],
            ]
        ]
    }
    assert read(blocks, rules) == [("The board", "Act soon."), ("The board", "Act well.")]


def test_boxes_inside_a_cell_are_no_rows():
    block = Block("paragraph", [line("First line", 62, 100), line("and its end.", 62, 114)])
    rules = {1: [[[cell(57, 98, 530, 130)]], [[cell(70, 99, 300, 113)], [cell(70, 113, 300, 127)]]]}
    assert read([block], rules) == [(None, "First line and its end.")]


def test_bullets_under_a_demand_are_parts_of_it_with_rules_or_without():
    blocks = [
        Block("paragraph", [line("Leaders should improve:", 62, 100)]),
        Block("bullet", [line("\uf0b7 plans", 80, 120)._replace(skip=2)]),
        Block("bullet", [line("\uf0b7 reviews.", 80, 140)._replace(skip=2)]),
        Block("paragraph", [line("Leaders should listen.", 62, 170)]),
    ]
    whole = (None, "Leaders should improve: • plans • reviews.")
    assert read(blocks, {}) == [whole, (None, "Leaders should listen.")]
    rules = {1: [[[cell(57, 98, 530, 160)], [cell(57, 160, 530, 190)]]]}
    assert read(blocks, rules) == [whole, (None, "Leaders should listen.")]


def test_demands_that_are_bullets_stay_apart_where_there_are_no_rules():
    blocks = [
        Block("bullet", [line("• plans.", 62, 100)._replace(skip=2)]),
        Block("bullet", [line("• reviews.", 62, 120)._replace(skip=2)]),
    ]
    assert read(blocks, {}) == [(None, "plans."), (None, "reviews.")]
