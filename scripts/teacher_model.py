"""The encoder that train_encoder.py teaches, and how it reads paragraphs.

BERT as MiniLM has it, from a folder with model.safetensors, tokenizer.json and config.json. A
paragraph is read whole, under its heading; a sentence is the mean of its tokens.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from safetensors.torch import load_file
from teacher_figures import POLARITIES, TIMINGS
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

Row = dict[str, Any]

KINDS: Final = {
    "ilacs": "children's services",
    "send": "special needs area",
    "jtai": "joint agencies",
}
"""What the encoder is fields of the kind of document; any other is an older inspection."""
OLDER: Final = "older children's services"

TOKENS: Final = 1024
"""How many tokens a step learns from."""
LONGEST: Final = 500
"""How many tokens of heading and paragraph the encoder takes; the rest of a longer one is cut."""
HEAD: Final = 60
"""How many of these the heading may have."""
DROPOUT: Final = 0.1
TAUGHT: Final = 0.6
"""How much a sentence counts of which a teacher gives the chances."""


class Batch(NamedTuple):
    """Paragraphs as tensors; `places` numbers each token's sentence; the last: none."""

    tokens: Tensor
    mask: Tensor
    places: Tensor
    sentences: int


class Truth(NamedTuple):
    """The labels of a batch; what readers dispute among the themes has weight 0."""

    themes: Tensor
    weights: Tensor
    polarity: Tensor
    timing: Tensor
    counts: Tensor
    """How much each sentence counts."""


class Encoder(nn.Module):
    """BERT with a mean over each sentence and heads for themes, polarity and timing."""

    def __init__(self, folder: Path, themes: int) -> None:
        super().__init__()
        settings = json.loads((folder / "config.json").read_text())
        width, self.spread = settings["hidden_size"], settings["num_attention_heads"]
        epsilon = settings["layer_norm_eps"]
        self.words = nn.Embedding(settings["vocab_size"], width)
        self.positions = nn.Embedding(settings["max_position_embeddings"], width)
        self.norm = nn.LayerNorm(width, epsilon)
        self.layers = nn.ModuleList(
            Layer(width, settings["intermediate_size"], self.spread, epsilon)
            for _ in range(settings["num_hidden_layers"])
        )
        self.heads = nn.Linear(width, themes + len(POLARITIES) + len(TIMINGS))
        self.dropout = nn.Dropout(DROPOUT)
        self.frozen = 0
        self._sizes = [themes, len(POLARITIES), len(TIMINGS)]
        self._load(load_file(folder / "model.safetensors"))
        with torch.no_grad():
            self.heads.weight.normal_(0, 0.02)
            self.heads.bias.zero_()
            self.heads.bias[:themes] = -3.6  # about one sentence of 36 has a options theme
        self.words.weight.requires_grad = False

    def _load(self, weights: dict[str, Tensor]) -> None:
        """Takes the weights by the names that BERT's files use."""
        own = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        for number in range(len(self.layers)):
            old, new = f"encoder.layer.{number}.", f"layers.{number}."
            for kind in ("weight", "bias"):
                parts = [
                    weights[f"{old}attention.self.{n}.{kind}"] for n in ("query", "key", "value")
                ]
                own[f"{new}attend.{kind}"] = torch.cat(parts)
                own[f"{new}output.{kind}"] = weights[f"{old}attention.output.dense.{kind}"]
                own[f"{new}norm.{kind}"] = weights[f"{old}attention.output.LayerNorm.{kind}"]
                own[f"{new}widen.{kind}"] = weights[f"{old}intermediate.dense.{kind}"]
                own[f"{new}narrow.{kind}"] = weights[f"{old}output.dense.{kind}"]
                own[f"{new}last_norm.{kind}"] = weights[f"{old}output.LayerNorm.{kind}"]
        self.load_state_dict(own, strict=False)

    def forward(self, batch: Batch, begun: Tensor | None = None) -> list[Tensor]:
        """The logits of themes, polarity and timing, a row a sentence.

        `begun` is what `below` gives, where that is known already.
        """
        x = self.below(batch) if begun is None else begun
        for layer in self.layers[self.frozen :]:
            x = layer(x, batch.mask)
        flat, places = x.float().reshape(-1, x.shape[-1]), batch.places.reshape(-1)
        sums = torch.zeros(batch.sentences + 1, flat.shape[1]).index_add(0, places, flat)
        counts = torch.bincount(places, minlength=batch.sentences + 1).clamp(min=1)
        means = (sums / counts[:, None])[:-1]
        return list(self.heads(self.dropout(means)).float().split(self._sizes, dim=1))

    def below(self, batch: Batch) -> Tensor:
        """What the table of words and the layers that stay as they were make of a batch."""
        x: Tensor = self.words(batch.tokens) + self.positions.weight[: batch.tokens.shape[1]]
        x = self.dropout(self.norm(x))
        for layer in self.layers[: self.frozen]:
            x = layer(x, batch.mask)
        return x


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, width: int, inner: int, spread: int, epsilon: float) -> None:
        super().__init__()
        self.spread, self.scale = spread, (width // spread) ** -0.5
        self.attend = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, epsilon)
        self.widen = nn.Linear(width, inner)
        self.narrow = nn.Linear(inner, width)
        self.last_norm = nn.LayerNorm(width, epsilon)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        rows, length, width = x.shape
        parts = self.attend(x).view(rows, length, 3, self.spread, -1).permute(2, 0, 3, 1, 4)
        query, key, value = parts.unbind(0)
        with torch.autocast("cpu", enabled=False):  # several times faster than torch's own
            scores = query @ key.transpose(-1, -2) * self.scale + mask.to(query.dtype)
            seen = scores.softmax(-1) @ value
        seen = self.output(seen.transpose(1, 2).reshape(rows, length, width))
        x = self.norm(x + self.dropout(seen))
        inner: Tensor = self.narrow(functional.gelu(self.widen(x)))
        result: Tensor = self.last_norm(x + self.dropout(inner))
        return result


