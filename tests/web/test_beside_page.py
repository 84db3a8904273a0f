"""Two documents side by side: whole, on a theme, in answer to a query."""

import re

import pytest

import textmine
from textmine.web.addresses import short


@pytest.fixture(scope="module")
def pair(sample_library):
    """The addresses of two documents with findings on one theme, and that theme."""
    with textmine.open(sample_library, internal=True) as lib:
        by_theme = {}
        for each in lib.findings():
            by_theme.setdefault(each.theme, {})[each.sha256] = each.document
        theme, found = max(by_theme.items(), key=lambda each: len(each[1]))
    left, right = sorted(found)[:2]
    return short(left), short(right), theme


def test_whole_texts_stand_beside_each_other(client, pair):
    left, right, _ = pair
    text = client.get(f"/beside?left={left}&right={right}").text
    assert text.count("tm-beside__side--whole") == 2
    assert "Judgements and themes of both" in text


def test_a_theme_shows_what_both_say(client, pair):
    left, right, theme = pair
    text = client.get(f"/beside?left={left}&right={right}&theme={theme}").text
    assert len(re.findall(r'<p class="tm-passage__notes"><span class="tm-tag', text)) >= 2


def test_a_document_leads_to_those_of_its_authority(client, sample_library):
    with textmine.open(sample_library, internal=True) as lib:
        rows = list(lib.documents())
    several = [row for row in rows if sum(each.authority == row.authority for each in rows) > 1]
    text = client.get(f"/documents/{short(several[0].sha256)}").text
    assert "/beside?left=" in text


def test_one_document_is_not_two(client, pair):
    answer = client.get(f"/beside?left={pair[0]}")
    assert answer.status_code == 400
    assert "Name two documents" in answer.text
