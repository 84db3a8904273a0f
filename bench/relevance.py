"""How relevant the first ten hits are, for each part of the ranking and for bare FTS5.

    python bench/relevance.py REPORTS [--library LIBRARY] [--pool FILE]

REPORTS is a folder of the real reports; the library is made of it where none is named. Questions
are those of `relevance/questions.tsv`, with what a right passage says. `relevance/judgements.tsv`
has what readers gave passages: 2 says what is asked for, 1 says something about it, 0 does not. A
passage is known by its document's hash and a digest of its words; no text is kept. Weights were
chosen on every other question, beginning with the first; the figures that count are of the rest.
`--pool` writes the passages among the first ten of any part that nobody has judged.

P@10 is how many of the first ten are 1 or 2, `direct` how many are 2; nDCG@10 compares with the
best order of all judged passages. A passage nobody has judged counts as 0.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import re
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.query.vocabulary import Vocabulary  # noqa: E402
from index.search.hits import search  # noqa: E402
from index.search.scoring import WEIGHTS  # noqa: E402
from index.storage.database import Database, open_read  # noqa: E402
from textmine.usecases import library as app  # noqa: E402
from textmine.vocabulary import load_vocabulary  # noqa: E402

DATA = Path(__file__).with_name("relevance")
PAGE = 10
SAMPLES = 10_000
WORDS = ("words", "near", "together", "judges")

Key = tuple[str, str]
"""A passage: the hash of its document and the digest of its words."""
Run = Callable[[Database, str], list[Key]]


@dataclass(frozen=True)
class Figures:
    """What the first ten hits of each question are worth."""

    precision: list[float]
    direct: list[float]
    ndcg: list[float]
    unjudged: int
    fewest: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=Path)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--pool", type=Path)
    given = parser.parse_args()
    questions = [row["question"] for row in rows("questions.tsv")]
    judged = {
        (row["question"], row["document"], row["words"]): int(row["grade"])
        for row in rows("judgements.tsv")
    }
    agreement(rows("judgements.tsv"))
    with tempfile.TemporaryDirectory() as folder:
        library = given.library or made(given.reports, Path(folder) / "library")
        with open_read(library) as db, closing(bare_index(db)) as bare:
            parts = variants(bare)
            runs = {name: [run(db, q) for q in questions] for name, run in parts.items()}
            if given.pool:
                pool(db, given.pool, questions, runs, judged)
    print(f"{'':34}{'P@10':>7}{'direct':>8}{'nDCG@10':>9}{'fewest':>8}{'unjudged':>10}")
    found = {name: figures(questions, run, judged) for name, run in runs.items()}
    for title, half in (
        ("all", slice(None)),
        ("tuned on", slice(0, None, 2)),
        ("not", slice(1, None, 2)),
    ):
        print(f"{title}:")
        for name, each in found.items():
            print(line(name, each, half))
    print("against bare FTS5 with OR, on the half that was not tuned on (95 % of 10,000 samples):")
    for name, each in found.items():
        if name != "bare FTS5 with OR":
            compare(name, each, found["bare FTS5 with OR"])
    return 0


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def agreement(judgements: Sequence[dict[str, str]]) -> None:
    """How far two readers agree, where a second one has read."""
    both = [(int(r["grade"]), int(r["second"])) for r in judgements if r["second"]]
    print(f"{len(judgements):,} judged passages, {len(both):,} of them by two readers")
    if both:
        same = statistics.mean(one == other for one, other in both)
        some = statistics.mean((one > 0) == (other > 0) for one, other in both)
        print(f"same grade {same:.2f}, both relevant or both not {some:.2f}")


def made(reports: Path, library: Path) -> Path:
    files = app.find_files([str(reports)])
    for _ in app.ingest(files.files, app.Setup(library=library, jobs=2)):
        pass
    return library


def variants(bare: sqlite3.Connection) -> dict[str, Run]:
    """Each part of the ranking, added to those before it."""
    words = load_vocabulary()
    no_words, none = Vocabulary(), dict.fromkeys(WEIGHTS, 0.0)
    plain = none | {name: WEIGHTS[name] for name in WORDS}
    findings = plain | {name: WEIGHTS[name] for name in ("theme", "tone", "said")}
    return {
        "bare FTS5 with OR": lambda db, question: bare_hits(db, bare, question),
        "every word required (--strict)": ours(words, strict=True),
        "words": ours(no_words, plain),
        "and everyday words": ours(words, plain),
        "and findings": ours(words, findings),
        "and meaning (as shipped)": ours(words, dict(WEIGHTS)),
    }


def ours(
    words: Vocabulary, weights: dict[str, float] | None = None, *, strict: bool = False
) -> Run:
    def run(db: Database, question: str) -> list[Key]:
        found = search(
            db,
            question,
            synonyms=words.names,
            vocabulary=None if strict else words,
            limit=PAGE,
            weights=weights or WEIGHTS,
        )
        return keys(db, [hit.id for hit in found.hits])

    return run


def bare_index(db: Database) -> sqlite3.Connection:
    bare = sqlite3.connect(":memory:")
    bare.execute("CREATE VIRTUAL TABLE bare USING fts5(text, tokenize = 'porter unicode61')")
    texts = (
        (row["passage"], row["text"]) for row in db.each("SELECT passage, text FROM passage_text")
    )
    bare.executemany("INSERT INTO bare (rowid, text) VALUES (?, ?)", texts)
    return bare


def bare_hits(db: Database, bare: sqlite3.Connection, question: str) -> list[Key]:
    expression = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
    sql = "SELECT rowid FROM bare WHERE bare MATCH ? ORDER BY rank LIMIT ?"
    return keys(db, [row[0] for row in bare.execute(sql, (expression, PAGE))])


def keys(db: Database, passages: Sequence[int]) -> list[Key]:
    sql = (
        "SELECT d.sha256, t.same FROM passage p JOIN document d ON d.id = p.document"
        " JOIN passage_text t ON t.passage = p.id WHERE p.id = ?"
    )
    return [(row["sha256"], digest(row["same"])) for p in passages if (row := db.one(sql, (p,)))]


def digest(same: int) -> str:
    """The digest of a passage's words as it is kept."""
    return f"{same & 0xFFFF_FFFF_FFFF_FFFF:016x}"


