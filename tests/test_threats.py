"""The table of threats in SECURITY.md: every row names tests that are there, and run."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROWS = re.findall(r"^\| (\d+) \|(.+)\|$", (ROOT / "SECURITY.md").read_text("utf-8"), re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_threat_has_a_row():
    assert [int(number) for number, _ in ROWS] == list(range(1, 23))


@pytest.mark.parametrize(("number", "row"), ROWS, ids=[number for number, _ in ROWS])
def test_a_row_says_what_stops_the_threat_and_which_tests_prove_it(number, row):
    wrong, stops, proof = (cell.strip() for cell in row.split(" | "))
    assert wrong, number
    assert stops, number
    named = TEST.findall(proof)
    assert named
    assert "".join(TEST.split(proof)[::3]).strip(" ,") == "", "nothing but tests is named"
    for file, test in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert test in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