class Reader:
    """Turns paragraphs into batches, and labels into tensors."""

    def __init__(self, folder: Path, themes: Sequence[str]) -> None:
        self.themes = themes
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._known: dict[int, tuple[list[int], list[int]]] = {}

    def read(self, row: Row) -> tuple[list[int], list[int]]:
        """The tokens of a paragraph under its heading, and the sentence of each, -1 for none."""
        if id(row) not in self._known:
            above = f"{KINDS.get(row['kind'], OLDER)}: {row['section']}"
            head = self._tokenizer.encode(above).ids
            head = [*head[: HEAD - 1], head[-1]] if len(head) > HEAD else head
            body = self._tokenizer.encode(row["text"], add_special_tokens=False)
            places, number = [], 0
            for start, _ in body.offsets:
                while (
                    number + 1 < len(row["sentences"]) and start >= row["sentences"][number + 1][0]
                ):
                    number += 1
                places.append(number)
            tokens = [*head, *body.ids[: LONGEST - len(head)], head[-1]]
            places = [-1] * len(head) + places[: LONGEST - len(head)] + [-1]
            self._known[id(row)] = tokens, places
        return self._known[id(row)]

    def batches(self, rows: Sequence[Row], shuffle: random.Random | None) -> Iterator[list[Row]]:
        """Paragraphs of like length together."""

        def length(row: Row) -> float:
            return len(self.read(row)[0]) * (shuffle.uniform(0.93, 1.07) if shuffle else 1)

        order = sorted(rows, key=length)
        groups: list[list[Row]] = [[]]
        longest = 0
        for row in order:
            longest = max(longest, len(self.read(row)[0]))
            if groups[-1] and longest * (len(groups[-1]) + 1) > TOKENS:
                groups.append([])
                longest = len(self.read(row)[0])
            groups[-1].append(row)
        if shuffle:
            shuffle.shuffle(groups)
        return iter(groups)

    def batch(self, rows: Sequence[Row]) -> Batch:
        """The paragraphs as tensors, padded."""
        read = [self.read(row) for row in rows]
        longest = max(len(tokens) for tokens, _ in read)
        first = np.cumsum([0, *(len(row["sentences"]) for row in rows)])
        total = int(first[-1])
        tokens = torch.zeros(len(rows), longest, dtype=torch.long)
        places = torch.full((len(rows), longest), total)
        for n, (ids, numbers) in enumerate(read):
            tokens[n, : len(ids)] = torch.tensor(ids)
            places[n, : len(ids)] = torch.tensor(
                [total if p < 0 else int(first[n]) + p for p in numbers]
            )
        sizes = torch.tensor([len(ids) for ids, _ in read])
        mask = torch.zeros(len(rows), longest)
        mask[torch.arange(longest)[None] >= sizes[:, None]] = -1e4
        return Batch(tokens, mask[:, None, None, :], places, total)

    def truth(self, rows: Sequence[Row]) -> Truth:
        """The labels as tensors; several values of one label share the weight.

        A row without labels has the chances that a teacher gives.
        """

        def table(name: str, values: Sequence[str]) -> Tensor:
            every = [
                [_chance(one.get(name, ()), value) for value in values]
                for row in rows
                for one in _truths(row)
            ]
            return torch.tensor(every)

        polarity, timing = table("polarity", POLARITIES), table("timing", TIMINGS)
        counts = [1.0 if row["labels"] else TAUGHT for row in rows for _ in row["sentences"]]
        return Truth(
            table("themes", self.themes),
            1 - table("disputed", self.themes),
            polarity / polarity.sum(1, keepdim=True),
            timing / timing.sum(1, keepdim=True),
            torch.tensor(counts),
        )


def _truths(row: Row) -> Sequence[Row]:
    """What is held true of each sentence of a row."""
    names = ("themes", "polarity", "timing")
    if row["labels"]:
        labels: Sequence[Row] = row["labels"]
        return labels
    each = zip(*(row[name] for name in names), strict=True)
    return [dict(zip(names, one, strict=True)) for one in each]


def _chance(held: Any, value: str) -> float:
    """The chance of a value: in a list 0 or 1."""
    return float(held.get(value, 0.0)) if isinstance(held, dict) else float(value in held)
