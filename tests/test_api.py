"""The Python API: the same rows as the command line, read lazily, safe beside a writer."""

import dataclasses
import json
import os
import re
import subprocess
import sys
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

import textmine
from corpus.errors import LibraryMissing, UsageError
from index.documents.decisions import Decision
from index.storage.database import open_write
from textmine.cli import COMMANDS, cli
from textmine.outputs import OUTPUTS, output, type_of

pytestmark = pytest.mark.usefixtures("reads_here")

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
GOLDEN = Path(__file__).with_name("golden") / "columns.json"
AS_OF = date(2026, 5, 1)
DAY = ("--as-of", AS_OF.isoformat())
NAMES = count()

WITH_FIGURES = "9990001_marlowshire/children's services inspection - 18 may 2022.pdf"
QUERIES = "children\nsupervision\n"


@pytest.fixture(scope="module")
def folder(sample_library):
    path = sample_library
    with textmine.open(path) as lib:
        lib.save_search("children", "children")
        lib.correct(1, "overall=good", why="misread", who="Ada")
    (path / "queries.txt").write_text(QUERIES)
    return path


@pytest.fixture
def lib(folder):
    with textmine.open(folder) as library:
        yield library


def run(folder, *arguments):
    return CliRunner().invoke(cli, [*map(str, arguments), "--library", str(folder)])


ROWS = {
    "search": (["search", "children"], lambda lib: lib.search("children").to_rows()),
    "like": (
        ["like", 1, "--passage", 12],
        lambda lib: lib.like(1, passage=12, limit=10).to_rows(),
    ),
    "facets": (["facets", "children"], lambda lib: lib.facets("children").to_rows()),
    "kwic": (["kwic", "supervision"], lambda lib: lib.kwic("supervision").to_rows()),
    "matrix": (
        ["matrix", "{folder}/queries.txt"],
        lambda lib: lib.matrix(QUERIES.split()).to_rows(),
    ),
    "trends": (["trends", "children"], lambda lib: lib.trends("children").to_rows()),
    "trends --grade": (
        ["trends", "--grade", "overall"],
        lambda lib: lib.grade_trends("overall").to_rows(),
    ),
    "map": (["map", "children"], lambda lib: lib.map("children").to_rows()),
    "map --grade": (
        ["map", "--grade", "overall"],
        lambda lib: lib.grade_map("overall").to_rows(),
    ),
    "compare": (
        ["compare", "Marlowshire", "England", "--query", "children"],
        lambda lib: lib.compare(["Marlowshire", "England"], "children").to_rows(),
    ),
    "cooccurrence": (["cooccurrence"], lambda lib: lib.cooccurrence().to_rows()[:40]),
    "frequencies": (
        ["frequencies", "children"],
        lambda lib: lib.frequencies("children").to_rows()[:40],
    ),
    "keyness": (
        ["keyness", "--of", "supervision", "--significance", 0],
        lambda lib: lib.keyness("supervision", reports=5, significance=0).to_rows()[:40],
    ),
    "collocates": (
        ["collocates", "supervision"],
        lambda lib: lib.collocates("supervision", least=5, reports=3).to_rows()[:40],
    ),
    "dispersion": (
        ["dispersion", *QUERIES.split()],
        lambda lib: lib.dispersion(QUERIES.split()).to_rows(),
    ),
    "findings": (
        ["findings", "--theme", "children-seen"],
        lambda lib: lib.findings(theme="children-seen", limit=50).to_rows(),
    ),
    "figures": (["figures"], lambda lib: lib.figures(limit=50).to_rows()),
    "recommendations": (["recommendations"], lambda lib: lib.recommendations().to_rows()),
    "judgements": (["judgements"], lambda lib: lib.documents().to_rows()),
    "changes": (["changes"], lambda lib: lib.changes().to_rows()),
    "changes --concerns": (
        ["changes", "--concerns"],
        lambda lib: lib.concern_changes().to_rows(),
    ),
    "followup": (["followup"], lambda lib: lib.followup().to_rows()),
    "followup --by": (
        ["followup", "--by", "theme"],
        lambda lib: lib.followup_by("theme").to_rows(),
    ),
    "cycle": (["cycle", *DAY], lambda lib: lib.cycle(AS_OF).to_rows()),
    "authorities": (["authorities"], lambda lib: lib.authorities().to_rows()),
    "status --problems": (["status", "--problems"], lambda lib: lib.problems().to_rows()),
    "export passages": (
        ["export", "passages"],
        lambda lib: lib.passages().to_rows(),
    ),
    "export judgements": (
        ["export", "judgements"],
        lambda lib: lib.judgements().to_rows(),
    ),
    "saved list": (["saved", "list"], lambda lib: lib.saved_searches().to_rows()),
}
"""Commands whose rows are those of a question of the API."""

