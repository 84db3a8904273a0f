"""What statistics cost: a library's documents are copied until it has about so many passages.

    python bench/analysis.py LIBRARY [--passages 50000] [--runs 3]

Medians of wall times are printed, with the number of words that were counted.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import textmine
from textmine.api import Library

TABLES = ("passage", "passage_text", "finding")


def enlarge(path: Path, passages: int) -> int:
    """Copy documents with passages, terms and findings; the full-text index stays as it is."""
    db = sqlite3.connect(path / "textmine.db")
    db.execute("PRAGMA foreign_keys = OFF")
    columns = {
        table: [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        for table in ("document", *TABLES)
    }
    documents = db.execute("SELECT max(id) FROM document").fetchone()[0]
    most = db.execute("SELECT max(id) FROM passage").fetchone()[0]
    findings = db.execute("SELECT max(id) FROM finding").fetchone()[0]
    there = db.execute("SELECT count(*) FROM passage").fetchone()[0]
    for copy in range(1, -(-passages // there)):
        rest = min(1.0, passages / there - copy)  # of the documents in the last copy
        last = int(documents * rest)
        within = f"SELECT id FROM passage WHERE document <= {last}"
        new = {
            "document": {"id": f"id + {copy * documents}", "sha256": f"'{copy}-' || sha256"},
            "passage": {
                "id": f"id + {copy * most}",
                "document": f"document + {copy * documents}",
            },
            "passage_text": {"passage": f"passage + {copy * most}"},
            "finding": {
                "id": f"id + {copy * findings}",
                "passage": f"passage + {copy * most}",
            },
        }
        old = {
            "document": f"id <= {last}",
            "passage": f"document <= {last}",
            "passage_text": f"passage IN ({within})",
            "finding": f"passage IN ({within})",
        }
        for table, changed in new.items():
            names = ", ".join(f'"{name}"' for name in columns[table])
            values = ", ".join(changed.get(name, f'"{name}"') for name in columns[table])
            db.execute(
                f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {old[table]}"
            )
    db.commit()
    count: int = db.execute("SELECT count(*) FROM passage").fetchone()[0]
    db.close()
    return count


def questions(lib: Library) -> dict[str, Callable[[], object]]:
    """The questions that are timed."""
    theme, concern = "supervision-and-oversight", "concern"
    return {
        "trend of a theme by year": lambda: list(lib.trends(theme=theme, polarity=concern)),
        "compare a region with England": lambda: list(
            lib.compare(["London", "England"], themes=[theme], polarity=concern)
        ),
        "keyness of two halves": lambda: list(
            lib.keyness("date:<2018-06", "date:>=2018-06")
        ),
        "frequencies of everything": lambda: list(lib.frequencies(limit=100)),
        "collocates of supervision": lambda: list(lib.collocates("supervision")),
        "dispersion of supervision": lambda: list(lib.dispersion(["supervision"])),
        "co-occurrence in sentences": lambda: list(lib.cooccurrence()),
    }  # fmt: skip


def main() -> None:
    """Times each question."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("--passages", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library"
        shutil.copytree(given.library, path, ignore=shutil.ignore_patterns("originals"))
        (path / "originals").mkdir(exist_ok=True)
        count = enlarge(path, given.passages)
        with textmine.open(path) as lib:
            print(f"{count:,} passages, {lib.documents().total:,} documents")
            for name, ask in questions(lib).items():
                times = []
                for _ in range(given.runs):
                    began = time.perf_counter()
                    ask()
                    times.append(time.perf_counter() - began)
                print(f"{name:32} {statistics.median(times):6.2f} s")


if __name__ == "__main__":
    main()
