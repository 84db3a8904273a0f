"""Make the sample reports from their texts: `python samples/make.py`.

Writes `reports/`, `broken/` and `expected.jsonl` beside this file, or under `--out FOLDER`.
The same texts give the same bytes, so a test can tell whether what is committed is current.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import fonts
import older
import partners
import texts
from draw import render
from layouts import LAYOUTS

HERE = Path(__file__).parent

WEB_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Report not available</title></head>
<body>
<h1>Report not available</h1>
<p>The report you asked for is not at this address any more. Try the search page.</p>
</body>
</html>
"""


def expected(report: texts.Report, pdf: bytes) -> dict[str, object]:
    """What an extractor should find in the report, in the keys of the truth tables."""
    return {
        "doc_type": "ilacs_inspection",
        "authority": report.authority,
        "start_date": report.start,
        "end_date": report.end,
        "published": report.published,
        "lead_inspector": report.lead,
        "judgements": report.judgements,
        "n_pages": pdf.count(b"/Type /Page\n"),
        "n_paragraphs": sum(len(section.paragraphs) for section in report.sections),
        "n_recommendations": len(report.improve),
    }


def _reports() -> Iterator[tuple[str, bytes, dict[str, object]]]:
    """The ILACS reports: file, bytes, and what should be found in it."""
    closings = texts.closings()
    for report in texts.load():
        pdf = render(report, LAYOUTS[report.layout], closings[report.closing])
        yield report.file, pdf, expected(report, pdf)


def make(out: Path) -> None:
    """Write everything under `out`."""
    fonts.register()
    made = [*_reports(), *older.made(), *partners.made()]
    rows = []
    for file, pdf, known in made:
        target = out / "reports" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(pdf)
        name = {"path": f"reports/{file}", "sha256": hashlib.sha256(pdf).hexdigest()}
        rows.append(json.dumps(name | known, ensure_ascii=False) + "\n")
    (out / "expected.jsonl").write_text("".join(rows), encoding="utf-8", newline="\n")
    first = made[0][1]
    broken = out / "broken"
    broken.mkdir(exist_ok=True)
    (broken / "not-a-report.pdf").write_text(WEB_PAGE, encoding="utf-8", newline="\n")
    (broken / "cut-short.pdf").write_bytes(first[: len(first) // 3])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE, metavar="FOLDER")
    make(parser.parse_args().out)


if __name__ == "__main__":
    main()