LISTS = {
    **{name: arguments for name, (arguments, _) in ROWS.items()},
    "search --context": ["search", "children", "--context", 1, "--limit", 1],
    "dispersion --parts": ["dispersion", "children", "--parts"],
    "status": ["status"],
    "status --failed": ["status", "--failed"],
    "verify": ["verify"],
    "set": ["set", 1],
    "show": ["show", 1],
    "show --stage sections": ["show", 1, "--stage", "sections"],
    "show --stage passages": ["show", 1, "--stage", "passages"],
    "show --stage findings": ["show", 1, "--stage", "findings"],
    "show --stage figures": ["show", WITH_FIGURES, "--stage", "figures"],
    "show --stage lines": ["show", 1, "--stage", "lines"],
    "show --passage": ["show", 1, "--passage", 12],
}
ELSEWHERE = {
    "types": "the same in any library: tests/test_cli.py",
    "themes": "the same in any library: tests/test_cli.py",
    "agreement": "tests/test_coding.py",
    "collection": "tests/test_coding.py",
    "note": "tests/test_coding.py",
    "review": "tests/test_review.py",
    "check-personal": "tests/test_cli_internal.py",
    "doctor": "tests/test_cli_setup.py",
    "fetch": "tests/test_cli_fetch.py",
    "evaluate": "tests/test_cli_evaluate.py",
    "tag": "tests/test_cli_evaluate.py",
    "merge": "tests/test_cli_library.py",
}
NO_ROWS = {
    *("serve", "ingest", "refresh", "brief", "region", "cite", "import", "datasette-metadata"),
    *("backup", "restore", "delete"),
    *("watch", "config", "completion", "mcp"),
}


def columns(rows):
    """The columns of rows, those of the mappings in them too."""
    return sorted({name for row in rows for name in _named(row)})


def _named(row):
    for name, value in row.items():
        yield name
        for inner in value if isinstance(value, list) else ():
            if isinstance(inner, dict):
                yield from (f"{name}[].{each}" for each in inner)


def listed(folder, name):
    arguments = [str(each).replace("{folder}", str(folder)) for each in LISTS[name]]
    result = run(folder, *arguments, "--format", "json")
    assert result.exit_code in {0, 1}, result.output
    return json.loads(result.stdout or "[]")


def test_every_command_is_walked():
    known = {name.split()[0] for name in LISTS} | set(ELSEWHERE) | NO_ROWS
    assert set(COMMANDS) - known == set()


def test_columns_of_every_command_are_those_of_the_golden_list(folder):
    shown = {name: columns(listed(folder, name)) for name in LISTS}
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(json.dumps(shown, indent=1, sort_keys=True) + "\n")
    assert shown == json.loads(GOLDEN.read_text())


def test_the_golden_list_is_not_being_written_unseen():
    assert not os.environ.get("UPDATE_GOLDEN"), "look at the difference, then run without it"


@pytest.mark.parametrize("name", ROWS)
def test_the_command_line_gives_the_rows_of_the_api(folder, lib, name):
    rows = ROWS[name][1](lib)
    assert listed(folder, name) == json.loads(json.dumps(rows))


def test_a_column_has_one_type(folder):
    for name in LISTS:
        rows = listed(folder, name)
        for column in {each for row in rows for each in row}:
            values = [row.get(column) for row in rows]
            kind = type_of(column, values)
            wanted = {
                "integer": int, "number": (int, float), "boolean": bool, "list": list,
                "mapping": dict, "text": str, "date": str,
            }[kind]  # fmt: skip
            if name not in {"status", "show"}:  # their values are facts of all kinds
                assert all(v is None or isinstance(v, wanted) for v in values), (name, column)
            if kind == "date":
                assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", v) for v in values if v)


