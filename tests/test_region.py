"""The pack for a region: what it states, where that is printed, and what it leaves out."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import textmine
from index.storage import texts
from textmine.cli import cli

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("region") / "library"
    claims = SAMPLES / "self_evaluations" / "eastmere annual self-assessment slides.pdf"
    with textmine.open(path) as lib:
        paths = [SAMPLES / "reports", claims]
        list(lib.ingest(paths, register=SAMPLES / "authorities.csv", jobs=2))
    return path


def run(folder, *arguments):
    return CliRunner().invoke(cli, [*map(str, arguments), "--library", str(folder)])


@pytest.fixture(scope="module")
def regions(folder):
    with textmine.open(folder) as lib:
        found = {each.region for each in lib.authorities() if each.documents and each.region}
    return sorted(found)


def test_every_quote_stands_in_its_document(folder, regions):
    with textmine.open(folder) as lib:
        for region in regions:
            pack = lib.region_pack(region)
            whole = {}
            for section in pack.sections:
                for each in section.evidence():
                    if hasattr(each, "sha256"):
                        text = whole.setdefault(each.document, texts.text(lib._db, each.document))
                        assert text[each.start : each.end] == each.text


def test_one_question_for_each_authority(folder, regions):
    with textmine.open(folder) as lib:
        for region in regions:
            pack = lib.region_pack(region)
            members = {e.key for e in lib.authorities() if e.region == region and e.documents}
            (questions,) = (part for part in pack.sections if part.key == "questions")
            asked = {line.key.removeprefix("ask-") for line in questions.lines}
            assert asked <= members
            assert len(asked) == len(questions.lines) > 0


def test_internal_documents_only_when_asked_for(folder, regions):
    with textmine.open(folder) as lib:
        quoted = [lib.region_pack(region) for region in regions]
        assert not any(pack.internal for pack in quoted)


@pytest.mark.parametrize("suffix", [".md", ".html", ".docx"])
def test_a_pack_in_every_form(folder, regions, tmp_path, suffix):
    file = tmp_path / f"pack{suffix}"
    result = run(folder, "region", regions[0], "-o", file)
    assert result.exit_code == 0, result.output
    statements = json.loads((tmp_path / f"pack{suffix}.json").read_text(encoding="utf-8"))
    assert statements["title"] == "Pack for the region"
    if suffix == ".docx":
        with zipfile.ZipFile(file) as archive:
            text = archive.read("word/document.xml").decode()
    else:
        text = file.read_text(encoding="utf-8")
    assert "Pack for the region" in text
    assert "Where each stands" in text


def test_part_of_a_name_is_enough_and_an_unknown_one_says_which_there_are(folder, regions):
    assert run(folder, "region", regions[0][:-1]).exit_code == 0
    unknown = run(folder, "region", "Atlantis")
    assert (unknown.exit_code, regions[0] in unknown.stderr) == (2, True)
    form = run(folder, "region", regions[0], "-o", "pack.txt")
    assert (form.exit_code, "end the name in" in form.stderr) == (2, True)
    early = run(folder, "region", regions[0], "--as-of", "1999-01-01")
    assert (early.exit_code, "no documents" in early.stderr) == (2, True)
