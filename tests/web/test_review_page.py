"""Reviewing on the page: decisions with a name, which hold from then on."""

import re

import pytest

import textmine


def fields(text):
    """The hidden fields of the form."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))


def decide(client, text, **more):
    return client.post("/review", data={**fields(text), **more}).text


def test_a_name_is_asked_for_first(writing_client):
    text = writing_client.get("/review").text
    assert "Your name" in text
    assert "Is this finding right?" not in text


def test_a_finding_is_accepted_rejected_and_changed(writing_client, library):
    text = writing_client.get("/review?coder=Ada").text
    seen = [(fields(text)["document"], fields(text)["start"], fields(text)["theme_of"])]
    for verdict, more in (
        ("accepted", {}),
        ("rejected", {"why": "not about this"}),
        ("changed", {"new_theme": "recording", "new_polarity": "concern", "new_timing": "past"}),
    ):
        text = decide(writing_client, text, verdict=verdict, **more)
        now = (fields(text)["document"], fields(text)["start"], fields(text)["theme_of"])
        assert now not in seen, "what is decided does not come again"
        seen.append(now)
    with textmine.open(library, internal=True) as lib:
        made = [each for row in lib.documents() for each in lib.decisions(row.id)]
    assert sorted(each.verdict for each in made) == ["accepted", "changed", "rejected"]
    assert {each.who for each in made} == {"Ada"}
    changed = next(each for each in made if each.verdict == "changed")
    assert (changed.polarity, changed.timing) == ("concern", "past")


def test_the_last_decision_is_undone(writing_client):
    first = writing_client.get("/review?coder=Ada").text
    after = decide(writing_client, first, verdict="accepted")
    back = decide(writing_client, after, verdict="undo")
    assert fields(back)["start"] == fields(first)["start"]
    assert "Kept: undone" in back


def test_a_finding_is_skipped(writing_client):
    first = writing_client.get("/review?coder=Ada").text
    skip = re.search(r'href="(/review[^"]*skip=1)"', first)[1].replace("&amp;", "&")
    assert fields(writing_client.get(skip).text)["start"] != fields(first)["start"]


@pytest.mark.parametrize(
    "more",
    [
        {"verdict": "changed", "new_theme": "no-such", "new_polarity": "concern"},
        {"verdict": "added", "new_theme": "recording", "new_polarity": "concern"}
        | {"new_timing": "past", "quote": "words that stand nowhere"},
        {"verdict": "unheard of"},
    ],
)
def test_what_cannot_be_decided_is_said(writing_client, more):
    text = writing_client.get("/review?coder=Ada").text
    answer = writing_client.post("/review", data={**fields(text), **more})
    assert answer.status_code == 400


def test_readers_cannot_review(make_client, sample_library):
    with make_client(sample_library, read_only=True) as client:
        assert client.get("/review").status_code == 404
