"""What is compiled says what its source says, and the interpreter finds the same without it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PIPELINE = "textmine/pipeline"
INVENTED = ROOT / "tests" / "gold" / "invented.jsonl"

TAG_ALL = f"""
import json, textmine.pipeline as pipeline
from textmine.pipeline import Tagger, TagInput
from textmine.themes import load_themes

rows = [json.loads(line) for line in open({str(INVENTED)!r}, encoding="utf-8")]
inputs = [TagInput(row["text"], row["kind"], row["section"]) for row in rows]
print(pipeline.__file__)
for said in Tagger(load_themes()).tag_all(inputs):
    print(said)
"""


@pytest.fixture(scope="module")
def compiler(script):
    return script("compile_modules")


@pytest.fixture
def elsewhere(compiler, monkeypatch, tmp_path):
    """A checkout of its own for the compiler, with one module."""
    monkeypatch.setattr(compiler, "ROOT", tmp_path)
    monkeypatch.setattr(compiler, "BUILD", tmp_path / "build")
    monkeypatch.setattr(compiler, "NOTE", tmp_path / "build" / "note")
    (tmp_path / PIPELINE).mkdir(parents=True)
    (tmp_path / PIPELINE / "one.py").write_text("", encoding="utf-8")
    return tmp_path


def said_in(folder) -> list[str]:
    """Which file the tagger comes from, then what it says of each invented paragraph."""
    done = subprocess.run(
        [sys.executable, "-c", TAG_ALL],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_what_is_compiled_is_what_the_sources_say(compiler) -> None:
    libraries = list(compiler.compiled())
    assert not libraries or compiler.is_current(), "a module has changed: make compile"


@pytest.mark.slow
def test_compiled_or_not_the_findings_are_the_same(compiler, tmp_path) -> None:
    if not list(compiler.compiled()):
        pytest.skip("nothing is compiled here: make compile, where there is a C compiler")
    for package in ("textmine", "index", "corpus"):
        ignored = shutil.ignore_patterns("*.so", "*.pyd", "__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    interpreted, *found = said_in(tmp_path)
    compiled, *found_by_compiled = said_in(ROOT)
    assert interpreted.endswith(".py")
    assert not compiled.endswith(".py")
    assert found == found_by_compiled
    assert len(found) == INVENTED.read_text(encoding="utf-8").count("\n")


def test_without_a_compiler_nothing_is_compiled(compiler, elsewhere, monkeypatch) -> None:
    monkeypatch.setenv("CC", "no-such-compiler")
    assert "the interpreter runs all" in compiler.made()
    assert not list(compiler.compiled())
    assert list(elsewhere.rglob("*.py"))


def test_what_cannot_be_compiled_is_left_to_the_interpreter(
    compiler, elsewhere, monkeypatch
) -> None:
    def fail() -> None:
        (elsewhere / "half.so").touch()
        sys.stdout.write("one.py:1: error: what is this?\n")
        raise SystemExit(1)

    monkeypatch.setattr(compiler, "_has_compiler", lambda: True)
    monkeypatch.setattr(compiler, "_compile", fail)
    said = compiler.made()
    assert "what is this?" in said
    assert said.endswith("the interpreter runs all modules.")
    assert not list(compiler.compiled())
    assert compiler.is_current()  # it is not tried again before something changes
    (elsewhere / PIPELINE / "one.py").write_text("one = 1\n", encoding="utf-8")
    assert not compiler.is_current()
