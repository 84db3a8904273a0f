"""The command line as a person uses it: every command, every format, every exit code."""

import json
import re
from dataclasses import replace

import click
import pytest
from click.testing import CliRunner

from corpus.doctypes import doctypes
from textmine.cli import COMMANDS, cli
from textmine.outputs import OUTPUTS

pytestmark = pytest.mark.usefixtures("reads_here")


@pytest.fixture(scope="module")
def library(tmp_path_factory, make_pdf, ilacs_page, five_rows, prose_lines):
    """A library with one inspection report and one file that cannot be read."""
    folder = tmp_path_factory.mktemp("cli")
    title = "Inspection of Durham local authority children’s services"
    second = [
        (71, 100, 14, True, "The experiences and progress of care leavers: outstanding"),
        *prose_lines("1. Care leavers live in suitable homes.", y=140),
        *prose_lines("2. Visits to children are not always timely.", y=180),
        *prose_lines("3. In 2023, 62% of visits were late, compared with 40% nationally.", y=220),
    ]
    reports = folder / "in"
    reports.mkdir()
    (reports / "durham.pdf").write_bytes(make_pdf(ilacs_page(five_rows, title=title), second))
    (reports / "wrong.pdf").write_text("<html>Report not found</html>", encoding="utf-8")
    result = run("ingest", str(reports), "--library", str(folder / "library"))
    assert result.exit_code == 3
    assert "web page saved as PDF" in result.stderr
    assert "1 ok, 1 failed" in result.stderr
    return folder / "library"


def run(*arguments, **options):
    return CliRunner().invoke(cli, list(arguments), **options)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.output


