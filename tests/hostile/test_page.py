"""Hostile files sent to the page, and a library of hostile texts shown, asked and taken away."""

import csv
import io
import json
import re
import time
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

import textmine
from textmine.interchange.formats import FORMATS
from textmine.web.app import make_app
from textmine.web.json_api import BASE, ENDPOINTS
from textmine.web.settings import Settings

pytestmark = pytest.mark.slow

LEFT_OUT = ("millions-of-characters.pdf", "tens-of-millions.pdf", "form-of-itself.pdf")
"""Files that take as long as they may (test_files.py has them)."""
ODD = (
    "\x00", "\ud800", "(" * 3_000, '"' * 999, "a* " * 400, "NEAR/0 " * 99, "- " * 500,
    "a" * 60_000, "theme:" * 99, "' OR 1=1 --", "[" * 999, "%", "\\", "*", "NOT", "(((a)", "a~9999",
    "near(" * 200, "year:99999999999999999999", "\u202e\x1b[2J", "<script>alert(1)</script>",
)  # fmt: skip


class Tags(HTMLParser):
    """The tags of a page that would run something: texts that were not escaped."""

    def __init__(self, text):
        super().__init__()
        self.wrong = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        own = (known.get("src") or "").startswith("/static/")
        if (tag == "script" and not own) or any(name.startswith("on") for name in known):
            self.wrong.append((tag, attrs))


def is_escaped(text):
    return not Tags(text).wrong


@pytest.fixture(scope="module")
def sent(tmp_path_factory, maker):
    """The files as a browser sends them, what may become of each, and what did."""
    folder = tmp_path_factory.mktemp("sent")
    expected = maker("make_files").make(folder / "in")
    files, right = [], []
    for name, outcomes in expected.items():
        path = folder / "in" / name
        if path.is_file() and not path.is_symlink() and path.name not in LEFT_OUT:
            shown = path.name.encode("utf-8", "replace").decode()
            files.append((shown, path.read_bytes()))
            right.append(outcomes)
    settings = Settings(library=folder / "library")
    with textmine.open(settings.library) as lib:
        assert list(lib.ingest([])) == []
    with TestClient(make_app(settings, ready=False), base_url="http://127.0.0.1") as client:
        key = _send(client, files)
        upload = client.app.state.services.uploads.get(key)
        _wait(client, upload)
        yield client, upload, right
    assert list(textmine.open(settings.library).verify()) == []


def _send(client, files):
    csrf = re.search(r'name="csrf" value="(\w+)"', client.get("/upload").text)[1]
    parts = [("files", (name, data)) for name, data in files]
    answer = client.post("/upload", data={"csrf": csrf}, files=parts)
    assert answer.status_code == 200, answer.text
    return answer.url.path.rpartition("/")[2]


def _wait(client, upload):
    """The page answers all the while."""
    end = time.monotonic() + 300
    while not upload.done:
        assert client.get(f"/upload/{upload.key}").status_code == 200
        assert time.monotonic() < end
        time.sleep(0.2)


def test_every_file_that_is_sent_is_accounted_for_with_a_reason(sent, account):
    client, upload, right = sent
    assert not upload.error
    assert sorted(each.name for each in upload.outcomes) == sorted(upload.names)
    may = {}
    for name, outcomes in zip(upload.names, right, strict=True):
        may.setdefault(name, set()).update(outcomes & {"ok", "partial"} or {"failed"})
        may[name] |= {"failed"} if outcomes - {"ok", "partial"} else set()
        if "skipped" in outcomes:  # in a folder; what somebody sends is meant to be read
            may[name] |= {"ok"}
    wrong = [each for each in upload.outcomes if each.result not in {*may[each.name], "duplicate"}]
    assert not wrong
    assert all(
        each.message and "\n" not in each.message
        for each in upload.outcomes
        if each.result == "failed"
    )
    account("serve", [each.result for each in upload.outcomes])
    text = client.get(f"/upload/{upload.key}").text
    assert f"{len(right)} of {len(right)} files done" in text
    assert is_escaped(text)


def test_hostile_texts_are_shown_as_text(sent):
    client, upload, _ = sent
    for each in [each for each in upload.outcomes if each.result != "failed"][::3]:
        for address in (
            f"/documents/{each.sha256[:12]}",
            f"/documents/{each.sha256[:12]}?q=script",
        ):
            answer = client.get(address)
            assert answer.status_code == 200, (each.name, answer.status_code)
            assert is_escaped(answer.text), each.name
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e]", answer.text), (
                each.name
            )


def test_odd_queries_and_arguments_are_answered_or_refused(sent, account):
    client, _, _ = sent
    became = []
    for odd in ODD:
        value = odd.encode("utf-8", "surrogatepass")
        for path, name in (
            ("/", "q"),
            (f"{BASE}/search", "q"),
            (f"{BASE}/kwic", "q"),
            (f"{BASE}/findings", "theme"),
        ):
            begun = time.monotonic()
            answer = client.get(path, params={name: value})
            assert answer.status_code in {200, 400, 404}, (path, odd[:40], answer.status_code)
            assert time.monotonic() - begun < 25, (path, odd[:40])
            assert path != "/" or is_escaped(answer.text), odd[:40]
            became.append("answered" if answer.status_code == 200 else "refused")
    account("queries", became)
    for each in ENDPOINTS:
        path = each.path.replace("{doc}", "..%2f..%2fetc%2fhostname")
        assert client.get(f"{BASE}{path}").status_code in {200, 400, 404}


def test_saved_searches_may_be_anything(sent, say, account):
    folder = sent[0].app.state.services.uploads._settings.library
    became = []
    for number, odd in enumerate(ODD):
        if "\0" in odd or len(odd) > 20_000:
            continue  # no command line carries it
        words = ("--library", folder)
        done = say("saved", "add", *words, "--", f"{odd[:200]}{number}", odd, codes={0, 2, 4})
        became.append("saved" if done.exit_code == 0 else "refused")
    say("saved", "list", "--library", folder, codes={0})
    say("saved", "run", "--library", folder, codes={0, 1, 2})
    account("saved searches", became)


def test_hostile_texts_are_taken_away_whole(sent, say, tmp_path, account):
    folder = sent[0].app.state.services.uploads._settings.library
    became = []
    for name in ("passages.csv", "passages.xlsx", "findings.docx", "documents.md"):
        file = tmp_path / name
        say("export", file.stem, "-o", file, "--library", folder, codes={0})
        _check(file)
        became.append("written")
    for what in ("project", "codebook", "prodigy", "annotations"):
        kind = FORMATS[what]
        file = tmp_path / f"{what}{kind.suffix}"
        say("export", what, "-o", file, "--library", folder, codes={0})
        _check(file)
        became.append("written")
    account("export", became)


def _check(file):
    """That programs can read a file, and that no cell of it is a formula."""
    data = file.read_bytes()
    csv.field_size_limit(10**9)
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            assert archive.testzip() is None
            for name in archive.namelist():
                if name.endswith((".xml", ".rels", ".qde")):
                    root = ET.fromstring(archive.read(name))
                    assert not [each for each in root.iter() if each.tag.endswith("}f")], name
    elif file.suffix == ".csv":
        cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
        assert not [cell for cell in cells if cell[:1] in set("=+@\t\r")]
    elif file.suffix == ".json":
        json.loads(data)
    elif file.suffix == ".jsonl":
        for line in data.split(b"\n"):
            assert not line or json.loads(line)
    elif file.suffix in {".qdc", ".xml"}:
        ET.fromstring(data)
