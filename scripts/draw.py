"""Draws findings of the reports put aside, for readers to judge.

Each row of the table is a finding with its passage; readers fill in the last columns. The draw is
by hash, so that the same reports give the same findings whoever draws them.

    python scripts/draw.py FOLDER-OF-REPORTS --count 200 --themes 8 > drawn.csv
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coded import ASIDE, reports

from textmine.ingestion.reader import tag_input, tagged_passages
from textmine.pipeline import Tagger
from textmine.sure import SURE
from textmine.themes import load_themes

READ = ("theme right?", "polarity", "timing", "remark")
"""What a reader fills in."""


def findings(folder: Path) -> Iterator[dict[str, Any]]:
    """All findings of the reports put aside."""
    tagger = Tagger(load_themes())
    for report in reports(folder):
        if report.sha256 not in ASIDE:
            continue
        document = report.document
        inputs = [tag_input(document, passage) for passage in tagged_passages(document)]
        for given, found in zip(inputs, tagger.tag(inputs), strict=True):
            for one in found:
                yield {
                    "document": report.sha256[:12],
                    "type": document.doc_type,
                    "section": given.section,
                    "theme": one.theme,
                    "polarity": one.polarity,
                    "timing": one.timing,
                    "score": one.score,
                    "sure": (one.score or 0) >= SURE,
                    "sentence": given.text[one.start : one.end],
                    "passage": given.text,
                }


def rank(row: dict[str, Any]) -> bytes:
    """The place of a finding in the draw."""
    key = "/".join((row["document"], row["theme"], row["sentence"]))
    return hashlib.sha256(key.encode()).digest()


def drawn(rows: list[dict[str, Any]], count: int, themes: int) -> list[dict[str, Any]]:
    """So many findings, as many of each of so many themes, which are drawn as well."""
    common = Counter(row["theme"] for row in rows)
    share = count // themes
    able = sorted(theme for theme, n in common.items() if n >= share)
    able.sort(key=lambda theme: hashlib.sha256(f"theme {theme}".encode()).digest())
    chosen: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=rank):
        if row["theme"] in able[:themes] and len(chosen[row["theme"]]) < share:
            chosen[row["theme"]].append(row)
    return [row for theme in sorted(chosen) for row in chosen[theme]]


def main() -> None:
    """Draw, and write a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("reports", type=Path, help="a folder with reports and MANIFEST.csv")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--themes", type=int, default=8)
    given = parser.parse_args()
    rows = drawn(list(findings(given.reports)), given.count, given.themes)
    writer = csv.DictWriter(sys.stdout, [*rows[0], *READ])
    writer.writeheader()
    writer.writerows(rows)


if __name__ == "__main__":
    main()
