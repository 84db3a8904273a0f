"""Learns the vectors of words and counts how common each word is, from a library of real reports.

    python scripts/train_vectors.py LIBRARY MODEL

MODEL is a folder with a sentence encoder that sentence-transformers can load; that package (with
torch and scipy) is needed here only. The encoder gives vectors to sentences of the reports, to
short stretches of them, to phrases of the vocabulary and to single words. Each stem then gets the
vector by which the sum over a text comes nearest to what the encoder says of the text (ridge
regression, from the encoder's vector of the word itself as the first guess). The vectors are turned
to the 96 directions in which passages differ most, and rounded to bytes. No text is kept.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import numpy as np
import yaml
from scipy import sparse
from sentence_transformers import SentenceTransformer

from index.storage.database import open_read
from index.text.analyzer import Words, terms
from index.text.word_vectors import DIMENSIONS

OUT = Path(__file__).resolve().parents[1] / "index" / "text"
SENTENCES, STRETCHES = 32_000, 12_000
RARE = 5  # passages: a stem in fewer is taken to be rare
WEIGHTS = {"words": 0.5, "phrases": 1.0, "stretches": 1.0, "sentences": 1.0}
ROUNDS = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("model", type=Path)
    given = parser.parse_args()
    passages = read(given.library)
    count(passages)
    encoder = SentenceTransformer(str(given.model), device="cpu")
    texts = examples(passages, encoder)
    vectors = {
        name: encoder.encode(some, batch_size=64, normalize_embeddings=True)
        for name, some in texts.items()
    }
    stems, learned = learn(texts, vectors)
    write(stems, learned, [Words(text).stems.split() for text in passages])


def read(library: Path) -> list[str]:
    """Every passage but headings, each wording once."""
    with open_read(library) as db:
        return [
            row["text"]
            for row in db.all(
                "SELECT t.text FROM passage_text t JOIN passage p ON p.id = t.passage"
                " WHERE p.kind <> 'heading' GROUP BY t.same"
            )
        ]


def count(passages: Sequence[str]) -> None:
    """Writes in how many passages each stem stands."""
    counts = Counter(stem for text in passages for stem in set(Words(text).stems.split()))
    kept = {stem: n for stem, n in sorted(counts.items()) if n >= RARE and stem.isalpha()}
    data = {"passages": len(passages), "stems": kept}
    text = json.dumps(data, indent=0, separators=(",", ":")) + "\n"
    (OUT / "stem_frequencies.json").write_text(text, encoding="utf-8")


def examples(passages: Sequence[str], encoder: SentenceTransformer) -> dict[str, list[str]]:
    """What the encoder is asked about."""
    chance = random.Random(3)
    found = (
        s for text in passages for s in re.split(r"(?<=[.;:])\s+(?=[A-Z])", " ".join(text.split()))
    )
    sentences = list(dict.fromkeys(s for s in found if 4 <= len(s.split()) <= 60))
    chance.shuffle(sentences)
    stretches = []
    for sentence in sentences[:STRETCHES]:
        parts = sentence.split()
        size = chance.randint(2, 6)
        start = chance.randint(0, max(0, len(parts) - size))
        stretches.append(" ".join(parts[start : start + size]).strip(".,;:").lower())
    used = Counter(form for text in passages for form in Words(text).forms.split())
    known = {word for word in encoder.tokenizer.get_vocab() if re.fullmatch("[a-z]{3,}", word)}
    known |= {form for form, n in used.items() if n >= 3 and re.fullmatch("[a-z0-9]{2,}", form)}
    return {
        "words": sorted(known),
        "phrases": phrases(),
        "stretches": stretches,
        "sentences": sentences[:SENTENCES],
    }


def phrases() -> list[str]:
    """What people and reports say, from the vocabulary."""
    file = resources.files("textmine.vocabulary").joinpath("everyday.yaml")
    entries = yaml.safe_load(file.read_bytes())["everyday"]
    return sorted({str(one) for entry in entries for one in (*entry["say"], *entry["means"])})


def learn(
    texts: dict[str, list[str]], vectors: dict[str, np.ndarray]
) -> tuple[list[str], np.ndarray]:
    """The stems, and a vector for each."""
    numbers: dict[str, int] = {}
    rows = [
        [numbers.setdefault(term.stem, len(numbers)) for term in terms(text)]
        for name in WEIGHTS
        for text in texts[name]
    ]
    wanted = np.vstack([vectors[name] for name in WEIGHTS])
    weights = np.repeat(list(WEIGHTS.values()), [len(texts[name]) for name in WEIGHTS])
    matrix = sparse.csr_matrix(
        (
            [1 / len(row) ** 0.5 for row in rows for _ in row],
            (
                [number for number, row in enumerate(rows) for _ in row],
                [n for row in rows for n in row],
            ),
        ),
        shape=(len(rows), len(numbers)),
    )
    first = guess(rows[: len(texts["words"])], vectors["words"], matrix)
    weighted = matrix.T @ sparse.diags(weights)
    normal = weighted @ matrix
    change = solve(normal, weighted @ (wanted - matrix @ first))
    return list(numbers), first + change


def guess(
    rows: Sequence[Sequence[int]], vectors: np.ndarray, matrix: sparse.csr_matrix
) -> np.ndarray:
    """The encoder's vectors of the words themselves, longer for rare ones."""
    total = np.zeros((matrix.shape[1], vectors.shape[1]))
    times = np.zeros(matrix.shape[1])
    for row, vector in zip(rows, vectors, strict=True):
        if len(row) == 1:
            total[row[0]] += vector
            times[row[0]] += 1
    rarity = np.log(1 + matrix.shape[0] / (1 + np.asarray((matrix > 0).sum(0)).ravel()))
    return total / np.maximum(times, 1)[:, None] * (0.35 * rarity / rarity.mean())[:, None]


def solve(normal: sparse.csr_matrix, right: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Conjugate gradients for all columns at once."""
    found = np.zeros_like(right)
    rest, step = right.copy(), right.copy()
    size = (rest * rest).sum(0)
    for _ in range(ROUNDS):
        moved = normal @ step + ridge * step
        length = size / np.maximum((step * moved).sum(0), 1e-12)
        found += length * step
        rest -= length * moved
        now = (rest * rest).sum(0)
        step = rest + now / np.maximum(size, 1e-12) * step
        size = now
    return found


def write(stems: Sequence[str], learned: np.ndarray, passages: Sequence[Sequence[str]]) -> None:
    """Writes the table, in the directions in which passages differ most."""
    numbers = {stem: number for number, stem in enumerate(stems)}
    sums = np.zeros((len(passages), learned.shape[1]))
    for row, passage in enumerate(passages):
        if known := [numbers[stem] for stem in passage if stem in numbers]:
            sums[row] = learned[known].sum(0)
    units = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    middle = units.mean(0)
    _, directions = np.linalg.eigh((units - middle).T @ (units - middle))
    turn = directions[:, ::-1][:, :DIMENSIONS]
    kept = sorted(stem for stem in stems if stem.isalpha() and 2 <= len(stem) <= 24)
    rows = learned[[numbers[stem] for stem in kept]] @ turn
    scale = np.maximum(np.abs(rows).max(1), 1e-9) / 127
    np.savez_compressed(
        OUT / "word_vectors.npz",
        words=np.round(rows / scale[:, None]).astype(np.int8),
        scale=scale.astype(np.float16),
        mean=(middle @ turn).astype(np.float32),
    )
    (OUT / "word_vectors.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
