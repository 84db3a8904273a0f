"""Uploads: what is read, what is not and why, and who may send anything at all."""

import re
import time

import textmine

TEXT = b"Visits to children in Eastmere are not timely.\n\nLeaders know this well.\n"


def token(client):
    return re.search(r'name="csrf" value="(\w+)"', client.get("/upload").text)[1]


def send(client, files, **more):
    data = {"csrf": token(client), **more}
    return client.post("/upload", data=data, files=[("files", each) for each in files])


def finished(client, answer):
    address = answer.url.path
    for _ in range(600):
        text = client.get(address).text
        if "Upload finished" in text:
            return text
        time.sleep(0.1)
    raise AssertionError(text)


def test_a_good_file_is_read_and_a_bad_one_says_why(writing_client, library):
    text = finished(
        writing_client,
        send(writing_client, [("letter.txt", TEXT), ("broken.pdf", b"%PDF-1.7 not a PDF at all")]),
    )
    assert re.search(r"letter\.txt</a></td>.*?<strong>Read", text)
    assert re.search(r"broken\.pdf</td>.*?<strong>Not read</strong>: .*damaged", text)
    with textmine.open(library) as lib:
        assert lib.number("letter.txt")


def test_an_internal_file_is_marked(writing_client, library):
    finished(writing_client, send(writing_client, [("inside.txt", TEXT)], internal="1"))
    with textmine.open(library, internal=True) as lib:
        assert lib.show("inside.txt").document.visibility == "internal"


def test_names_keep_to_the_folder(writing_client, library):
    text = finished(writing_client, send(writing_client, [("../../evil.txt", TEXT)]))
    assert "evil.txt" in text
    assert not (library.parent / "evil.txt").exists()


def test_a_form_that_is_not_ours_is_refused(writing_client):
    answer = writing_client.post("/upload", files=[("files", ("a.txt", TEXT))])
    assert answer.status_code == 403
    forged = {"csrf": token(writing_client)}
    elsewhere = {"sec-fetch-site": "cross-site"}
    answer = writing_client.post(
        "/upload", data=forged, files=[("files", ("a.txt", TEXT))], headers=elsewhere
    )
    assert answer.status_code == 403


def test_nothing_chosen_is_said(writing_client):
    answer = writing_client.post("/upload", data={"csrf": token(writing_client)})
    assert answer.status_code == 400
    assert "Choose one or more files" in answer.text


def test_too_much_is_refused(make_client, library):
    with make_client(library, upload_bytes=1000) as client:
        answer = send(client, [("large.txt", b"a" * 5000)])
        assert answer.status_code == 413

        def unsized():
            yield b"a" * 5000

        answer = client.post(
            "/upload",
            content=unsized(),
            headers={"content-type": "multipart/form-data; boundary=x"},
        )
        assert answer.status_code == 413


def test_a_page_for_readers_takes_nothing(make_client, sample_library):
    with make_client(sample_library, read_only=True) as client:
        assert client.get("/upload").status_code == 404
        assert client.post("/upload", data={}).status_code == 404
        assert 'href="/upload"' not in client.get("/").text
