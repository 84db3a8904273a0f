"""Fails when a tracked file names a folder of somebody's machine, a package index or a key.

A clone has to work anywhere, and what is committed stays for ever. Without git (an unpacked
sdist) all files beside this one are looked at.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SKIPPED = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
# Brackets in the patterns keep this file from accusing itself.
PATTERNS = {
    "a machine's folder": re.compile(
        r"(?<![\w.~-])/(?:[w]ork|[r]oot|[o]pt|[t]mp|[h]ome|[U]sers|[m]nt|[p]rivate)/\w|\b[A-Z]:\\[U]sers\\"
    ),
    "a package index": re.compile(
        r"--(?:extra-)?[i]ndex-url|--[f]ind-links[ =]|[P]IP_INDEX|[U]V_INDEX"
        r"|https?://[^\s/]*/[^\s]*\b[s]imple\b|https?://[p]ypi|[f]iles\.pythonhosted"
    ),
    "a key": re.compile(
        r"-----BEGIN [A-Z ]*[P]RIVATE KEY|\b[A]KIA[0-9A-Z]{16}\b|\b[g]h[pousr]_\w{36}\b"
        r"|\b[s]k-[\w-]{32,}|(?i:[p]assword|[s]ecret|[t]oken)\s*=\s*[\"'][^\"'\s]{8,}[\"']"
    ),
}


def files() -> Iterator[Path]:
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        listed = subprocess.run(
            [git, "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            check=True,
            capture_output=True,
        ).stdout
        yield from (ROOT / name for name in listed.decode().split("\0") if name)
        return
    for path in ROOT.rglob("*"):
        if not SKIPPED.intersection(path.relative_to(ROOT).parts):
            yield path


def problems(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    if b"\0" in content[:8192]:
        return
    for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
        for what, pattern in PATTERNS.items():
            if found := pattern.search(line):
                place = f"{path.relative_to(ROOT).as_posix()}:{number}"
                yield f"{place}: {what}: {found[0]!r}"


def main() -> int:
    found = [line for path in files() if path.is_file() for line in problems(path)]
    print("\n".join(found) or "no machine paths, index addresses or keys")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
