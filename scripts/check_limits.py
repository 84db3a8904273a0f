"""Fails when a module has more than 500 lines or a function more than 60.

Long before either, a module wants to be two. Lines are counted as written, comments included;
decorators do not count (a table of test cases is not a long function).
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("corpus", "index", "textmine", "tests", "scripts", "bench", "samples")
MODULE_LINES = 500
FUNCTION_LINES = 60


def modules() -> Iterator[Path]:
    yield from ROOT.glob("*.py")
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def too_long(path: Path) -> Iterator[str]:
    source = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT).as_posix()
    lines = source.count("\n")
    if lines > MODULE_LINES:
        yield f"{name}: {lines} lines, at most {MODULE_LINES}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                place = f"{name}:{node.lineno}"
                yield f"{place}: {node.name} has {lines} lines, at most {FUNCTION_LINES}"


def main() -> int:
    problems = [problem for path in modules() for problem in too_long(path)]
    print("\n".join(problems) or "no module and no function is too long")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
