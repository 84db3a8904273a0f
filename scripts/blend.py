"""Blends a teacher's chances with those of the models that ship now, half and half.

Neither is as good as both together; the fast models then learn from the blend (train.py --taught).

    python scripts/blend.py PASSAGES.jsonl BLENDED.jsonl
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from coded import ASIDE

from textmine.pipeline import Tagger, TagInput
from textmine.pipeline.learned.polarity_model import LABELS
from textmine.pipeline.learned.theme_features import ThemeFeatures
from textmine.pipeline.rules.cues import TIMING
from textmine.pipeline.rules.timing import TIMINGS
from textmine.themes import load_themes

LEAST: Final = 0.01
"""What is not mentioned is as probable as this."""
SHOWN: Final = 0.03


def blended(rows: list[dict[str, Any]], tagger: Tagger) -> Iterator[dict[str, Any]]:
    """The rows with blended chances, for the sentences as the tagger splits them."""
    models, rules = tagger.models, tagger.rules
    assert models
    given = [TagInput(r["text"], r["kind"], r["section"], r["passage_kind"]) for r in rows]
    batch = rules.batch(given)
    topics, cues = rules.topics(batch), rules.cues(batch)
    readings = rules.readings(batch, cues)
    names = models.themes.themes
    found, chances = models.themes.chances(batch.run(), ThemeFeatures.of(batch, topics, names))
    themes: list[dict[str, float]] = [{} for _ in range(len(batch))]
    columns = (found.sentence.tolist(), found.theme.tolist(), chances.tolist())
    for sentence, theme, chance in zip(*columns, strict=True):
        themes[sentence][names[theme]] = chance
    _, polarity = models.polarity.chances(batch, readings)
    said = [LABELS[n] for n in polarity.argmax(axis=1).tolist()]
    timing_cues = [some[TIMING] for some in cues]
    timing = models.timing.chances(batch, timing_cues, readings, said)
    for passage, given_row in enumerate(rows):
        keys = ("sentences", "themes", "polarity", "timing")
        row: dict[str, Any] = given_row | {key: [] for key in keys}
        for n in range(batch.firsts[passage], batch.firsts[passage + 1]):
            start, end = batch.starts[n], batch.ends[n]
            shares = [min(end, b) - max(start, a) for a, b in given_row["sentences"]]
            k = shares.index(max(shares))
            row["sentences"].append([start, end])
            row["themes"].append(_either(given_row["themes"][k], themes[n]))
            own = dict(zip(LABELS, polarity[n].tolist(), strict=True))
            row["polarity"].append(_one(given_row["polarity"][k], own))
            own = dict(zip(TIMINGS, timing[n].tolist(), strict=True))
            row["timing"].append(_one(given_row["timing"][k], own))
        yield row


def _logit(chance: float) -> float:
    chance = min(max(chance, LEAST), 1 - LEAST)
    return float(np.log(chance / (1 - chance)))


def _either(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """Blended chances that do not depend on one another."""
    found = {}
    for name in sorted({*one, *other}):
        middle = (_logit(one.get(name, 0)) + _logit(other.get(name, 0))) / 2
        chance = 1 / (1 + float(np.exp(-middle)))
        if chance >= SHOWN:
            found[name] = round(chance, 3)
    return found


def _one(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """Blended chances of which one is right."""
    scores = {name: max(one[name], LEAST) ** 0.5 * max(other[name], LEAST) ** 0.5 for name in one}
    total = sum(scores.values())
    return {name: round(score / total, 3) for name, score in scores.items()}


def main() -> None:
    """Blend a file."""
    source, target = map(Path, sys.argv[1:])
    tagger = Tagger(load_themes())
    lines = source.read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["sha256"] not in ASIDE]
    rows = [row for row in rows if not row["gold"] and not row["figures_only"]]
    with target.open("w", encoding="utf-8") as out:
        for begin in range(0, len(rows), 256):
            for row in blended(rows[begin : begin + 256], tagger):
                out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
