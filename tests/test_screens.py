"""What a person sees: screens of 80 and 120 columns, counts, and files that hold everything."""

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from textmine.cli import COMMANDS, GROUPS, cli

pytestmark = pytest.mark.usefixtures("reads_here")

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = (80, 120)
WIDE = 2000
VISITS = 60


@pytest.fixture(scope="module")
def library(tmp_path_factory, make_pdf, ilacs_page, five_rows, prose_lines):
    """A library with one inspection report and a note that says one thing many times."""
    folder = tmp_path_factory.mktemp("screens")
    second = [
        (71, 100, 14, True, "The experiences and progress of care leavers: outstanding"),
        *prose_lines("1. Care leavers live in suitable homes.", y=140),
        *prose_lines("2. Visits to children are not always timely.", y=180),
        *prose_lines("3. In 2023, 62% of visits were late, compared with 40% nationally.", y=220),
    ]
    title = "Inspection of Durham local authority children’s services"
    (folder / "in").mkdir()
    (folder / "in" / "durham.pdf").write_bytes(make_pdf(ilacs_page(five_rows, title=title), second))
    note = "\n\n".join(
        f"Visit {number} to children in care was not always recorded, and supervision of social"
        f" workers in team {number} is inconsistent: {number} per cent of visits were late."
        for number in range(1, VISITS + 1)
    )
    (folder / "in" / "note.txt").write_text(f"{note}\n", encoding="utf-8")
    result = run("ingest", str(folder / "in"), library=folder / "library")
    assert result.exit_code == 0, result.output
    return folder / "library"


def run(*arguments, width=80, library=None):
    where = () if library is None else ("--library", str(library))
    environment = {"COLUMNS": str(width)}
    return CliRunner(env=environment).invoke(cli, [*arguments, *where], terminal_width=width)


def words(text):
    return {word.removesuffix(":") for word in text.split()} - {"·"} - set(re.findall("-+", text))


SCREENS = [
    ("search", "visits"),
    ("search", "visits", "--context", "1"),
    ("kwic", "visits"),
    ("facets", "visits"),
    ("show", "durham.pdf"),
    ("show", "durham.pdf", "--stage", "findings"),
    ("show", "note.txt", "--passage", "2", "--context", "1"),
    ("findings",),
    ("figures",),
    ("recommendations",),
    ("judgements",),
    ("cycle",),
    ("followup",),
    ("themes",),
    ("types",),
    ("status",),
    ("authorities", "--read"),
]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("command", SCREENS, ids=" ".join)
def test_a_screen_breaks_no_word(library, command, width):
    library = None if command[0] in {"themes", "types"} else library
    result = run(*command, width=width, library=library)
    wide = run(*command, width=WIDE, library=library)
    assert result.exit_code in {0, 1}, result.output
    assert words(result.stdout) <= words(wide.stdout)
    too_long = [line for line in result.stdout.splitlines() if len(line) > width]
    assert [line for line in too_long if len(line.split()) > 2] == []


def test_a_plain_question_says_how_many_of_how_many(library):
    done = run("search", "visits supervision", "--limit", "1", library=library)
    assert re.search(r"^\d.* passages with all the words", done.stderr, re.MULTILINE)


@pytest.mark.parametrize("width", WIDTHS)
def test_kwic_aligns_matches_and_fits(library, width):
    lines = run("kwic", "visits", width=width, library=library).stdout.splitlines()
    assert len({re.search("  [Vv]isits? ", line).start() for line in lines}) == 1
    assert all(width - 30 < len(line) <= width for line in lines)


def test_kwic_with_a_width_has_that_context(library):
    [line, *_] = run("kwic", "supervision", "--width", "20", library=library).stdout.splitlines()
    assert "recorded, and  supervision  of social workers in" in line


