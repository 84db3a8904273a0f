"""What the documents claim of the code's shape: layers, sizes, light imports, clean files."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import textmine

ROOT = Path(__file__).resolve().parents[1]

RUN_AND_TELL = """
import sys
from textmine.cli import main
code = 0
try:
    main()
except SystemExit as stop:
    code = stop.code
loaded = {"spacy", "pdfplumber", "numpy"}.intersection(sys.modules)
print("CODE", code, "LOADED", *sorted(loaded), file=sys.stderr)
"""


def run(*command):
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def told(*arguments):
    """What `textmine` with these arguments says of itself: its exit code and what it loaded."""
    result = run("-c", RUN_AND_TELL, *arguments)
    assert "CODE" in result.stderr, result.stderr
    return result.stderr.splitlines()[-1]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """A library with one small document, read by another process."""
    folder = tmp_path_factory.mktemp("architecture")
    document = folder / "note.txt"
    document.write_text("Leaders know their children well. Visits are not always timely.\n")
    told("ingest", str(document), "--library", str(folder / "library"))
    return folder / "library"


def test_imports_point_down_and_records_import_nothing():
    # The console script's module: import-linter has no `python -m`.
    result = run("-c", "from importlinter.cli import lint_imports_command as go; go()")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("script", ["check_limits.py", "check_secrets.py"])
def test_the_check_scripts_find_nothing(script):
    result = run(f"scripts/{script}")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("arguments", [(), ("--version",), ("--help",), ("search", "--help")])
def test_help_loads_neither_spacy_nor_pdf_libraries(arguments):
    assert told(*arguments).endswith("LOADED")


def test_a_search_loads_neither_spacy_nor_pdf_libraries(library):
    assert told("search", "children", "--library", str(library)) == "CODE 0 LOADED"


def test_the_shim_runs_the_same_command_line():
    result = run("cli.py", "--version")
    assert result.returncode == 0, result.stderr
    assert textmine.__version__ in result.stdout


FEW_ARGUMENTS = {("attribution.py", "_rules"), ("data.py", "rules")}
"""Caches by an argument that has few values: a body, a rule file."""


def caches():
    """Every function of the tree with a cache: file, name, decorator, whether it has arguments."""
    for package in ("corpus", "index", "textmine"):
        for file in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    for decorator in map(ast.unparse, node.decorator_list):
                        if "cache" in decorator and "cached_property" not in decorator:
                            yield file.name, node.name, decorator, bool(node.args.args)


@pytest.mark.parametrize(("file", "name", "decorator", "arguments"), sorted(caches()))
def test_every_cache_is_bounded(file, name, decorator, arguments):
    """A process that reads or answers for weeks must not grow."""
    if decorator.startswith("lru_cache("):
        assert "maxsize=None" not in decorator
    else:
        assert not arguments or (file, name) in FEW_ARGUMENTS, f"{name} of {file}"


MOST_MODULES = 15
ONE_EACH = {"cli", "doctypes", "themes", "pages"}
"""Folders with one module for each command, document type or theme."""


def test_no_room_is_too_full():
    for package in ("corpus", "index", "textmine"):
        for folder in (ROOT / package, *(ROOT / package).rglob("*/")):
            modules = [file for file in folder.glob("*.py") if file.name != "__init__.py"]
            assert len(modules) <= MOST_MODULES or folder.name in ONE_EACH, folder


def test_what_comes_with_the_program_is_data_that_runs_nothing():
    kinds = {
        path.suffix for room in ("corpus", "index", "textmine") for path in (ROOT / room).rglob("*")
    }
    assert not kinds & {".pkl", ".pickle", ".joblib", ".pt", ".so", ".dll", ".exe"}
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "textmine").rglob("*.py"))
    assert "allow_pickle=True" not in code
    assert code.count("pickle.load") == 0, "only plain_records reads pickles, of records of ours"
