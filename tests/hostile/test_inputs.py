"""Odd input on standard input, in theme files and in numbers is one line, never a traceback."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.errors import DataError, NotADocument, Unreadable, UsageError
from corpus.language.sentences import LONGEST, sentence_starts
from corpus.readers import read
from index.storage.database import create
from textmine.cli import cli
from textmine.themes import load_themes

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[" * 100_000, "nested too deeply"),
        ('{"id": 1, "text": "Children \\ud800 are seen."}', "half a character"),
        ('{"id": ' + 5_000 * "9" + ', "text": "x"}', "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_tag_refuses_odd_lines_with_their_number(line, said):
    done = CliRunner().invoke(cli, ["tag"], input=line)
    assert (done.exit_code, said in done.stderr, "line 1" in done.stderr) == (2, True, True)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "- [" + "[" * 50_000,
        "- id: 2024-01-01\n  label: 2024-99-99\n",
        "- {? [a, b] : c}\n",
        "- id: " + 10_000 * "9" + "\n",
        "- &a [*a]\n",
        "\x00",
    ],
)
def test_odd_theme_files_are_refused_with_file_and_line(tmp_path, text):
    file = tmp_path / "themes.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"themes\.yaml, line 1") as caught:
        load_themes(file)
    assert "\n" not in str(caught.value)


def test_a_theme_file_that_is_a_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "themes.yaml")
    with pytest.raises(DataError, match="regular file"):
        load_themes(tmp_path / "themes.yaml")


@pytest.mark.parametrize("text", [b"Visits are late.\n\f" * 2_000, b"Visits are late.\n" * 110_000])
def test_the_limit_of_pages_holds_for_texts_too(text):
    with pytest.raises(Unreadable, match="over the limit of 2,000 pages"):
        read(text, "a.txt")


@pytest.mark.parametrize(("letters", "problems"), [(32_767, ["text-cut"]), (9_000, [])])
def test_a_string_that_pdfium_cuts_is_noted(make_pdf, letters, problems):
    text = "late " * (letters // 5 + 1)
    raw = read(make_pdf([(50, 100, 6, False, text)]), "a.pdf")
    assert [(each.kind, each.page) for each in raw.problems] == [(kind, 1) for kind in problems]


@pytest.mark.parametrize("digits", [16, 400, 5_000])
def test_a_number_of_any_length_is_tagged(digits):
    text = f'{{"id": 1, "text": "There are {digits * "9"} children who are not seen often."}}\n'
    done = CliRunner().invoke(cli, ["tag", "--format", "jsonl"], input=text)
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_sentence_without_end_is_cut_between_words():
    text = "children are seen and " * 15_000
    starts = sentence_starts(text)
    assert max(b - a for a, b in zip(starts, [*starts[1:], len(text)], strict=True)) <= LONGEST
    assert all(text[start - 1].isspace() for start in starts[1:])
    assert sentence_starts("x" * 3 * LONGEST) == [0, LONGEST, 2 * LONGEST]


def test_a_text_that_speaks_of_pdf_is_a_text():
    raw = read(b"How a PDF begins: %PDF-1.7. Children are seen regularly.", "x.txt")
    assert raw.media_type == "text/plain"


def test_mail_is_refused_by_name():
    mail = f"From: a@example.org\nMIME-Version: 1.0\nMessage-ID: <1@x>\n\n{60 * 'Text. '}"
    for first in ("", "From a@example.org Mon Jan  1 10:00:00 2024\n"):
        with pytest.raises(NotADocument, match="e-mail"):
            read(f"{first}{mail}".encode(), "letter.eml")
    raw = read(b"To: Director\nFrom: Lead inspector\n\nVisits are late.", "memo.txt")
    assert raw.media_type == "text/plain"


def test_marks_that_turn_the_direction_of_writing_are_left_out():
    raw = read("Visits \u202eera\u202c late.\u2066".encode(), "x.txt")
    assert [line.text for page in raw.pages for line in page.lines] == ["Visits era late."]


def test_the_database_is_its_owners_alone(tmp_path):
    with create(tmp_path / "library"):
        modes = {
            path.name: stat.S_IMODE(path.stat().st_mode)
            for path in (tmp_path / "library", *(tmp_path / "library").iterdir())
        }
    assert modes.pop("library") == 0o700
    assert set(modes.values()) == {0o600}


def test_time_limits_hold_outside_sqlite_too(tmp_path):
    with create(tmp_path / "library") as db:
        with db.deadline(-1), pytest.raises(UsageError, match="too long"):
            db.check_deadline()
        db.check_deadline()


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize("name", ["TERM", "HUP"])
def test_a_signal_ends_a_command_as_an_interruption_does(name):
    command = (
        "import os, signal; from textmine.cli import main, cli;"
        " cli.invoke = lambda *_: os.kill(os.getpid(), signal.SIG" + name + ");"
        " main()"
    )
    # The handler is what main sets: the command itself is replaced by the signal.
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode not in {0, -15, -1}
    assert "Traceback" not in done.stderr
