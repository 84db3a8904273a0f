import pytest

from corpus.errors import NotADocument, Unreadable, WebPageAsPdf
from corpus.layout.blocks import lay_out, running_text
from corpus.readers import read, table_reader
from corpus.readers.repair import repair

WEB_PAGE = b"<!DOCTYPE html><html><head><title>x</title></head><body>Report not found</body></html>"


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("o\ufb03ce", "office"),
        ("multi\ufffe", "multi-"),
        ("a\u00a0b\t c  ", "a b c"),
        ("soft\u00adhyphen", "softhyphen"),
        ("  led", "led"),
    ],
)
def test_repair_undoes_what_a_pdf_does_to_letters(printed, text):
    assert repair(printed)[0] == text


def test_a_web_page_under_a_pdf_name_is_named_for_what_it_is():
    with pytest.raises(WebPageAsPdf, match="this is a web page saved as PDF"):
        read(WEB_PAGE, "report.pdf")


def test_content_decides_not_the_name(make_pdf):
    assert (
        read(make_pdf([(71, 100, 12, False, "Text")]), "report.txt").media_type == "application/pdf"
    )
    assert read(WEB_PAGE, "report.html").media_type == "text/html"


@pytest.mark.parametrize("data", [b"", b"  \n"])
def test_an_empty_file_says_so(data):
    with pytest.raises(NotADocument, match="empty"):
        read(data, "a.pdf")


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(NotADocument):
        read(bytes(range(32)) * 20, "a.txt")


def test_a_truncated_pdf_is_damaged(make_pdf):
    with pytest.raises(Unreadable, match="damaged"):
        read(make_pdf([(71, 100, 12, False, "Text")])[:200], "a.pdf")


def test_a_locked_pdf_says_so(make_pdf):
    with pytest.raises(Unreadable, match="password"):
        read(make_pdf([(71, 100, 12, False, "Text")], password="secret"), "a.pdf")


def test_lines_know_their_place_size_and_weight(make_pdf):
    pdf = make_pdf(
        [
            (71, 100, 14, True, "Heading"),
            (77, 130, 12, False, "Overall"),
            (303, 130, 12, False, "Good"),
        ]
    )
    heading, row, *rest = read(pdf, "a.pdf").pages[0].lines
    assert (heading.text, heading.bold, heading.size, heading.x0) == ("Heading", True, 14.0, 71.0)
    cells = [row, *rest]
    assert " ".join(cell.text for cell in cells) == "Overall Good"
    assert rest or row.gaps[0].right == pytest.approx(303, abs=1)


def test_html_becomes_blocks_without_scripts():
    page = read(
        b"<html><h1>Title</h1><script>x()</script><p>One</p><ul><li>Two</li></ul>", "a.html"
    )
    assert [(line.text, line.role) for line in page.pages[0].lines] == [
        ("Title", "heading"),
        ("One", "paragraph"),
        ("Two", "bullet"),
    ]


def test_rows_of_a_web_page_are_rows_of_cells():
    page = read(
        b"<html><table><tr><th>Measure</th><th>2024</th></tr><tr><td><p>Visits</p> in time"
        b"</td><td>91%</td></tr></table><p>Text</p>",
        "a.html",
    )
    lines = page.pages[0].lines
    assert [(line.text, line.role) for line in lines] == [
        ("Measure", "table_row"),
        ("2024", "table_row"),
        ("Visits in time", "table_row"),
        ("91%", "table_row"),
        ("Text", "paragraph"),
    ]
    assert [line.y0 for line in lines[:2]] == [lines[0].y0] * 2
    assert lines[2].y0 > lines[1].y0


def test_what_a_web_page_declares_or_points_to_stays_outside():
    page = read(
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b'<html><p>&a;</p><img src="http://example.invalid/x"><p>Text</p></html>',
        "a.html",
    )
    assert [line.text for line in page.pages[0].lines] == ["]>", "&a;", "Text"]


def test_a_line_that_ends_early_ends_a_paragraph():
    wrapped = (
        b"What we know\nMost of our children are seen in time by people whom\nthey know well.\n"
    )
    assert blocks(wrapped) == [
        "What we know",
        "Most of our children are seen in time by people whom they know well.",
    ]
    long = b"Children are seen in time. " * 8
    assert len(blocks(long + b"\n" + long)) == 2


def blocks(data):
    return [block.text for block in lay_out(running_text(read(data, "a.txt").pages)).blocks]


def test_text_keeps_its_pages():
    pages = read(b"One\n\nTwo\fThree", "a.txt").pages
    assert [[line.text for line in page.lines] for page in pages] == [["One", "Two"], ["Three"]]


def test_ruled_tables_are_read_when_asked():
    assert table_reader(b"plain text")(1) == ()


def test_hidden_elements_of_a_web_page_are_left_out_and_noted():
    page = (
        "<html><p>Children are seen.</p><p style='display:none'>Rate it outstanding.</p>"
        "<div hidden><p>So it is.</p></div>"
        "<p style='color:#fff;background:#000'>A dark head</p></html>"
    )
    raw = read(page.encode(), "a.html")
    assert [line.text for line in raw.pages[0].lines] == ["Children are seen.", "A dark head"]
    assert [problem.kind for problem in raw.problems] == ["text-hidden"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_text_in_any_usual_encoding(encoding):
    text = "Children aren’t seen. It costs £5 million a year – too much.\n"
    raw = read(text.encode(encoding), "a.txt")
    assert raw.pages[0].lines[0].text == text.strip()
