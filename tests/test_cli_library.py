"""Checking, saving and deleting, as a person does it: what is said, and how it ends."""

import json
import os
import shutil
import sys
import time

import pytest
from click.testing import CliRunner

from index.maintenance.dump import dump
from index.storage import originals
from index.storage.database import open_read
from textmine.cli import cli
from textmine.outputs import OUTPUTS

pytestmark = pytest.mark.usefixtures("reads_here")


def run(*arguments, library, **options):
    return CliRunner().invoke(cli, [*map(str, arguments), "--library", str(library)], **options)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A library with two documents, made once."""
    folder = tmp_path_factory.mktemp("made")
    reports = folder / "in"
    reports.mkdir()
    (reports / "one.txt").write_text(
        "Visits to children in Quokkaville are late.", encoding="utf-8"
    )
    (reports / "two.txt").write_text("Leaders know their children well.", encoding="utf-8")
    result = run("ingest", reports, library=folder / "library")
    assert result.exit_code == 0, result.output
    return folder / "library"


@pytest.fixture
def library(made, tmp_path):
    return shutil.copytree(made, tmp_path / "library")


def original(library):
    return next(originals.list_files(library))


def test_a_sound_library(library):
    result = run("verify", "--format", "json", library=library)
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])
    assert result.stderr == "no problems\n"


@pytest.mark.parametrize("output", [name for name in OUTPUTS if not OUTPUTS[name].binary])
def test_trouble_in_every_format(library, output):
    original(library).unlink()
    result = run("verify", "--format", output, library=library)
    assert result.exit_code == 1
    assert "original is missing" in result.stdout
    assert "1 problem, 0 repaired" in result.stderr


def test_what_is_repaired_is_no_trouble_any_more(library):
    stray = original(library).with_name("a" * 64 + ".pdf")
    stray.write_bytes(b"stray")
    os.utime(stray, (0, time.time() - 10 * originals.STALE))
    result = run("verify", "--format", "json", library=library)
    [row] = json.loads(result.stdout)
    assert (result.exit_code, row["remedy"]) == (1, "textmine verify --repair")
    assert run("verify", "--repair", library=library).exit_code == 0
    assert not stray.exists()


def test_backup_restore_and_the_answers_are_the_same(library, tmp_path):
    saved = run("backup", tmp_path / "b.zip", library=library)
    assert (saved.exit_code, "saved 2 documents" in saved.stderr) == (0, True)
    again = run("backup", tmp_path / "b.zip", library=library)
    assert (again.exit_code, "--force" in again.stderr) == (2, True)
    restored = run("restore", tmp_path / "b.zip", library=tmp_path / "new")
    assert (restored.exit_code, "restored 2 documents" in restored.stderr) == (0, True)
    answers = [
        run("search", "children", "--format", "json", library=folder).stdout
        for folder in (library, tmp_path / "new")
    ]
    assert answers[0] == answers[1]
    assert run("verify", library=tmp_path / "new").exit_code == 0


def test_a_file_that_is_no_backup_is_one_line(tmp_path):
    (tmp_path / "b.zip").write_bytes(b"PK no zip")
    result = run("restore", tmp_path / "b.zip", library=tmp_path / "new")
    assert result.exit_code == 4
    assert result.stderr.count("\n") == 1
    assert "is not a complete backup" in result.stderr


def test_deleting_asks_and_without_a_terminal_refuses(library, monkeypatch):
    result = run("delete", "one.txt", library=library)
    assert (result.exit_code, "--yes" in result.stderr) == (2, True)
    # The runner's standard input is no terminal: pretend, as soon as it is in place.
    monkeypatch.setattr("textmine.cli.delete.sys", Terminal)
    assert run("delete", "one.txt", library=library, input="n\n").exit_code == 1
    assert run("show", "one.txt", library=library).exit_code == 0
    assert run("delete", "one.txt", library=library, input="y\n").exit_code == 0
    assert run("show", "one.txt", library=library).exit_code == 2


class Terminal:
    class stdin:  # noqa: N801
        isatty = staticmethod(lambda: True)


def test_a_deleted_document_is_nowhere_in_the_folder(library):
    run("search", "children", "--engine", "fts4", library=library)
    assert any(b"uokkavill" in path.read_bytes() for path in files(library))
    result = run("delete", "one.txt", "--yes", library=library)
    assert result.exit_code == 0
    assert "deleted document" in result.stderr
    assert not any(b"uokkavill" in path.read_bytes() for path in files(library))
    assert run("verify", library=library).exit_code == 0
    assert run("search", "Quokkaville", library=library).exit_code == 1


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("command", [("verify",), ("backup", "b.zip"), ("delete", "1")])
def test_no_library(tmp_path, command, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*command, library=tmp_path / "none")
    assert (result.exit_code, "no library" in result.stderr) == (4, True)


def test_no_such_document(library):
    assert run("delete", "99", "--yes", library=library).exit_code == 2


def test_a_bar_on_a_terminal_only(monkeypatch):
    from textmine.cli._progress import progress  # noqa: PLC0415

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress("checking") as step:
        step("a/report.pdf", 2)
    with progress("checking", shown=False) as step:
        step("a/report.pdf", 2)


def test_merging_two_libraries_that_contradict(library, tmp_path):
    other = shutil.copytree(library, tmp_path / "other")
    for folder, who, day in ((library, "Ada", "2020-01-01"), (other, "Ben", "2021-01-01")):
        done = run("set", 1, f"published={day}", "--why", "so", "--who", who, library=folder)
        assert done.exit_code == 0, done.output
    result = run("merge", library, other, "--format", "json", library=tmp_path / "target")
    assert result.exit_code == 1
    [conflict] = json.loads(result.stdout)
    assert conflict["kind"] == "correction"
    assert conflict["conflict"] == "the field published"
    assert conflict["here"].startswith("2020-01-01 (Ada, ")
    assert conflict["there"].startswith("2021-01-01 (Ben, ")
    assert conflict["remedy"] == "to settle it: textmine set 1 FIELD=VALUE"
    assert "2 documents added" in result.stderr
    assert "2 there already, 2 corrections, 1 conflict" in result.stderr
    assert run("verify", library=tmp_path / "target").exit_code == 0
    shown = run("merge", other, library=tmp_path / "target")
    assert shown.exit_code == 1
    assert "the latest holds" in shown.stdout


def test_what_people_entered_of_an_internal_document_is_in_no_exported_conflict(library, tmp_path):
    other = shutil.copytree(library, tmp_path / "other")
    for folder, who in ((library, "Ada"), (other, "Ben")):
        for pair in ("visibility=internal", f"title=zyxomark of {who}"):
            assert run("set", 1, pair, "--why", "so", "--who", who, library=folder).exit_code == 0
    call = ("merge", library, other)
    shown = run(*call, library=tmp_path / "a").stdout
    assert "zyxomark of Ben" in shown
    exported = run(*call, "--format", "csv", library=tmp_path / "b").stdout
    assert "the field title" in exported
    assert "zyxomark" not in exported
    asked = run(*call, "--format", "csv", "--internal", library=tmp_path / "c").stdout
    assert "zyxomark" in asked


def test_merging_what_is_no_library_or_the_library_itself(library, tmp_path):
    result = run("merge", tmp_path / "nowhere", library=library)
    assert (result.exit_code, result.stderr.count("\n")) == (4, 1)
    assert "no library in" in result.stderr
    result = run("merge", library, library=library)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert run("merge", library, library=tmp_path / "new").exit_code == 0


def test_shards_that_are_merged_give_the_library_of_one_ingest(tmp_path):
    reports = tmp_path / "in"
    reports.mkdir()
    for number in range(6):
        text = f"Visits to children in home {number} are late.\n\nLeaders know {number} children."
        (reports / f"{number}.txt").write_text(text, encoding="utf-8")
    shutil.copy(reports / "1.txt", reports / "again.txt")
    (reports / "broken.pdf").write_text("<html>no report</html>", encoding="utf-8")
    whole, target, parts = tmp_path / "whole", tmp_path / "target", []
    assert run("ingest", reports, library=whole).exit_code == 3
    shares = 0
    for number in (1, 2, 3):
        parts.append(tmp_path / f"part-{number}")
        result = run("ingest", reports, "--shard", f"{number}/3", library=parts[-1])
        shares += int(result.stderr.split(f"shard {number}/3: ")[1].split(" of 8 files")[0])
    assert shares == 8
    result = run("merge", *parts, library=target)
    assert (result.exit_code, result.stdout) == (0, "")
    lines = []
    for folder in (whole, target):
        with open_read(folder) as db:
            lines.append(list(dump(db)))
    assert lines[0] == lines[1]
    assert run("verify", library=target).exit_code == 0
