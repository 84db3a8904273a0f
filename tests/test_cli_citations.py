"""References and recommendations as a person asks for them, from a sample report."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from textmine.cli import cli
from textmine.outputs import OUTPUTS

pytestmark = pytest.mark.usefixtures("reads_here")

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
FOLDER = SAMPLES / "reports" / "9990003_harrowfield and lacey vale"
NAME = "Harrowfield and Lacey Vale"
REPORT = "children's services inspection - 04 november 2025.pdf"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """A library with the sample report of 2025, whose recommendations carry tags."""
    folder = tmp_path_factory.mktemp("cite") / "library"
    register = ("--register", str(SAMPLES / "authorities.csv"))
    result = run("ingest", str(FOLDER / REPORT), *register, library=folder)
    assert result.exit_code == 0, result.output
    return folder


def run(*arguments, library):
    return CliRunner().invoke(cli, [*arguments, "--library", str(library)])


def test_a_reference_to_a_paragraph_names_its_printed_number(library):
    line = run("cite", "1", "--para", "3", library=library).stdout
    assert line.startswith("Ofsted (2025) Harrowfield and Lacey Vale: ILACS inspection report")
    assert ", page 2, paragraph 3. " in line
    assert line.strip().endswith("https://reports.ofsted.gov.uk/provider/44/9990003")


def test_a_passage_without_a_number_is_cited_by_our_own_count(library):
    rows = run("recommendations", "--format", "json", library=library).stdout
    ordinal = json.loads(rows)[0]["ordinal"]
    line = run("cite", "1", "--passage", str(ordinal), library=library).stdout
    assert f"unnumbered passage {ordinal}" in line


def test_a_document_as_ris_and_bibtex(library):
    ris = run("cite", REPORT, "--format", "ris", library=library).stdout.splitlines()
    assert ris[0] == "TY  - RPRT"
    assert "AU  - Ofsted," in ris
    assert "DA  - 2025/11/04/" in ris
    assert ris[-2] == "ER  - "
    entry = run("cite", "--authority", NAME, "--format", "bibtex", library=library).stdout
    assert entry.startswith("@techreport{harrowfield-and-lacey-vale-ilacs-inspection-2025-")
    assert "author = {{Ofsted}}," in entry


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("cite", "1", "--para", "999"), 2, "no paragraph 999"),
        (("cite", "--para", "1"), 2, "name it"),
        (("cite", "--region", "Atlantis"), 1, "no matching documents"),
        (("cite", "--region", "Atlantis"), 1, "nothing in the library has region:Atlantis"),
        (("cite", "1", "--para", "3", "--passage", "4"), 2, "name one passage"),
        (("cite", "7"), 2, "no document"),
        (("recommendations", "--kind", "priority_action"), 1, "no matching recommendations"),
    ],
)
def test_what_cannot_be_cited_says_so(library, arguments, code, message):
    result = run(*arguments, library=library)
    assert (result.exit_code, message in result.stderr) == (code, True)


def test_recommendations_are_narrowed_by_tag_kind_and_theme(library):
    def rows(*filters):
        result = run("recommendations", *filters, "--format", "json", library=library)
        return json.loads(result.stdout) if result.exit_code == 0 else []

    every = rows()
    assert {row["kind"] for row in every} == {"improvement"}
    tagged = [row for row in every if row["tag"]]
    assert tagged
    assert rows("--tag", tagged[0]["tag"]) == [r for r in every if r["tag"] == tagged[0]["tag"]]
    part = tagged[0]["tag"].split()[0]
    assert rows("--tag", part) == [r for r in every if r["tag"] and r["tag"].startswith(part)]
    theme = next(row["themes"][0] for row in every if row["themes"])
    assert rows("--theme", theme) == [row for row in every if theme in row["themes"]]
    assert rows("--kind", "improvement", "--since", "2026") == []


@pytest.mark.parametrize("output", OUTPUTS)
def test_recommendations_in_every_format(library, output):
    result = run("recommendations", "--format", output, library=library)
    assert (result.exit_code, bool(result.stdout.strip())) == (0, True)


def test_hits_and_findings_carry_a_reference_and_whom_they_speak_of(library):
    [hit, *_] = json.loads(run("search", "children", "--format", "json", library=library).stdout)
    assert hit["citation"].startswith("Ofsted (2025)")
    found = json.loads(run("findings", "--format", "json", library=library).stdout)
    assert {row["about"] for row in found} >= {"council"}
    assert all("page" in row["citation"] for row in found)


def test_show_says_of_everything_how_it_is_known(library):
    facts = json.loads(run("show", "1", "--format", "json", library=library).stdout)
    known = {row["fact"]: row.get("known") for row in facts}
    assert known["start_date"] == "found on the page"
    assert known["published"] == "found in the file name"
    assert known["judgement: overall"] == "found"
    asked = [row for row in facts if row["fact"] == "improvement"]
    assert all(row["value"] and row["page"] for row in asked)
    assert any("outcome" in (row["known"] or "") for row in asked)
    assert {"citation", "web page"} <= known.keys()
