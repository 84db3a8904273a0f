"""Notes and collections on the page."""

import re

import textmine


def token(text):
    return re.search(r'name="csrf" value="(\w+)"', text)[1]


def a_passage(client):
    """The address of the first passage of a document, and the page there."""
    text = client.get("/documents/1").text
    path = re.search(r'href="(/documents/\w+/passages/\d+)"', text)[1]
    return path, client.get(path).text


def test_a_note_is_kept_shown_and_removed(writing_client):
    path, text = a_passage(writing_client)
    sent = {"csrf": token(text), "act": "note", "text": "Ask <Ann>", "coder": "Ada"}
    answer = writing_client.post(path, data=sent)
    assert "Ask &lt;Ann&gt;" in answer.text
    assert "Ada: Ask &lt;Ann&gt;" in writing_client.get("/documents/1").text
    note = re.search(r'name="note" value="(\d+)"', answer.text)[1]
    gone = writing_client.post(path, data={"csrf": token(text), "act": "remove", "note": note})
    assert "Ask &lt;Ann&gt;" not in gone.text


def test_a_note_needs_a_name_and_words(writing_client):
    path, text = a_passage(writing_client)
    for more in ({"text": "words"}, {"coder": "Ada"}):
        sent = {"csrf": token(text), "act": "note", **more}
        assert writing_client.post(path, data=sent).status_code == 400


def test_a_passage_goes_into_a_collection(writing_client):
    path, text = a_passage(writing_client)
    sent = {"csrf": token(text), "act": "collect", "name": "for the visit", "coder": "Ada"}
    writing_client.post(path, data=sent)
    listed = writing_client.get("/collections").text
    assert "for the visit" in listed
    found = writing_client.get("/", params={"only": "in:for the visit"}).text
    assert found.count('<li class="tm-hit">') == 1


def test_marked_results_go_into_a_collection(writing_client, library):
    text = writing_client.get("/?q=children").text
    marked = re.findall(r'name="passage" value="([\d-]+)"', text)[:3]
    sent = {"csrf": token(text), "name": "seen", "coder": "Ada", "passage": marked}
    answer = writing_client.post("/collections", data=sent)
    assert answer.text.count('<li class="tm-hit">') == 3
    with textmine.open(library) as lib:
        assert [(each.name, each.passages) for each in lib.collections()] == [("seen", 3)]
    gone = writing_client.post("/collections/remove", data={"csrf": token(text), "name": "seen"})
    assert "None yet" in gone.text


def test_nothing_marked_is_said(writing_client):
    sent = {"csrf": token(writing_client.get("/?q=children").text), "name": "x", "coder": "Ada"}
    answer = writing_client.post("/collections", data=sent)
    assert answer.status_code == 400
    assert "Mark one or more results" in answer.text


def test_readers_see_notes_and_write_none(make_client, sample_library):
    with make_client(sample_library, read_only=True) as client:
        _, text = a_passage(client)
        assert "<form" not in text
        assert "tm-collect" not in client.get("/?q=children").text