def test_commands_are_listed_in_the_order_of_use():
    output = run("--help").output.partition("Read documents:")[2].partition("Examples:")[0]
    assert re.findall(r"^  ([a-z-]+) ", output, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize(
    "command",
    [
        ("search", "care leavers"),
        ("judgements",),
        ("findings",),
        ("figures",),
        ("themes",),
        ("status",),
        ("status", "--failed"),
        ("show", "durham.pdf"),
        ("show", "1", "--stage", "lines"),
        ("show", "1", "--stage", "sections"),
        ("show", "1", "--stage", "passages"),
        ("show", "1", "--stage", "findings"),
        ("show", "1", "--stage", "figures"),
    ],
)
def test_every_list_in_every_format(library, command, output):
    where = () if command[0] == "themes" else ("--library", str(library))
    result = run(*command, "--format", output, *where)
    assert result.exit_code == 0, result.output
    assert result.stdout.strip()
    if output == "json":
        assert json.loads(result.stdout)


def test_a_hit_is_cited_and_marked(library):
    result = run("search", "leavers suitable", "--library", str(library))
    assert "Durham · ilacs_inspection 2024-02-05 · page 2, paragraph 1" in result.stdout
    assert "*leavers*" in result.stdout
    assert "read as:" in result.stderr


def test_filters_hold_for_one_and_the_same_finding(library):
    filters = ("--theme", "children-seen", "--polarity", "concern", "--library", str(library))
    [row] = json.loads(run("search", "visits", *filters, "--format", "json").stdout)
    assert row["paragraph"] == "2"
    assert run("search", "homes", *filters).exit_code == 1


def test_figures_say_what_they_count_and_where_they_stand(library):
    asked = ("figures", "--counts", "visit", "--format", "json", "--library", str(library))
    ours, theirs = json.loads(run(*asked).stdout)
    assert (ours["value"], ours["unit"], ours["counts"]) == (62, "percent", "visits were late")
    assert (ours["period"], ours["comparison"], ours["paragraph"]) == ("In 2023", None, "3")
    assert "page 2, paragraph 3" in ours["citation"]
    assert (theirs["value"], theirs["comparison"]) == (40, "national")
    assert [row["value"] for row in json.loads(run(*asked, "--min", "50").stdout)] == [62]
    assert run(*asked, "--unit", "pounds").exit_code == 1


def test_judgements_carry_grades_and_how_they_are_known(library):
    [row] = json.loads(run("judgements", "--format", "json", "--library", str(library)).stdout)
    assert row["judgements"]["care_leavers"] == "outstanding"
    assert row["fields"]["judgements.care_leavers"]["status"] == "found"
    assert row["fields"]["published"] == {"status": "not_printed"}


def test_defects_of_the_source_are_listed(tmp_path, make_pdf, prose_lines):
    pdf = make_pdf([*prose_lines("1. One.", y=100), *prose_lines("1. One again.", y=140)])
    (tmp_path / "twice.pdf").write_bytes(pdf)
    library = ("--library", str(tmp_path / "library"))
    run("ingest", str(tmp_path / "twice.pdf"), *library)
    [row] = json.loads(run("status", "--problems", "--format", "json", *library).stdout)
    assert (row["kind"], row["page"]) == ("number-repeated", 1)


def test_tag_needs_no_library():
    line = json.dumps({"id": "p", "kind": "ilacs", "section": "", "text": "Visits are late."})
    result = run("tag", "--format", "jsonl", input=line)
    [finding] = map(json.loads, result.stdout.splitlines())
    assert (finding["id"], finding["start"], finding["end"]) == ("p", 0, 16)
    assert (finding["theme"], finding["polarity"]) == ("children-seen", "concern")


def test_tag_explains_itself():
    line = json.dumps({"id": "p", "text": "Not all visits are in time."})
    [finding] = map(
        json.loads, run("tag", "--explain", "--format", "jsonl", input=line).stdout.splitlines()
    )
    assert (finding["extent"], finding["aspect"]) == ("not_all", "timeliness")
    assert finding["evidence"] == "Not all visits are in time."
    assert finding["cues"]["extent"] == ["Not all"]
    assert finding["cues"]["aspect"] == ["in time"]
    assert {"theme", "polarity"} <= set(finding["cues"])


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"id": 1}',
        '{"id": 1, "text": 2}',
        '{"id": 1, "text": "", "section": [3]}',
    ],
)
def test_tag_says_which_line_is_wrong(line):
    result = run("tag", input=line)
    assert (result.exit_code, "line 1" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("search", "zebra"), 1, "nothing found"),
        (("search", "care", "--since", "yesterday"), 2, "not a date"),
        (("search", "-care"), 2, ""),
        (("show", "99"), 2, "no document"),
        (("ingest", "nowhere"), 2, "no file or folder"),
        (("ingest",), 2, "name a file"),
        (("judgements", "--region", "Atlantis"), 1, "nothing in the library has region:Atlantis"),
        (("findings", "--theme", "nothing"), 1, "nothing in the library has theme:nothing"),
        (("figures", "--counts", "..."), 2, "no letters or digits"),
        (("kwic", "theme:children-seen"), 2, "no words to show"),
    ],
)
def test_errors_are_one_line_and_an_exit_code(library, arguments, code, message):
    result = run(*arguments, "--library", str(library))
    assert result.exit_code == code, result.output
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_a_folder_without_a_library_says_how_to_make_one(tmp_path):
    result = run("search", "care", "--library", str(tmp_path))
    assert result.exit_code == 4
    assert "textmine ingest" in result.stderr


def test_a_faulty_register_names_its_line(tmp_path):
    register = tmp_path / "register.csv"
    register.write_text("key,name,region\n,No key,London\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Text.", encoding="utf-8")
    library = ("--library", str(tmp_path / "library"))
    result = run("ingest", str(tmp_path / "a.txt"), "--register", str(register), *library)
    assert result.exit_code == 5
    assert "register.csv" in result.stderr


def test_paths_come_from_standard_input_too(tmp_path):
    (tmp_path / "a.txt").write_text("Leaders know their children well.", encoding="utf-8")
    library = ("--library", str(tmp_path / "library"))
    result = run("ingest", "-", *library, input=f"{tmp_path / 'a.txt'}\n")
    assert (result.exit_code, "1 ok" in result.stderr) == (0, True)


def test_every_option_explains_itself():
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command.help
        for parameter in command.params:
            assert isinstance(parameter, click.Argument) or parameter.help, (name, parameter.name)


def test_a_type_unverified_on_real_documents_says_so(library, monkeypatch):
    shown = run("show", "1", "--library", str(library)).output
    assert "unverified" not in shown
    doubted = {name: replace(kind, verified=False) for name, kind in doctypes().items()}
    monkeypatch.setattr("corpus.doctypes.doctypes", lambda: doubted)
    shown = run("show", "1", "--library", str(library)).output
    assert "type unverified" in shown