def figures(questions: Sequence[str], run: Sequence[Sequence[Key]], judged: dict) -> Figures:
    grades: dict[str, list[int]] = {}
    for (question, *_), grade in judged.items():
        grades.setdefault(question, []).append(grade)
    precision, direct, ndcg, unjudged = [], [], [], 0
    for question, hits in zip(questions, run, strict=True):
        found = [judged.get((question, *hit)) for hit in hits]
        unjudged += found.count(None)
        page = [grade or 0 for grade in found]
        precision.append(sum(grade > 0 for grade in page) / PAGE)
        direct.append(sum(grade == 2 for grade in page) / PAGE)
        best = gain(sorted(grades[question], reverse=True)[:PAGE])
        ndcg.append(gain(page) / best if best else 0.0)
    return Figures(precision, direct, ndcg, unjudged, min(map(len, run)))


def gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def line(name: str, each: Figures, half: slice) -> str:
    means = [statistics.mean(values[half]) for values in (each.precision, each.direct, each.ndcg)]
    return (
        f"  {name:32}{means[0]:7.3f}{means[1]:8.3f}{means[2]:9.3f}{each.fewest:8}{each.unjudged:10}"
    )


def compare(name: str, one: Figures, other: Figures) -> None:
    """The difference in nDCG and in P@10, and where it lies in samples of the questions."""
    parts = []
    for label, mine, theirs in (
        ("P@10", one.precision, other.precision),
        ("nDCG@10", one.ndcg, other.ndcg),
    ):
        pairs = [a - b for a, b in zip(mine[1::2], theirs[1::2], strict=True)]
        chance = random.Random(20)
        means = sorted(
            statistics.fmean(chance.choices(pairs, k=len(pairs))) for _ in range(SAMPLES)
        )
        low, high = means[SAMPLES // 40], means[-SAMPLES // 40]
        parts.append(f"{label} {statistics.fmean(pairs):+.3f} ({low:+.3f} to {high:+.3f})")
    print(f"  {name:32}{'   '.join(parts)}")


def pool(db: Database, file: Path, questions: Sequence[str], runs: dict, judged: dict) -> None:
    """Writes the passages that nobody has judged, with their texts, for readers to judge."""
    sql = (
        "SELECT t.text, p.ordinal FROM passage_text t JOIN passage p ON p.id = t.passage"
        " JOIN document d ON d.id = p.document WHERE d.sha256 = ? AND t.same = ? LIMIT 1"
    )
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t")
        writer.writerow(["question", "document", "passage", "words", "text"])
        for number, question in enumerate(questions):
            for hit in dict.fromkeys(hit for run in runs.values() for hit in run[number]):
                if (question, *hit) not in judged:
                    same = int(hit[1], 16)
                    same -= (same >> 63) << 64
                    row = db.one(sql, (hit[0], same))
                    assert row
                    text = " ".join(row["text"].split())
                    writer.writerow([question, hit[0], row["ordinal"], hit[1], text])


if __name__ == "__main__":
    sys.exit(main())
