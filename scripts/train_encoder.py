"""The encoder: a small transformer fine-tuned on themes, polarity and timing of sentences.

The encoder (BERT of MiniLM's size: a folder with model.safetensors, tokenizer.json, config.json)
reads a whole paragraph under its heading; a sentence is the mean of its tokens. `PARTS` says which
layers learn when, and from what; linear heads for each task share what they learn. One document of
six is held out (teacher_figures.py), so that blend and scores can be fitted on what no model saw.

    python scripts/train_encoder.py train DATA.jsonl OUT --model FOLDER [--taught PASSAGES.jsonl]
    python scripts/train_encoder.py label DATA.jsonl OUT --model FOLDER

DATA.jsonl is what teacher_data.py writes. `train` saves weights in OUT after each part (a part that
is there is not taught again), and in oof.jsonl the probabilities for the coded sentences that were
held out, with figures. Parts that learn from passages too need `--taught`: what blend.py wrote of
the labels of the parts before. The last part ships. `label` writes in passages.jsonl what the model
says of each passage.

A development tool: torch, tokenizers and safetensors are needed, and no part of the product.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from teacher_figures import POLARITIES, TIMINGS, best_cut, decide, figures, fold_of
from teacher_model import Encoder, Reader, Row, Truth
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

HEAD_RATE, DECAY = 2e-3, 0.9
"""The rate of the heads, at first; each layer learns this share of the one above it."""


class Part(NamedTuple):
    """A part of the teaching: how long, at what rate of the top layer, and what stays as it was."""

    epochs: int
    rate: float
    frozen: int
    taught: float = 0.0
    """The share of the passages with a teacher's labels that each epoch has, others each time."""


PARTS: Final = (
    Part(3, 2e-4, 3),
    Part(4, 2e-4, 2),
    Part(2, 1.6e-4, 0),
    Part(2, 1.4e-4, 0, 0.6),
    Part(2, 1e-4, 0, 0.35),
    Part(3, 1e-4, 0, 0.25),
)
"""First the upper half, which is quicker, then all layers but the two nearest to single words, then
all; the last parts also have passages."""

WEIGHTS: Final = (1.0, 2.0, 1.0)
"""What an error in themes, polarity and timing costs."""


def loss_of(logits: Sequence[Tensor], truth: Truth) -> Tensor:
    """What the errors of a batch cost, a sentence."""
    themes, polarity, timing = logits
    each = functional.binary_cross_entropy_with_logits(
        themes, truth.themes, weight=truth.weights, reduction="none"
    )
    costs = (
        each.sum(1),
        functional.cross_entropy(polarity, truth.polarity, reduction="none"),
        functional.cross_entropy(timing, truth.timing, reduction="none"),
    )
    every = sum((w * cost for w, cost in zip(WEIGHTS, costs, strict=True)), torch.zeros(()))
    return (every * truth.counts).sum() / truth.counts.sum()


def optimizer_of(model: Encoder, part: Part) -> torch.optim.AdamW:
    """Lower layers learn more slowly; biases and norms do not decay."""
    heads = list(model.heads.parameters())
    rates = {HEAD_RATE * part.rate / PARTS[0].rate: heads}
    depth = len(model.layers)
    for number, layer in enumerate(model.layers):
        if number >= part.frozen:
            rates[part.rate * DECAY ** (depth - 1 - number)] = list(layer.parameters())
    if not part.frozen:
        rates[part.rate * DECAY**depth] = [*model.positions.parameters(), *model.norm.parameters()]
    groups = [
        {
            "params": [p for p in parameters if (p.dim() > 1) == big],
            "lr": rate,
            "weight_decay": 0.01 * big,
        }
        for rate, parameters in rates.items()
        for big in (True, False)
    ]
    return torch.optim.AdamW(groups, fused=True)


def learn(
    model: Encoder,
    reader: Reader,
    rows: Sequence[Row],
    taught: Sequence[Row],
    part: Part,
) -> None:
    """Teach the model coded rows and some of the taught ones."""
    seed = PARTS.index(part)
    model.frozen = part.frozen
    below = begin(model, reader, rows) if part.frozen else {}
    chance = random.Random(seed)
    torch.manual_seed(seed)
    more = int(part.taught * len(taught))
    first = [*rows, *taught[:more]]
    steps = part.epochs * sum(1 for _ in reader.batches(first, random.Random(seed)))
    optimizer = optimizer_of(model, part)
    warm = max(1, steps // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, max(0.0, 1.02 - step / steps)),
    )
    for epoch in range(part.epochs):
        began, costs = time.process_time(), []
        model.train()
        for group in reader.batches([*rows, *chance.sample(taught, more)], chance):
            begun = (
                pad_sequence([below[id(row)] for row in group], batch_first=True) if below else None
            )
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(reader.batch(group), begun)
            loss = loss_of(logits, reader.truth(group))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            costs.append(loss.item())
        spent = time.process_time() - began
        _say(f"epoch {epoch + 1} loss {np.mean(costs):.3f} ({spent:.0f} s)")


