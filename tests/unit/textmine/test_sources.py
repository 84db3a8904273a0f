import os
from itertools import chain
from pathlib import Path

import pytest

from corpus.errors import DataError, UsageError
from corpus.printable import original
from textmine.ingestion.cluster.shard import Shard
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
    assert [each.path.name for each in found.skipped] == ["notes.xlsx"]


def test_links_out_of_the_folder_are_followed_only_when_asked(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "far.pdf").write_bytes(b"%PDF-far")
    (folder / "link.pdf").symlink_to(outside / "far.pdf")
    (folder / "links").symlink_to(outside)
    (folder / "inside.pdf").symlink_to(folder / "two.PDF")
    found = gather([str(folder)])
    assert [c.path.resolve().name for c in found.files] == ["one.pdf", "two.PDF"]
    assert {(each.path.name, each.reason) for each in found.skipped} == {
        ("link.pdf", "link out of the folder"),
        ("links", "link out of the folder"),
        ("notes.xlsx", ".xlsx"),
    }
    asked = gather([str(folder)], follow_links=True)
    assert sorted(c.path.resolve().name for c in asked.files) == ["far.pdf", "one.pdf", "two.PDF"]


def test_pipes_and_rings_of_links_stop_nothing(folder):
    os.mkfifo(folder / "pipe.pdf")
    (folder / "ring.pdf").symlink_to("ring.pdf")
    found = gather([str(folder)], follow_links=True)
    assert names(found) == ["a/one.pdf", "ring.pdf", "two.PDF"]
    assert {each.path.name for each in found.skipped} == {"pipe.pdf", "notes.xlsx"}
    [ring] = [c for c in found.files if c.name == "ring.pdf"]
    assert "symbolic links" in ring.problem


def test_a_folder_without_rights_is_a_failure_of_its_own(folder, monkeypatch):
    real = os.scandir

    def scandir(path):
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = gather([str(folder)])
    assert [(c.name, c.problem) for c in found.files] == [
        ("a", "cannot open the folder: Permission denied; check your rights to it"),
        ("two.PDF", None),
    ]


def test_a_name_that_is_not_utf_8_is_written_in_a_way_that_can_be_undone(folder):
    path = folder / os.fsdecode(b"caf\xe9 \x1b[2J.pdf")
    path.write_bytes(b"%PDF-3")
    [candidate] = [c for c in gather([str(folder)]).files if c.name.startswith("caf")]
    assert candidate.name == r"caf\xe9 \u001b[2J.pdf"
    candidate.location.encode()
    assert original(candidate.location) == str(path.resolve())


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
        ("path,path\na.pdf,b.pdf\n", "line 1: the column 'path' occurs twice"),
        ("path,type\na.pdf,other,more\n", "line 2: there are 3 cells for 2 columns"),
        ("path\na.pdf\n./a.pdf\n", "line 3: the same file as in line 2"),
        ("sep=;\npath;type\na.pdf;novel\n", "line 3: unknown document type"),
        ("path\nm1\0.txt\n", "line 2: "),
        ("path,url\na.pdf," + 140_000 * "x" + "\n", "line 2: field larger"),
    ],
)
def test_a_faulty_manifest_is_refused_with_its_line(folder, text, line):
    with pytest.raises(DataError, match=line):
        gather([], manifest=write(folder, text))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "text",
    ["path;authority\r\na/one.pdf;Durham\r\n", "path\tauthority\r\na/one.pdf\tDurham\r\n"]
    + [f"sep={sign}\r\npath{sign}authority\r\na/one.pdf{sign}Durham\r\n\r\n" for sign in ",;"],
)
def test_a_manifest_is_read_as_spreadsheets_write_it(folder, text, encoding):
    manifest = folder / "manifest.csv"
    manifest.write_bytes(text.encode(encoding))
    [candidate] = gather([], manifest=manifest).files
    assert (candidate.name, candidate.given.authority) == ("a/one.pdf", "Durham")


def test_a_long_manifest_shows_how_far_it_is_read(folder):
    manifest = write(folder, "path\n" + "".join(f"{number}.pdf\n" for number in range(3_500)))
    steps = []
    assert len(gather([], manifest=manifest, step=lambda *step: steps.append(step)).files) == 3_500
    assert steps == [("manifest.csv", 3)] * 3


def test_a_manifest_that_is_a_pipe_is_refused_at_once(folder):
    os.mkfifo(folder / "manifest.csv")
    with pytest.raises(DataError, match="not a regular file"):
        gather([], manifest=folder / "manifest.csv")


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


def test_each_file_is_in_one_shard_by_its_bytes_wherever_it_lies(folder, tmp_path_factory):
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"letter {number % 30}", encoding="utf-8")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    files = gather([str(folder)]).files
    shards = [list(Shard(number, 3).select(files)) for number in (1, 2, 3)]
    assert sorted(map(str, chain(*shards))) == sorted(map(str, files))
    assert min(map(len, shards)) > 5
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for each in shards[0]:
        if each.path.exists():
            (elsewhere / f"other {each.path.name}").write_bytes(each.path.read_bytes())
    there = gather([str(elsewhere)]).files
    assert list(Shard(1, 3).select(there)) == list(there)


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "a/b", "1/0", "-1/2", "1/99999", ""])
def test_what_is_no_shard_is_refused(text):
    with pytest.raises(UsageError, match="write 3/8 for the third of eight"):
        Shard.parse(text)
