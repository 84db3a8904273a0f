import os
import shutil
from dataclasses import replace

import pytest

from corpus.model import IngestOptions
from textmine.api import Library
from textmine.ingestion.candidate import Candidate
from textmine.usecases import library as app

LETTER = (
    "Some children are not seen by their social workers often enough.\n\n"
    "Care leavers live in suitable homes, and their personal advisers keep in touch with them."
)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    return folder


@pytest.fixture
def setup(tmp_path):
    return app.Setup(library=tmp_path / "library")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A library that holds the letter, to copy."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    library = folder / "library"
    assert ingest(folder / "letter.txt", app.Setup(library=library)) == [("letter.txt", "ok")]
    return library


@pytest.fixture
def known(made, setup):
    """The library after the first ingest of the folder."""
    shutil.copytree(made, setup.library)
    return setup


def ingest(folder, setup, **options):
    found = app.find_files([str(folder)])
    return sorted((r.candidate.name, r.result) for r in app.ingest(found.files, setup, **options))


def test_a_file_becomes_a_document_with_findings(folder, setup):
    assert ingest(folder, setup) == [("letter.txt", "ok")]
    [row] = Library(setup.library).documents()
    assert row.passages == 2
    stored = Library(setup.library).show(str(row.id))
    text = stored.entry.document.text
    said = {(f.theme, f.polarity) for f in stored.entry.findings}
    assert ("children-seen", "concern") in said
    for finding in stored.entry.findings:
        assert text[finding.start : finding.end].endswith(".")
        assert all(finding.start <= c.start < c.end <= finding.end for c in finding.cues)


def test_known_bytes_are_not_read_again(folder, setup, monkeypatch):
    ingest(folder, setup)
    monkeypatch.setattr(
        "textmine.ingestion.process_pool.Pool._with", lambda *_: pytest.fail("read again")
    )
    assert ingest(folder, setup) == [("letter.txt", "unchanged")]


@pytest.mark.parametrize("said", ["internal", "public"])
def test_what_is_said_of_known_bytes_is_applied(folder, known, said):
    found = app.find_files([str(folder)])
    candidates = [c.with_defaults(IngestOptions(visibility=said)) for c in found.files]
    [result] = app.ingest(candidates, known)
    assert result.result == "ok"
    assert Library(known.library).show("1").document.visibility == said
    [result] = app.ingest(candidates, known)
    assert result.result in {"unchanged", "duplicate"}


def test_what_a_person_set_is_not_overruled_by_an_ingest(folder, known):
    list(app.correct(known, "1", ["visibility=internal"], why="no", who="me"))
    [candidate] = app.find_files([str(folder)]).files
    [result] = app.ingest([candidate.with_defaults(IngestOptions(visibility="public"))], known)
    assert result.result == "failed"
    assert "textmine set 1 visibility=public" in result.message
    assert Library(known.library).show("1").document.visibility == "internal"


def test_a_folder_without_rights_is_told_and_not_remembered(folder, setup):
    closed = Candidate(folder / "closed", "closed", problem="cannot open the folder")
    results = {r.candidate.name: r for r in app.ingest([closed], setup)}
    assert (results["closed"].result, results["closed"].message) == (
        "failed",
        "cannot open the folder",
    )
    assert Library(setup.library).files().total == 0


def test_a_pipe_is_refused_at_once(folder, setup):
    os.mkfifo(folder / "pipe.txt")
    [result] = app.ingest(app.find_files([str(folder / "pipe.txt")]).files, setup)
    assert (result.result, "not a regular file" in result.message) == ("failed", True)


def test_names_that_are_not_utf_8_are_read_and_tried_again(folder, setup):
    for name, text in ((b"caf\xe9.txt", LETTER.encode() + b" More."), (b"bad\xff.pdf", b"<html>")):
        (folder / os.fsdecode(name)).write_bytes(text)
    assert ingest(folder, setup) == [
        (r"bad\xff.pdf", "failed"),
        (r"caf\xe9.txt", "ok"),
        ("letter.txt", "ok"),
    ]
    again = Library(setup.library).failed_files()
    assert [os.fsencode(candidate.path.name) for candidate in again] == [b"bad\xff.pdf"]


