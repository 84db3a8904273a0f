"""The samples are current, whole, and nobody real."""

import csv
import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
REGISTER = ROOT / "corpus" / "register" / "authorities.csv"
MADE = ("reports", "broken", "expected.jsonl")

EXPECTED = [
    json.loads(line)
    for line in (SAMPLES / "expected.jsonl").read_text(encoding="utf-8").splitlines()
]

ILACS = [row for row in EXPECTED if row["doc_type"] == "ilacs_inspection"]


def _files(root: Path) -> dict[str, bytes]:
    """Every made file by its path under `root`."""
    found = [path for name in MADE for path in (root / name, *(root / name).rglob("*"))]
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in found if path.is_file()
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _pages(path: Path) -> list[str]:
    if path.suffix == ".html":
        return [path.read_text(encoding="utf-8")]
    with closing(pypdfium2.PdfDocument(path)) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_making_them_again_gives_the_same_bytes(tmp_path: Path):
    subprocess.run([sys.executable, str(SAMPLES / "make.py"), "--out", str(tmp_path)], check=True)
    made, committed = _files(tmp_path), _files(SAMPLES)
    assert sorted(made) == sorted(committed)
    assert [name for name in made if made[name] != committed[name]] == []


def test_every_report_is_expected_and_described():
    reports = {path for path in _files(SAMPLES) if path.startswith("reports/")}
    assert {row["path"] for row in EXPECTED} == reports
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [path for path in reports if f"`{path.removeprefix('reports/')}`" not in readme] == []


def test_there_are_enough_of_them_and_they_are_small():
    authorities = [row["authority"] for row in EXPECTED if row["authority"]]
    assert len(EXPECTED) >= 8
    assert len(set(authorities)) >= 4
    assert min(authorities.count(name) for name in authorities) >= 2
    assert sum(len(data) for data in _files(SAMPLES).values()) < 1_500_000


@pytest.mark.parametrize("row", ILACS, ids=lambda row: row["path"])
def test_a_report_has_what_is_expected_of_it(row: dict[str, object]):
    pages = _pages(SAMPLES / str(row["path"]))
    assert len(pages) == row["n_pages"]
    bullets = sum(text.count(mark) for text in pages for mark in ("\uf06e", "\u25fc"))
    assert bullets == row["n_recommendations"]
    assert str(row["lead_inspector"] or "Inspection dates") in pages[0]
    assert ("Lead inspector" in pages[0]) == (row["lead_inspector"] is not None)


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["path"])
def test_a_document_names_its_authority_and_says_that_it_is_invented(row: dict[str, object]):
    pages = [" ".join(text.split()) for text in _pages(SAMPLES / str(row["path"]))]
    assert str(row["authority"] or row["provider"]) in pages[0]
    assert "invented" in pages[-1] or "made up" in pages[-1]


def test_the_foot_of_one_report_contradicts_its_heading():
    pages = _pages(
        SAMPLES / "reports/9990001_marlowshire/children's services inspection - 18 may 2022.pdf"
    )
    assert "28 March to 8 April 2022" in pages[0]
    assert "28 March to 1 April 2022" in pages[1]


def test_the_broken_files_are_broken():
    assert (SAMPLES / "broken/not-a-report.pdf").read_bytes().startswith(b"<!DOCTYPE html>")
    cut = (SAMPLES / "broken/cut-short.pdf").read_bytes()
    assert cut.startswith(b"%PDF-")
    assert b"%%EOF" not in cut


def test_each_folder_carries_its_authoritys_number():
    names = {row["urn"]: row["name"] for row in _rows(SAMPLES / "authorities.csv")}
    for row in EXPECTED:
        urn = str(row["path"]).split("/")[1].split("_")[0]
        assert names.get(urn) == row["authority"]


@pytest.mark.skipif(not REGISTER.exists(), reason="the register is not there")
def test_no_sample_authority_is_real():
    ours, real = _rows(SAMPLES / "authorities.csv"), _rows(REGISTER)
    assert list(ours[0]) == list(real[0])
    for column in ("key", "name", "urn", "gss", "former_gss", "la_code"):
        taken = {row[column].casefold() for row in real if row[column]}
        assert taken.isdisjoint({row[column].casefold() for row in ours})
    keys = {row["key"] for row in ours}
    for row in ours:
        assert set(filter(None, f"{row['successors']};{row['neighbours']}".split(";"))) <= keys
    assert {row["region"] for row in ours} <= {row["region"] for row in real}
    assert {row["kind"] for row in ours} <= {row["kind"] for row in real}