def test_search_says_of_findings_all_that_they_say(lib):
    found = [each for row in lib.search("children", limit=50).to_rows() for each in row["findings"]]
    assert found
    assert all({"extent", "aspect", "about"} <= each.keys() for each in found)


def test_results_are_read_lazily(lib, monkeypatch):
    results = lib.findings(limit=2)
    monkeypatch.setattr("index.reports.counts.findings", lambda *_, **__: iter("ab"))
    assert list(results) == ["a", "b"]


def test_total_is_of_all_whatever_the_limit(lib):
    few = lib.findings(limit=2)
    assert len(list(few)) == 2
    assert few.total == sum(1 for _ in lib.findings()) > 2
    hits = lib.search("children", limit=2)
    assert len(list(hits)) == 2
    assert hits.total > 2
    assert lib.documents().total == len(lib.documents().to_rows())
    assert repr(few) == f"<Results: {few.total} records>"
    assert lib.findings(theme="no such theme").first() is None
    assert not lib.findings(theme="no such theme")


def test_records_are_frozen(lib):
    for record in (
        lib.findings().first(), lib.judgements().first(), lib.documents().first(),
        lib.search("children").first(), lib.changes().first(), lib.cycle(AS_OF).first(),
        lib.recommendations().first(),
    ):  # fmt: skip
        with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
            record.document = 1


def test_keywords_narrow_down_by_one_value_or_several(lib):
    both = lib.findings(theme=["children-seen", "workforce"]).total
    each = [lib.findings(theme=theme).total for theme in ("children-seen", "workforce")]
    assert both == sum(each)
    names = {row.authority_name for row in lib.documents(authority="Marlowshire County Council")}
    assert names == {"Marlowshire"}
    with pytest.raises(UsageError):
        list(lib.findings(since="yesterday"))


def test_internal_documents_are_left_out_unless_asked_for(folder, lib):
    public = lib.documents().total
    assert lib.count_omitted() == 1
    assert lib.documents(internal=True).total == public + 1
    with textmine.open(folder, internal=True) as everything:
        assert everything.documents().total == public + 1
        assert everything.count_omitted() == 0
        warned = [(row.id, row.voice) for row in everything.documents()]
        assert all("may hold personal data" in each for each in everything.warnings(warned))


def test_a_judgement_says_why_it_has_no_grade(lib):
    judged = list(lib.judgements())
    assert {each.status for each in judged} >= {"found"}
    assert all((each.grade is None) == (each.status != "found") for each in judged)
    corrected = [each for each in judged if each.origin == "corrected"]
    assert [(each.area, each.grade, each.document) for each in corrected] == [
        ("overall", "good", 1)
    ]


def test_documents_passages_and_references(lib):
    stored = lib.show(1)
    assert lib.show(stored.entry.original.sha256[:10]).id == 1
    place = lib.passage(1, passage=12, context=1)
    assert (len(place.before), len(place.after)) == (1, 1)
    assert lib.cite(1, passage=12).text().startswith(lib.cite(1).text()[:20])
    assert lib.lines(1)[0].number == 1
    assert lib.corrections(1)[0].value == "good"
    assert lib.reissue(1) is not None
    with pytest.raises(UsageError, match="no document"):
        lib.show(9999)


def test_a_brief_is_made_and_written(lib, tmp_path):
    brief = lib.brief("Marlowshire", as_of=AS_OF)
    lib.write_brief(brief, tmp_path / "brief.md")
    assert "Marlowshire" in (tmp_path / "brief.md").read_text()


def test_readers_go_on_beside_a_writer_and_see_what_was_written(folder):
    with textmine.open(folder) as one, textmine.open(folder) as other:
        before = one.status().documents
        with open_write(folder) as db, db.transaction():
            db.execute("INSERT INTO problem VALUES (1, 90, 'odd', 'a problem', 1)")
            assert one.search("children").total == other.search("children").total
            assert "a problem" not in {row["message"] for row in one.problems().to_rows()}
        assert "a problem" in {row["message"] for row in one.problems().to_rows()}
        assert one.status().documents == before
        with open_write(folder) as db:
            db.execute("DELETE FROM problem WHERE position = 90")


