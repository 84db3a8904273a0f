"""Searching from the command line: options, exports with what made them, saved searches."""

import json

import pytest
from click.testing import CliRunner

from textmine.cli import cli

pytestmark = pytest.mark.usefixtures("reads_here")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    reports = folder / "in"
    reports.mkdir()
    texts = {
        "a.txt": "Too many care leavers wait for a home.\n\nVisits to children are not timely.\n\n"
        "The PLO is used too late.",
        "b.txt": "Care leavers have good homes.\n\nThe public law outline is used well.\n\n"
        "Visits to children are not timely.",
    }
    for name, text in texts.items():
        (reports / name).write_text(text, encoding="utf-8")
    made = run("ingest", str(reports), "--library", str(folder / "library"))
    assert made.exit_code == 0, made.output
    return folder / "library"


def run(*arguments):
    return CliRunner().invoke(cli, list(arguments))


def asked(library, *arguments):
    command, *rest = arguments
    return run(command, "--library", str(library), *rest)


def rows(result):
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_other_names_are_found_and_said_and_can_be_switched_off(library):
    found = asked(library, "search", "PLO", "--format", "jsonl")
    assert len(rows(found)) == 2
    assert "plo: also searched for public law outline" in found.stderr
    assert len(rows(asked(library, "search", "PLO", "--no-synonyms", "--format", "jsonl"))) == 1


def test_repeats_are_one_hit_unless_asked_for(library):
    (one,) = rows(asked(library, "search", "visits", "--format", "jsonl"))
    assert one["repeats"] == 2
    found = rows(asked(library, "search", "visits", "--repeats", "--format", "jsonl"))
    assert [row["repeats"] for row in found] == [1, 1]
    assert "2 times" in asked(library, "search", "visits").stdout


def test_context_stands_around_a_hit(library):
    (row,) = rows(asked(library, "search", "=PLO", "--context", "1", "--format", "jsonl"))
    assert row["before"] == ["Visits to children are not timely."]
    assert row["after"] == []
    shown = asked(library, "search", "=PLO", "--context", "1").stdout
    assert "Visits to children" in shown


@pytest.mark.parametrize(("engine", "words"), [("fts5", "bm25"), ("fts4", "matchinfo")])
def test_explain(library, engine, words):
    shown = asked(library, "search", "PLO homes", "--explain", "--strict", "--engine", engine)
    assert shown.exit_code == 1
    shown = asked(library, "search", "PLO homes", "--explain", "--engine", engine)
    assert shown.exit_code == 0
    assert "Question:\n  plo: public law outlin (1.00)" in shown.stdout
    assert "together" in shown.stdout
    shown = asked(library, "search", "PLO OR homes", "--explain", "--engine", engine).stdout
    assert "Query tree:\nOR\n" in shown
    assert "SELECT p.id" in shown
    assert "  2  homes" in shown
    assert "tier" in shown
    assert words in shown or engine == "fts5"


def test_nothing_found_says_what_to_try(library):
    found = asked(library, "search", "--strict", "hoems for leavers")
    assert found.exit_code == 1
    assert "try: homes AND for AND leavers   (1 passage)" in found.stderr
    assert "read as: hoems AND for AND leavers" in found.stderr
    strictly = asked(library, "search", "--strict", "homes zebra").stderr
    assert "try: homes   (2 passages)" in strictly


def test_a_plain_question_is_answered_with_some_of_its_words(library):
    found = asked(library, "search", "hoems for leavers")
    assert found.exit_code == 0
    assert "From here on" not in found.stdout
    assert "no passages with all the words, 2 with some of them" in found.stderr
    assert "try: homes AND leavers   (2 passages)" in found.stderr


def test_a_page_says_where_the_passages_with_all_the_words_end(library):
    found = asked(library, "search", "leavers good homes")
    first, second = found.stdout.split("From here on: passages with some of the words")
    assert "*leavers* have *good* *homes*" in first
    assert "*leavers* wait for a *home*" in second
    assert "1 passage with all the words, 1 with some of them shown" in found.stderr


