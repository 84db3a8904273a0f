"""What is learned from coded sentences: the same every time, and something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from textmine.pipeline.linear import Linear

ROOT = Path(__file__).parents[1]
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
    assert first.best(["rule=concern", "said=concern"]) == "concern"
    assert first.best(["rule=strength", "said=strength"]) == "strength"


def test_the_shipped_weights_say_how_they_were_made() -> None:
    made = Linear.load(name="polarity").made
    assert len(made["data"]) == 64
    assert made["cross-validated"]["polarity"] > made["rules alone"]["polarity"]