def test_one_connection_serves_a_library_for_its_life(folder, monkeypatch):
    opened = []
    real = textmine.api.connection.open_read
    monkeypatch.setattr(
        "textmine.api.connection.open_read", lambda path: opened.append(path) or real(path)
    )
    with textmine.open(folder) as lib:
        assert not opened
        lib.search("children").to_rows()
        lib.findings().to_rows()
        lib.status()
    assert len(opened) == 1


def test_a_decision_wins_and_is_withdrawn(folder):
    with textmine.open(folder) as lib:
        finding = lib.findings(theme="children-seen").first()
        before = lib.findings(theme="children-seen").total
        said = {"quote": finding.evidence, "theme": "children-seen", "who": "Ada"}
        lib.decide(finding.document, Decision(**said, verdict="rejected"))
        assert lib.findings(theme="children-seen").total == before - 1
        lib.decide(finding.document, Decision(**said, verdict="withdrawn"))
        assert lib.findings(theme="children-seen").total == before
        assert len(lib.decisions(finding.document)) == 2


def test_a_library_that_is_not_there(tmp_path):
    with textmine.open(tmp_path / "none") as lib:
        with pytest.raises(LibraryMissing, match="textmine ingest"):
            lib.status()
        assert lib.authorities().total > 150


def test_a_library_is_filled_checked_saved_and_restored(tmp_path):
    (tmp_path / "letter.txt").write_text("Children are not seen often enough.")
    with textmine.open(tmp_path / "library") as lib:
        [result] = lib.ingest(tmp_path / "letter.txt")
        assert result.result == "ok"
        assert list(lib.verify()) == []
        assert list(lib.verify(repair=True)) == []
        assert list(lib.refresh()) == []
        lib.backup(tmp_path / "backup.zip")
        textmine.restore(tmp_path / "backup.zip", tmp_path / "again")
        lib.delete("letter.txt")
        assert lib.documents().total == 0
        [tried] = lib.ingest([tmp_path / "letter.txt"], dry_run=True)
        assert tried.summary.findings > 0
        assert lib.documents().total == 0
    with textmine.open(tmp_path / "again") as again:
        assert again.documents(internal=True).total == 1


def test_an_output_may_take_bytes(tmp_path, folder):
    name = f"bytes-{next(NAMES)}"

    @output(name, binary=True)
    def write(rows, sink):
        for row in rows:
            kinds = ",".join(type_of(column, [value]) for column, value in row.items())
            sink.write(kinds.encode() + b"\0")

    try:
        with textmine.open(folder) as lib:
            OUTPUTS[name].save(lib.authorities().rows(), tmp_path / "a.bin")
        assert (tmp_path / "a.bin").read_bytes().startswith(b"text,text,integer,text")
    finally:
        del OUTPUTS[name]


def python(*code):
    result = subprocess.run(
        [sys.executable, "-c", "\n".join(code)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return result.stdout


def test_importing_costs_next_to_nothing():
    said = python(
        "import time, sys; before = set(sys.modules)",  # a measured run has more from the start
        "start = time.process_time(); import textmine",
        "print(time.process_time() - start)",
        "heavy = {'spacy', 'numpy', 'click', 'yaml', 'sqlite3'} - before",
        "print(sorted(heavy & set(sys.modules)))",
        "textmine.Library",
        "print(sorted({'spacy', 'numpy', 'click'} & (set(sys.modules) - before)))",
    )
    seconds, alone, door = said.splitlines()
    assert float(seconds) < 0.1
    assert alone == "[]"
    assert door == "[]"


def test_help_teaches_the_api():
    said = python("import textmine; help(textmine.Library)")
    for name in (
        *("search", "findings", "judgements", "figures", "recommendations", "changes", "cycle"),
        *("brief", "documents", "show", "ingest", "verify", "to_rows", "UsageError", "since"),
    ):
        assert name in said
    for method in vars(textmine.api.Library) | vars(textmine.api.reading.Reading):
        if not method.startswith("_"):
            assert getattr(textmine.Library, method).__doc__, method


def test_everything_may_take_longer_than_a_page_of_hits(folder, monkeypatch):
    monkeypatch.setattr("textmine.usecases.searches.DEADLINE", -1.0)
    with textmine.open(folder) as lib:
        with pytest.raises(UsageError, match="took too long"):
            list(lib.search("children"))
        assert list(lib.search("children", limit=None))
