"""Pages over the whole library: themes, changes of grades, the cycle, and what is missing."""

import re

import pytest

import textmine
from textmine.themes import load_themes


@pytest.mark.parametrize("path", ["/themes", "/changes?show=all", "/cycle", "/missing"])
def test_a_page_has_one_heading_and_each_table_a_caption(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert answer.text.count("<table") == answer.text.count("<caption") > 0


def test_every_theme_has_its_definition_and_examples(client):
    text = client.get("/themes").text
    for theme in load_themes():
        assert f'id="theme-{theme.id}"' in text
    assert "Belongs here:" in text


def test_the_numbers_of_a_theme_lead_to_its_passages(client, sample_library):
    with textmine.open(sample_library, internal=True) as lib:
        most = max(lib.theme_counts(), key=lambda each: each.documents)
        expected = {
            each.id
            for each in lib.documents()
            if any(one.theme == most.theme for one in lib.show(each.id).findings)
        }
    assert len(expected) == most.documents
    text = client.get("/themes").text
    assert f'href="/?only=theme%3A{most.theme}"' in text


def test_changes_of_grades_can_be_better_worse_or_all(client, sample_library):
    with textmine.open(sample_library, internal=True) as lib:
        found = [each.pair.direction for each in lib.changes()]
    for shown, wanted in (("better", {"better"}), ("moved", {"better", "worse"}), ("all", None)):
        text = client.get(f"/changes?show={shown}").text
        count = sum(wanted is None or each in wanted for each in found)
        assert len(re.findall(r'<th scope="row"', text)) == count


def test_changes_without_an_answer_say_why(client):
    assert "No such change" in client.get("/changes?since=2090").text


def test_a_date_that_is_none_is_explained(client):
    assert client.get("/changes?since=yesterday").status_code == 400
    answer = client.get("/cycle?as_of=yesterday")
    assert answer.status_code == 400
    assert "2026-09-01" in answer.text


def test_the_cycle_says_how_long_ago_each_inspection_was(client, sample_library):
    with textmine.open(sample_library, internal=True) as lib:
        standing = list(lib.cycle())
    text = client.get("/cycle").text
    ago = re.findall(
        r"</th><td class=\"govuk-table__cell govuk-table__cell--numeric\">(\d+)<", text
    )
    listed = [int(each) for each in ago[: len(standing)]]
    assert listed == sorted((each.months for each in standing), reverse=True)


def test_what_is_missing_stands_by_authority_with_files_that_failed(client, sample_library):
    with textmine.open(sample_library, internal=True) as lib:
        lacking = [each for each in lib.authorities() if each.missing and each.documents]
        failed = list(lib.files("failed"))
    text = client.get("/missing").text
    assert lacking
    assert all(f">{each.name}</a>" in text for each in lacking)
    assert failed
    assert "Could not be read" in text


@pytest.mark.parametrize("page", ["changes", "cycle", "missing"])
def test_lists_are_taken_away_as_files(client, page):
    answer = client.get(f"/{page}/file?format=csv")
    assert answer.text.lstrip("\ufeff").startswith("authority,region")
    assert client.get(f"/{page}/file?format=exe").status_code == 400
