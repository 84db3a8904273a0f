"""The web site of the documentation: whole, without hosts of others, and strict about links."""

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def tree(tmp_path):
    """README, docs/ and the pages beside them, to change."""
    folder = tmp_path / "tree"
    shutil.copytree(ROOT / "docs", folder / "docs")
    for page in ROOT.glob("*.md"):
        shutil.copyfile(page, folder / page.name)
    return folder


@pytest.fixture
def build(script):
    return script("make_site").build


def test_every_page_is_there_and_loads_nothing_from_elsewhere(build, tree, tmp_path):
    assert build(tree, tmp_path / "site") == 0
    made = list((tmp_path / "site" / "html").rglob("*.html"))
    assert len(made) > len(list((tree / "docs").rglob("*.md")))
    loads = (
        r"<(?:script|img|iframe|source)\b[^>]*?\bsrc=\"?(https?:)?//|<link\b[^>]*?href=\"?https?:"
    )
    assert [page for page in made if re.search(loads, page.read_text(encoding="utf-8"))] == []


def test_a_broken_link_ends_the_build(build, tree, tmp_path):
    with (tree / "docs" / "tutorial.md").open("a", encoding="utf-8") as page:
        page.write("\n[Nothing](how-to/operator.md#no-such-heading)\n")
    assert build(tree, tmp_path / "site") != 0
