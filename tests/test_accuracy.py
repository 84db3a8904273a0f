"""The tagger keeps what it has reached, and measures itself as the coded sentences' scorer does."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from textmine.evaluation import scoring
from textmine.usecases import tagging

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"
FLOORS = tomllib.loads((GOLD / "floors.toml").read_text(encoding="utf-8"))


def reached(path: Path, *, encoder: bool = False) -> dict[str, float]:
    return scoring.figures(tagging.evaluate(path, encoder=encoder).counts())


def below(found: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    return {name: found[name] for name, floor in floors.items() if found[name] < floor}


def test_the_invented_sentences_are_read_as_well_as_before() -> None:
    assert not below(reached(GOLD / "invented.jsonl"), FLOORS["invented"])


@pytest.mark.real
@pytest.mark.parametrize("name", ["findings", pytest.param("train", marks=pytest.mark.slow)])
def test_real_sentences_are_read_as_well_as_before(real, name) -> None:
    assert not below(reached(real / "gold" / f"{name}.jsonl"), FLOORS[name])


@pytest.mark.real
@pytest.mark.skipif(not find_spec("onnxruntime"), reason="needs pip install 'textmine[encoder]'")
def test_the_encoder_reads_real_sentences_as_well_as_before(real) -> None:
    found = reached(real / "gold" / "findings.jsonl", encoder=True)
    assert not below(found, FLOORS["findings-with-encoder"])


@pytest.mark.real
def test_figures_are_those_of_the_scorer(real, tmp_path) -> None:
    gold = real / "gold" / "findings.jsonl"
    passages = scoring.read_gold(gold)
    rows = (
        {"id": passage.id, **said._asdict()}
        for passage, found in zip(passages, tagging.tagged(passages), strict=True)
        for said in found
    )
    out = tmp_path / "out.jsonl"
    out.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    command = [sys.executable, str(real / "tools" / "score_findings.py"), str(out), str(gold)]
    told = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    ours = reached(gold)
    assert told.strip() == "  ".join(f"{name} {ours[name]:.3f}" for name in scoring.FIGURES)


@pytest.mark.real
@pytest.mark.slow
def test_the_page_on_accuracy_is_up_to_date(real, script) -> None:
    written = (ROOT / "docs" / "explanation" / "accuracy.md").read_text("utf-8")
    assert script("make_accuracy").page(real / "gold") == written


@pytest.mark.real
@pytest.mark.slow
def test_the_figures_beside_numbers_are_up_to_date(real, script) -> None:
    written = (ROOT / "textmine" / "analysis" / "accuracy.json").read_text("utf-8")
    assert script("make_accuracy").data(real / "gold") == written
