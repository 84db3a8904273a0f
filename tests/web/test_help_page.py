"""Help: every example can be tried, every number is explained."""

import re
from html import unescape
from itertools import pairwise

import pytest

from index.query.fields import FIELDS


@pytest.mark.parametrize("path", ["/help", "/help/accessibility"])
def test_a_page_has_one_heading_and_its_headings_in_order(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    levels = [int(each) for each in re.findall(r"<h([1-6])", answer.text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert answer.text.count("<table") == answer.text.count("<caption")


def test_every_example_can_be_tried(client):
    text = client.get("/help").text
    examples = re.findall(r'href="(/\?q=[^"]+)"><code>', text)
    assert len(examples) > 15
    for each in examples:
        assert client.get(unescape(each)).status_code == 200, each


def test_every_field_is_explained(client):
    text = client.get("/help").text
    assert all(f"<code>{name}:</code>" in text for name in FIELDS)


def test_what_the_numbers_mean_is_measured(client):
    text = client.get("/help").text
    assert re.search(r"it was right in \d\d%", text)
    assert re.search(r"\d\d% of verdicts were right", text)


def test_every_page_leads_to_help_and_the_statement(client):
    text = client.get("/cycle").text
    assert 'href="/help/accessibility"' in text
    assert "WCAG" in client.get("/help/accessibility").text
