"""Words, rates and themes of a whole library, as a person asks for them."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import textmine
from textmine.cli import cli

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("counted") / "library"
    with textmine.open(path) as lib:
        list(lib.ingest([SAMPLES / "reports"], register=SAMPLES / "authorities.csv", jobs=2))
        lib.save_search("supervision", "supervision")
    return path


def run(folder, *arguments):
    return CliRunner().invoke(cli, [*map(str, arguments), "--library", str(folder)])


def rows(folder, *arguments):
    result = run(folder, *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def total(folder, query):
    with textmine.open(folder, internal=True) as lib:
        return lib.search(query).total


def test_every_word_is_out_of_the_words_of_the_passages_and_opens_them(folder):
    found = rows(folder, "frequencies", "supervision", "--limit", 5, "--least", 1)
    assert "supervision" in {row["word"] for row in found}
    for row in found:
        assert 0 < row["matches"] <= row["of_words"]
        assert 0 < row["reports"] <= row["of_reports"]
        assert 0 < total(folder, row["find"]) <= row["matches"]


def test_runs_of_words(folder):
    found = rows(folder, "frequencies", "--words", 2, "--limit", 10)
    assert all(len(row["word"].split()) == 2 for row in found)
    assert found == sorted(found, key=lambda row: -row["matches"])


def test_key_words_are_more_frequent_there_than_elsewhere(folder):
    given = ("--least", 2, "--reports", 2, "--significance", 0)
    found = rows(folder, "keyness", "--of", "supervision", *given)
    assert "supervision" in {row["word"] for row in found}
    for row in found:
        here = row["matches"] / row["of_words"]
        assert here > row["matches_against"] / row["of_words_against"]
        assert row["reports"] >= 2
    both = run(folder, "keyness", "--of", "children", "--against", "children", *given)
    assert "on both sides" in both.stderr


def test_words_near_a_match(folder):
    found = rows(folder, "collocates", "supervision", "--least", 1, "--reports", 1)
    assert "supervision" not in {row["word"] for row in found}
    assert all(row["together"] <= row["near"] <= row["of_words"] for row in found)
    no_words = run(folder, "collocates", "theme:adoption")
    assert (no_words.exit_code, "no words" in no_words.stderr) == (2, True)


def test_whether_it_is_one_authority_or_all(folder):
    everywhere, one = rows(folder, "dispersion", "children", "la:marlowshire")
    assert everywhere["groups"] == everywhere["of_groups"]
    assert everywhere["dp"] < one["dp"]
    assert one["groups"] == 1
    parts = rows(folder, "dispersion", "children", "--parts")
    assert sum(row["matches"] for row in parts) == everywhere["matches"] == parts[0]["of_matches"]


@pytest.mark.parametrize("by", ["year", "quarter", "framework", "region"])
def test_a_trend_keeps_types_apart_and_opens_its_passages(folder, by):
    found = rows(folder, "trends", "--theme", "supervision-and-oversight", "--by", by)
    assert len({(row["type"], row["group"]) for row in found}) == len(found)
    for row in found:
        assert row["reports"] <= row["of_reports"]
        assert row["share_low"] <= row["share"] <= row["share_high"]
        assert total(folder, row["find"]) == row["passages"]


def test_a_trend_of_one_authority_is_out_of_its_reports(folder):
    everywhere = rows(folder, "trends", "children")
    one = rows(folder, "trends", "children la:marlowshire")
    assert sum(row["of_reports"] for row in one) < sum(row["of_reports"] for row in everywhere)


def test_a_trend_says_how_accurate_its_tags_are(folder):
    result = run(folder, "trends", "--theme", "caseloads", "--polarity", "concern")
    assert "Tags of “Caseloads”:" in result.stderr
    assert "do not know the grade" in result.stderr


def test_grades_over_the_years(folder):
    found = rows(folder, "trends", "--grade", "overall", "--by", "framework")
    for group in {(row["means"], row["group"]) for row in found}:
        same = [row for row in found if (row["means"], row["group"]) == group]
        assert sum(row["reports"] for row in same) == same[0]["of_reports"]
    wrong = run(folder, "trends", "--grade", "cookery")
    assert (wrong.exit_code, "unknown area" in wrong.stderr) == (2, True)
    both = run(folder, "trends", "children", "--grade", "overall")
    assert (both.exit_code, "leave out the query" in both.stderr) == (2, True)


def test_authorities_side_by_side(folder):
    found = rows(
        folder, "compare", "Marlowshire", "England", "saved:supervision", "--query", "children"
    )
    names = {row["group"] for row in found}
    assert names == {"Marlowshire", "England", "saved:supervision"}
    for row in found:
        assert row["reports"] <= row["of_reports"]
    unknown = run(folder, "compare", "Atlantis", "--query", "children")
    assert (unknown.exit_code, "unknown authority" in unknown.stderr) == (2, True)
    saved = run(folder, "compare", "saved:none", "--query", "children")
    assert (saved.exit_code, "no saved search" in saved.stderr) == (2, True)


def test_nothing_to_count_says_so(folder):
    asked = run(folder, "trends")
    assert (asked.exit_code, "say what to count" in asked.stderr) == (2, True)
    nothing = run(folder, "trends", "zyzzyva")
    assert (nothing.exit_code, nothing.stdout) == (1, "")


def test_themes_that_stand_together(folder):
    found = rows(folder, "cooccurrence", "--within", "passage", "--least", 1)
    for row in found:
        assert row["theme"] < row["other_theme"]
        assert row["together"] <= min(row["of_theme"], row["of_other"]) <= row["units"]
        assert total(folder, row["find"]) >= row["together"]


def test_themes_of_one_report_lead_to_passages_of_either(folder):
    for row in rows(folder, "cooccurrence", "--within", "report", "--least", 1)[:20]:
        assert " OR " in row["find"]
        assert total(folder, row["find"]) >= row["together"]


def test_a_file_has_the_queries_too(folder, tmp_path):
    file = tmp_path / "trend.csv"
    assert run(folder, "trends", "children", "-o", file).exit_code == 0
    with file.open(encoding="utf-8-sig") as stream:
        assert all(row["find"] for row in csv.DictReader(stream))


@pytest.mark.parametrize("by", ["theme", "region", "grade"])
def test_what_became_of_demands_in_counts(folder, by):
    found = rows(folder, "followup", "--by", by)
    for row in found:
        verdicts = ("improved", "partly", "not_yet", "asked_again", "silent")
        assert row["with_verdict"] == sum(row[verdict] for verdict in verdicts)
        assert row["with_verdict"] <= row["with_later_report"] <= row["demands"]
        assert row["improved_low"] <= row["improved_high"]
    told = run(folder, "followup", "--by", by).stderr
    assert "of verdicts are right" in told


def test_counts_lead_to_passages_that_meet_the_conditions(folder):
    demands = rows(folder, "followup", "--by", "theme", "--region", "North West")
    pairs = rows(folder, "cooccurrence", "--polarity", "concern", "--least", 1)
    assert all('region:"North West"' in row["find"] for row in demands)
    assert all(row["find"].endswith("AND polarity:concern") for row in pairs)
    for row in (demands[0], pairs[0], pairs[-1]):
        assert total(folder, row["find"])


def test_counts_of_demands_are_of_all_verdicts(folder, tmp_path):
    wrong = run(folder, "followup", "--by", "theme", "--verdict", "silent")
    assert (wrong.exit_code, "leave out --verdict" in wrong.stderr) == (2, True)
    chart = run(folder, "followup", "-o", tmp_path / "chart.svg")
    assert (chart.exit_code, "add --by" in chart.stderr) == (2, True)


CHARTS = {
    "followup": ("--by", "theme"),
    "trends": ("children",),
    "trends --grade": ("--grade", "overall"),
    "compare": ("Marlowshire", "England", "--query", "children"),
    "keyness": ("--of", "supervision", "--significance", 0),
    "collocates": ("supervision", "--least", 1, "--reports", 1),
    "frequencies": ("children",),
    "dispersion": ("children",),
    "cooccurrence": ("--least", 1),
}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("suffix", [".svg", ".html"])
def test_a_file_may_be_a_chart(folder, tmp_path, name, suffix):
    file = tmp_path / f"chart{suffix}"
    result = run(folder, name.split()[0], *CHARTS[name], "-o", file)
    assert result.exit_code == 0, result.output
    text = file.read_text(encoding="utf-8")
    assert 'role="img"' in text
    assert ("<table>" in text) == (suffix == ".html")
    about = json.loads((tmp_path / f"chart{suffix}.about.json").read_text(encoding="utf-8"))
    assert about["format"] == "chart"


def test_a_map_has_the_numbers_of_each_authority(folder, tmp_path):
    found = rows(folder, "map", "children")
    parts = rows(folder, "dispersion", "children", "--parts")
    spread = {part["group"]: part for part in parts if part["group"] != "none"}
    assert {row["authority"]: (row["matches"], row["words"]) for row in found} == {
        name: (part["matches"], part["words"]) for name, part in spread.items()
    }
    file = tmp_path / "map.svg"
    result = run(folder, "map", "children", "-o", file)
    assert result.exit_code == 0, result.output
    assert "Not on the map: " in file.read_text(encoding="utf-8")


def test_a_map_of_grades_has_those_of_the_last_inspections(folder):
    found = rows(folder, "map", "--grade", "overall")
    with textmine.open(folder) as lib:
        last = {each.last.authority: each.overall for each in lib.cycle()}
    assert {row["authority_key"]: row["grade"] for row in found} == last
    graded = next(row for row in found if row["grade"])
    assert total(folder, graded["find"])


def test_a_map_needs_something_to_show(folder):
    assert run(folder, "map").exit_code == 2
    assert run(folder, "map", "--grade", "weather").exit_code == 2
    assert run(folder, "map", "children", "--grade", "overall").exit_code == 2
    assert run(folder, "map", "zzyzx").exit_code == 1
