"""Builds README, docs/ and the pages beside them as a web site in site/, with Zensical.

The pages are copied to site/pages with the folders of the repository, so that links are the same
here and there. Broken links end the build. Every page of docs/ is in the menu by its folder.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
READERS = ("researcher", "inspector", "operator", "maintainer")
"""The how-to guides that come first, by reader."""

CONFIG = """\
[project]
site_name = "textmine"
site_description = "Find, count and compare what inspectors say about children's services"
docs_dir = "pages"
site_dir = "html"
extra_css = ["site.css"]
nav = {nav}

[project.theme]
font = false
features = [
    "content.code.copy", "navigation.footer", "navigation.path", "navigation.sections",
    "navigation.top", "search.highlight", "toc.follow",
]

[[project.theme.palette]]
media = "(prefers-color-scheme: light)"
scheme = "default"
toggle.icon = "lucide/sun"
toggle.name = "Dark mode"

[[project.theme.palette]]
media = "(prefers-color-scheme: dark)"
scheme = "slate"
toggle.icon = "lucide/moon"
toggle.name = "Light mode"

[project.markdown_extensions.toc]
permalink = true

[project.markdown_extensions.pymdownx.highlight]
pygments_lang_class = true

[project.markdown_extensions.pymdownx.superfences]
"""


STYLE = ".language-console .md-code__nav { display: none }\n"
"""Sessions have prompts and outputs: nobody wants to copy them whole."""


def menu(docs: Path) -> list[dict[str, str | list[str]]]:
    """The menu: a page, or a heading with the pages of a folder by name."""

    def pages(folder: str, *first: str) -> list[str]:
        rest = sorted(page.stem for page in (docs / folder).glob("*.md"))
        names = [*first, *(name for name in rest if name not in first)]
        return [f"docs/{folder}/{name}.md" for name in names]

    return [
        {"textmine": "README.md"},
        {"Tutorial": "docs/tutorial.md"},
        {"How-to guides": pages("how-to", *READERS)},
        {"Reference": pages("reference")},
        {"Explanation": pages("explanation", "findings", "numbers", "accuracy")},
        {"For maintainers": [*BESIDE[1:], "docs/architecture.md"]},
        {"Decisions": pages("adr", "README")},
    ]


def build(source: Path, site: Path) -> int:
    """Builds the site of a tree in a new folder; the exit code of Zensical."""
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(source / "docs", site / "pages" / "docs")
    for name in BESIDE:
        shutil.copyfile(source / name, site / "pages" / name)
    (site / "pages" / "site.css").write_text(STYLE, encoding="utf-8")
    nav = json.dumps(menu(source / "docs")).replace('": ', '" = ')
    (site / "zensical.toml").write_text(CONFIG.replace("{nav}", nav), encoding="utf-8")
    command = [sys.executable, "-m", "zensical", "build", "--strict", "-f", "zensical.toml"]
    return subprocess.run(command, cwd=site, check=False).returncode


if __name__ == "__main__":
    sys.exit(build(ROOT, ROOT / "site"))
