"""Writes docs/accuracy.md: what the tags are worth, measured on sentences coded by hand.

The coded sentences of real reports are not in the repository, so that the page is committed as it
was made; where they are, a test makes it again and compares.

    python scripts/make_accuracy.py FOLDER-OF-GOLD
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from textmine.evaluation import scoring
from textmine.usecases import tagging

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "accuracy.md"
INVENTED = ROOT / "tests" / "gold" / "invented.jsonl"
OPENING = Path(__file__).with_suffix(".md")
KINDS = {
    "ilacs": "ILACS reports",
    "sif": "SIF reports and older",
    "jtai": "JTAI letters",
    "send": "Area SEND reports",
}
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
    parts = [
        OPENING.read_text(encoding="utf-8"),
        "## Figures\n",
        *_figures({name: scores[name] for name in sets}, sets),
        "\n### By kind of document, unseen\n",
        *_kinds(unseen),
        "\n## Cross-validated\n",
        *_crossed(),
        "\n## Themes, unseen\n",
        *_themes(scores["unseen"]),
    ]
    return "\n".join(parts) + "\n"


def _figures(scores: dict[str, scoring.Score], sets: dict[str, Path]) -> Iterator[str]:
    yield "| Set | Documents | Sentences | " + " | ".join(scoring.FIGURES) + " |"
    yield "|---|---|---|" + "---|" * len(scoring.FIGURES)
    for name, score in scores.items():
        ranges = scoring.intervals(score.documents)
        found = scoring.figures(score.counts())
        sentences = sum(len(p.sentences) for p in scoring.read_gold(sets[name]))
        cells = [_cell(found[f], ranges[f]) for f in scoring.FIGURES]
        yield f"| {name} | {len(score.documents)} | {sentences} | " + " | ".join(cells) + " |"


def _kinds(path: Path) -> Iterator[str]:
    everything = scoring.read_gold(path)
    said = list(tagging.tagged(everything))
    yield "| Kind | Sentences | theme F1 | polarity | concern F1 | finding F1 |"
    yield "|---|---|---|---|---|---|"
    for kind, label in KINDS.items():
        chosen = [(p, s) for p, s in zip(everything, said, strict=True) if p.kind == kind]
        score = scoring.score([p for p, _ in chosen], [s for _, s in chosen])
        found = scoring.figures(score.counts())
        sentences = sum(len(p.sentences) for p, _ in chosen)
        names = ("theme F1", "polarity", "concern F1", "finding F1")
        yield f"| {label} | {sentences} | " + " | ".join(f"{found[n]:.3f}" for n in names) + " |"


def _crossed() -> Iterator[str]:
    folder = resources.files("textmine").joinpath("pipeline/learned")
    themes: dict[str, Any] = json.loads(folder.joinpath("themes.json").read_bytes())
    polarity: dict[str, Any] = json.loads(folder.joinpath("polarity.json").read_bytes())["made"]
    crossed = themes["cross_validated"]
    yield "| | rules alone | with what was learned |"
    yield "|---|---|---|"
    yield f"| theme F1 | {crossed['rules']:.3f} | {crossed['model']:.3f} |"
    for name in polarity["rules alone"]:
        values = (polarity[key][name] for key in ("rules alone", "cross-validated"))
        yield f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |"


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
