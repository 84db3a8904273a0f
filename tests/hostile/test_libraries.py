"""Hostile libraries and backups: refused in one line, or used without harm."""

import shutil

import pytest

import textmine
from index.maintenance.dump import dump
from index.storage.database import FILE_NAME, open_read

pytestmark = pytest.mark.usefixtures("reads_here")

REPORT = """<html><h1>Inspection of Camden local authority children's services</h1>
<p>Inspection dates: 5 to 9 February 2024</p>
<p>Children in care live in stable homes. Children are seen often.</p>"""
READING = (
    ("status",),
    ("search", "children"),
    ("findings", "--format", "csv"),
    ("show", "1"),
    ("export", "documents", "--format", "csv"),
    ("serve", "--get", "/documents/1"),
)
WRITING = (("refresh",), ("saved", "add", "x", "children"))


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound")
    (folder / "report.html").write_text(REPORT, encoding="utf-8")
    (folder / "note.txt").write_text("Visits are late.", encoding="utf-8")
    with textmine.open(folder / "library") as lib:
        assert {each.result for each in lib.ingest([*folder.glob("*.*")])} <= {"ok", "partial"}
        lib.backup(folder / "backup.zip")
    return folder


def test_libraries_of_others_are_refused_or_read_without_harm(sound, maker, tmp_path, say, account):
    made = maker("make_libraries").make_libraries(sound / "library", tmp_path)
    writing = (*WRITING, ("ingest", sound / "note.txt"))
    became = []
    for name, right in made.items():
        library = ("--library", tmp_path / name)
        for words in READING if right != {4} else READING[:2]:
            say(*words, *library, codes={0, 1, 2, 4})
        say("verify", *library, codes={1, 4} if right == {4} else {0, 1, 4})
        told = writing if right != {4} else writing[-2:]
        codes = {say(*words, *library, codes={0, 1, 3, 4}).exit_code for words in told}
        assert codes == {4} or right != {4}, (name, codes)
        became.append("refused" if codes == {4} else "used")
    assert len(made) > 40
    account("library", became)


def test_what_is_merged_of_libraries_of_others_is_sound(sound, maker, tmp_path, say, account):
    made = maker("make_libraries").make_libraries(sound / "library", tmp_path / "made")
    with open_read(sound / "library") as db:
        right = set(dump(db))
    became = []
    for name, codes in made.items():
        target = tmp_path / "merged" / name
        call = ("merge", tmp_path / "made" / name, "--library", target)
        done = say(*call, "--format", "csv", codes={0, 1, 4})
        assert done.exit_code == 4 or codes != {4}, (name, done.output)
        became.append({0: "merged", 1: "merged in part", 4: "refused"}[done.exit_code])
        if (target / FILE_NAME).exists():
            assert list(textmine.open(target).verify()) == [], name
            with open_read(target) as db:
                tables = ('"table": "passage"', '"table": "finding"', '"table": "section"')
                rows = [line for line in dump(db) if any(table in line for table in tables)]
            assert set(rows) <= right, name
    account("merge", became)


def test_backups_of_others_are_restored_whole_or_not_at_all(sound, maker, tmp_path, say, account):
    (tmp_path / "backups").mkdir()
    made = maker("make_libraries").make_backups(sound / "backup.zip", tmp_path / "backups")
    became = []
    for name, taken in made.items():
        target = tmp_path / "restored" / name
        file = tmp_path / "backups" / name
        done = say("restore", file, "--library", target, codes={0, 4})
        assert (done.exit_code == 0) == taken, (name, done.output)
        assert done.exit_code == 0 or str(file) in done.stderr or "space" in done.stderr
        assert target.exists() == taken, name
        became.append("restored" if taken else "refused")
        if taken:
            assert list(textmine.open(target).verify()) == []
            shutil.rmtree(target)
    assert len(made) > 40
    account("restore", became)
    assert not [path for path in tmp_path.rglob("*") if "climbed" in path.name]
    assert not any((tmp_path / "restored").iterdir())
