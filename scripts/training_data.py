"""All that is learned from, as one batch: sentences, what the rules read, and the truth."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from coded import ASIDE, Coded, Report, folds
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from textmine.pipeline.batch import Batch, TagInput
from textmine.pipeline.learned.feature_sums import FeatureGroups
from textmine.pipeline.learned.polarity_features import Reading
from textmine.pipeline.learned.polarity_model import LABELS
from textmine.pipeline.rule_reader import RuleReader
from textmine.pipeline.rules.phrase_matcher import Match
from textmine.pipeline.rules.timing import TIMINGS
from textmine.pipeline.rules.topics import Topics
from textmine.pipeline.tokens.tokenizer import SpacyTokenizer
from textmine.pipeline.tokens.vocabulary import BREAKS, fold

FOLDS: Final = 5
SHARED: Final = 3
"""A word, a run of words or any other feature of fewer documents is not learned."""
WINDOW, DIMENSIONS = 8, 100

Array = NDArray[Any]


TAUGHT: Final = 0.5
"""How much a sentence counts of which a teacher gives the chances."""


class Chances(NamedTuple):
    """What a teacher says of a sentence."""

    themes: dict[str, float]
    polarity: dict[str, float]
    timing: dict[str, float]


class Taught(NamedTuple):
    """A passage of a document, and what a teacher says of its sentences."""

    document: str
    given: TagInput
    ranges: Sequence[Sequence[int]]
    labels: Sequence[Chances]

    number = Coded.number


def taught(path: Path) -> Iterator[Taught]:
    """The passages that a teacher labelled, but for those that were coded or are reported on."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["gold"] or row["figures_only"] or row["sha256"] in ASIDE:
            continue
        labels = zip(row["themes"], row["polarity"], row["timing"], strict=True)
        yield Taught(
            row["sha256"],
            TagInput(row["text"], row["kind"], row["section"], row["passage_kind"]),
            row["sentences"],
            [Chances(*some) for some in labels],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """Sentences and their truth; a sentence that was not coded has rows of zeros."""

    batch: Batch
    topics: Sequence[Topics]
    cues: Sequence[Sequence[list[Match]]]
    readings: Sequence[Reading]
    documents: Sequence[str]
    """The document of each sentence."""
    fold: Array
    counts: Array
    """How much each sentence counts."""
    coded: Array
    """Whether a person coded it: only such sentences are tested on."""
    themes: Sequence[str]
    theme_truth: Array
    polarity_truth: Array
    timing_truth: Array


def read(
    coded: Iterable[Coded],
    reader: RuleReader,
    themes: Sequence[str],
    taught: Iterable[Taught] = (),
) -> Data:
    """Coded passages as the tagger reads them, and passages with the chances a teacher gives."""
    by_hand = list(coded)
    passages = [*by_hand, *taught]
    batch = reader.batch([passage.given for passage in passages])
    cues = reader.cues(batch)
    number = {theme: n for n, theme in enumerate(themes)}
    size = len(batch)
    theme_truth = np.zeros((size, len(themes)), np.float32)
    polarity_truth = np.zeros((size, len(LABELS)), np.float32)
    timing_truth = np.zeros((size, len(TIMINGS)), np.float32)
    seen: set[tuple[int, int]] = set()
    is_coded = np.zeros(size, np.bool_)
    for n, passage in enumerate(batch.passage.tolist()):
        which = passages[passage].number(batch.starts[n], batch.ends[n])
        if which is None:
            continue
        labels = passages[passage].labels[which]
        if isinstance(labels, Chances):
            for theme, chance in labels.themes.items():
                theme_truth[n, number[theme]] = chance
            polarity_truth[n] = [labels.polarity[label] for label in LABELS]
            timing_truth[n] = [labels.timing[label] for label in TIMINGS]
            continue
        is_coded[n] = True
        theme_truth[n, [number[theme] for theme in labels.themes if theme in number]] = 1
        if (passage, which) not in seen:
            seen.add((passage, which))
            polarity_truth[n, LABELS.index(labels.polarity)] = 1
            timing_truth[n, TIMINGS.index(labels.timing)] = 1
    documents = [passages[p].document for p in batch.passage.tolist()]
    fold_of = folds(documents, "folds", FOLDS)
    return Data(
        batch=batch,
        topics=reader.topics(batch),
        cues=cues,
        readings=reader.readings(batch, cues),
        documents=documents,
        fold=np.array([fold_of[document] for document in documents]),
        counts=np.where(is_coded, 1, TAUGHT).astype(np.float32),
        coded=is_coded,
        themes=themes,
        theme_truth=theme_truth,
        polarity_truth=polarity_truth,
        timing_truth=timing_truth,
    )


def shared_ngrams(data: Data, longest: int, least: int = SHARED) -> list[str]:
    """Words, and runs of words, that enough documents share."""
    documents: defaultdict[str, set[str]] = defaultdict(set)
    for n, document in enumerate(data.documents):
        words = data.batch.words_of(n)
        for length in range(1, longest + 1):
            for start in range(len(words) - length + 1):
                documents[" ".join(words[start : start + length])].add(document)
    return sorted(
        ngram
        for ngram, found in documents.items()
        if len(found) >= (SHARED if " " not in ngram else least)
    )


def shared_names(names: Sequence[Iterable[str]], documents: Sequence[str]) -> list[str]:
    """The features that enough documents share."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for some, document in zip(names, documents, strict=True):
        for name in some:
            found[name].add(document)
    return sorted(name for name, where in found.items() if len(where) >= SHARED)


def as_matrix(groups: FeatureGroups, width: int) -> csr_matrix:
    """Groups of numbers as a sparse matrix; those beyond the width are left out."""
    groups = groups.only(groups.numbers < width)
    ends = np.cumsum([0, *groups.sizes])
    values = np.ones(len(groups.numbers), np.float32)
    return csr_matrix((values, groups.numbers, ends), shape=(len(groups.sizes), width))


def named_matrix(names: Sequence[Iterable[str]], known: Sequence[str]) -> csr_matrix:
    """Names as a sparse matrix."""
    number = {name: n for n, name in enumerate(known)}
    found = [[number[name] for name in some if name in number] for some in names]
    sizes = np.array(list(map(len, found)), np.int64)
    flat = np.array([n for some in found for n in some], np.int64)
    return as_matrix(FeatureGroups(flat, sizes), len(known))


def report_words(reports: Iterable[Report]) -> Iterator[list[list[str]]]:
    """The words of each passage of each report that is not put aside."""
    tokenizer = SpacyTokenizer()
    for report in reports:
        if report.sha256 in ASIDE:
            continue
        text = report.document.text
        passages = []
        for passage in report.document.passages:
            own = text[passage.start : passage.end]
            begins, lengths = tokenizer(own)
            ends = (begins + lengths).tolist()
            passages.append([own[a:b] for a, b in zip(begins.tolist(), ends, strict=True)])
        yield passages


def word_vectors(texts: Sequence[Sequence[Sequence[str]]]) -> tuple[list[str], Array]:
    """Vectors by the company that words keep: positive pointwise information, reduced.

    Left out are words that three documents do not write small or all in capitals: names.
    """
    plain: Counter[str] = Counter()
    for document in texts:
        plain.update({fold(w) for t in document for w in t if w.islower() or w.isupper()})
    words = sorted(w for w, n in plain.items() if n >= SHARED and w and w not in BREAKS)
    number = {word: place for place, word in enumerate(words)}
    folded = {w: number.get(fold(w)) for document in texts for t in document for w in t}
    size = len(words)
    near, have = np.zeros((size, size), np.float32), np.zeros(size)
    passages = 0
    for document in texts:
        for text in document:
            ids = [n for n in (folded[word] for word in text) if n is not None]
            have[list(set(ids))] += 1
            passages += 1
            line = np.array(ids, np.int64)
            for distance in range(1, WINDOW + 1):
                np.add.at(near, (line[:-distance], line[distance:]), 1 / (1 + 0.15 * distance))
    near += near.T
    often = near.sum(axis=1, dtype=np.float64) + 1e-9
    share = often**0.75 / (often**0.75).sum()
    row, column = np.nonzero(near)
    information = np.log(near[row, column] / (often[row] * share[column]))
    kept = information > 0
    matrix = csr_matrix((information[kept], (row[kept], column[kept])), shape=(size, size))
    left, strength, _ = svds(matrix.astype(np.float64), DIMENSIONS, v0=np.ones(size))
    rows = left * strength**0.5
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9
    rarity = np.log(passages / np.maximum(have, 1))
    return words, (rows * rarity[:, None]).astype(np.float32)
