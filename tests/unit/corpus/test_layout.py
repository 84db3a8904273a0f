from corpus.layout.blocks import lay_out, running_text
from corpus.model import Line, Page
from corpus.readers import read


def blocks(pdf):
    return lay_out(running_text(read(pdf, "x.pdf").pages)).blocks


def kinds(pdf):
    return [(block.kind, block.number, block.text) for block in blocks(pdf)]


def test_paragraphs_headings_bullets_and_numbers(make_pdf, prose_lines):
    pdf = make_pdf(
        [
            (71, 100, 14, True, "What needs to improve?"),
            (71, 130, 12, False, "• The quality of plans, so that children"),
            (89, 144, 12, False, "know what will happen."),
            (71, 160, 12, False, "• The timeliness of visits."),
            (71, 200, 14, True, "The experiences and progress of children who need help and"),
            (71, 217, 14, True, "protection: good"),
            *prose_lines("1. Early help is strong and families\nvalue it.", y=250),
            *prose_lines("2. Most children are seen\nalone.", y=310),
        ]
    )
    assert kinds(pdf) == [
        ("heading", None, "What needs to improve?"),
        ("bullet", None, "The quality of plans, so that children know what will happen."),
        ("bullet", None, "The timeliness of visits."),
        (
            "heading",
            None,
            "The experiences and progress of children who need help and protection: good",
        ),
        ("paragraph", "1", "Early help is strong and families value it."),
        ("paragraph", "2", "Most children are seen alone."),
    ]


def test_pages_that_hold_one_line_each_that_differs_only_in_digits_are_text(make_pdf):
    pages = [[(71, 80, 12, False, f"{n}. Children are seen and plans are good.")] for n in (1, 2)]
    said = "Children are seen and plans are good."
    assert kinds(make_pdf(*pages)) == [("paragraph", "1", said), ("paragraph", "2", said)]


def test_a_paragraph_joins_over_a_page_break_and_furniture_goes(make_pdf, prose_lines):
    def foot(page):
        return [
            (71, 800, 8, True, "Inspection of Marlowshire local authority children’s services"),
            (71, 812, 8, True, f"5 to 9 February 2024 {page}"),
        ]

    pdf = make_pdf(
        [*foot(1), *prose_lines("1. Social workers visit children\noften and know", y=700)],
        [*foot(2), *prose_lines("them well.", y=100), *prose_lines("2. Plans are clear.", y=140)],
        [*foot(3), *prose_lines("3. Records are good.", y=100)],
    )
    assert kinds(pdf) == [
        ("paragraph", "1", "Social workers visit children often and know them well."),
        ("paragraph", "2", "Plans are clear."),
        ("paragraph", "3", "Records are good."),
    ]


def test_bare_page_numbers_go_and_a_number_in_the_text_stays(make_pdf, prose_lines):
    pdf = make_pdf(
        [(520, 810, 20, False, "1"), *prose_lines("Staff turnover is down to\n12.", y=300)],
        [(520, 810, 20, False, "2"), *prose_lines("It was higher before.", y=100)],
    )
    assert [text for _, _, text in kinds(pdf)] == [
        "Staff turnover is down to 12.",
        "It was higher before.",
    ]


def test_footnotes_leave_the_flow(make_pdf, prose_lines):
    pdf = make_pdf(
        [
            *prose_lines("Children benefit from plans that are\nwritten with", y=690),
            (71, 770, 6, False, "1"),
            (76, 773, 9, False, "The framework is statutory guidance."),
        ],
        prose_lines("them and for them.", y=100),
    )
    found = kinds(pdf)
    assert found[0][2] == "Children benefit from plans that are written with them and for them."
    assert found[1] == ("footnote", "1", "The framework is statutory guidance.")


def test_lines_drawn_out_of_order_are_read_from_top_to_bottom(make_pdf, prose_lines):
    first = prose_lines("One comes first.", y=100)
    second = prose_lines("Two comes second.", y=140)
    assert [text for _, _, text in kinds(make_pdf([*second, *first]))] == [
        "One comes first.",
        "Two comes second.",
    ]


def test_a_footnotes_mark_inside_a_line_does_not_part_its_paragraph():
    lines = (
        Line("Inspectors looked at the work in Marlowshire.", 71, 100, 403, 112, 12, bold=False),
        Line("1 This looked", 403, 103, 470, 115, 8, bold=False),
        Line("at neglect.", 71, 119, 130, 131, 12, bold=False),
    )
    laid_out = lay_out(running_text((Page(1, 595, 842, lines),))).blocks
    text = "Inspectors looked at the work in Marlowshire. This looked at neglect."
    assert [block.text for block in laid_out] == [text]


def test_a_page_that_leaves_its_number_out_has_a_foot_too(make_pdf):
    def page(foot):
        return [(71, 100, 12, False, "Words."), (71, 815, 10, False, foot)]

    pdf = make_pdf(page("2 to 6 May 2023"), page("2 to 6 May 2023 2"), page("2 to 6 May 2023 3"))
    assert {text for _, _, text in kinds(pdf)} == {"Words."}


def test_a_first_line_of_another_size_is_part_of_its_paragraph(make_pdf):
    page = []
    for number in range(1, 5):
        y = 60 + number * 60
        page += [
            (72, y, 14, False, f"{number}. Social workers know children well and visit them at"),
            (90, y + 16, 12, False, "home as often as they need, and more often when something"),
            (90, y + 30, 12, False, "changes. Managers know what has been done."),
        ]
    found = lay_out(running_text(read(make_pdf(page), "a.pdf").pages)).blocks
    assert [block.number for block in found] == ["1", "2", "3", "4"]
    assert all(len(block.lines) == 3 for block in found)