def begin(model: Encoder, reader: Reader, rows: Sequence[Row]) -> dict[int, Tensor]:
    """What the lower layers make of each row, once for all epochs."""
    model.eval()
    states: dict[int, Tensor] = {}
    for group in reader.batches(rows, None):
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            padded = model.below(reader.batch(group)).bfloat16()
        for row, one in zip(group, padded, strict=True):
            states[id(row)] = one[: len(reader.read(row)[0])].clone()
    return states


def predict(model: Encoder, reader: Reader, rows: Sequence[Row]) -> dict[int, np.ndarray]:
    """The probabilities of each row's sentences, by the row's identity."""
    model.eval()
    predicted: dict[int, np.ndarray] = {}
    for group in reader.batches(rows, None):
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            themes, polarity, timing = model(reader.batch(group))
        values = torch.cat([themes.sigmoid(), polarity.softmax(1), timing.softmax(1)], 1).numpy()
        first = 0
        for row in group:
            predicted[id(row)] = values[first : first + len(row["sentences"])]
            first += len(row["sentences"])
    return predicted


def train(options: argparse.Namespace) -> None:
    """Teach all but what is held out, part by part, and write what the model says of that."""
    rows, themes = _rows(options.data)
    coded = [row for row in rows if row["labels"]]
    inside = [row for row in coded if fold_of(row["sha256"])]
    outside = [row for row in coded if not fold_of(row["sha256"])]
    taught = [row for row in _lines(options.taught) if fold_of(row["sha256"])]
    reader, model = Reader(options.model, themes), Encoder(options.model, len(themes))
    for number, part in enumerate(PARTS, 1):
        saved = options.out / f"part{number}.safetensors"
        if part.taught and not taught:
            break
        if saved.exists():
            model.load_state_dict(load_file(saved), strict=False)
        else:
            learn(model, reader, inside, taught, part)
            _save(model, saved)
        values = predict(model, reader, outside)
        _write(options.out / "oof.jsonl", outside, values, themes)
        cut = best_cut(outside, [values[id(row)] for row in outside], themes)
        print(f"part {number}", asdict(cut))
        for name, some in _parts(outside):
            decisions = [decide(values[id(row)], themes, cut) for row in some]
            print(f"{name:12}", figures(some, decisions), flush=True)


def label(options: argparse.Namespace) -> None:
    """Write what the model says of every passage."""
    rows, themes = _rows(options.data)
    passages = [row for row in rows if row["source"] == "passage"]
    reader, model = Reader(options.model, themes), Encoder(options.model, len(themes))
    saved = max(options.out.glob("part*.safetensors"))
    model.load_state_dict(load_file(saved), strict=False)
    values = predict(model, reader, passages)
    _write(options.out / "passages.jsonl", passages, values, themes)


def _say(done: str) -> None:
    print(done, time.strftime("%H:%M:%S"), flush=True)


def _save(model: Encoder, path: Path) -> None:
    """Save what was taught; the table of words stays as it came."""
    save_file({n: w for n, w in model.state_dict().items() if n != "words.weight"}, path)


def _rows(path: Path) -> tuple[list[Row], list[str]]:
    """All paragraphs, and the themes that readers gave."""
    rows = _lines(path)
    labels = [label for row in rows for label in row["labels"] or ()]
    return rows, sorted({theme for label in labels for theme in label["themes"]})


def _lines(path: Path | None) -> list[Row]:
    if path is None:
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _parts(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """All rows, then those of each kind and of each source that has many."""
    yield "all", list(rows)
    for name in ("kind", "source"):
        for value, count in sorted(Counter(row.get(name, "") for row in rows).items()):
            if count >= 10 and count < len(rows):
                yield value, [row for row in rows if row.get(name, "") == value]


def _write(
    path: Path, rows: Sequence[Row], values: dict[int, np.ndarray], themes: Sequence[str]
) -> None:
    """Paragraphs with the probabilities of each sentence; small ones of themes are left out."""
    count = len(themes)
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            scores = values[id(row)].round(4).tolist()
            fields = {
                "themes": [
                    {t: v for t, v in zip(themes, each[:count], strict=True) if v >= 0.05}
                    for each in scores
                ],
                "polarity": [
                    dict(zip(POLARITIES, e[count : count + 4], strict=True)) for e in scores
                ],
                "timing": [dict(zip(TIMINGS, e[count + 4 :], strict=True)) for e in scores],
            }
            out.write(json.dumps({**row, **fields}, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("do", choices=("train", "label"))
    parser.add_argument("data", type=Path, help="what teacher_data.py wrote")
    parser.add_argument("out", type=Path, help="a folder for weights and what they say")
    parser.add_argument("--model", type=Path, required=True, help="the folder of the base model")
    parser.add_argument("--taught", type=Path, help="passages with labels, as blend.py writes them")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    {"train": train, "label": label}[options.do](options)


if __name__ == "__main__":
    main()
