"""Pages that count words and themes, and the pack for a region: numbers, passages, files."""

import re
from html import unescape

import pytest

import textmine
from textmine.analysis import accuracy

PATHS = ("/frequencies", "/keyness", "/collocates", "/dispersion", "/cooccurrence", "/map")
ASKED = (
    "/frequencies?q=children&size=2&region=North+West",
    "/keyness?of=polarity:concern",
    "/collocates?q=children&reports=1",
    "/dispersion?q=children",
    "/cooccurrence?within=report",
)


def rows_of(text):
    """The rows of the table: the name, the numbers, and the address of the passages."""
    found = []
    for row in re.findall(r'<tr class="govuk-table__row">(<th scope="row".*?)</tr>', text):
        name, *cells = re.findall(r"<t[hd] [^>]*>(.*?)</t[hd]>", row)
        href = re.search(r'href="([^"]+)"', cells.pop())
        found.append((unescape(name), cells, unescape(href[1]) if href else ""))
    return found


@pytest.mark.parametrize("path", PATHS)
def test_before_anything_is_asked_there_are_examples_and_what_numbers_mean(client, path):
    text = client.get(path).text
    assert "<svg" not in text
    assert "What the numbers mean" in text
    examples = re.findall(rf'<li><a class="govuk-link" href="({path}\?[^"]+)"', text)
    assert examples
    assert all(client.get(unescape(each)).status_code == 200 for each in examples)


@pytest.mark.parametrize("path", ASKED)
def test_each_number_stands_in_chart_and_table_and_opens_its_passages(client, path):
    text = client.get(path).text
    rows = rows_of(text)
    picture = re.search(r"<svg.*?</svg>", text, re.DOTALL)[0]
    assert rows
    assert text.count("<h1") == 1
    assert len(re.findall(r"<rect x", picture)) == len(rows)
    linked = [href for _, _, href in rows if href]
    assert linked
    for href in (linked[0], linked[-1]):
        assert "tm-hit" in client.get(href).text


@pytest.mark.parametrize("path", ASKED)
def test_the_rows_as_a_file_are_those_of_the_page_and_more(client, path):
    files = re.findall(rf'href="({path.partition("?")[0]}/file\?[^"]+)"', client.get(path).text)
    (csv,) = (unescape(each) for each in files if "format=csv" in each)
    lines = client.get(csv).text.splitlines()
    assert "find" in lines[0]
    assert len(lines) > len(rows_of(client.get(path).text))


def test_numbers_are_those_of_the_library(client, sample_library):
    with textmine.open(sample_library) as lib:
        [spread] = lib.dispersion(["children"])
        words = lib.frequencies("children", size=2, region="North West").to_rows()
    shown = rows_of(client.get(ASKED[3]).text)
    assert [(name, cells[0]) for name, cells, _ in shown] == [
        (part.group if part.group != "none" else "No authority", f"{part.matches:,}")
        for part in spread.parts[: len(shown)]
    ]
    name, cells, _ = rows_of(client.get(ASKED[0]).text)[0]
    assert (name, cells[0]) == (words[0]["word"], f"{words[0]['matches']:,}")


@pytest.mark.parametrize("asked", ["q=children", "grade=overall"])
def test_the_map_has_its_numbers_as_a_table_and_as_files(client, asked):
    text = client.get(f"/map?{asked}").text
    rows = rows_of(text)
    assert "Not on the map" in text
    assert "tm-hit" in client.get(next(href for _, _, href in rows if href)).text
    csv = client.get(f"/map/file?{asked}&format=csv").text.splitlines()
    assert len(csv) == len(rows) + 1
    assert client.get(f"/map/picture?{asked}").text.startswith("<svg")


def test_the_accuracy_of_the_theme_is_said(client):
    text = client.get("/frequencies?theme=supervision-and-oversight&polarity=concern").text
    for note in accuracy.notes(["supervision-and-oversight"], polarities=True):
        assert note in unescape(text)


@pytest.mark.parametrize("path", ["/collocates?q=zzyzx", "/frequencies?q=zzyzx"])
def test_nothing_found_is_said(client, path):
    assert "Nothing found" in client.get(path).text


def test_a_query_without_words_has_no_words_nearby(client):
    answer = client.get("/collocates?q=polarity:concern")
    assert answer.status_code == 400
    assert "has no words" in answer.text


def test_the_pack_for_a_region_leads_to_its_passages(client):
    text = client.get("/regions?region=North+West").text
    assert "Where each stands" in text
    links = {unescape(each) for each in re.findall(r'href="(/documents/[^"#]+#para-\w+)"', text)}
    assert links
    for each in sorted(links)[:5]:
        path, _, anchor = each.partition("#")
        assert f'id="{anchor}"' in client.get(path).text
    assert client.get("/regions?region=Nowhere").status_code == 400


@pytest.mark.parametrize(("kind", "begins"), [("docx", b"PK"), ("md", b"#"), ("html", b"<!")])
def test_the_pack_is_taken_away(client, kind, begins):
    answer = client.get(f"/regions/file?region=North+West&format={kind}")
    assert answer.content.startswith(begins)
    assert f"pack-north-west.{kind}" in answer.headers["content-disposition"]
