"""A release: version, changes and container file agree with what is here."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import textmine

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def release(tmp_path, monkeypatch):
    """The release script, on a small checkout of its own."""
    monkeypatch.syspath_prepend(ROOT / "scripts")
    import release  # noqa: PLC0415

    (tmp_path / "textmine").mkdir()
    (tmp_path / "textmine" / "__init__.py").write_text('__version__ = "0.9.0"\n', "utf-8")
    monkeypatch.setattr(release, "ROOT", tmp_path)
    monkeypatch.setattr(release, "output", lambda *_: "")
    return release


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ("## Unreleased\n\n## 0.9.0 - 2026-12-01\n\n- All of it.\n", []),
        ("## Unreleased\n- More.\n\n## 0.9.0 - 2026-12-01\n", ["has changes under Unreleased"]),
        ("## Unreleased\n\n## 0.8.0 - 2026-12-01\n", ["does not begin with ## 0.9.0 - DATE"]),
        ("## Unreleased\n\n## 0.9.0\n", ["does not begin with ## 0.9.0 - DATE"]),
    ],
)
def test_the_changelog_has_the_version(release, tmp_path, changes, problems):
    (tmp_path / "CHANGELOG.md").write_text(f"# Changes\n\n{changes}", "utf-8")
    said = list(release.naming())
    assert len(said) == len(problems)
    assert all(problem in one for problem, one in zip(problems, said, strict=True))


def test_a_version_is_not_given_twice(release, tmp_path, monkeypatch):
    (tmp_path / "CHANGELOG.md").write_text("## Unreleased\n\n## 0.9.0 - 2026-12-01\n", "utf-8")
    monkeypatch.setattr(release, "output", lambda *command: "v0.9.0" if "tag" in command else "")
    assert list(release.naming()) == [
        "there is a tag v0.9.0 already: set another version in textmine/__init__.py"
    ]


def test_the_version_is_a_version():
    assert re.fullmatch(r"\d+\.\d+\.\d+", textmine.__version__)


def test_the_container_copies_what_is_here_and_is_not_ignored():
    lines = (ROOT / "Containerfile").read_text("utf-8").splitlines()
    copied = [name for line in lines if line.startswith("COPY ") and "--from" not in line
              for name in line.split()[1:-1]]  # fmt: skip
    let_in = (ROOT / ".containerignore").read_text("utf-8").splitlines()
    assert copied
    for name in copied:
        assert (ROOT / name).exists()
        assert f"!{name}" in let_in


@pytest.mark.slow
def test_a_linter_finds_nothing_in_the_container_file():
    linter = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if linter is None:
        pytest.skip("there is no hadolint for this machine")
    result = subprocess.run(
        [linter, "Containerfile"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (0, "")
