"""Learn all weights of textmine/pipeline/learned from coded sentences, and measure them.

Features and rules are those of the tagger; what is learned is how much each counts: for themes,
polarity and timing, and how sure a finding is. What is printed and recorded was measured by
cross-validation in which no document is both learned from and tested on. Nothing is random: the
same data give the same weights. No sentence is kept in them, only words, runs of words and cues
that several documents share.

    python scripts/train.py GOLD REPORTS [--taught PASSAGES.jsonl] [--coded DECIDED.jsonl] [--check]

Learned from are train.jsonl and train_more.jsonl of the gold folder and the sentences of
coded.jsonl, whose text is in the reports; never findings.jsonl or the reports put aside.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
from coded import LABELS as CODED
from coded import file_hash, paragraphs, passages, reports
from numpy.typing import NDArray
from teacher_figures import fold_of
from train_polarity import PolarityTrainer, figures
from train_sure import learn_sure
from train_themes import ThemeTrainer
from train_timing import TimingTrainer, timing_f1
from training_data import Data, read, report_words, taught, word_vectors

from textmine.pipeline.learned.polarity_model import LABELS
from textmine.pipeline.learned.sure_model import Weighed
from textmine.pipeline.learned.weights import dumped
from textmine.pipeline.rule_reader import RuleReader
from textmine.themes import load_themes

TARGET: Final = Path(__file__).parents[1] / "textmine" / "pipeline" / "learned"
ONE_THREAD: Final = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"
)
"""The order of additions decides the last digit: set before numpy is loaded."""

Array = NDArray[Any]


def main() -> None:
    """Learn, measure, and write the weights and their record."""
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | ONE_THREAD)
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path, help="a folder with train.jsonl and train_more.jsonl")
    parser.add_argument("reports", type=Path, help="a folder with reports and MANIFEST.csv")
    parser.add_argument(
        "--taught", type=Path, help="passages with the chances that a teacher gives"
    )
    parser.add_argument(
        "--coded", type=Path, help="decided passages of a library (textmine export coded)"
    )
    parser.add_argument(
        "--held-out",
        action="store_true",
        help="learn nothing from the documents that the encoder has not seen either",
    )
    parser.add_argument("--output", type=Path, default=TARGET)
    parser.add_argument("--check", action="store_true", help="measure, and write nothing")
    given = parser.parse_args()
    files = [given.gold / "train.jsonl", given.gold / "train_more.jsonl"]
    files += [given.coded] if given.coded else []
    every = list(reports(given.reports))
    reader = RuleReader(load_themes())
    coded = [one for file in files for one in paragraphs(file)] + list(passages(every))
    themes = sorted({theme for one in coded for labels in one.labels for theme in labels.themes})
    learned = list(taught(given.taught)) if given.taught else []
    if given.held_out:
        coded = [one for one in coded if fold_of(one.document)]
        learned = [one for one in learned if fold_of(one.document)]
    data = read(coded, reader, themes, learned)
    vectors = word_vectors(list(report_words(every)))
    arrays, measured = learn(data, vectors, reader)
    print(json.dumps(measured, indent=1))
    if given.check:
        return
    files_of = {name: dumped(some) for name, some in arrays.items()}
    for name, content in files_of.items():
        (given.output / f"{name}.npz").write_bytes(content)
    record = {
        "by": "scripts/train.py",
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in files_of.items()},
        "learned from": {file.name: file_hash(file) for file in [*files, CODED]},
        "taught": given.taught and file_hash(given.taught),
        "documents": len(set(data.documents)),
        "sentences": int(data.coded.sum()),
        "sentences taught": int((data.counts > 0).sum() - data.coded.sum()),
        "cross-validated": measured,
    }
    (given.output / "training.json").write_text(json.dumps(record, indent=1) + "\n")


def learn(data: Data, vectors: Any, reader: RuleReader) -> tuple[dict[str, Any], dict[str, float]]:
    """All models as arrays, and what they reach on documents that were not seen."""
    known = reader.vocabulary
    every = np.ones(len(data.documents), np.bool_)
    of_polarity = PolarityTrainer(data, known)
    shown, chances = of_polarity.crossed()
    polarity = of_polarity.model(shown)
    measured = figures(data, chances.argmax(axis=1), every)
    said = [LABELS[n] for n in chances.argmax(axis=1).tolist()]
    of_timing = TimingTrainer(data, known, said)
    times = of_timing.crossed()
    timing = of_timing.model(times)
    measured["timing F1"] = round(timing_f1(data, times, timing.threshold), 4)
    of_themes = ThemeTrainer(data, vectors, known)
    later = of_themes.later(of_themes.crossed_scores())
    themes = of_themes.model(later)
    _, _, threshold, found, final = later
    kept = (final >= threshold) & data.coded[found.sentence]
    right = data.theme_truth[found.sentence, found.theme] > 0.5
    total = int((data.theme_truth[data.coded] > 0.5).sum())
    measured["theme F1"] = round(float(2 * (kept & right).sum() / (kept.sum() + total)), 4)
    sure, told = learn_sure(data, found, final, kept, Weighed(chances, shown, times))
    arrays = {
        "themes": themes.arrays(),
        "polarity": polarity.arrays(),
        "timing": timing.arrays(),
        "sure": sure.arrays(),
    }
    return arrays, measured | told


if __name__ == "__main__":
    main()