def test_rows_say_whether_a_passage_has_all_the_words(library):
    found = rows(asked(library, "search", "leavers good homes", "--format", "jsonl"))
    assert [row["all_words"] for row in found] == [True, False]
    (exact,) = rows(asked(library, "search", '"good homes"', "--format", "jsonl"))
    assert "all_words" not in exact


def test_what_was_understood_is_said_and_can_be_switched_off(library):
    found = asked(library, "search", "children not being visited")
    assert "understood as a concern about children seen" in found.stderr
    assert "theme:children-seen polarity:concern" in found.stderr
    assert "understood" not in asked(library, "search", "--strict", "visits").stderr
    assert "*Visits* to *children* are not timely" in found.stdout


def test_excluding_a_field(library):
    everything = rows(asked(library, "search", "care", "--format", "jsonl"))
    assert len(everything) == 2
    left = asked(library, "search", "care", "--exclude", "type:other", "--format", "jsonl")
    assert left.exit_code == 1
    wrong = asked(library, "search", "care", "--exclude", "nonsense")
    assert wrong.exit_code == 2
    assert "not a field and a value" in wrong.stderr


def test_a_sample_is_the_same_for_the_same_seed(library):
    draw = ("search", "care OR visits OR PLO", "--sample", "3", "--format", "jsonl", "--seed")
    one, again = (rows(asked(library, *draw, "1")) for _ in range(2))
    assert one == again
    assert len(one) == 3
    others = [rows(asked(library, *draw, str(seed))) for seed in range(2, 9)]
    assert any(other != one for other in others)


@pytest.mark.parametrize("command", ["search", "facets", "kwic"])
def test_an_export_says_what_made_it(library, tmp_path, command):
    out = tmp_path / "out.csv"
    made = asked(library, command, "PLO", "--format", "csv", "-o", str(out))
    assert made.exit_code == 0, made.output
    assert made.stdout == ""
    about = json.loads((tmp_path / "out.csv.about.json").read_text(encoding="utf-8"))
    assert about["read_as"] == "plo"
    assert "public law outline" in about["also_searched"]["plo"]
    assert (about["documents_searched"], about["passages"]) == (2, 2)
    assert about["library_fingerprint"]
    assert about["textmine"]
    assert out.read_text(encoding="utf-8").count("\n") > 1


def test_an_export_that_cannot_be_written(library, tmp_path):
    made = asked(library, "search", "PLO", "-o", str(tmp_path / "no" / "out.csv"))
    assert made.exit_code == 2
    assert "cannot write" in made.stderr


def test_facets(library):
    found = rows(asked(library, "facets", "visits OR PLO", "--field", "type", "--format", "jsonl"))
    assert found == [
        {
            "facet": "type",
            "value": "other",
            "passages": 4,
            "include": "type:other",
            "exclude": "-type:other",
        }
    ]
    assert asked(library, "facets", "zebra").exit_code == 1


def test_keyword_in_context_is_aligned_and_sorted(library):
    lines = asked(library, "kwic", "used", "--sort", "right", "--width", "20").stdout.splitlines()
    assert ["used  too" in line for line in lines] == [True, False]
    assert len({line.index("  used  ") for line in lines}) == 1
    found = rows(asked(library, "kwic", "used", "--sort", "left", "--format", "jsonl"))
    assert [row["left"] for row in found] == ["The public law outline is", "The PLO is"]
    assert asked(library, "kwic", "zebra").exit_code == 1


