"""docs/capacity.md, written from what the benchmarks measured.

python bench/capacity_page.py bench/results/figures.json bench/results/capacity.json
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "capacity.md"
MB = 1e6
AIM = 20
"""How many times faster than pdfplumber an ingest is to be."""

HEAD = """<!-- made by `make bench` from what it measured: bench/capacity_page.py -->

# Capacity

What a library costs as it grows, and how fast textmine is beside others in the same run.
"""


def page(figures: dict[str, Any], steps: list[dict[str, Any]]) -> Iterator[str]:
    yield HEAD
    about, last = figures["machine"], steps[-1]
    yield "## As a library grows\n"
    yield (
        "Reports made distinct by a script (their own bytes, a line of text of their own), read by"
        f" one `textmine ingest` with two workers: {last['documents']:,} documents with"
        f" {last['pages']:,} pages. Memory is the peak so far, of the parent and of the largest"
        " worker.\n"
    )
    columns = ("documents", "pages", "passages", "library MB", "times its text", "pages/s")
    yield f"| {' | '.join((*columns, 'parent MB', 'worker MB'))} |"
    yield "|---:|---:|---:|---:|---:|---:|---:|---:|"
    for step in {step["documents"]: step for step in steps}.values():  # the end may be a step, too
        size, text = step["library_bytes"] / MB, step["text_bytes"] / MB
        yield (
            f"| {step['documents']:,} | {step['pages']:,} | {step['passages']:,} | {size:,.0f} |"
            f" {size / text:.1f} | {step['pages'] / step['seconds']:.1f} | {step['parent_mb']} |"
            f" {step['worker_mb']} |"
        )
    thousand = last["pages"] / 1_000
    yield (
        f"\nA thousand pages take {last['library_bytes'] / MB / thousand:.0f} MB in the library,"
        f" the original files apart, and {last['passages'] / thousand:,.0f} passages with"
        f" {last['findings'] / thousand:,.0f} findings."
    )
    if last.get("note"):
        yield f"\n{last['note']}"
    yield "\n## Beside others\n"
    yield (
        "Pages and words are those of a second of processor time, except where the clock is named;"
        " what stands beside was measured in the same run.\n"
    )
    yield "| | ours | | beside | | ratio |"
    yield "|---|---:|---|---:|---|---:|"
    for each in figures["figures"]:
        theirs = each["theirs"]
        beside = (
            f"{theirs:,.2f} | {each['beside']} | {each['ours'] / theirs:.2f}" if theirs else " | | "
        )
        yield f"| {each['what']} | {each['ours']:,.2f} | {each['unit']} | {beside} |"
    for each in figures["figures"]:
        if each["what"].startswith("ingest") and each["theirs"]:
            ratio = each["ours"] / each["theirs"]
            reached = "which is reached" if ratio >= AIM else "which was not reached in this run"
            yield (
                f"\nAn ingest by the clock, with two workers, is to be at least {AIM} times as fast"
                f" as pdfplumber in one process, {reached}."
            )
    load = "" if about["load"] is None else f", load {about['load']:.1f} at the start"
    yield (
        f"\n{about['processor']}, {about['processors']} processors{load}; Python {about['python']},"
        f" SQLite {about['sqlite']}; {about['when']}, commit {(about['commit'] or 'unknown')[:10]}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("figures", type=Path)
    parser.add_argument("capacity", type=Path)
    given = parser.parse_args()
    figures, steps = (
        json.loads(path.read_text(encoding="utf-8")) for path in (given.figures, given.capacity)
    )
    PAGE.write_text("\n".join(page(figures, steps)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
