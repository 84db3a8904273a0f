"""Hostile files of codings and of themes: each is taken, or refused in one line with its name."""

import json
import time

import pytest

import textmine
from textmine.interchange import refi_read

pytestmark = pytest.mark.usefixtures("reads_here")

REPORT = """<html><h1>Inspection of Camden local authority children's services</h1>
<p>Inspection dates: 5 to 9 February 2024</p>
<p>Children in care live in stable homes. Children are seen often.</p>"""
LIMITS = ("MOST_PROJECT", "MOST_TEXT", "MOST_NOTES", "MOST_TEXTS", "MOST_AT_ONCE")
SECONDS = 20.0
"""No file may take longer, on a busy machine."""


@pytest.fixture
def lower_limits(monkeypatch):
    """A tenth of the limits of the reader of projects, for bombs of a tenth of the size."""
    for name in LIMITS:
        monkeypatch.setattr(refi_read, name, getattr(refi_read, name) // 10)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("coded")
    (folder / "report.html").write_text(REPORT, encoding="utf-8")
    with textmine.open(folder / "library") as lib:
        assert [each.result for each in lib.ingest([folder / "report.html"])] == ["partial"]
    return folder / "library"


@pytest.mark.slow
@pytest.mark.usefixtures("lower_limits")
def test_files_of_codings_are_taken_or_refused(library, maker, tmp_path, say, account):
    made = maker("make_projects").make_projects(tmp_path)
    wrong, became = {}, []
    for name, taken in made.items():
        begun = time.monotonic()
        done = say("import", tmp_path / name, "--library", library, codes={0, 5})
        assert done.exit_code == 0 or name in done.stderr
        if (done.exit_code == 0) != taken:
            wrong[name] = done.output
        assert time.monotonic() - begun < SECONDS, name
        became.append("taken" if done.exit_code == 0 else "refused")
    assert not wrong
    assert len(made) > 50
    account("import", became)
    assert sorted(each.name for each in tmp_path.parent.iterdir() if "climbed" in each.name) == []
    with textmine.open(library) as lib:
        assert list(lib.verify()) == []


@pytest.mark.slow
def test_files_of_themes_are_taken_or_refused_and_cost_little(maker, tmp_path, say, account):
    made = maker("make_projects").make_themes(tmp_path)
    line = json.dumps({"id": 1, "text": f"{'a ' * 3_000}."}) + "\n"
    wrong, became = {}, []
    for name, taken in made.items():
        begun = time.monotonic()
        done = say("tag", "--themes", tmp_path / name, codes={0, 1, 5}, input=line)
        refused = done.exit_code == 5
        assert not refused or f"{name}, line " in done.stderr or "larger than" in done.stderr
        if refused == taken:
            wrong[name] = done.output
        assert time.monotonic() - begun < SECONDS, name
        became.append("refused" if refused else "taken")
    assert not wrong
    account("themes", became)


@pytest.mark.parametrize("name", ["x.qdpx", "x.json", "x.jsonl", "x.spacy"])
def test_what_is_no_file_is_refused_at_once(library, tmp_path, say, name):
    import os  # noqa: PLC0415

    os.mkfifo(tmp_path / name)
    done = say("import", tmp_path / name, "--library", library, codes={5})
    assert "not a regular file" in done.stderr
