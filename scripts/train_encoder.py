"""The teacher: a small encoder fine-tuned on themes, polarity and timing of sentences.

The encoder (BERT of MiniLM's size: a folder with model.safetensors, tokenizer.json, config.json)
reads a whole paragraph under its heading; a sentence is the mean of its tokens. `PARTS` says which
layers learn when; three linear heads share what they learn. Folds are by document. From a
heading every grade is taken away, so that no label rests on one.

    python scripts/train_encoder.py train DATA.jsonl OUT --model FOLDER [--folds 3] [--parts 2]
    python scripts/train_encoder.py label DATA.jsonl OUT --model FOLDER
    python scripts/train_encoder.py report DATA.jsonl OUT --model FOLDER --reporting GOLD.jsonl

DATA.jsonl is what teacher_data.py writes. `train` saves the weights of each fold in OUT as it goes
(a fold that is there is not trained again), and in oof.jsonl the probabilities for every coded
sentence by the model that saw nothing of its document, with figures. `label` writes in
passages.jsonl what the model that has not seen its document says of each passage. `report` scores
coded paragraphs with the mean of all models at the thresholds that oof.jsonl chose.

A development tool: torch, tokenizers and safetensors are needed, and no part of the product.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from teacher_figures import POLARITIES, TIMINGS, Cut, best_cut, decide, figures
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


PARTS: Final = (Part(3, 2e-4, 3), Part(4, 2e-4, 2))
"""First the upper half, which is quicker, then all layers but the two nearest to single words."""

WEIGHTS: Final = (1.0, 2.0, 1.0)
"""What an error in themes, polarity and timing costs."""


def loss_of(logits: Sequence[Tensor], truth: Truth) -> Tensor:
    """What the errors of a batch cost, a sentence."""
    themes, polarity, timing = logits
    each = functional.binary_cross_entropy_with_logits(
        themes, truth.themes, weight=truth.weights, reduction="none"
    )
    costs = (
        each.sum(1).mean(),
        functional.cross_entropy(polarity, truth.polarity),
        functional.cross_entropy(timing, truth.timing),
    )
    return sum((w * cost for w, cost in zip(WEIGHTS, costs, strict=True)), torch.zeros(()))


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
    part: Part,
    check: Callable[[str], None],
) -> None:
    """Teach the model the rows; `check` is called after each epoch."""
    seed = PARTS.index(part)
    model.frozen = part.frozen
    below = begin(model, reader, rows) if part.frozen else {}
    chance = random.Random(seed)
    torch.manual_seed(seed)
    steps = part.epochs * sum(1 for _ in reader.batches(rows, random.Random(seed)))
    optimizer = optimizer_of(model, part)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min((step + 1) / warm, max(0.0, 1.02 - step / steps)),
    )
    for epoch in range(part.epochs):
        began, costs = time.process_time(), []
        model.train()
        for group in reader.batches(rows, chance):
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
        check(f"epoch {epoch + 1} loss {np.mean(costs):.3f} ({spent:.0f} s)")


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


def fold_of(document: str, count: int) -> int:
    """The fold of a document: always the same, whatever else there is."""
    return int(hashlib.sha256(f"teacher{document}".encode()).hexdigest()[:8], 16) % count


def train(options: argparse.Namespace) -> None:
    """Teach a model a fold, and write what each says of the fold that it has not seen."""
    rows, themes = _rows(options.data)
    coded = [row for row in rows if row["labels"]]
    reader = Reader(options.model, themes)
    values: dict[int, np.ndarray] = {}
    for fold in range(options.folds) if options.only is None else [options.only]:
        inside = [row for row in coded if fold_of(row["sha256"], options.folds) != fold]
        outside = [row for row in coded if fold_of(row["sha256"], options.folds) == fold]
        model = Encoder(options.model, len(themes))
        check = _progress(model, reader, outside, fold)
        for number, part in enumerate(PARTS[: options.parts], 1):
            saved = options.out / f"fold{fold}of{options.folds}-part{number}.safetensors"
            if saved.exists():
                model.load_state_dict(load_file(saved), strict=False)
            else:
                learn(model, reader, inside, part, check)
                taught = {n: w for n, w in model.state_dict().items() if n != "words.weight"}
                save_file(taught, saved)
        values |= predict(model, reader, outside)
    seen = [row for row in coded if id(row) in values]
    _write(options.out / _name("oof", options), seen, values, themes)
    cut = best_cut(seen, [values[id(row)] for row in seen], themes)
    record = {"cut": asdict(cut), "folds": options.folds, "parts": options.parts, "figures": {}}
    for name, some in _parts(seen):
        decisions = [decide(values[id(row)], themes, cut) for row in some]
        record["figures"][name] = figures(some, decisions)
        print(f"{name:12}", record["figures"][name], flush=True)
    (options.out / _name("figures", options)).with_suffix(".json").write_text(
        json.dumps(record, indent=1) + "\n"
    )


def _progress(
    model: Encoder, reader: Reader, outside: Sequence[Row], fold: int
) -> Callable[[str], None]:
    """Says after each epoch how the first fold's model does on what it has not seen."""

    def check(done: str) -> None:
        if fold:
            print(f"fold {fold}", done, time.strftime("%H:%M:%S"), flush=True)
            return
        values = predict(model, reader, outside)
        decisions = [decide(values[id(row)], reader.themes, Cut()) for row in outside]
        print(done, figures(outside, decisions), time.strftime("%H:%M:%S"), flush=True)

    return check


