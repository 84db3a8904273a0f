"""The documentation says what the code does; tests/test_examples.py runs its examples."""

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

import textmine
from textmine.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_pages_made_from_the_code_are_current(script):
    for name, text in script("make_docs").pages().items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, f"{name}: run make docs"


def test_every_field_of_a_document_is_explained(sample_library, script):
    fields = script("reference_pages").fields_of_types()
    with textmine.open(sample_library, internal=True) as library:
        for document in library.documents():
            for field in library.show(document.id).entry.document.fields:
                known = fields[document.doc_type]
                assert field.name in known or re.search(r"_(?!1)\d$", field.name), field.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target


def test_decisions_are_numbered_in_their_order():
    records = sorted((ROOT / "docs" / "adr").glob("0*.md"))
    for number, record in enumerate(records, start=1):
        heading = record.read_text(encoding="utf-8")
        assert record.name.startswith(f"{number:04d}-")
        assert heading.startswith(f"# {number}. ")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_paths_of_the_code_exist(page):
    """ADRs and the list of changes are of their day; all other pages are of today."""
    if page.parent.name == "adr" or page.name == "CHANGELOG.md":
        return
    for path in re.findall(r"`((?:corpus|index|textmine)/[\w/.*-]+)`", page.read_text("utf-8")):
        assert path.startswith("textmine/web") or list(ROOT.glob(path)), path


def test_the_readme_names_every_command_that_help_names():
    listed = CliRunner().invoke(cli, ["--help"]).output
    assert all(name in listed for name in COMMANDS)


def test_every_extra_is_explained_to_operators():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "how-to" / "operator.md").read_text(encoding="utf-8")
    assert [name for name in project["optional-dependencies"] if f"[{name}]`" not in page] == []
