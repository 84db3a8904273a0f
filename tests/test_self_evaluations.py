"""The sample self-evaluations: current, and read as their author wrote them."""

import json
import re
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import pytest
import yaml

from corpus.assemble import assemble
from corpus.model import Source
from corpus.readers import ocr, read, table_reader
from corpus.register.authorities import Register

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
FOLDER = SAMPLES / "self_evaluations"
EXPECTED = [
    json.loads(line)
    for line in (FOLDER / "expected.jsonl").read_text(encoding="utf-8").splitlines()
]
ASSIGNED = 0.95
WORDS_RIGHT = 0.97

scans = pytest.mark.skipif(not ocr.available(), reason="needs pip install 'textmine[ocr]'")


def is_scan(path):
    return "(scan)" in path


@pytest.fixture(scope="module")
def document():
    register, known = Register.load(SAMPLES / "authorities.csv"), {}

    def of(name):
        if is_scan(name) and not ocr.available():
            pytest.skip("needs pip install 'textmine[ocr]'")
        if name not in known:
            data = (FOLDER / name).read_bytes()
            source = Source(path=name, sha256="0" * 64, size=len(data))
            raw = read(data, name)
            known[name] = assemble(raw, source, register=register, tables=table_reader(data))
        return known[name]

    return of


def folded(text):
    return " ".join(re.findall(r"\w+", text.lower()))


def answers(document):
    """The kind of section of each passage, by its words."""
    return [
        (folded(document.text[p.start : p.end]), document.sections[p.section].kind)
        for p in document.passages
    ]


def test_making_them_again_gives_the_same_bytes(tmp_path):
    script = str(SAMPLES / "claims.py")
    subprocess.run([sys.executable, script, "--out", str(tmp_path)], check=True)
    made = {path.name: path.read_bytes() for path in (tmp_path / FOLDER.name).iterdir()}
    committed = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    assert {name for name in committed if not is_scan(name)} == set(made)
    assert [name for name in made if made[name] != committed[name]] == []


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["path"])
def test_it_is_recognised_as_a_claim_of_its_authority(row, document):
    found = document(row["path"])
    facts = {field.name: field.value for field in found.fields}
    assert (found.doc_type, found.voice, found.visibility) == (
        "self_evaluation",
        "authority",
        "internal",
    )
    assert (facts["authority"], facts["as_at"]) == (row["authority"], row["as_at"])
    assert {passage.voice for passage in found.passages} == {"authority"}
    assert found.judgements == found.problems == ()


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["path"])
def test_every_text_is_one_passage_under_its_question(row, document):
    found = answers(document(row["path"]))
    wrong = [
        (kind, text)
        for kind, text in row["passages"]
        if [got for words, got in found if folded(text) in words] != [kind]
    ]
    assert len(wrong) <= (1 - ASSIGNED) * len(row["passages"]), wrong


def test_all_of_them_together():
    """The share asked for holds over the samples; here every one is right."""
    assert len(EXPECTED) >= 6
    assert sum(len(row["passages"]) for row in EXPECTED) > 80


def test_rows_of_tables_keep_their_cells(document):
    found = document("harrowfield and lacey vale self evaluation.docx")
    rows = [found.text[p.start : p.end] for p in found.passages if p.kind == "table_row"]
    assert rows[1] == "Re-referrals within a year | 24% | 19% | 21%"


def test_cells_of_a_ruled_table_are_those_that_were_drawn(document):
    found = document("marlowshire self-evaluation 2023.pdf")
    rows = [found.text[p.start : p.end] for p in found.passages if p.kind == "table_row"]
    text = (SAMPLES / "claims" / "2023_marlowshire_tables.yaml").read_text(encoding="utf-8")
    [drawn] = [block["t"] for block in yaml.safe_load(text)["blocks"] if "t" in block]
    assert rows == [" | ".join(row) for row in drawn]


@scans
def test_a_scanned_letter_is_read_word_for_word():
    raw = read((FOLDER / "letter (scan).pdf").read_bytes(), "letter.pdf")
    got = [word for page in raw.pages for line in page.lines for word in line.text.split()]
    wanted = (SAMPLES / "claims" / "letter.txt").read_text(encoding="utf-8").split()
    blocks = SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    assert sum(block.size for block in blocks) >= WORDS_RIGHT * len(wanted)
    assert all(page.recognised and page.recognised > 0.9 for page in raw.pages)
