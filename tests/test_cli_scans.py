"""Scans through the command line: partial with the fix, and read when that is done."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.readers import ocr
from index.storage.database import FILE_NAME
from textmine.cli import cli

SCAN = Path(__file__).resolve().parents[1] / "samples" / "self_evaluations" / "letter (scan).pdf"


def run(library, *arguments):
    return CliRunner().invoke(cli, [*arguments, "--library", str(library)])


def test_a_scan_that_is_not_read_is_partial_with_the_reason_and_the_fix(tmp_path):
    done = run(tmp_path / "library", "ingest", str(SCAN), "--ocr", "never")
    assert done.exit_code == 0
    assert "partial" in done.stderr + done.stdout
    assert "pip install 'textmine[ocr]'" in done.stderr + done.stdout


@pytest.mark.skipif(not ocr.available(), reason="needs pip install 'textmine[ocr]'")
def test_refresh_reads_the_scans_that_wait(tmp_path):
    library = tmp_path / "library"
    run(library, "ingest", str(SCAN), "--ocr", "never")
    assert "out of date" not in run(library, "status").stderr
    with closing(sqlite3.connect(library / FILE_NAME)) as db, db:
        db.execute("DELETE FROM given")  # as if the extra had not been there
    assert "1 document out of date" in run(library, "status").stderr
    assert run(library, "refresh").exit_code == 0
    assert "caseloads" in run(library, "search", "caseloads").stdout
    assert "out of date" not in run(library, "status").stderr
