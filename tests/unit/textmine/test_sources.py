from pathlib import Path

import pytest

from corpus.errors import DataError, UsageError
from textmine.ingestion.sources import gather


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.pdf").write_bytes(b"%PDF-1")
    (tmp_path / "two.PDF").write_bytes(b"%PDF-2")
    (tmp_path / "notes.xlsx").write_bytes(b"x")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "three.pdf").write_bytes(b"%PDF-3")
    return tmp_path


def names(found):
    return [candidate.name for candidate in found.files]


def test_a_folder_is_walked_for_what_we_read_and_the_rest_is_told(folder):
    found = gather([str(folder)])
    assert names(found) == ["a/one.pdf", "two.PDF"]
    assert [path.name for path in found.skipped] == ["notes.xlsx"]


def test_a_file_named_twice_is_read_once(folder):
    file = folder / "a" / "one.pdf"
    assert names(gather([str(file), str(folder / "a")])) == ["one.pdf"]


def test_a_pattern_is_expanded_as_a_shell_would(folder):
    assert names(gather([str(folder / "*" / "*.pdf")])) == ["one.pdf"]


@pytest.mark.parametrize("path", ["nowhere", "nowhere/*.pdf"])
def test_a_path_that_is_not_there_is_a_usage_error(folder, path):
    with pytest.raises(UsageError, match="nowhere"):
        gather([str(folder / path)])


def write(folder, text):
    path = folder / "manifest.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_manifest_says_what_is_known_of_a_file(folder):
    manifest = write(
        folder,
        "path,authority,type,published,url,visibility\n"
        "a/one.pdf,Durham,ilacs_inspection,2024-05-01,https://example.org/1,internal\n",
    )
    [candidate] = gather([], manifest=manifest).files
    assert candidate.path == folder / "a" / "one.pdf"
    given = candidate.given
    assert (given.authority, given.doc_type, given.published, given.url, given.visibility) == (
        "Durham",
        "ilacs_inspection",
        "2024-05-01",
        "https://example.org/1",
        "internal",
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("file\na.pdf\n", "line 1"),
        ("path,colour\na.pdf,red\n", "line 1"),
        ("path,type\na.pdf,novel\n", "line 2"),
        ("path,published\na.pdf,yesterday\n", "line 2: not a date: 'yesterday'"),
        ("path,visibility\na.pdf,secret\n", "line 2"),
        ("path,type\n,other\n", "line 2"),
    ],
)
def test_a_faulty_manifest_is_refused_with_its_line(folder, text, line):
    with pytest.raises(DataError, match=line):
        gather([], manifest=write(folder, text))


def test_a_manifest_that_is_not_in_utf_8_says_how_to_save_it(folder):
    manifest = folder / "latin.csv"
    manifest.write_bytes("path,authority\na.pdf,Caf\xe9\n".encode("latin-1"))
    with pytest.raises(DataError, match="save it as CSV UTF-8"):
        gather([], manifest=manifest)


def test_what_a_manifest_says_wins_over_the_walk(folder):
    manifest = write(folder, "path,authority\na/one.pdf,Durham\n")
    found = gather([str(folder)], manifest=manifest)
    assert {c.name: c.given.authority for c in found.files} == {
        "a/one.pdf": "Durham",
        "two.PDF": None,
    }
    assert all(isinstance(candidate.path, Path) for candidate in found.files)
