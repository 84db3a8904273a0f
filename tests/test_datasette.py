"""The public views, and a real Datasette that serves them and nothing else."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

import textmine
from textmine.cli import cli
from textmine.outputs import describe

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
MARK = "zyxomark"
SELF = f"""<html><h1>Camden Council self-evaluation {MARK}</h1><p>As at 31 March 2024</p>
<p>Most children in care live in stable {MARK} homes. Visits are {MARK} late in 48% of cases.</p>
<p>Overall: the {MARK} board found that 17 children in care were not seen.</p></html>"""
VIEWS = ("documents", "judgements", "passages", "findings")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("datasette")
    (path / "self.html").write_text(SELF, encoding="utf-8")
    with textmine.open(path / "library") as lib:
        files = [SAMPLES / "reports", path / "self.html"]
        list(lib.ingest(files, register=SAMPLES / "authorities.csv", jobs=2))
    return path / "library"


def rows(folder, sql):
    with closing(sqlite3.connect(folder / "textmine.db")) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql)]


def metadata(folder, *more):
    done = CliRunner().invoke(cli, ["datasette-metadata", *more, "--library", str(folder)])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_views_say_what_the_lists_say(folder):
    with textmine.open(folder) as lib:
        found = [
            (row["document"], row["theme"], row["polarity"], row["evidence"], row["page"])
            for row in lib.findings().rows()
        ]
        texts = [(row["document"], row["ordinal"], row["text"]) for row in lib.passages().rows()]
        grades = [(each.document, each.area, each.grade) for each in lib.judgements()]
        names = [row.name for row in lib.documents()]
    shown = rows(folder, "SELECT document, theme, polarity, evidence, page FROM findings")
    assert sorted(tuple(row.values()) for row in shown) == sorted(found)
    shown = rows(folder, "SELECT document, ordinal, text FROM passages")
    assert sorted(tuple(row.values()) for row in shown) == sorted(texts)
    shown = rows(folder, "SELECT document, area, grade FROM judgements")
    assert sorted(map(repr, (tuple(row.values()) for row in shown))) == sorted(map(repr, grades))
    assert sorted(row["name"] for row in rows(folder, "SELECT * FROM documents")) == sorted(names)


def test_no_internal_document_is_in_a_view(folder):
    with textmine.open(folder) as lib:
        assert lib.count_omitted() == 1
    for view in VIEWS:
        assert MARK not in str(rows(folder, f"SELECT * FROM {view}"))


def test_metadata_describes_every_column_and_closes_every_table(folder):
    database = metadata(folder)["databases"]["textmine"]
    assert database["allow_sql"] is False
    tables = database["tables"]
    for view in VIEWS:
        assert "allow" not in tables[view]
        described = tables[view]["columns"]
        assert list(described) == list(rows(folder, f"SELECT * FROM {view}")[0])
        assert all(text and text == describe(name) for name, text in described.items())
    there = rows(folder, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
    others = {row["name"] for row in there} - set(VIEWS)
    assert all(tables[name]["allow"] is False for name in others)
    opened = metadata(folder, "--internal")["databases"]["textmine"]
    assert "allow_sql" not in opened
    assert not any("allow" in table for table in opened["tables"].values())


def test_every_ready_query_runs(folder):
    for query in metadata(folder)["databases"]["textmine"]["queries"].values():
        with closing(sqlite3.connect(folder / "textmine.db")) as connection:
            connection.execute(query["sql"], {"authority": "", "words": ""}).fetchall()
    (first, *_) = rows(folder, metadata(folder)["databases"]["textmine"]["queries"]
                       ["concerns_by_theme"]["sql"])  # fmt: skip
    assert first["concerns"] > 0
    grades = metadata(folder)["databases"]["textmine"]["queries"]["grades_by_year"]["sql"]
    assert rows(folder, grades)


def test_the_file_says_how_to_serve(folder, tmp_path):
    file = tmp_path / "metadata.json"
    arguments = ["datasette-metadata", "-o", str(file), "--library", str(folder)]
    done = CliRunner().invoke(cli, arguments)
    assert "allow_download off" in done.stderr
    assert json.loads(file.read_text()) == metadata(folder)


@pytest.mark.slow
def test_a_real_datasette_serves_the_views_and_nothing_else(folder, tmp_path):
    pytest.importorskip("datasette", reason="datasette is not here")
    file = tmp_path / "metadata.json"
    file.write_text(json.dumps(metadata(folder)))

    def get(path):
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "datasette", folder / "textmine.db",
             "--metadata", file, "--setting", "allow_download", "off", "--get", path],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    answer = json.loads(get("/textmine/concerns_by_theme.json?_shape=array").stdout)
    assert answer
    assert {"theme", "concerns", "strengths"} <= answer[0].keys()
    one = json.loads(get("/textmine/findings.json?_shape=array&_size=5&polarity=concern").stdout)
    assert [row["polarity"] for row in one] == ["concern"] * len(one)
    page = get("/textmine/findings").stdout
    assert describe("timing") in page
    words = get(f"/textmine/passages_with_words.json?_shape=array&words={MARK}").stdout
    assert json.loads(words) == []
    for path in (
        "/textmine/document.json",
        "/textmine/passage_text.json",
        "/textmine/finding_now.json",
        f"/textmine.json?sql=select+'{MARK}'||name+from+document",
        f"/textmine/documents.json?_where=name+like+'%25{MARK}%25'",
        "/textmine.db",
    ):
        refused = get(path)
        assert refused.returncode != 0, path
        assert SELF[:20] not in refused.stdout
        assert "self.html" not in refused.stdout
