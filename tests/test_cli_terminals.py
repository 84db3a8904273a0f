"""Where answers go: terminals of every width, pipes that close, disks that are full."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from textmine.cli import cli

ROOT = Path(__file__).resolve().parents[1]
THEMES = [sys.executable, str(ROOT / "cli.py"), "themes"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and devices of Unix")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("terminals")
    document = folder / "note.txt"
    document.write_text("Leaders know their children well. Visits are not always timely.\n")
    library = folder / "library"
    result = CliRunner().invoke(cli, ["ingest", str(document), "--library", str(library)])
    assert result.exit_code == 0, result.output
    return library


@pytest.mark.parametrize("output", ["table", "csv", "jsonl"])
def test_a_pipe_that_closes_early_ends_the_command_quietly(output):
    with subprocess.Popen(
        [*THEMES, "--format", output], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as command:
        command.stdout.close()
        assert command.stderr.read() == b""
    assert command.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is full")
@pytest.mark.parametrize("output", ["table", "csv"])
def test_a_full_disk_is_one_line(output):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*THEMES, "--format", output],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "Error: cannot write the output: No space left on device\n"


def test_an_output_that_the_shell_closed_is_no_error():
    done = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", *THEMES], check=False)
    assert done.returncode == 0


def test_no_color_leaves_marks_that_need_none(library):
    asked = ["search", "children", "--library", str(library)]
    coloured = CliRunner().invoke(cli, asked, color=True)
    plain = CliRunner(env={"NO_COLOR": "1"}).invoke(cli, asked, color=True)
    assert "\x1b[" in coloured.stdout
    assert "\x1b[" not in plain.stdout
    assert "*children*" in plain.stdout


@pytest.mark.parametrize("command", [("findings", "--limit"), ("show", "1", "--passage")])
def test_a_number_beyond_all_is_refused(library, command):
    done = CliRunner().invoke(cli, [*command, "9" * 20, "--library", str(library)])
    assert done.exit_code == 2
    assert "a number is too large" in done.stderr


@pytest.mark.parametrize("which", ["--failed", "--problems"])
def test_a_status_without_trouble_says_so(library, which):
    done = CliRunner().invoke(cli, ["status", which, "--library", str(library)])
    assert (done.exit_code, done.stderr.startswith("no ")) == (0, True)
