"""The search page: the same answers as the command line, narrowed down by links."""

import csv
import io
import re

import textmine


def test_results_are_an_ordered_list_with_headings_and_marks(client):
    text = client.get("/?q=children").text
    assert '<ol class="tm-hits"' in text
    assert "<mark>" in text
    assert "<h3" in text


def test_the_page_lists_what_the_library_finds(client, sample_library):
    with textmine.open(sample_library, internal=True) as lib:
        hits = lib.search("supervision of social workers").hits.hits
    text = client.get("/?q=supervision+of+social+workers").text
    shown = re.findall(r'data-step href="/documents/([0-9a-f]+)', text)
    assert [hit.sha256[:12] for hit in hits] == shown


def test_a_facet_narrows_and_leaves_out(client):
    whole = client.get("/?q=children").text
    only = client.get("/?q=children&only=polarity:concern").text
    left = client.get("/?q=children&not=polarity:concern").text
    assert "Remove" in only
    counts = [int(re.search(r"([\d,]+) passages? with", text)[1]) for text in (whole, only, left)]
    assert counts[1] + counts[2] == counts[0]


def test_what_was_typed_is_text_wherever_it_stands(client):
    hostile = "<script>alert(1)</script>\" onfocus=alert(1) '"
    answer = client.get(
        "/", params={"q": hostile, "only": hostile, "since": "2024", "view": "kwic"}
    )
    assert "<script>alert" not in answer.text
    assert '" onfocus' not in answer.text


def test_lines_in_context_show_each_match(client):
    text = client.get("/?q=visits&view=kwic").text
    assert 'class="tm-kwic"' in text


def test_nothing_found_says_what_to_try(client):
    text = client.get("/?q=zzyzx").text
    assert "Nothing found" in text


def test_a_date_that_is_none_is_explained(client):
    answer = client.get("/?q=children&since=yesterday")
    assert answer.status_code == 400
    assert "Use 2024, 2024-05 or 2024-05-17" in answer.text


def test_the_file_holds_exactly_what_the_page_shows(client):
    text = client.get("/take-away/file?q=children&format=csv&what=page").text
    rows = list(csv.DictReader(io.StringIO(text)))
    shown = client.get("/?q=children").text.count('<li class="tm-hit">')
    internal = client.get("/?q=children").text.count("tm-internal")
    assert len(rows) >= shown - internal
    assert {row["visibility"] for row in rows} == {"public"}


def test_internal_documents_are_marked_and_left_out_of_files(client):
    page = client.get("/?q=children&only=visibility:internal").text
    assert "tm-internal" in page
    away = client.get("/take-away?q=children").text
    assert "1 internal document left out" in away
    shut = client.get("/take-away/file?q=children&only=visibility:internal&format=csv&what=all")
    assert shut.text.count("\n") <= 1
    opened = client.get(
        "/take-away/file?q=children&only=visibility:internal&format=csv&what=all&internal=1"
    )
    assert opened.text.count("\n") > 1
