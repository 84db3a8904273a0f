"""What the tests of hostile files share: the scripts that make them, and the counts at the end."""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from textmine.cli import cli

RAW = set("\x1b\x07\u202e\x9b\x00")
"""Signs that must not reach a terminal."""


@pytest.fixture(scope="session")
def maker():
    """Loads a script of this folder: `maker("make_files")`."""

    def load(name):
        path = Path(__file__).with_name(f"{name}.py")
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture
def account(record_property):
    """Records what became of files, for the line at the end of the run."""

    def record(door, outcomes):
        counts = Counter(outcomes)
        record_property("hostile", f"{door}: {counts.total()} ({_outcomes(counts)})")

    return record


def _outcomes(counts):
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))


@pytest.fixture(scope="session")
def say():
    """Runs a command; its exit code, where it says in one printable line what is wrong."""

    def run(*words, codes, **more):
        done = CliRunner().invoke(cli, [*map(str, words)], **more)
        told = f"{words}: {done.exit_code} {done.stderr[-500:]} {done.exception!r}"
        assert done.exit_code in codes, told
        data = "--format" in words or "--get" in words  # for programs, not for a terminal
        assert not RAW & set(done.stderr if data else done.output), told
        if done.exit_code > 1:
            errors = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
            assert len(errors) == 1, told
            assert len(errors[0]) < 1_000, told
        return done

    return run
