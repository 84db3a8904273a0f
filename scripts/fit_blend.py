"""Chooses how the encoder and the fast models are blended, on documents that neither has seen.

    python scripts/fit_blend.py OOF.jsonl FAST [--output BLEND.json]

OOF.jsonl is what train_encoder.py writes of the documents that were held out; FAST is a folder with
the weights that `train.py --held-out` learned without them. For each decision the encoder's share
and the threshold that serve best are taken, then what tells how sure a finding is.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from fitting import fit
from numpy.typing import NDArray
from train_sure import curve_end

from textmine.evaluation import confidence, scoring
from textmine.evaluation.scoring import Prediction
from textmine.pipeline import Tagger, TagInput
from textmine.pipeline.batch import Batch
from textmine.pipeline.learned.blending import Blend, Opinion
from textmine.pipeline.learned.polarity_model import LABELS
from textmine.pipeline.learned.sure_model import columns
from textmine.pipeline.rules.timing import TIMINGS
from textmine.pipeline.tagger import WEIGHTS, BatchRead, claims_of, learned, quiet
from textmine.themes import load_themes

TARGET: Final = Path(__file__).parents[1] / "textmine" / "pipeline" / "encoder" / "blend.json"
LEAST: Final = 1e-3
SHARES: Final = (0.3, 0.4, 0.5, 0.6, 0.7)
THRESHOLDS: Final = tuple(np.arange(0.28, 0.46, 0.02).round(2).tolist())
CHANGES: Final = tuple(np.arange(0.2, 0.5, 0.05).round(2).tolist())
NOISE: Final = 0.005
"""A difference between figures of some three thousand sentences that means nothing."""
BEGIN: Final = Blend(0.4, 0.6, 0.4, 0.36, 0.35, (1.0, 0, 0, 0, 0, 0))

Row = Mapping[str, Any]
Array = NDArray[Any]


class Stored:
    """An encoder that has read everything already: what it said is in a file."""

    def __init__(self, rows: Sequence[Row], themes: Sequence[str]) -> None:
        self.rows, self.themes = rows, themes
        self.blend = BEGIN

    def read(self, batch: Batch, quiet: Sequence[bool]) -> Opinion:
        """What it said of a batch of all rows."""
        labels = {"themes": self.themes, "polarity": LABELS, "timing": TIMINGS}
        said = {name: np.zeros((len(batch), len(known))) for name, known in labels.items()}
        for n, passage in enumerate(batch.passage.tolist()):
            row = self.rows[passage]
            shares = [min(batch.ends[n], b) - max(batch.starts[n], a) for a, b in row["sentences"]]
            best = shares.index(max(shares))
            for name, known in labels.items():
                said[name][n] = [max(row[name][best].get(value, 0), LEAST) for value in known]
        odds = np.log(said["themes"] / (1 - said["themes"].clip(max=1 - LEAST)))
        logs = (np.log(said[name]).astype(np.float32) for name in ("polarity", "timing"))
        read = ~np.array(quiet)[batch.passage]
        return Opinion(odds.astype(np.float32), *logs, read, self.blend)


class Trial:
    """Held-out paragraphs, read once, and tagged with one blend after another."""

    def __init__(self, rows: Sequence[Row], fast: Path) -> None:
        weights = {name: (fast / f"{name}.npz").read_bytes() for name in WEIGHTS}
        self.tagger = Tagger(load_themes(), weights=weights)
        assert self.tagger.models
        self.models = self.tagger.models
        self.gold = [scoring.passage_of({"id": str(n), **row}) for n, row in enumerate(rows)]
        self.inputs = [TagInput(row["text"], row["kind"], row["section"]) for row in rows]
        self.batch = self.tagger.rules.batch(self.inputs)
        self.read = BatchRead.of(self.batch, self.tagger.rules)
        stored = Stored(rows, self.models.themes.themes)
        self.opinion = stored.read(
            self.batch, [quiet(self.batch, n) for n in range(len(self.inputs))]
        )

    def said(self, blend: Blend | None) -> list[list[Prediction]]:
        """The findings; with no blend, those of the fast models alone."""
        opinion = blend and self.opinion._replace(blend=blend)
        found = self.tagger.findings(self.batch, opinion)
        return [
            [Prediction(f.start, f.end, f.theme, f.polarity, f.timing, f.score) for f in some]
            for some in found
        ]

    def figures(self, blend: Blend | None) -> dict[str, float]:
        """What is reached."""
        return scoring.figures(scoring.score(self.gold, self.said(blend)).counts())

    def best(self, blend: Blend, name: str, tries: Sequence[Mapping[str, float]]) -> Blend:
        """The blend, changed as serves a figure best; of changes that serve as well, the most even.

        The encoder's share comes first in each change.
        """
        figures = [self.figures(blend._replace(**change))[name] for change in tries]  # type: ignore[arg-type]
        least = max(figures) - NOISE
        good = [(t, figure) for t, figure in zip(tries, figures, strict=True) if figure >= least]
        even, _ = min(good, key=lambda one: (abs(next(iter(one[0].values())) - 0.5), -one[1]))
        return blend._replace(**even)  # type: ignore[arg-type]

    def sure(self, blend: Blend) -> tuple[Blend, dict[str, float]]:
        """The blend with what tells how sure a finding is, and how many findings are."""
        opinion = self.opinion._replace(blend=blend)
        judged = learned(self.batch, self.read, self.models, opinion)
        claims = claims_of(self.read, judged.sentences, self.models.themes.themes)
        odds = self.models.sure.odds(
            columns(self.batch, self.read.readings, claims, judged.weighed)
        )
        shown = opinion.columns(claims, judged.weighed.polarity.argmax(axis=1), odds)
        right = self._right(judged.sentences, claims.sentence)
        known = right >= 0
        truth = right[known, None].astype(np.float32)
        weights = fit([shown[known]], truth, link="sigmoid", penalty=1.0, steps=300)[:, 0]
        scores = 1 / (1 + np.exp(-(shown[known] @ weights[:-1] + weights[-1])))
        chosen = blend._replace(sure=tuple(weights.astype(float).tolist()))
        return chosen, curve_end(scores, right[known] > 0)

    def _right(self, sentences: Sequence[Any], of: Array) -> Array:
        """For each finding 1 where it is right, 0 where it is wrong, -1 where it is not judged."""
        themes = [theme for one in sentences for theme in one.themes]
        right = np.full(len(of), -1)
        for n, (sentence, theme) in enumerate(zip(of.tolist(), themes, strict=True)):
            passage = int(self.batch.passage[sentence])
            if quiet(self.batch, passage):
                continue
            start, end = self.batch.starts[sentence], self.batch.ends[sentence]
            said = sentences[sentence].said
            one = Prediction(start, end, theme, said.polarity, said.timing)
            for _, coded, each in confidence.judged([self.gold[passage]], [[one]]):
                right[n] = confidence.is_right(coded, each)
        return right


def chosen(trial: Trial) -> tuple[Blend, dict[str, float]]:
    """The best blend, decision by decision, and what it reaches."""
    blend = BEGIN
    both = [{"themes": s, "threshold": t} for s in SHARES for t in THRESHOLDS]
    blend = trial.best(blend, "theme F1", both)
    blend = trial.best(blend, "finding F1", [{"polarity": share} for share in SHARES])
    both = [{"timing": s, "change": t} for s in SHARES for t in CHANGES]
    blend = trial.best(blend, "timing F1", both)
    blend, told = trial.sure(blend)
    return blend, {**trial.figures(blend), **told}


def main() -> None:
    """Choose, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("oof", type=Path, help="what train_encoder.py wrote of unseen documents")
    parser.add_argument("fast", type=Path, help="a folder with weights learned without these")
    parser.add_argument("--output", type=Path, default=TARGET)
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.oof.read_text(encoding="utf-8").splitlines()]
    trial = Trial(rows, given.fast)
    alone = trial.figures(None)
    blend, reached = chosen(trial)
    print(json.dumps({"fast": alone, "blended": reached, **blend._asdict()}, indent=1))
    measured = {"fast": rounded(alone), "blended": rounded(reached)}
    record = {**blend._asdict(), "on documents that neither had seen": measured}
    given.output.write_text(json.dumps(record, indent=1) + "\n")


def rounded(figures: Mapping[str, float]) -> dict[str, float]:
    """Figures as they are printed."""
    return {name: round(value, 4) for name, value in figures.items()}


if __name__ == "__main__":
    main()
