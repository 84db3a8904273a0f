import csv
import io
import json
import re

import pytest

from textmine.outputs import OUTPUTS
from textmine.outputs.replacing import replacing

ROWS = (
    {"authority": "Marlowshire", "n": 3, "judgements": {"overall": "good"}, "list": ["a", "b"]},
    {"authority": "=cmd()", "n": -1, "judgements": {"leaders": "inadequate"}, "list": []},
)


def written(name, rows=ROWS):
    out = io.BytesIO() if OUTPUTS[name].binary else io.StringIO()
    OUTPUTS[name](iter(rows), out)
    return out.getvalue()


def test_json_keeps_nested_values():
    assert json.loads(written("json")) == [dict(row) for row in ROWS]
    assert [json.loads(line) for line in written("jsonl").splitlines()] == list(ROWS)


def test_csv_flattens_and_takes_the_sting_out_of_formulas():
    first, second = csv.DictReader(io.StringIO(written("csv")))
    assert first == {
        "authority": "Marlowshire",
        "n": "3",
        "judgements.overall": "good",
        "list": "a; b",
        "judgements.leaders": "",
    }
    assert second["authority"] == "'=cmd()"
    assert second["n"] == "-1"


def test_markdown_escapes_what_would_break_a_row():
    text = written("md", [{"a": "x|y\nz"}])
    assert text.splitlines() == ["| a |", "| --- |", "| x\\|y z |"]


def test_a_table_holds_every_value():
    text = written("table")
    assert all(word in text for word in ("Marlowshire", "inadequate", "a; b"))


def test_a_terminal_too_narrow_for_the_columns_gets_a_block_for_each_row(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    def shown(width):
        monkeypatch.setenv("COLUMNS", str(width))
        terminal = Terminal()
        OUTPUTS["table"]([{"authority": "Durham", "n": 0, "note": None}] * 2, terminal)
        plain = re.sub(r"\x1b\[\d*m", "", terminal.getvalue())
        return [" ".join(line.split()) for line in plain.splitlines()]

    monkeypatch.setenv("TERM", "xterm")
    assert shown(18) == ["authority n note", "--------- - ----", "Durham 0", "Durham 0"]
    assert shown(17) == ["authority: Durham", "· n: 0", ""] * 2


def test_a_table_takes_brackets_for_words():
    assert "[bold]" in written("table", [{"a": "[bold] not markup"}])


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_output_takes_no_rows(name):
    assert isinstance(written(name, ()), bytes if OUTPUTS[name].binary else str)


def test_a_file_is_replaced_when_all_is_written_and_else_left(tmp_path):
    file = tmp_path / "out.csv"
    file.write_text("old", encoding="utf-8")

    def fill_the_disk():
        with replacing(file) as new:
            new.write_text("half", encoding="utf-8")
            raise OSError(28, "the disk is full")

    with pytest.raises(OSError, match="full"):
        fill_the_disk()
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert file.read_text(encoding="utf-8") == "old"
    with replacing(file) as new:
        new.write_text("whole", encoding="utf-8")
    assert file.read_text(encoding="utf-8") == "whole"
