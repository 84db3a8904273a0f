"""Trends and comparisons in the browser: the chart, its table, and the passages behind it."""

import re
from html import unescape

import pytest

import textmine

TREND = "/trends?theme=supervision-and-oversight&by=year"
COMPARISON = "/compare?names=Eastmere,+Norbrook,+England&q=children"


@pytest.mark.parametrize("path", ["/trends", "/compare"])
def test_before_anything_is_asked_there_are_examples(client, path):
    text = client.get(path).text
    assert "For example" in text
    assert "<svg" not in text
    for each in re.findall(r'<li><a class="govuk-link" href="(/(?:trends|compare)\?[^"]+)"', text):
        assert client.get(unescape(each)).status_code in {200, 400}


@pytest.mark.parametrize("path", [TREND, COMPARISON, "/trends?grade=overall"])
def test_the_chart_has_its_numbers_as_a_table(client, path):
    text = client.get(path).text
    picture = re.search(r"<svg.*?</svg>", text, re.DOTALL)[0]
    assert "style=" not in picture
    assert text.count("<h1") == 1
    rows = re.findall(r'<th scope="row" class="govuk-table__header">([^<]+)<', text)
    assert rows
    assert len(re.findall(r"<circle|<rect x", picture)) <= len(rows)


def test_numbers_are_those_of_the_library(client, sample_library):
    with textmine.open(sample_library) as lib:
        rates = list(lib.trends("children"))
    text = client.get("/trends?q=children").text
    shown = re.findall(r"numeric\">(\d+ of \d+)<", text)
    assert shown == [f"{each.reports} of {each.of_reports}" for each in rates]


def test_a_number_leads_to_its_passages(client):
    text = client.get("/trends?q=children").text
    hrefs = re.findall(r'href="(/\?q=[^"]+)">Read', text)
    answer = client.get(unescape(hrefs[0]))
    assert answer.status_code == 200
    assert "Nothing found" not in answer.text


def test_the_rows_as_a_file(client):
    for path in ("/trends/file?q=children", "/compare/file?names=Eastmere&q=children"):
        answer = client.get(f"{path}&format=csv")
        assert "of_reports" in answer.text.splitlines()[0]


def test_nothing_found_and_names_that_are_none_are_explained(client):
    assert "Nothing found" in client.get("/trends?q=zzyzx").text
    assert client.get("/compare?names=Nowhere&q=children").status_code == 400
    assert client.get("/trends?grade=weather").status_code == 400