def label(options: argparse.Namespace) -> None:
    """Write what is decisions of every passage by the model that has not seen its document."""
    rows, themes = _rows(options.data)
    passages = [row for row in rows if row["source"] == "passage"]
    reader = Reader(options.model, themes)
    values: dict[int, np.ndarray] = {}
    for fold, model in _models(options, len(themes)):
        unseen = [row for row in passages if fold_of(row["sha256"], options.folds) == fold]
        values |= predict(model, reader, unseen)
        print(f"fold {fold}: {len(unseen)} passages", time.strftime("%H:%M:%S"), flush=True)
    seen = [row for row in passages if id(row) in values]
    _write(options.out / _name("passages", options), seen, values, themes)


def report(options: argparse.Namespace) -> None:
    """Score coded paragraphs with the mean of all models."""
    _, themes = _rows(options.data)
    rows = _lines(options.reporting)
    reader = Reader(options.model, themes)
    each = [predict(model, reader, rows) for _, model in _models(options, len(themes))]
    values = {id(row): np.mean([one[id(row)] for one in each], 0) for row in rows}
    cut = Cut(**json.loads((options.out / "figures.json").read_text())["cut"])
    for name, some in _parts(rows):
        print(f"{name:12}", figures(some, [decide(values[id(row)], themes, cut) for row in some]))
    _write(options.out / f"{options.reporting.stem}.jsonl", rows, values, themes)


def _name(what: str, options: argparse.Namespace) -> str:
    return f"{what}.jsonl" if options.only is None else f"{what}{options.only}.jsonl"


def _models(options: argparse.Namespace, themes: int) -> Iterator[tuple[int, Encoder]]:
    """The models that were taught, with the fold that each has not seen."""
    for fold in range(options.folds) if options.only is None else [options.only]:
        saved = options.out / f"fold{fold}of{options.folds}-part{options.parts}.safetensors"
        model = Encoder(options.model, themes)
        model.load_state_dict(load_file(saved), strict=False)
        yield fold, model


def _rows(path: Path) -> tuple[list[Row], list[str]]:
    """All paragraphs, and the themes that readers gave."""
    rows = _lines(path)
    labels = [label for row in rows for label in row["labels"] or ()]
    return rows, sorted({theme for label in labels for theme in label["themes"]})


def _lines(path: Path) -> list[Row]:
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
    parser.add_argument("do", choices=("train", "label", "report"))
    parser.add_argument("data", type=Path, help="what teacher_data.py wrote")
    parser.add_argument("out", type=Path, help="a folder for weights and what they say")
    parser.add_argument("--model", type=Path, required=True, help="the folder of the base model")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--only", type=int, help="this fold only, in files of its own")
    parser.add_argument("--parts", type=int, default=len(PARTS), help="stop after this part")
    parser.add_argument("--reporting", type=Path, help="coded paragraphs to score")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    {"train": train, "label": label, "report": report}[options.do](options)


if __name__ == "__main__":
    main()
