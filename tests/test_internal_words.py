"""No word of an internal document leaves the library unless somebody asks for internal ones."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from textmine.cli import COMMANDS, cli

MARK = "zyxomark"
SELF = f"""<html><h1>Camden Council self-evaluation</h1><p>As at 31 March 2024</p>
<h2>What do we know?</h2>
<p>Most children in care live in stable {MARK} homes. Visits are {MARK} late in 48% of cases.</p>
<p>The {MARK}s board found that 17 {MARK} children in care were not seen.</p>
<h2>Our plans for the next 12 months</h2>
<p>We will find more {MARK} homes for children in care by 2025.</p>"""
REPORT = """<html><h1>Inspection of Camden local authority children's services</h1>
<p>Inspection dates: 5 to 9 February 2024</p>
<p>Most children in care live in stable homes. Children are seen often.</p>
<p>Visits are late in some cases. Care leavers get good support.</p>"""

FORMATS = ("csv", "json", "jsonl", "md")
QUERY = "zyxomarc~"  # one letter from the word
LISTS = [
    *[
        ("search", query)
        for query in ("homes", QUERY, "zyxomarc", "homes zyxomarc", f"{MARK[:-1]}")
    ],
    ("search", "homes", "--explain"),
    ("search", QUERY, "--explain"),
    ("search", "homes", "--sample", "2"),
    ("search", "homes", "--context", "2"),
    ("kwic", "homes"),
    ("kwic", QUERY),
    ("facets", "homes"),
    ("like", "report.html", "--passage", "3"),
    ("like", "self.html", "--passage", "3"),
    ("show", "self.html"),
    *[("show", "self.html", "--stage", each) for each in ("lines", "passages", "findings")],
    ("show", "self.html", "--stage", "sections"),
    ("show", "self.html", "--stage", "figures"),
    ("show", "self.html", "--passage", "3", "--context", "1"),
    *[(each,) for each in ("findings", "recommendations", "figures", "judgements")],
    ("changes", "Camden"),
    ("cycle",),
    ("matrix", "homes", "visits"),
    ("matrix", QUERY),
    ("saved", "run"),
    ("saved", "list"),
    *[("status",), ("status", "--failed"), ("status", "--problems"), ("verify",)],
    *[(each,) for each in ("authorities", "types", "themes")],
]
TO_FILES = ("search", "kwic", "facets", "like", "findings", "recommendations", "figures", "changes")
"""Commands that write a file with a note beside it."""
NOT_LISTS = {
    *("ingest", "refresh", "backup", "restore", "set", "delete"),  # print no word of a document
    *("tag", "evaluate"),  # know no library
    *("check-personal",),  # is asked about one document by name, to be read and not passed on
    *("brief", "cite", "followup"),  # below
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("internal")
    (folder / "self.html").write_text(SELF, encoding="utf-8")
    (folder / "report.html").write_text(REPORT, encoding="utf-8")
    library = folder / "library"
    assert run(library, "ingest", str(folder), "--jobs", "1").exit_code in {0, 3}
    run(library, "saved", "add", "homes", "homes")
    assert MARK in run(library, "search", MARK).stdout
    return library


def run(library, *arguments):
    return CliRunner().invoke(cli, [*arguments, "--library", str(library)])


def unmarked(done):
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert MARK not in done.stdout + done.stderr


def test_every_command_is_here():
    tried = {name for name, *_ in LISTS} | NOT_LISTS
    assert not set(COMMANDS) - tried, "add it to LISTS"


@pytest.mark.parametrize("arguments", LISTS, ids=" ".join)
def test_lists_in_every_format(library, arguments):
    for form in FORMATS:
        done = run(library, *arguments, "--format", form)
        unmarked(done)


@pytest.mark.parametrize("arguments", [each for each in LISTS if each[0] in TO_FILES], ids=" ".join)
def test_files_and_the_notes_beside_them(library, tmp_path, arguments):
    for form in ("table", *FORMATS):
        unmarked(run(library, *arguments, "--format", form, "-o", str(tmp_path / f"out.{form}")))
    for file in tmp_path.iterdir():
        assert MARK.encode() not in content(file), file


@pytest.mark.parametrize("kind", ["docx", "html", "md", "json"])
def test_briefs(library, tmp_path, kind):
    file = tmp_path / f"brief.{kind}"
    unmarked(run(library, "brief", "Camden", "-o", str(file)))
    assert MARK.encode() not in content(file)


def content(file: Path) -> bytes:
    if not file.exists():
        return b""
    if file.suffix != ".docx":
        return file.read_bytes()
    from zipfile import ZipFile  # noqa: PLC0415

    with ZipFile(file) as archive:
        return b"".join(map(archive.read, archive.namelist()))


def test_one_that_is_named_is_refused_with_the_way_to_it(library):
    for arguments in (
        ("cite", "self.html"),
        ("cite", "self.html", "--passage", "3"),
        ("like", "self.html", "--passage", "3", "--format", "json"),
    ):
        done = run(library, *arguments)
        assert (done.exit_code, "--internal" in done.stderr) == (2, True), arguments
        assert run(library, *arguments, "--internal").exit_code in {0, 1}


def test_an_explanation_stands_beside_what_programs_read(library):
    done = run(library, "search", "homes", "--explain", "--format", "json")
    assert json.loads(done.stdout)
    assert "Query tree" in done.stderr
    assert "Query tree" in run(library, "search", "homes", "--explain").stdout


def test_on_the_screen_and_when_asked_they_are_there(library):
    assert MARK in run(library, "search", QUERY).stdout
    assert MARK in run(library, "search", QUERY, "--format", "json", "--internal").stdout
