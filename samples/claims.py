"""Make the sample self-evaluations from `claims/*.yaml`: `python samples/claims.py`.

Writes `self_evaluations/` beside this file, or under `--out FOLDER`: six files in six forms, a
scanned letter, and `expected.jsonl` with what a reader should find in each. The same texts give
the same bytes, but for the scans: pictures are packed by libraries that differ (`--scans` makes
them too).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from claims_pdf import draw_columns, draw_report, draw_slides
from claims_scan import scan
from claims_word import write_word

HERE = Path(__file__).parent
QUESTIONS = {"q": "quality_and_impact", "k": "how_we_know", "p": "plans", "c": "context"}
FORMS = {"report": draw_report, "slides": draw_slides, "columns": draw_columns, "word": write_word}


def load() -> list[dict[str, Any]]:
    """Every self-evaluation, in the order of the files' names."""
    paths = sorted((HERE / "claims").glob("*.yaml"))
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]


def expected(claim: dict[str, Any]) -> dict[str, object]:
    """What a reader should find: whose it is, of when, and which question each text answers."""
    return {
        "path": claim["file"],
        "authority": claim["authority"],
        "as_at": str(claim["as_at"]),
        "passages": [list(each) for each in _answers(claim["blocks"])],
    }


def _answers(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Each text with the kind of section that it belongs to; a row of a table with its cells."""
    for block in blocks:
        kind = QUESTIONS.get(block.get("kind", ""), "")
        for key, value in block.items():
            if key in QUESTIONS:
                yield QUESTIONS[key], value
            elif key in {"b", "n"}:
                yield from ((kind, text) for text in value)
            elif key == "t":
                yield from ((kind, " | ".join(row)) for row in value)
            elif key == "boxes":
                for row in value[1:]:
                    yield from zip(list(QUESTIONS.values())[:3], row, strict=True)


def make(out: Path, *, scans: bool) -> None:
    """Write everything under `out`."""
    folder = out / "self_evaluations"
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for claim in load():
        if claim["form"] != "scan":
            (folder / claim["file"]).write_bytes(FORMS[claim["form"]](claim))
        elif scans:
            (folder / claim["file"]).write_bytes(scan(draw_report(claim)))
        rows.append(json.dumps(expected(claim), ensure_ascii=False) + "\n")
    if scans:
        text = (HERE / "claims" / "letter.txt").read_text(encoding="utf-8")
        letter = {"title": [], "blocks": [{"c": each} for each in text.split("\n\n")]}
        (folder / "letter (scan).pdf").write_bytes(scan(draw_report(letter)))
    (folder / "expected.jsonl").write_text("".join(rows), encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE, metavar="FOLDER")
    parser.add_argument("--scans", action="store_true", help="make the scanned pages too")
    given = parser.parse_args()
    make(given.out, scans=given.scans)


if __name__ == "__main__":
    main()
