"""What is learned from coded sentences: the same every time, and something."""

from __future__ import annotations

import hashlib
import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from corpus.model import Polarity, Timing
from textmine.ingestion.reader import tagged_passages
from textmine.pipeline.learned.linear_model import Linear
from textmine.themes import load_themes

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples" / "reports"
GOLD = ROOT / "tests" / "gold" / "invented.jsonl"


def train(output: Path) -> tuple[Linear, str]:
    command = [sys.executable, "scripts/train.py", str(GOLD), "--output", str(output)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return Linear.load(output), done.stdout


@pytest.mark.slow
def test_training_learns_and_repeats_itself(tmp_path) -> None:
    first, told = train(tmp_path / "first.json")
    second, _ = train(tmp_path / "second.json")
    assert first == second
    assert "cross-validated" in told
    for label in ("strength", "concern"):
        rows = zip(first.weights[f"rule={label}"], first.weights[f"said={label}"], strict=True)
        sums = list(map(sum, rows))
        assert first.labels[sums.index(max(sums))] == label


def test_the_shipped_weights_say_how_they_were_made() -> None:
    made = Linear.load(name="polarity").made
    assert len(made["data"]) == 64
    assert made["cross-validated"]["polarity"] > made["rules alone"]["polarity"]


@pytest.fixture(scope="module")
def coded():
    """What the training scripts share."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")
        yield importlib.import_module("coded")


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
        sentences = [[0, 9, "workforce caseloads", "concern", "current"]]
        row = {"at": passage.start, "text": digest, "sentences": sentences}
        labels.write_text(json.dumps({"sha256": sha256, "passages": [row]}))

    write(coded.text_hash(text))
    [found] = coded.passages(read, labels)
    assert (found.document, found.given.text) == (sha256, text)
    assert found.labels == [coded.Labels(frozenset({"workforce", "caseloads"}), "concern")]
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
    assert len(sentences) > 3000
    for start, end, about, polarity, timing in sentences:
        assert 0 <= start < end
        assert set(about.split()) <= themes
        assert polarity in get_args(Polarity)
        assert timing in get_args(Timing)


def test_no_document_is_in_two_folds(coded) -> None:
    of = coded.folds(["b", "a", "b", "c"], "seed", 2)
    assert set(of) == {"a", "b", "c"}
    assert sorted(of.values()) in ([0, 0, 1], [0, 1, 1])
    assert of == coded.folds(["c", "b", "a"], "seed", 2)
