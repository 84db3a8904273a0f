"""What became of demands, counted for a region."""

import re
from html import unescape

import textmine

REGION = "/follow-up?region=North+West"


def test_a_region_is_chosen_first(client):
    text = client.get("/follow-up").text
    assert "Choose a region" in text
    assert "<table" not in text


def test_the_numbers_are_those_of_the_library(client, sample_library):
    with textmine.open(sample_library) as lib:
        groups = list(lib.followup_by("theme", region="North West"))
    text = client.get(REGION).text
    rows = re.findall(r'<th scope="row".*?</tr>', text)
    assert len(rows) == len(groups) > 0
    numbers = [tuple(map(int, re.findall(r'numeric">(\d+)<', row))) for row in rows]
    assert sorted(each[0] for each in numbers) == sorted(each.demands for each in groups)
    assert all(later == sum(rest) for _, later, *rest in numbers)
    assert text.count("<h1") == 1
    assert "<caption" in text


def test_a_number_leads_to_its_demands(client):
    text = client.get(REGION).text
    href = re.search(r'<th scope="row"[^>]*><a class="govuk-link" href="([^"]+)"', text)[1]
    answer = client.get(unescape(href))
    assert answer.status_code == 200
    assert "Nothing found" not in answer.text


def test_by_grade_and_as_a_file(client):
    assert "Overall grade</th>" in client.get(f"{REGION}&by=grade").text
    answer = client.get("/follow-up/file?region=North+West&by=theme&format=csv")
    assert "with_later_report" in answer.text.splitlines()[0]
    assert client.get("/follow-up/file?format=csv").status_code == 400
