"""The pages of authorities: the list, grades over time, themes, and what was asked for."""

import re

import pytest

import textmine


@pytest.fixture(scope="module")
def graded(sample_library):
    """The key of an authority with two inspections."""
    with textmine.open(sample_library) as lib:
        change = lib.changes().first()
        number = change.pair.after.document
        return next(each.authority for each in lib.documents() if each.id == number)


def test_the_list_leads_to_each_authority_with_documents(client, sample_library):
    text = client.get("/authorities").text
    with textmine.open(sample_library, internal=True) as lib:
        keys = {each.key for each in lib.authorities() if each.documents}
    assert set(re.findall(r'href="/authorities/([\w-]+)"', text)) == keys
    assert text.count("<h1") == 1
    assert "<caption" in text


def test_the_list_can_be_of_one_region_and_of_all_authorities(client, sample_library):
    with textmine.open(sample_library) as lib:
        known = list(lib.authorities())
    region = next(each.region for each in known if each.documents and each.region)
    text = client.get("/authorities", params={"region": region, "every": "1"}).text
    there = sum(each.region == region for each in known)
    assert len(re.findall(r'<th scope="row"', text)) == there


def test_the_list_as_a_file(client):
    answer = client.get("/authorities/file?format=csv")
    assert answer.status_code == 200
    assert answer.text.lstrip("\ufeff").startswith("authority,region")


def test_grades_over_time_are_a_picture_with_its_table(client, graded):
    text = client.get(f"/authorities/{graded}").text
    picture = re.search(r"<svg.*?</svg>", text, re.DOTALL)[0]
    assert 'role="img"' in picture
    assert "<desc" in picture
    assert "style=" not in picture
    assert "The same as a table" in text
    assert text.count("<h1") == 1


def test_the_page_links_documents_demands_and_the_brief(client, graded, sample_library):
    text = client.get(f"/authorities/{graded}").text
    with textmine.open(sample_library, internal=True) as lib:
        hashes = [each.sha256[:12] for each in lib.documents(authority=graded)]
    assert all(f'href="/documents/{each}"' in text for each in hashes)
    assert f'href="/authorities/{graded}/brief"' in text
    assert f'href="/authorities/{graded}/demands"' in text


def test_every_authority_with_documents_has_a_page(client, sample_library):
    with textmine.open(sample_library, internal=True) as lib:
        keys = [each.key for each in lib.authorities() if each.documents]
    assert [client.get(f"/authorities/{key}").status_code for key in keys] == [200] * len(keys)
    assert [client.get(f"/authorities/{key}/demands").status_code for key in keys] == [200] * len(
        keys
    )


def test_an_authority_without_documents_says_so(client, sample_library):
    with textmine.open(sample_library, internal=True) as lib:
        key = next((each.key for each in lib.authorities() if not each.documents), None)
    if key is None:
        pytest.skip("every authority of the samples has documents")
    assert "is in this library" in client.get(f"/authorities/{key}").text


def test_an_authority_that_is_none_is_not_found(client):
    assert client.get("/authorities/nowhere").status_code == 404


def test_what_was_asked_for_stands_beside_the_later_words(client, sample_library):
    with textmine.open(sample_library) as lib:
        row = next(each for each in lib.followup() if each.answer and each.answer.witnesses)
        name = row.demand.authority
        key = next(each.key for each in lib.authorities() if each.name == name)
    text = client.get(f"/authorities/{key}/demands").text
    assert "What the later report says" in text
    assert "Compared with" in text
    answer = client.get(f"/authorities/{key}/demands/file?format=csv")
    assert answer.text.lstrip("\ufeff").startswith("authority,type,date,demand")
