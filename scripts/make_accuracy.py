"""Writes docs/explanation/accuracy.md: what the tags are worth, on sentences coded by hand.

The figures that programs show beside their numbers go to textmine/analysis/accuracy.json.

The coded sentences of real reports are not in the repository, so that the page is committed as it
was made; where they are, a test makes it again and compares.

    python scripts/make_accuracy.py FOLDER-OF-GOLD
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import resources
from itertools import compress
from pathlib import Path
from typing import Any

from textmine.evaluation import confidence, scoring
from textmine.sure import SURE
from textmine.usecases import tagging

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "explanation" / "accuracy.md"
DATA = ROOT / "textmine" / "analysis" / "accuracy.json"
FOLLOWUP = ROOT / "docs" / "explanation" / "followup.md"
VERDICTS = re.compile(
    r"^\| all (\d+), cross-validated[^|]*\| ([\d.]+) \| [\d.]+ \| ([\d.]+) \|", re.MULTILINE
)
"""The line on which the page on follow-up says how good verdicts are."""
INVENTED = ROOT / "tests" / "gold" / "invented.jsonl"
OPENING = Path(__file__).with_suffix(".md")
KINDS = {
    "ilacs": "ILACS reports",
    "sif": "SIF reports and older",
    "jtai": "JTAI letters",
    "send": "Area SEND reports",
}
Said = Sequence[Sequence[scoring.Prediction]]

FEW = 30
"""Themes with fewer coded sentences are marked: their figures say little."""


def page(gold: Path) -> str:
    """The page, from the folder with train.jsonl and findings.jsonl."""
    unseen = gold / "findings.jsonl"
    sets = {
        "unseen": unseen,
        "tuned on": gold / "train.jsonl",
        "invented": INVENTED,
    }
    scores = {name: tagging.evaluate(path) for name, path in sets.items()}
    passages = scoring.read_gold(sets["unseen"])
    fast = list(tagging.tagged(passages))
    slow = list(tagging.tagged(passages, encoder=True))
    with_encoder = {"unseen, with the encoder": scoring.score(passages, slow)}
    every = {"unseen": scores["unseen"], **with_encoder, **scores}
    parts = [
        OPENING.read_text(encoding="utf-8"),
        "## Figures\n",
        *_figures(every, {**sets, **dict.fromkeys(with_encoder, unseen)}),
        "\n### By kind of document, unseen\n",
        *_kinds(unseen, fast, slow),
        "\n## Sure findings, unseen\n",
        *_sure(unseen, fast, slow),
        "\n## Errors by the grade of the section, unseen\n",
        *_grades(unseen, fast),
        "\n### With the encoder\n",
        *_grades(unseen, slow),
        "\n## Cross-validated\n",
        *_crossed(),
        "\n## Themes, unseen\n",
        *_themes(scores["unseen"]),
    ]
    return "\n".join(parts) + "\n"


def data(gold: Path) -> str:
    """The figures that are shown beside numbers, as JSON: by theme, of sure findings, of verdicts.

    Those of verdicts are taken from the page on follow-up, which says how they were measured.
    """
    passages = scoring.read_gold(gold / "findings.jsonl")
    said = list(tagging.tagged(passages))
    counts = tagging.evaluate(gold / "findings.jsonl").counts()
    sure = confidence.at_least(passages, said, SURE)
    themes = {}
    for theme in sorted({key[1] for key in counts if key[0] == "theme"}):
        right, extra, missed = (counts["theme", theme, kind] for kind in ("tp", "fp", "fn"))
        themes[theme] = {
            "coded": right + missed,
            "tagged": right + extra,
            "right": right,
        }
    found = scoring.figures(counts)
    verdicts = VERDICTS.search(FOLLOWUP.read_text(encoding="utf-8"))
    assert verdicts is not None, f"{FOLLOWUP} says nothing of verdicts any more"
    figures = {
        "polarity": round(found["polarity"], 3),
        "sure": {"score": SURE, "right": round(sure.precision, 3)},
        "verdicts": {
            "coded": int(verdicts[1]),
            "precision": float(verdicts[2]),
            "coverage": float(verdicts[3]),
        },
        "themes": themes,
    }
    return json.dumps(figures, indent=1) + "\n"


def _figures(scores: dict[str, scoring.Score], sets: dict[str, Path]) -> Iterator[str]:
    yield "| Set | Documents | Sentences | " + " | ".join(scoring.FIGURES) + " |"
    yield "|---|---|---|" + "---|" * len(scoring.FIGURES)
    for name, score in scores.items():
        ranges = scoring.intervals(score.documents)
        found = scoring.figures(score.counts())
        sentences = sum(len(p.sentences) for p in scoring.read_gold(sets[name]))
        cells = [_cell(found[f], ranges[f]) for f in scoring.FIGURES]
        yield f"| {name} | {len(score.documents)} | {sentences} | " + " | ".join(cells) + " |"


def _kinds(path: Path, fast: Said, slow: Said) -> Iterator[str]:
    everything = scoring.read_gold(path)
    names = ("theme F1", "polarity", "concern F1", "finding F1")
    yield "With the encoder in brackets.\n"
    yield "| Kind | Sentences | theme F1 | polarity | concern F1 | finding F1 |"
    yield "|---|---|---|---|---|---|"
    for kind, label in KINDS.items():
        chosen = [p.kind == kind for p in everything]
        passages = list(compress(everything, chosen))
        each = [
            scoring.figures(scoring.score(passages, compress(said, chosen)).counts())
            for said in (fast, slow)
        ]
        sentences = sum(len(p.sentences) for p in passages)
        cells = (f"{each[0][n]:.3f} ({each[1][n]:.3f})" for n in names)
        yield f"| {label} | {sentences} | " + " | ".join(cells) + " |"


def _crossed() -> Iterator[str]:
    folder = resources.files("textmine").joinpath("pipeline/learned")
    record: dict[str, Any] = json.loads(folder.joinpath("training.json").read_bytes())
    yield f"{record['sentences']:,} sentences of {record['documents']} documents.\n"
    yield "| Figure | Value |"
    yield "|---|---|"
    for name, value in record["cross-validated"].items():
        yield f"| {name} | {value:.3f} |"


def _sure(path: Path, fast: Said, slow: Said) -> Iterator[str]:
    passages = scoring.read_gold(path)
    sure, surer = (confidence.at_least(passages, said, SURE) for said in (fast, slow))
    yield (
        f"*Sure* are findings with a score of at least {SURE}: {sure.coverage:.0%} of all unseen"
        f" findings, of which {sure.precision:.1%} are right; with the encoder"
        f" {surer.coverage:.0%}, of which {surer.precision:.1%} are right.\n"
    )
    yield "| Of all, the surest | score from | right | with the encoder, from | right |"
    yield "|---|---|---|---|---|"
    points = zip(confidence.curve(passages, fast), confidence.curve(passages, slow), strict=True)
    for point, other in points:
        cells = (f"{p.score:.2f} | {p.precision:.3f}" for p in (point, other))
        yield f"| {point.coverage:.0%} | " + " | ".join(cells) + " |"


def _grades(path: Path, said: Said) -> Iterator[str]:
    passages = scoring.read_gold(path)
    columns = ("polarity wrong", "concern read as strength", "strength read as concern")
    yield "| Grade in the heading | Findings | " + " | ".join(columns) + " |"
    yield "|---|---|---|---|---|"
    for row in confidence.by_grade(passages, said):
        rates = (f"{count / row.findings:.1%}" for count in (row.wrong, row.too_good, row.too_bad))
        yield f"| {row.grade} | {row.findings} | " + " | ".join(rates) + " |"


def _themes(score: scoring.Score) -> Iterator[str]:
    counts = score.counts()
    ranges = scoring.intervals(score.documents, scoring.by_theme)
    yield "| Theme | Coded | Precision | Recall | F1 |"
    yield "|---|---|---|---|---|"
    for theme, value in sorted(scoring.by_theme(counts).items()):
        right, extra, missed = (counts["theme", theme, kind] for kind in ("tp", "fp", "fn"))
        coded = f"{right + missed}" + (" (few)" if right + missed < FEW else "")
        parts = [f"{right / max(1, right + wrong):.2f}" for wrong in (extra, missed)]
        yield f"| `{theme}` | {coded} | {' | '.join(parts)} | {_cell(value, ranges[theme], 2)} |"


def _cell(value: float, interval: tuple[float, float], places: int = 3) -> str:
    low, high = (f"{end:.{places}f}" for end in interval)
    return f"{value:.{places}f} ({low}–{high})"


if __name__ == "__main__":
    PAGE.write_text(page(Path(sys.argv[1])), encoding="utf-8")
    DATA.write_text(data(Path(sys.argv[1])), encoding="utf-8")
