"""Checks that a version can go out: what it is called, and that it works where it is installed.

    python scripts/release.py [--built]

Builds the sdist and from it the wheel into dist/, and tries the wheel in an empty environment of
every Python from 3.11 on that is here, then with pipx and uv. `--built` takes what is in dist/, and
leaves the questions about version, changelog and tag out.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
DIST: Final = ROOT / "dist"
LOCK: Final = ROOT / "requirements" / "run.txt"
SAMPLE: Final = ROOT / "samples" / "reports"
OLDEST, NEWEST = 11, 14
"""The minor versions of Python 3 that are tried, where they are here."""

TOOLS: Final = {"pipx": ("install",), "uv": ("tool", "install")}
"""Programs that install commands, and how they are asked to."""


def main() -> int:
    """Print what was tried and what is wrong; 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--built", action="store_true", help="take what is in dist/")
    given = parser.parse_args()
    problems = [] if given.built else list(naming())
    if not given.built:
        build()
    (wheel,) = DIST.glob("*.whl")
    for python in pythons():
        problems += tried(python.name, in_environment(python, wheel))
    for tool in filter(shutil.which, TOOLS):
        problems += tried(tool, with_tool(tool, wheel))
    for problem in problems:
        print("problem:", problem)
    return 1 if problems else 0


def naming() -> Iterator[str]:
    """What does not agree among version, changelog, tag and checkout."""
    module = (ROOT / "textmine" / "__init__.py").read_text("utf-8")
    version = re.findall(r'__version__ = "(.+)"', module)[0]
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    unreleased, _, newest = changes.partition("## Unreleased")[2].partition("\n## ")
    if unreleased.strip():
        yield "CHANGELOG.md has changes under Unreleased: move them under a heading of this version"
    if not re.match(rf"{re.escape(version)} - \d{{4}}-\d\d-\d\d\n", newest):
        yield f"CHANGELOG.md does not begin with ## {version} - DATE: write it, or set the version"
    if output("git", "status", "--porcelain"):
        yield "files are changed and not committed"
    if output("git", "tag", "--list", f"v{version}"):
        yield f"there is a tag v{version} already: set another version in textmine/__init__.py"


def build() -> None:
    """Build the sdist, and the wheel from it."""
    shutil.rmtree(DIST, ignore_errors=True)
    output(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(DIST))


def pythons() -> Iterator[Path]:
    """Those Pythons from the oldest to the newest that are here."""
    places = [*map(str, Path.home().glob(".pyenv/versions/*/bin")), os.environ["PATH"]]
    for minor in range(OLDEST, NEWEST + 1):
        python = shutil.which(f"python3.{minor}", path=os.pathsep.join(places))
        if python:
            yield Path(python)
        else:
            print(f"Python 3.{minor}: not here")


def tried(name: str, problem: str | None) -> list[str]:
    """Print how it went, and list the problem if there is one."""
    print(f"{name}:", "fails" if problem else "installs, reads a sample and searches it")
    return [f"{name}: {problem}"] if problem else []


def in_environment(python: Path, wheel: Path) -> str | None:
    """What goes wrong in an empty environment of a Python."""
    with tempfile.TemporaryDirectory() as folder:
        scripts = Path(folder, "venv", "Scripts" if sys.platform == "win32" else "bin")
        pip = (str(scripts / "python"), "-m", "pip", "install", "--quiet")
        try:
            output(str(python), "-m", "venv", str(scripts.parent))
            output(*pip, "--only-binary", ":all:", "--require-hashes", "-r", str(LOCK))
            output(*pip, "--no-deps", "--no-index", str(wheel))
            use(scripts / "textmine", Path(folder))
        except subprocess.CalledProcessError as error:
            return complaint(error)
    return None


def with_tool(tool: str, wheel: Path) -> str | None:
    """What goes wrong where a program installs the command for a user who has nothing yet."""
    with tempfile.TemporaryDirectory() as folder:
        homes = dict.fromkeys(("PIPX_HOME", "UV_TOOL_DIR"), str(Path(folder, "tools")))
        scripts = dict.fromkeys(("PIPX_BIN_DIR", "UV_TOOL_BIN_DIR"), str(Path(folder, "bin")))
        try:
            output(tool, *TOOLS[tool], str(wheel), env={**os.environ, **homes, **scripts})
            use(Path(folder, "bin", "textmine"), Path(folder))
        except subprocess.CalledProcessError as error:
            return complaint(error)
    return None


def use(command: Path, folder: Path) -> None:
    """Read a sample with the installed command, and search it."""
    library = ("--library", str(folder / "library"))
    output(str(command), "--version", cwd=folder)
    output(str(command), "ingest", str(SAMPLE), *library, cwd=folder)
    output(str(command), "search", "children", "--limit", "1", *library, cwd=folder)


def output(*command: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    """What a command prints. Raises CalledProcessError with it, where it fails."""
    done = subprocess.run(command, cwd=cwd, env=env, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def complaint(error: subprocess.CalledProcessError) -> str:
    """The command that failed, and the last line of what it said."""
    lines = (error.stderr or error.stdout or "").strip().splitlines() or ["nothing"]
    return f"{' '.join(error.cmd[:4])} ... said: {lines[-1]}"


if __name__ == "__main__":
    sys.exit(main())
