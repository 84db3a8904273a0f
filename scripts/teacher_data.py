"""The data of train_encoder.py: coded paragraphs, and the passages to label, in one file.

Coded paragraphs come from files that hold their text, from `coded.jsonl` beside this script, and
from tables of codes for paragraphs in a JSON file; the passages to label are all that the tagger
sees in the reports of a folder. One JSON line a paragraph:

    sha256, kind, section, text, sentences ([start, end) ranges), source, labels (null if uncoded)

The kind is in its short form, and the section has no grade.

    python scripts/teacher_data.py DATA.jsonl --reports FOLDER --coded FILE... [--codes PARAGRAPHS
    TABLE...] [--aside FILE] [--reporting FILE]

Documents that are put aside (`--aside`: a JSON list of hashes) are left out. Paragraphs of
`--reporting` are marked as gold among the passages and never taught from.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from coded import LABELS, Report, reports, text_hash

from corpus.language.sentences import sentence_starts
from textmine.ingestion.reader import tag_input, tagged_passages
from textmine.pipeline.learned.theme_features import short_kind
from textmine.pipeline.rules.data import rules
from textmine.pipeline.rules.headings import Headings

HEADINGS: Final = Headings(rules("headings"))

Row = dict[str, Any]
"""A paragraph, in the form that the module's docstring gives."""


def main() -> None:
    """Write the file."""
    options = _arguments()
    aside = set(json.loads(options.aside.read_text())) if options.aside else set()
    read = [each for each in reports(options.reports) if each.sha256 not in aside]
    rows = [row for path in options.coded for row in of_text_file(path)]
    rows += of_hashes(read, LABELS)
    if options.codes:
        rows += of_tables(options.codes[0], options.codes[1:])
    rows = [row for row in rows if row["sha256"] not in aside]
    gold = {_key(row) for row in rows}
    if options.reporting:
        gold |= {_key(row) for row in of_text_file(options.reporting)}
    rows += ({**row, "gold": _key(row) in gold} for row in of_reports(read))
    with options.data.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(plain(row), ensure_ascii=False) + "\n" for row in rows)
    for source, count in Counter(row["source"] for row in rows).items():
        sentences = sum(len(row["sentences"]) for row in rows if row["source"] == source)
        print(f"{source}: {count} paragraphs, {sentences} sentences")
    print(f"{sum(row.get('gold', False) for row in rows)} of the passages are coded")


def plain(row: Row) -> Row:
    """A row as the encoder sees it: the section without grades, the kind in its short form."""
    section = HEADINGS.without_grades(row["section"] or "")
    return {**row, "section": section, "kind": short_kind(row["kind"])}


def of_text_file(path: Path) -> Iterator[Row]:
    """The coded paragraphs of a file that holds their text and labels."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        names = ("sha256", "kind", "section", "text", "sentences", "labels")
        yield {**{name: row[name] for name in names}, "source": path.stem}


def of_hashes(read: Iterable[Report], path: Path) -> Iterator[Row]:
    """The passages of reports that are coded in a file without text; those read alike still."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    wanted = {row["sha256"]: row["passages"] for row in lines}
    for sha256, document in read:
        at = {passage.start: passage for passage in tagged_passages(document)}
        for row in wanted.get(sha256, ()):
            passage = at.get(row["at"])
            if passage is None:
                continue
            tagged = tag_input(document, passage)
            if text_hash(tagged.text) != row["text"]:
                continue
            labels = [label(t.split(), [p], [when]) for _, _, t, p, when, *_ in row["sentences"]]
            ranges = [[start, end] for start, end, *_ in row["sentences"]]
            yield {
                "sha256": sha256,
                "kind": tagged.kind,
                "section": tagged.section,
                "text": tagged.text,
                "sentences": ranges,
                "labels": labels,
                "source": path.stem,
            }


def of_tables(paragraphs: Path, tables: Sequence[Path]) -> Iterator[Row]:
    """Paragraphs with the codes of one or several readers: the majority, ties disputed."""
    codes: dict[tuple[str, int], list[list[str]]] = {}
    for table in tables:
        for line in table.read_text(encoding="utf-8").splitlines():
            name, number, *values = line.split("\t")
            codes.setdefault((name, int(number)), []).append(values)
    for row in json.loads(paragraphs.read_text(encoding="utf-8")):
        read = [codes.get((row["id"], n)) for n in range(len(row["sentences"]))]
        if all(read):
            names = ("sha256", "kind", "section", "text", "sentences")
            labels = [majority(each) for each in read if each]
            yield {**{name: row[name] for name in names}, "labels": labels, "source": "new"}


def majority(codes: Sequence[Sequence[str]]) -> Row:
    """One label of several readers' codes (themes, polarity, timing, what is carried)."""
    votes = Counter(theme for code in codes for theme in code[0].split())
    most = [theme for theme, count in votes.items() if 2 * count > len(codes)]
    tied = [theme for theme, count in votes.items() if 2 * count == len(codes)]
    values = []
    for place in (1, 2):
        counts = Counter(code[place] for code in codes)
        values.append([value for value, count in counts.items() if count == max(counts.values())])
    return label(most, values[0], values[1], tied)


def label(
    themes: Sequence[str],
    polarity: Sequence[str],
    timing: Sequence[str],
    disputed: Sequence[str] = (),
) -> Row:
    """A sentence's label in the form of the coded files."""
    return {
        "themes": list(themes),
        "disputed": list(disputed),
        "polarity": list(polarity),
        "timing": list(timing),
    }


def of_reports(read: Iterable[Report]) -> Iterator[Row]:
    """All passages that the tagger sees, split into sentences."""
    for sha256, document in read:
        for passage in tagged_passages(document):
            tagged = tag_input(document, passage)
            text = tagged.text
            starts = [s for s in sentence_starts(text) if s < len(text)]
            ranges = [(a, a + len(text[a:b].rstrip())) for a, b in pairwise([*starts, len(text)])]
            yield {
                "sha256": sha256,
                "at": passage.start,
                "kind": tagged.kind,
                "passage_kind": tagged.passage_kind,
                "figures_only": tagged.figures_only,
                "section": tagged.section,
                "text": text,
                "sentences": ranges,
                "labels": None,
                "source": "passage",
            }


def _key(row: Row) -> tuple[str, str]:
    """What tells a paragraph by its words, however it was split or spaced."""
    return row["sha256"], re.sub(r"\W", "", row["text"])[:80]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="the file to write")
    parser.add_argument("--reports", type=Path, required=True, help="a folder with MANIFEST.csv")
    parser.add_argument("--coded", type=Path, nargs="+", required=True, help="files with text")
    parser.add_argument("--codes", type=Path, nargs="+", help="paragraphs.json and tables of codes")
    parser.add_argument("--aside", type=Path, help="a JSON list of documents to leave out")
    parser.add_argument("--reporting", type=Path, help="coded paragraphs never to learn from")
    return parser.parse_args()


if __name__ == "__main__":
    main()
