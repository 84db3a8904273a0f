"""Passages for a search server: the bulk format of OpenSearch, held against what is documented."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import textmine
from textmine.cli import cli

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
MARK = "zyxomark"
SELF = f"""<html><h1>Camden Council self-evaluation</h1><p>As at 31 March 2024</p>
<p>Most children in care live in stable {MARK} homes. Visits are late in 48% of cases.</p></html>"""
BUILT_IN = {"lowercase", "asciifolding"}  # of OpenSearch, beside those that the file defines
KINDS = {"stemmer", "snowball", "pattern_replace", "synonym_graph", "mapping", "custom"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("search-index")
    file = path / "self.html"
    file.write_text(SELF, encoding="utf-8")
    with textmine.open(path / "library") as lib:
        list(lib.ingest([SAMPLES / "reports", file], register=SAMPLES / "authorities.csv", jobs=2))
    return path / "library"


def run(folder, *arguments, code=0):
    done = CliRunner().invoke(cli, [*map(str, arguments), "--library", str(folder)])
    assert done.exit_code == code, done.output
    return done


def fits(value, kind):
    """Whether OpenSearch takes a value for a field of this kind, word for word."""
    match kind["type"]:
        case "keyword" | "text":
            return isinstance(value, str)
        case "integer":
            return type(value) is int and -(2**31) <= value < 2**31
        case "float":
            return isinstance(value, float)
        case "date":
            return len(value) == 10 and date.fromisoformat(value)
        case "nested":
            return all(
                name in kind["properties"] and fits(inner, kind["properties"][name])
                for row in value
                for name, inner in row.items()
            )
    return False


def exported(folder, file, *arguments):
    run(folder, "export", "search-index", "-o", file, *arguments)
    data = file.read_bytes()
    assert data.endswith(b"\n")
    lines = [json.loads(line) for line in data.decode().split("\n")[:-1]]
    return dict(zip((line["index"]["_id"] for line in lines[::2]), lines[1::2], strict=True)), lines


def test_passages_go_to_a_search_server_in_its_bulk_format(folder, tmp_path):
    file = tmp_path / "passages.ndjson"
    documents, lines = exported(folder, file)
    assert len(lines) == 2 * len(documents)  # each with a name of its own
    assert all(list(line) == ["index"] and list(line["index"]) == ["_id"] for line in lines[::2])
    assert all(len(name.encode()) <= 512 for name in documents)
    body = json.loads((tmp_path / "passages.ndjson.index.json").read_text())
    assert set(body) == {"settings", "mappings"}
    assert body["mappings"]["dynamic"] == "strict"
    properties = body["mappings"]["properties"]
    for content in documents.values():
        assert [n for n, v in content.items() if not fits(v, properties[n])] == []
    with textmine.open(folder) as lib:
        passages = list(lib.passages())
        findings = list(lib.findings())
    assert sorted(each["text"] for each in documents.values()) == sorted(p.text for p in passages)
    said = [
        (f"{content['sha256']}-{content['ordinal']}", finding["theme"], finding["start"])
        for content in documents.values()
        for finding in content["findings"]
    ]
    assert sorted(said) == sorted(
        (f"{row.sha256}-{row.passage.ordinal}", row.finding.theme, row.finding.start)
        for row in findings
    )


def test_a_search_server_gets_no_internal_document_unless_asked(folder, tmp_path):
    public, _ = exported(folder, tmp_path / "public.ndjson")
    every, _ = exported(folder, tmp_path / "every.ndjson", "--internal")
    assert MARK not in str(public)
    assert MARK in str(every)
    assert {e["visibility"] for e in every.values()} == {"public", "internal"}


def test_the_analyzers_of_the_index_are_defined(folder, tmp_path):
    exported(folder, tmp_path / "a.ndjson")
    body = json.loads((tmp_path / "a.ndjson.index.json").read_text())
    analysis = body["settings"]["analysis"]
    defined = [each for part in analysis.values() for each in part.values()]
    assert {each["type"] for each in defined} <= KINDS
    for analyzer in analysis["analyzer"].values():
        assert analyzer["tokenizer"] == "standard"
        assert set(analyzer["filter"]) <= BUILT_IN | set(analysis["filter"])
        assert set(analyzer["char_filter"]) <= set(analysis["char_filter"])
    text = body["mappings"]["properties"]["text"]
    used = {text["analyzer"], text["search_analyzer"], text["fields"]["exact"]["analyzer"]}
    assert used == set(analysis["analyzer"])
    rules = analysis["filter"]["other_names"]["synonyms"]
    assert "child, children" in rules
    assert not [rule for rule in rules if "=" in rule.replace("=>", "") or rule.endswith(" ")]


def test_a_search_index_is_written_whole_and_to_a_file(folder, tmp_path):
    assert "-o FILE.ndjson" in run(folder, "export", "search-index", code=2).stderr
    done = run(folder, "export", "search-index", "-o", tmp_path / "a.ndjson", "--limit=3", code=2)
    assert "leave out --limit" in done.stderr
