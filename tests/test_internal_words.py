"""No word of an internal document leaves the library unless somebody asks for internal ones.

The commands, their formats and their files are those of the command line itself: a new command is
tried without being named here, if it needs no arguments.
"""

import json
import shutil
from itertools import product
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import click
import pytest
from click.testing import CliRunner

from textmine.api import Library
from textmine.cli import _brief_file, cli
from textmine.usecases.review import Answer

pytestmark = pytest.mark.usefixtures("reads_here")

MARK = "zyxomark"
SELF = f"""<html><h1>Camden Council self-evaluation {MARK}</h1><p>As at 31 March 2024</p>
<h2>What do we know?</h2>
<p>Most children in care live in stable {MARK} homes. Visits are {MARK} late in 48% of cases.</p>
<p>The {MARK}s board found that 17 {MARK} children in care were not seen. Jayden {MARK}, 14, told
us so.</p>
<h2>Our {MARK} plans for the next 12 months</h2>
<p>We will find more {MARK} homes for children in care by 2025.</p>"""
REPORT = """<html><h1>Inspection of Camden local authority children's services</h1>
<p>Inspection dates: 5 to 9 February 2024</p>
<p>Most children in care live in stable homes. Children are seen often.</p>
<p>Visits are late in some cases. Care leavers get good support.</p>"""

THEMES = """- id: homes
  label: Homes
  area: leadership
  definition: Homes.
  phrases: [homes]
  matches: [Homes are good., Homes are bad.]
  not_matches: [Visits are late.]
"""
TYPO = "zyxomarc~"  # one letter from the word
QUERIES = ("homes", TYPO, "zyxomarc", "homes zyxomarc", MARK[:-1])
STAGES = ("lines", "passages", "findings", "sections", "figures")
PLACE = ("--passage", "3")
RARE = ("--least", "1", "--reports", "1")
CALLS = {
    ("completion",): [("bash",)],
    ("search",): [
        *((query,) for query in QUERIES),
        ("homes", "--explain"),
        (TYPO, "--explain"),
        ("homes", "--sample", "2"),
        ("homes", "--context", "2"),
    ],
    ("kwic",): [("homes",), (TYPO,)],
    ("facets",): [("homes",), (TYPO,)],
    ("like",): [("report.html", *PLACE), ("self.html", *PLACE)],
    ("show",): [
        ("self.html",),
        *(("self.html", "--stage", stage) for stage in STAGES),
        ("self.html", *PLACE, "--context", "1"),
    ],
    ("changes",): [(), ("--authority", "Camden")],
    ("matrix",): [("{queries}",)],
    ("trends",): [("homes",), (TYPO,), ("--grade", "overall")],
    ("map",): [("homes",), (TYPO,), ("--grade", "overall")],
    ("compare",): [("Camden", "England", "--query", "homes"), ("saved:homes", "--query", TYPO)],
    ("cooccurrence",): [("--least", "1")],
    ("frequencies",): [("--least", "1"), ("homes", "--least", "1", "--words", "2")],
    ("collocates",): [("homes", *RARE), (TYPO, *RARE)],
    ("keyness",): [("--of", "homes", *RARE, "--significance", "0"), ("--of", TYPO, *RARE)],
    ("dispersion",): [("homes", TYPO), ("homes", "--parts", "--by", "document")],
    ("brief",): [("Camden",)],
    ("region",): [("London",)],
    ("cite",): [(), ("self.html",), ("self.html", *PLACE)],
    ("check-personal",): [("self.html",)],
    ("set",): [("self.html",), ("self.html", "title=", "--why", "none")],
    ("status",): [(), ("--failed",), ("--problems",)],
    ("saved", "run"): [(), ("homes",)],
    ("export",): [
        *((name,) for name in ("findings", "passages", "documents", "decisions", "notes")),
        *((name,) for name in ("collections", "coded")),
    ],
    ("themes", "diff"): [("{themes}",)],
}
"""Calls that say more than that the command is called without arguments."""
SUFFIXES = {
    ("brief",): _brief_file.SUFFIXES,
    ("region",): _brief_file.SUFFIXES,
    ("datasette-metadata",): (".json",),
}
"""The files of commands that have no formats."""
WRITE_NOTHING = {
    ("delete",): "it takes the document away",
    ("fetch",): "it asks the web, and says what is public there",
    ("mcp",): "it speaks to a program: tests/test_mcp.py",
    ("serve",): "it serves the page until it is stopped, which tests of the page look at",
    ("watch",): "it reads files, as ingest does, until it is stopped",
    ("import",): "it writes decisions, and no words",
    ("evaluate",): "it reads no library",
    ("tag",): "it reads no library",
    ("note", "add"): "words of the caller's own",
    ("note", "remove"): "a number",
    ("collection", "add"): "a name of the caller's own",
    ("collection", "remove"): "the same",
    ("saved", "add"): "a name and a query of the caller's own",
    ("saved", "remove"): "a name of the caller's own",
    ("backup",): "a copy of the whole library, as its help says",
    ("restore",): "the same",
    ("merge",): "it takes other libraries: tests/test_cli_library.py",
}
"""Commands that are not tried, and why."""


