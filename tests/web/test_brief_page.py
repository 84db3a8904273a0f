"""The brief in the browser: chosen, read, and taken away."""

import io
import re
import zipfile

import textmine

EASTMERE = "/authorities/eastmere/brief"


def test_the_choice_comes_before_the_brief(client):
    text = client.get(EASTMERE).text
    assert "Make a brief on Eastmere" in text
    assert 'class="tm-brief"' not in text


def test_the_page_says_what_the_brief_says(client, sample_library):
    text = client.get(f"{EASTMERE}?purpose=engagement-meeting").text
    with textmine.open(sample_library) as lib:
        brief = lib.brief("Eastmere", "engagement-meeting")
    headings = re.findall(r'<h2 class="govuk-heading-m" id="([\w-]+)"', text)
    assert [each.key for each in brief.sections] == headings[:-1]
    assert text.count("<h1") == 1
    assert "Briefing for the annual engagement meeting" in text


def test_marks_lead_to_the_passage_in_its_document(client):
    text = client.get(f"{EASTMERE}?purpose=inspection").text
    marks = re.findall(r'class="tm-marks">\[<a href="(/documents/[0-9a-f]{12}#[^"]+)"', text)
    assert marks
    path, _, anchor = marks[0].partition("#")
    assert f'id="{anchor}"' in client.get(path).text


def test_a_focused_visit_is_on_its_topic(client):
    text = client.get(f"{EASTMERE}?purpose=focused-visit&topic=care-leavers").text
    assert "Briefing for a focused visit: care leavers" in text


def test_a_topic_without_a_visit_is_left_out_and_said(client):
    text = client.get(f"{EASTMERE}?purpose=inspection&topic=care-leavers").text
    assert "only for a focused visit" in text


def test_internal_documents_are_quoted_only_when_asked(client, sample_library):
    with textmine.open(sample_library, internal=True) as lib:
        internal = next(each for each in lib.documents() if each.visibility == "internal")
    path = f"/authorities/{internal.authority}/brief?purpose=engagement-meeting"
    sha = internal.sha256[:12]
    assert sha not in client.get(path).text
    with_it = client.get(f"{path}&internal=1").text
    assert sha in with_it
    assert "do not pass it on" in with_it


def test_the_brief_as_files(client):
    path = f"{EASTMERE}/file?purpose=focused-visit&topic=front-door&format="
    markdown = client.get(f"{path}md")
    assert markdown.text.startswith("# Eastmere")
    assert "brief-eastmere-focused-visit-front-door.md" in markdown.headers["content-disposition"]
    assert "<h1>Eastmere" in client.get(f"{path}html").text
    word = zipfile.ZipFile(io.BytesIO(client.get(f"{path}docx").content))
    assert "word/document.xml" in word.namelist()
    assert client.get(f"{path}pdf").status_code == 400


def test_an_authority_without_documents_has_no_brief(client, sample_library):
    with textmine.open(sample_library) as lib:
        keys = [each.key for each in lib.authorities() if not each.documents]
    for key in keys[:1]:
        text = client.get(f"/authorities/{key}/brief?purpose=inspection").text
        assert "nothing to make a brief of" in text
