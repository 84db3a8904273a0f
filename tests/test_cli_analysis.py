"""What moved and where authorities stand, as a person asks for it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from textmine.cli import cli

pytestmark = pytest.mark.usefixtures("reads_here")

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def run(*arguments, library):
    return CliRunner().invoke(cli, [*map(str, arguments), "--library", str(library)])


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "library"
    reports = SAMPLES / "reports" / "9990001_marlowshire"
    only = [path for path in reports.iterdir() if "inspection" in path.name]
    result = run("ingest", *only, "--register", SAMPLES / "authorities.csv", library=folder)
    assert result.exit_code == 0, result.output
    return folder


def test_changes_as_rows_and_as_paragraphs(library):
    rows = json.loads(run("changes", "--format", "json", library=library).stdout)
    moved = (row for row in rows if row["direction"] != "same")
    overall = next(row for row in moved if row["area"] == "overall")
    assert (overall["before"], overall["after"], overall["direction"]) == (
        *("good", "inadequate"),
        "worse",
    )
    text = " ".join(run("changes", "--text", "--moved", library=library).stdout.split())
    assert "Marlowshire, October 2018 to March 2022: overall effectiveness from good to" in text
    nothing = run("changes", "--since", "2025", library=library)
    assert (nothing.exit_code, nothing.stdout) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--since", "yesterday"), 2, "not a date"),
        (("--until", "2023-13"), 2, "not a date"),
        (("--concerns", "--since", "2020"), 2, "leave out --since"),
        (("--text", "--format", "csv"), 2, "or --format"),
        (("--authority", "Atlantis"), 1, "nothing in the library has la:Atlantis"),
        (("--concerns", "--region", "Atlantis"), 1, "nothing in the library has region:Atlantis"),
    ],
)
def test_what_cannot_be_compared_says_so(library, arguments, code, message):
    result = run("changes", *arguments, library=library)
    assert (result.exit_code, result.stdout, message in result.stderr) == (code, "", True)


def test_concerns_between_the_last_two_inspections(library):
    rows = json.loads(run("changes", "--concerns", "--format", "json", library=library).stdout)
    assert {"new", "recurring"} <= {row["concern"] for row in rows}
    assert all(row["date_before"] < row["date_after"] for row in rows)


def test_the_cycle_says_what_was_observed(library):
    asked = ("cycle", "--as-of", "2023-03-28", "--format", "json")
    (row,) = json.loads(run(*asked, library=library).stdout)
    assert (row["authority"], row["overall"], row["months"]) == ("Marlowshire", "inadequate", 12)
    assert row["observed"] is None
    early = run("cycle", "--as-of", "2010-01-01", library=library)
    assert early.exit_code == 1


@pytest.mark.parametrize(
    "command",
    ["findings", "judgements", "recommendations", "figures", "changes", "cycle"],
)
def test_a_list_in_a_file_has_beside_it_what_made_it(library, tmp_path, command):
    file = tmp_path / "list.csv"
    asked = (command, "--authority", "Marlowshire", "--format", "csv", "-o", file)
    result = run(*asked, library=library)
    assert result.exit_code == 0, result.output
    assert len(file.read_text(encoding="utf-8").splitlines()) > 1
    beside = json.loads((tmp_path / "list.csv.about.json").read_text(encoding="utf-8"))
    assert beside["read_as"] == "la:Marlowshire"
    assert beside["documents_searched"] > 1
    assert beside["library_fingerprint"]
