"""The documentation says what the code does: commands, errors, links, the README's examples."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import corpus.errors
from corpus.errors import TextmineError
from textmine.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
ERRORS = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["cli.md", "columns.md", "search.md", "themes.md"])
def test_pages_made_from_the_code_are_current(name, script):
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == script("make_docs").pages()[name], "run: make docs"


def errors():
    classes = vars(corpus.errors).values()
    return [each for each in classes if isinstance(each, type) and issubclass(each, TextmineError)]


@pytest.mark.parametrize("error", errors(), ids=lambda error: error.__name__)
def test_every_error_is_explained_with_its_exit_code(error):
    assert f"`{error.__name__}`" in ERRORS
    assert f"| {error.exit_code} |" in ERRORS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target


def test_decisions_are_numbered_in_their_order():
    records = sorted((ROOT / "docs" / "adr").glob("*.md"))
    for number, record in enumerate(records, start=1):
        heading = record.read_text(encoding="utf-8")
        assert record.name.startswith(f"{number:04d}-")
        assert heading.startswith(f"# {number}. ")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_of_the_code_exist(page):
    """ADRs and the list of changes are of their day; all other pages are of today."""
    if page.parent.name == "adr" or page.name == "CHANGELOG.md":
        return
    for path in re.findall(r"`((?:corpus|index|textmine)/[\w/.*-]+)`", page.read_text("utf-8")):
        assert path.startswith("textmine/web") or list(ROOT.glob(path)), path


def examples():
    for block in README.split("```")[1::2]:
        for line in block.splitlines():
            if line.startswith("textmine "):
                yield line.partition("#")[0].strip()


@pytest.mark.parametrize("example", list(examples()))
def test_examples_of_the_readme_are_understood(example):
    """Each is parsed by the command line; options that do not exist would exit with 2."""
    name, *arguments = shlex.split(example)[1:]
    assert name in COMMANDS
    with cli.make_context("textmine", [name, *arguments]) as above:
        # As below the group: click remembers the help option of the first context.
        cli.get_command(above, name).make_context(name, arguments, parent=above)


def test_the_readme_names_every_command_that_help_names():
    listed = CliRunner().invoke(cli, ["--help"]).output
    assert all(name in listed for name in COMMANDS)


def test_the_version_stands_in_one_place():
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    import textmine  # noqa: PLC0415

    assert f'version = "{textmine.__version__}"' in pyproject