def test_a_matrix_counts_each_query_in_each_group(library, tmp_path):
    queries = tmp_path / "queries.txt"
    queries.write_text("# a comment\n\nvisits\n=PLO\n", encoding="utf-8")
    found = rows(asked(library, "matrix", str(queries), "--by", "framework", "--format", "jsonl"))
    assert [(row["query"], row["passages"], row["reports"]) for row in found] == [
        ("visits", 2, 2),
        ("=PLO", 1, 1),
    ]
    words = found[0]["of_words"]
    assert found[0] == {
        "query": "visits",
        "group": None,
        "passages": 2,
        "reports": 2,
        "of_reports": 2,
        "of_words": words,
        "per_report": 1.0,
        "per_10000_words": round(20_000 / words, 3),
    }
    queries.write_text("# nothing\n", encoding="utf-8")
    assert asked(library, "matrix", str(queries)).exit_code == 2


def test_more_like_one(library, tmp_path):
    found = asked(library, "like", "a.txt", "--passage", "1", "--format", "jsonl")
    best = rows(found)[0]
    assert (best["name"], best["ordinal"]) == ("b.txt", 1)
    file = tmp_path / "like.jsonl"
    asked(library, "like", "a.txt", "--passage", "1", "--format", "jsonl", "-o", str(file))
    assert file.read_text("utf-8") == found.stdout
    about = json.loads((tmp_path / "like.jsonl.about.json").read_text("utf-8"))
    assert about["like"]["document"] == "a.txt"
    assert about["like"]["words"] in found.stderr
    assert asked(library, "like", "a.txt").exit_code == 2
    assert asked(library, "like", "a.txt", "--para", "99").exit_code == 2


def test_one_paragraph_of_a_document(library):
    found = rows(
        asked(library, "show", "a.txt", "--passage", "2", "--context", "1", "--format", "jsonl")
    )
    assert [row["selected"] for row in found] == [False, True, False]
    assert asked(library, "show", "a.txt", "--para", "7").exit_code == 2


def test_a_saved_search_finds_what_is_new(library, tmp_path):
    saved = ("saved",)

    def do(name, *arguments):
        return run(*saved, name, "--library", str(library), *arguments)

    assert do("list").exit_code == 1
    assert do("add", "late", "PLO").exit_code == 0
    assert do("add", "late", "PLO").exit_code == 2
    assert do("add", "wrong", "NOT").exit_code == 2
    first = do("run", "--format", "jsonl")
    assert (first.exit_code, first.stdout) == (0, "")
    assert "late: first run, 2 passages; to see them: textmine search PLO" in first.stderr
    again = do("run", "late")
    assert again.exit_code == 1
    assert "0 new of 2" in again.stderr
    more = tmp_path / "c.txt"
    more.write_text("The PLO is new here.", encoding="utf-8")
    assert asked(library, "ingest", str(more)).exit_code == 0
    assert [row["name"] for row in rows(do("run", "--format", "jsonl"))] == ["c.txt"]
    listed = rows(do("list", "--format", "jsonl"))
    assert [(row["name"], row["query"], row["passages"]) for row in listed] == [("late", "PLO", 3)]
    assert run("delete", "--library", str(library), "c.txt", "--yes").exit_code == 0
    assert do("remove", "late").exit_code == 0
    assert do("run", "late").exit_code == 2


def test_the_language_is_explained():
    shown = run("search", "--syntax").stdout
    assert shown.startswith("# Searching")
    assert "`la.overall:`" in shown


def test_findings_have_a_score_and_uncertain_ones_can_be_left_out(library):
    every = rows(asked(library, "findings", "--format", "jsonl"))
    scores = [row["score"] for row in every]
    assert scores
    assert all(0 < score < 1 for score in scores)
    least = sorted(scores)[len(scores) // 2]
    sure = rows(asked(library, "findings", "--min-score", str(least), "--format", "jsonl"))
    assert [row for row in every if row["score"] >= least] == sure
    found = asked(library, "search", f"score:>={least} theme:children-seen", "--format", "jsonl")
    assert len(rows(found)) <= len(rows(asked(library, "search", "theme:children-seen", *JSON)))
    assert asked(library, "findings", "--min-score", "1").exit_code == 1
    assert "uncertain" in asked(library, "findings").stdout


JSON = ("--format", "jsonl")
