"""The guard: who is let in, and what a browser may do with a page."""

import pytest

from textmine.web.settings import Settings

SAFE = "default-src 'none'"


def test_a_page_allows_nothing_inline_and_nothing_from_elsewhere(client):
    answer = client.get("/?q=children")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith(SAFE)
    assert "unsafe" not in policy
    assert "<script>" not in answer.text
    assert " style=" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
def test_another_name_of_the_server_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1", "[::1]:8765"])
def test_names_of_this_machine_are_known(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


def test_elsewhere_a_token_is_demanded(sample_library, make_client):
    given = "t; x" * 6
    with make_client(sample_library, host="0.0.0.0", token=given) as client:
        assert client.get("/").status_code == 401
        assert client.get("/", params={"token": "wrong"}).status_code == 401
        assert client.get("/", headers={"authorization": f"Bearer {given}"}).status_code == 200
        assert client.get("/", params={"token": given}).status_code == 200, "it is kept in a cookie"
        assert client.get("/?q=children").status_code == 200


def test_an_address_is_a_known_name_only_where_others_are_served():
    here, everywhere = (
        Settings(library=None, host="127.0.0.1"),
        Settings(library=None, host="0.0.0.0"),
    )
    assert not here.knows("192.0.2.7:8765")
    assert everywhere.knows("192.0.2.7:8765")
    assert not everywhere.knows("evil.example")


def test_an_error_is_a_page_in_plain_words(client, make_client, tmp_path):
    missing = client.get("/documents/999")
    assert missing.status_code == 404
    assert "No document" in missing.text
    assert client.get("/nothing-here").status_code == 404
    with make_client(tmp_path / "none") as nowhere:
        answer = nowhere.get("/")
    assert answer.status_code == 404
    assert "There is no library yet" in answer.text
