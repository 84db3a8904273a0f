"""Setting up: the doctor, settings, completion, and a folder that is watched."""

import json
import os
import signal
import subprocess
import sys
import time
import tomllib

import pytest
from click.testing import CliRunner

from textmine import Library
from textmine.cli import COMMANDS, _checks, cli
from textmine.fetching.arrivals import Arrivals


def run(*arguments, **env):
    return CliRunner().invoke(cli, [*map(str, arguments)], env=env)


@pytest.fixture
def config(tmp_path):
    def write(text):
        file = tmp_path / "config.toml"
        file.write_text(text, encoding="utf-8")
        return {"TEXTMINE_CONFIG": str(file)}

    return write


# -- doctor -------------------------------------------------------------------------------------


def examined(folder):
    result = run("doctor", "--library", folder, "--format", "json")
    return result, {row["check"]: row for row in json.loads(result.stdout)}


def test_a_sound_installation_without_a_library(tmp_path):
    result, rows = examined(tmp_path / "library")
    assert result.exit_code == 0, result.output
    assert rows["library"]["result"] == "optional"
    assert "textmine ingest" in rows["library"]["remedy"]
    assert rows["model of findings"]["result"] == rows["disk"]["result"] == "ok"
    assert not (tmp_path / "library").exists()


def test_a_missing_extra_comes_with_the_command_that_installs_it(tmp_path, monkeypatch):
    monkeypatch.setattr(_checks, "find_spec", lambda _: None)
    result, rows = examined(tmp_path)
    assert result.exit_code == 0
    assert rows["textmine[ocr]"]["remedy"] == "pip install 'textmine[ocr]'"


def test_every_extra_of_the_project_is_looked_for(request):
    project = tomllib.loads((request.config.rootpath / "pyproject.toml").read_text("utf-8"))
    assert set(_checks.EXTRAS) == set(project["project"]["optional-dependencies"])


def test_sqlite_without_fts5_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.setattr("index.maintenance.health.engines", lambda: ("fts4",))
    result, rows = examined(tmp_path)
    assert result.exit_code == 1
    assert rows["SQLite full-text search"]["result"] == "problem"


def test_a_damaged_library_is_a_problem(tmp_path):
    (tmp_path / "textmine.db").write_bytes(b"no database" * 1000)
    result, rows = examined(tmp_path)
    assert (result.exit_code, rows["library"]["result"]) == (1, "problem")


# -- settings -----------------------------------------------------------------------------------


def test_settings_say_where_each_comes_from(config, tmp_path):
    env = config('library = "mine"\nformat = "csv"\n')
    shown = run("config", "show", "--origin", **env, TEXTMINE_USER="Ann").stdout
    assert f'library = "{tmp_path / "mine"}"  # from: {tmp_path / "config.toml"}' in shown
    assert 'coder = "Ann"  # from: the environment, TEXTMINE_USER' in shown
    assert "# jobs =  # from: default" in shown


def test_what_is_shown_is_a_file_of_settings(config):
    shown = run("config", "show", **config("jobs = 2\n")).stdout
    assert tomllib.loads(shown)["jobs"] == 2
    assert run("types", **config(shown)).exit_code == 0


def test_a_setting_is_a_default_that_environment_and_options_win_over(config, tmp_path):
    env = config('library = "here"\nformat = "json"\n')
    missing = run("saved", "list", **env)
    assert (missing.exit_code, str(tmp_path / "here") in missing.stderr) == (4, True)
    there = run("status", **env, TEXTMINE_LIBRARY=str(tmp_path / "there"))
    assert str(tmp_path / "there") in there.stderr
    assert json.loads(run("types", **env).stdout)
    assert run("types", "--format", "csv", **env).stdout.startswith("type")


def test_the_ending_of_a_file_wins_over_the_format_that_is_set(config, tmp_path):
    run("types", "-o", tmp_path / "types.csv", **config('format = "json"\n'))
    assert (tmp_path / "types.csv").read_text("utf-8-sig").startswith("type,")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("libary = 'x'\n", "no setting 'libary'"),
        ("jobs = 'two'\n", "jobs must be a number"),
        ("jobs = \n", "line 1"),
    ],
)
def test_a_wrong_file_is_one_line(config, text, message):
    result = run("types", **config(text))
    assert (result.exit_code, result.stderr.count("\n")) == (5, 1)
    assert message in result.stderr


def test_a_file_that_is_named_and_not_there(tmp_path):
    assert run("types", TEXTMINE_CONFIG=str(tmp_path / "none.toml")).exit_code == 5


# -- completion ---------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell):
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_TEXTMINE_COMPLETE" in result.stdout


def test_the_script_completes_commands():
    code = "import sys; sys.argv[0] = 'textmine'; from textmine.cli import main; main()"
    asked = {"_TEXTMINE_COMPLETE": "bash_complete", "COMP_WORDS": "textmine ", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(COMMANDS) <= {line.partition(",")[2] for line in done.stdout.splitlines()}


# -- watch --------------------------------------------------------------------------------------


def test_a_file_arrives_when_it_is_complete(tmp_path):
    arrivals = Arrivals(tmp_path, settle=5)
    file = tmp_path / "letter.txt"
    file.write_text("", encoding="utf-8")
    now = time.time()
    assert not arrivals.look(now + 10)
    assert not arrivals.look(now + 20), "it is empty"
    file.write_text("Leaders know", encoding="utf-8")
    assert not arrivals.look(now + 30), "it has just changed"
    assert not arrivals.look(file.stat().st_mtime + 1), "it has not been left alone"
    [whole] = arrivals.look(now + 40)
    assert whole.path == file
    assert arrivals.look(now + 50), "nobody has taken it"
    arrivals.remember((whole,))
    assert not arrivals.look(now + 60)
    file.write_text("Leaders know their children well.", encoding="utf-8")
    assert not arrivals.look(now + 70)
    assert arrivals.look(now + 80)


def test_a_folder_that_is_not_there(tmp_path):
    result = run("watch", tmp_path / "none", "--library", tmp_path / "library")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_watch_reads_what_arrives_and_ends_cleanly(tmp_path):
    folder, library = tmp_path / "in", tmp_path / "library"
    folder.mkdir()
    (folder / "one.txt").write_text("Leaders know their children well.", encoding="utf-8")
    words = ["watch", str(folder), "--library", str(library), "--every", "0.2", "--settle", "0"]
    code = "from textmine.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, *words, "--jobs", "1"], stderr=subprocess.PIPE, text=True
    ) as watch:
        assert watch.stderr.readline().startswith("watching")
        assert "one.txt" in watch.stderr.readline()
        (folder / "two.txt").write_text("Visits to children are late.", encoding="utf-8")
        while "two.txt" not in watch.stderr.readline():
            assert watch.poll() is None
        watch.send_signal(signal.SIGTERM)
        assert "stopped" in watch.stderr.read()
    assert watch.returncode == 0
    with Library(library) as lib:
        assert lib.documents().total == 2