def walk(command, context, *path):
    """The commands of a group and of the groups in it, by their path."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    for name in command.list_commands(context):
        yield from walk(command.get_command(context, name), context, *path, name)


COMMANDS = {
    path: command for path, command in walk(cli, click.Context(cli)) if path not in WRITE_NOTHING
}


def option(path, name):
    return next((each for each in COMMANDS[path].params if name in each.opts), None)


def formats(path):
    """The formats of a command, besides the table that only a screen gets."""
    found = option(path, "--format")
    return [each for each in found.type.choices if each != "table"] if found else []


def calls(path):
    found = CALLS.get(path, [()])
    return [(*path, *more) for more in found]


TO_SCREEN = [
    (*call, "--format", form)
    for path in COMMANDS
    for call, form in product(calls(path), formats(path))
]
TO_FILES = [(path, call) for path in COMMANDS if option(path, "-o") for call in calls(path)]
BARE = [call for path in COMMANDS if not formats(path) for call in calls(path)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("internal")
    files = folder / "files"
    files.mkdir()
    (files / "self.html").write_text(SELF, encoding="utf-8")
    (files / "report.html").write_text(REPORT, encoding="utf-8")
    (folder / "queries").write_text(f"homes\n{TYPO}\n", encoding="utf-8")
    assert run(folder, "ingest", str(files), "--jobs", "1").exit_code in {0, 3}
    run(folder, "saved", "add", "homes", "homes")
    assert MARK in run(folder, "search", MARK).stdout
    (folder / "themes").write_text(THEMES, encoding="utf-8")
    assert run(folder, "note", "add", "self.html", f"Ask {MARK}", *PLACE).exit_code == 0
    assert run(folder, "collection", "add", "mine", "self.html", *PLACE).exit_code == 0
    with Library(folder / "library", internal=True) as library:
        for row in library.review_queue("amina"):
            if row.found.visibility == "internal":
                library.review(row, Answer(verdict="rejected", why=MARK), coder="amina")
    return folder


def run(folder, *arguments):
    names = {"queries": folder / "queries", "themes": folder / "themes"}
    words = [word.format(**names) for word in arguments]
    variables = {"TEXTMINE_LIBRARY": str(folder / "library")}
    return CliRunner().invoke(cli, words, env=variables)


def unmarked(done):
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert MARK not in done.stdout + done.stderr
    # What is not understood says nothing of what the command would write.
    assert done.exit_code in {0, 1} or "--internal" in done.stderr, done.stderr


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_can_be_called(path):
    needed = [each.name for each in COMMANDS[path].params if each.required]
    assert not needed or path in CALLS, f"name in CALLS what {needed} may be"
    assert not option(path, "-o") or formats(path) or path in SUFFIXES, "name its files in SUFFIXES"


@pytest.mark.parametrize("arguments", TO_SCREEN, ids=" ".join)
def test_formats(folder, arguments):
    unmarked(run(folder, *arguments))


@pytest.mark.parametrize(("path", "call"), TO_FILES, ids=" ".join)
def test_files_and_those_beside_them(folder, tmp_path, path, call):
    table = ["table"] if formats(path) else []
    for form in (*table, *formats(path)):
        unmarked(run(folder, *call, "--format", form, "-o", str(tmp_path / f"out.{form}")))
    for suffix in SUFFIXES.get(path, ()):
        unmarked(run(folder, *call, "-o", str(tmp_path / f"out{suffix}")))
    for file in tmp_path.iterdir():
        assert MARK.encode() not in content(file), file


@pytest.mark.parametrize("arguments", BARE, ids=" ".join)
def test_commands_without_formats(folder, tmp_path, arguments):
    shutil.copytree(folder, tmp_path / "copy")  # some of them write
    done = run(tmp_path / "copy", *arguments)
    assert MARK not in done.stdout + done.stderr


def content(file: Path) -> bytes:
    if not is_zipfile(file):
        return file.read_bytes()
    with ZipFile(file) as archive:
        return b"".join(map(archive.read, archive.namelist()))


def test_one_that_is_named_is_refused_with_the_way_to_it(folder):
    for arguments in (
        ("cite", "self.html"),
        ("cite", "self.html", *PLACE),
        ("like", "self.html", *PLACE, "--format", "json"),
        ("check-personal", "self.html", "--format", "json"),
        ("set", "self.html", "--format", "json"),
    ):
        done = run(folder, *arguments)
        assert (done.exit_code, "--internal" in done.stderr) == (2, True), arguments
        assert run(folder, *arguments, "--internal").exit_code in {0, 1}


def test_an_explanation_stands_beside_what_programs_read(folder):
    done = run(folder, "search", "homes", "--explain", "--format", "json")
    assert json.loads(done.stdout)
    assert "Query tree" in done.stderr
    assert "Query tree" in run(folder, "search", "homes", "--explain").stdout


def test_on_the_screen_and_when_asked_they_are_there(folder):
    assert MARK in run(folder, "search", TYPO).stdout
    assert MARK in run(folder, "search", TYPO, "--format", "json", "--internal").stdout