def test_the_same_bytes_under_another_name_become_an_alias(folder, setup):
    ingest(folder, setup)
    shutil.copy(folder / "letter.txt", folder / "copy.txt")
    assert ingest(folder, setup) == [("copy.txt", "duplicate"), ("letter.txt", "unchanged")]
    assert Library(setup.library).show("copy.txt").aliases == ("copy.txt",)
    assert Library(setup.library).documents().total == 1


def test_a_bad_file_costs_itself_alone_and_is_not_tried_again_unasked(folder, setup, monkeypatch):
    (folder / "a.pdf").write_text("<html>Report not found</html>", encoding="utf-8")
    assert ingest(folder, setup) == [("a.pdf", "failed"), ("letter.txt", "ok")]
    [failed] = Library(setup.library).files("failed")
    assert (failed.reason, failed.sha256 is not None) == ("web-page", True)
    with monkeypatch.context() as patch:
        patch.setattr(
            "textmine.ingestion.process_pool.Pool._with", lambda *_: pytest.fail("tried again")
        )
        assert ingest(folder, setup) == [("a.pdf", "failed"), ("letter.txt", "unchanged")]
    (folder / "a.pdf").write_text(LETTER + " And more.", encoding="utf-8")
    assert ("a.pdf", "ok") in ingest(folder, setup)
    assert Library(setup.library).files("failed").total == 0


def test_failed_files_can_be_tried_again_without_naming_them(folder, setup):
    bad = folder / "a.pdf"
    bad.write_text("<html>Report not found</html>", encoding="utf-8")
    ingest(folder, setup)
    again = Library(setup.library).failed_files()
    assert [candidate.path for candidate in again] == [bad.resolve()]
    results = list(app.ingest(again, setup, retry_failed=True))
    assert [result.result for result in results] == ["failed"]


def test_a_file_that_vanishes_is_a_failure_of_its_own(folder, setup):
    found = app.find_files([str(folder)])
    (folder / "letter.txt").unlink()
    [result] = app.ingest(found.files, setup)
    assert result.result == "failed"
    assert "cannot open" in result.message


def test_a_blank_page_is_noted_and_nothing_is_missing(folder, setup, make_pdf, prose_lines):
    (folder / "blank.pdf").write_bytes(make_pdf(prose_lines(LETTER), []))
    results = {r.candidate.name: r for r in app.ingest(app.find_files([str(folder)]).files, setup)}
    assert (results["blank.pdf"].result, results["blank.pdf"].message) == ("ok", None)
    [problem] = Library(setup.library).show("blank.pdf").document.problems
    assert (problem.kind, problem.page) == ("page-blank", 2)


def test_a_dry_run_stores_nothing(folder, setup):
    [result] = app.try_out(app.find_files([str(folder)]).files, setup)
    assert (result.result, result.summary.doc_type) == ("ok", "other")
    assert not setup.library.exists()


def test_the_original_is_kept_and_can_be_shown_as_lines(known):
    [page] = Library(known.library).lines("letter.txt")
    assert page.lines[0].text.startswith("Some children")


def test_both_engines_find_the_same_passages(known):
    for query in ("children seen", '"care leavers"', "advis*", "suitable -zebra"):
        asked = [Library(known.library).search(query, engine=e) for e in ("fts5", "fts4")]
        fts5, fts4 = map(list, asked)
        assert fts5
        assert {hit.passage for hit in fts5} == {hit.passage for hit in fts4}


def test_the_library_says_what_made_it(known):
    [made] = Library(known.library).status().made
    assert all((made.reader, made.pipeline, made.themes))


def test_an_original_that_went_missing_is_put_back_by_the_same_file(folder, setup):
    ingest(folder, setup)
    [original] = (setup.library / "originals").rglob("*.txt")
    original.unlink()
    assert ingest(folder, setup) == [("letter.txt", "unchanged")]
    assert original.is_file()


def test_the_same_bytes_twice_in_one_run_are_read_once(folder, setup):
    shutil.copy(folder / "letter.txt", folder / "a copy.txt")
    assert ingest(folder, replace(setup, jobs=2)) == [
        ("a copy.txt", "ok"),
        ("letter.txt", "duplicate"),
    ]
    assert Library(setup.library).show("letter.txt").aliases == ("letter.txt",)
