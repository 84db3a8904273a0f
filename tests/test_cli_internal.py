"""Internal documents stay out of what is passed on, and personal data is warned of."""

import json

import pytest
from click.testing import CliRunner

from textmine.cli import cli

pytestmark = pytest.mark.usefixtures("reads_here")

SELF = """<html><h1>Camden Council self-evaluation</h1><p>As at 31 March 2024</p>
<h2>What do we know?</h2><p>Most children in care live in stable homes. Jayden, 14, told us so.</p>
<h2>Our plans</h2><p>We will find more homes for children in care.</p>"""
REPORT = "<html><h1>Inspection of Camden</h1><p>Children in care live in stable homes.</p>"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("internal")
    (folder / "self.html").write_text(SELF, encoding="utf-8")
    (folder / "report.html").write_text(REPORT, encoding="utf-8")
    assert run(folder / "library", "ingest", str(folder), "--jobs", "1").exit_code == 0
    return folder / "library"


def run(library, *arguments):
    return CliRunner().invoke(cli, [*arguments, "--library", str(library)])


def voices(done):
    return {json.loads(line)["voice"] for line in done.stdout.splitlines()}


@pytest.mark.parametrize("command", [("search", "homes"), ("findings",), ("judgements",)])
def test_internal_documents_are_passed_on_only_when_asked(library, command):
    done = run(library, *command, "--format", "jsonl")
    assert "1 internal document left out" in done.stderr
    assert voices(done) <= {"unknown"}
    done = run(library, *command, "--format", "jsonl", "--internal")
    assert "left out" not in done.stderr
    assert "authority" in voices(done)


@pytest.mark.parametrize(
    ("command", "output"),
    [
        (("facets", "homes"), "csv"),
        (("kwic", "homes"), "csv"),
        (("like", "report.html", "--passage", "1"), "jsonl"),
        (("cite",), "text"),
    ],
)
def test_what_is_left_out_is_said_of_every_list(library, command, output):
    said = "1 internal document left out"
    assert said in run(library, *command, "--format", output).stderr
    assert said not in run(library, *command, "--format", output, "--internal").stderr


def test_a_saved_search_says_what_it_leaves_out(library):
    run(library, "saved", "add", "homes", "homes")
    done = run(library, "saved", "run", "homes", "--format", "jsonl", "--limit", "9")
    assert "left out as internal" in done.stderr
    assert voices(done) == {"unknown"}
    run(library, "saved", "remove", "homes")


def test_on_the_screen_they_are_marked(library):
    done = run(library, "search", "homes")
    assert "the authority's own claim · internal" in done.stdout
    assert "left out" not in done.stderr


def test_show_refuses_to_pass_one_on(library):
    done = run(library, "show", "self.html", "--stage", "passages", "--format", "json")
    assert done.exit_code == 2
    assert "--internal" in done.stderr
    assert run(library, "show", "self.html", "--format", "json", "--internal").exit_code == 0
    assert run(library, "show", "self.html").exit_code == 0


def test_personal_data_is_warned_of_without_a_word_of_it(library):
    done = run(library, "search", "homes", "--format", "csv", "--internal")
    assert "may hold personal data (names: 1)" in done.stderr
    assert "Jayden" not in done.stderr
    assert "personal" not in run(library, "search", "homes").stderr


def test_personal_data_is_listed(library, tmp_path):
    done = run(library, "check-personal", "self.html", "--format", "jsonl", "--internal")
    [row] = map(json.loads, done.stdout.splitlines())
    assert (row["kind"], row["page"], row["text"]) == ("name", 1, "Jayden")
    file = tmp_path / "self.html"
    file.write_text(SELF, encoding="utf-8")
    assert "Jayden" in run(tmp_path / "none", "check-personal", str(file)).stdout
    done = run(library, "check-personal", "report.html")
    assert (done.exit_code, done.stdout) == (1, "")


def test_what_is_said_of_all_files_is_kept_and_the_query_knows_it(tmp_path):
    (tmp_path / "a.txt").write_text("Our year went well for care leavers.", encoding="utf-8")
    library = tmp_path / "library"
    said = ("--type", "self_evaluation", "--authority", "Camden", "--as-at", "2024-03-31")
    done = run(library, "ingest", str(tmp_path / "a.txt"), *said, "--visibility", "public")
    assert done.exit_code == 0
    done = run(library, "search", "year voice:authority visibility:public la:camden year:2024")
    assert "self_evaluation 2024-03-31" in done.stdout
    [row] = map(json.loads, run(library, "judgements", "--format", "jsonl").stdout.splitlines())
    assert (row["as_at"], row["visibility"]) == ("2024-03-31", "public")
    done = run(library, "ingest", str(tmp_path), "--as-at", "soon")
    assert (done.exit_code, "2024-03-31" in done.stderr) == (2, True)
