"""What is learned from coded sentences: the same every time, and something."""

from __future__ import annotations

import hashlib
import importlib
import json
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from corpus.model import Polarity, Timing
from textmine.ingestion.reader import tagged_passages
from textmine.pipeline.learned.weights import dumped
from textmine.pipeline.rule_reader import RuleReader
from textmine.themes import load_themes

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples" / "reports"
GOLD = ROOT / "tests" / "gold" / "invented.jsonl"


@pytest.fixture(scope="module")
def scripts():
    """A way to import the training scripts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        yield importlib.import_module


@pytest.fixture(scope="module")
def coded(scripts):
    """What the training scripts share."""
    return scripts("coded")


@pytest.mark.slow
def test_training_learns_and_repeats_itself(scripts, coded) -> None:
    train, training_data = scripts("train"), scripts("training_data")
    themes = sorted(theme.id for theme in load_themes())
    texts = [[row["text"].split()] for row in map(json.loads, GOLD.read_text("utf-8").splitlines())]
    made = []
    for _ in range(2):
        reader = RuleReader(load_themes())
        data = training_data.read(coded.paragraphs(GOLD), reader, themes)
        made.append(train.learn(data, training_data.word_vectors(texts), reader))
    (first, measured), (second, _) = made
    assert {k: dumped(v) for k, v in first.items()} == {k: dumped(v) for k, v in second.items()}
    assert measured["theme F1"] > 0.5
    assert measured["polarity"] > 0.6


def test_a_soft_truth_is_learned_as_it_is(scripts) -> None:
    fitting = scripts("fitting")
    blocks = [np.array([[1.0], [0.0]], np.float32).repeat(50, axis=0)]
    for link in ("sigmoid", "softmax"):
        truth = np.array([[0.8, 0.2], [0.3, 0.7]], np.float32).repeat(50, axis=0)
        weights = fitting.fit(blocks, truth, link=link, penalty=1e-3, steps=200)
        score = weights[0] + weights[1]
        chance = np.exp(score) / np.exp(score).sum()
        found = 1 / (1 + np.exp(-score)) if link == "sigmoid" else chance
        assert found == pytest.approx([0.8, 0.2], abs=0.01)


def test_nothing_is_learned_of_the_reports_put_aside(coded) -> None:
    rows = [json.loads(line) for line in coded.LABELS.read_text().splitlines()]
    assert len(coded.ASIDE) == 20
    assert coded.ASIDE.isdisjoint(row["sha256"] for row in rows)


def test_what_was_coded_without_text_is_found_in_its_report(coded, tmp_path, capsys) -> None:
    sample = min(SAMPLES.rglob("*.pdf"))
    data = sample.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    (tmp_path / "report.pdf").write_bytes(data)
    (tmp_path / "MANIFEST.csv").write_text(f"sha256,path\n{sha256},report.pdf\n")
    read = list(coded.reports(tmp_path))
    document = read[0].document
    passage = next(p for p in tagged_passages(document) if p.kind == "paragraph")
    text = document.text[passage.start : passage.end]
    labels = tmp_path / "labels.jsonl"

    def write(digest: str) -> None:
        sentences = [[0, 9, "workforce caseloads", "concern", "planned", "workforce:0"]]
        row = {"at": passage.start, "text": digest, "sentences": sentences}
        labels.write_text(json.dumps({"sha256": sha256, "passages": [row]}))

    write(coded.text_hash(text))
    [found] = coded.passages(read, labels)
    assert (found.document, found.given.text) == (sha256, text)
    themes = frozenset({"workforce", "caseloads"})
    assert found.labels == [coded.Labels(themes, "concern", "planned")]
    assert found.number(2, 20) == 0
    assert found.number(9, 20) is None
    write("0" * 12)
    assert list(coded.passages(read, labels)) == []
    assert "1 coded passages are read differently" in capsys.readouterr().err


def test_what_was_coded_holds_no_text(coded) -> None:
    themes = {theme.id for theme in load_themes()}
    rows = [json.loads(line) for line in coded.LABELS.read_text().splitlines()]
    assert all(set(row) == {"sha256", "passages"} for row in rows)
    passages = [passage for row in rows for passage in row["passages"]]
    assert all(set(passage) == {"at", "text", "sentences"} for passage in passages)
    sentences = [sentence for passage in passages for sentence in passage["sentences"]]
    assert len(sentences) > 5000
    for start, end, about, polarity, timing, *carried in sentences:
        assert 0 <= start < end
        assert set(about.split()) <= themes
        assert polarity in get_args(Polarity)
        assert timing in get_args(Timing)
        named = {one.partition(":")[0] for some in carried for one in some.split()}
        assert named <= set(about.split())


def test_no_document_is_in_two_folds(coded) -> None:
    of = coded.folds(["b", "a", "b", "c"], "seed", 2)
    assert set(of) == {"a", "b", "c"}
    assert sorted(of.values()) in ([0, 0, 1], [0, 1, 1])
    assert of == coded.folds(["c", "b", "a"], "seed", 2)