@pytest.mark.parametrize(
    ("command", "few"),
    [
        (("search", "visits AND late"), 20),
        (("findings",), 50),
        (("figures",), 50),
        (("kwic", "visits"), 50),
    ],
)
def test_a_screen_says_how_many_of_how_many(library, command, few, tmp_path):
    screen = run(*command, "--limit", str(few), library=library)
    shown, total = re.search(
        r"^([\d,]+) of ([\d,]+) \w+ shown", screen.stderr, re.MULTILINE
    ).groups()
    assert int(shown) == few
    assert f"--limit {total}, or -o FILE" in screen.stderr
    everything = run(*command, "--limit", total, library=library)
    assert " shown" not in everything.stderr
    out = tmp_path / "all.jsonl"
    done = run(*command, "--format", "jsonl", "-o", str(out), library=library)
    assert done.exit_code == 0, done.output
    assert len(out.read_text(encoding="utf-8").splitlines()) == int(total)


def test_a_limit_holds_for_a_file_too(library, tmp_path):
    out = tmp_path / "some.csv"
    done = run("findings", "--limit", "3", "--format", "csv", "-o", str(out), library=library)
    assert out.read_text(encoding="utf-8").count("\n") == 4
    assert re.search(r"3 of \d+ findings written, because of --limit", done.stderr)


def test_a_default_that_hides_rows_is_announced(library):
    done = run("findings", "--format", "jsonl", library=library)
    assert len(done.stdout.splitlines()) == 50
    assert "50 of " in done.stderr


def test_the_first_run_of_a_saved_search_only_counts(library):
    query = "visits theme:children-seen"
    assert run("saved", "add", "late", query, library=library).exit_code == 0
    first = run("saved", "run", "late", library=library)
    assert (first.exit_code, first.stdout) == (0, "")
    assert "late: first run, " in first.stderr
    assert f"to see them: textmine search '{query}'" in first.stderr
    assert run("saved", "run", "late", library=library).exit_code == 1
    assert run("saved", "remove", "late", library=library).exit_code == 0


def test_a_saved_search_without_matches_says_so(library):
    run("saved", "add", "none", "zebra", library=library)
    done = run("saved", "run", "none", library=library)
    assert (done.exit_code, "nothing new" in done.stderr) == (1, True)
    run("saved", "remove", "none", library=library)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", [(), *((name,) for name in COMMANDS)], ids=" ".join)
def test_help_fits_the_screen(name, width):
    lines = run(*name, "--help", width=width).stdout.splitlines()
    assert [line for line in lines if len(line) > width or re.search(r"\w-$", line)] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_on_queries_fits_the_screen(width):
    shown = run("search", "--syntax", width=width).stdout
    assert words(shown) <= words(run("search", "--syntax", width=WIDE).stdout)
    assert [line for line in shown.splitlines() if len(line) > width] == []


def test_first_sentences_fit_the_list_of_commands():
    shown = run("--help", width=80).stdout
    for heading, names in GROUPS.items():
        assert f"\n{heading}:\n" in shown
        for name in names:
            first = " ".join(
                cli.get_command(click.Context(cli), name).help.split("\n\n")[0].split()
            )
            assert re.search(rf"^  {name} +{re.escape(first)}$", shown, re.MULTILINE), name


def test_options_are_grouped():
    shown = run("search", "--help").stdout
    headings = re.findall(r"^(\w+):", shown, re.MULTILINE)
    assert headings == ["Usage", "Query", "Filters", "Output", "Options", "Examples"]


def test_values_that_may_be_typed_are_listed(library):
    shown = run("authorities", "--read", "--format", "json", library=library)
    assert [row["authority"] for row in json.loads(shown.stdout)] == ["Durham"]
    region = run("authorities", "--region", "north east", "--format", "json", library=library)
    assert "Durham" in [row["authority"] for row in json.loads(region.stdout)]
    assert run("authorities", "--region", "Atlantis", library=library).exit_code == 1
    types = json.loads(run("types", "--format", "json").stdout)
    assert "ilacs_inspection" in [row["type"] for row in types]


def test_authorities_are_listed_before_there_is_a_library(tmp_path):
    assert "Durham" in run("authorities", library=tmp_path / "none").stdout
