"""Inputs that once broke a reader keep the promise now, and so do the seeds of fuzzing."""

import random
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE))  # its modules are those of a program, `drive.py`

import seeds  # noqa: E402
import targets  # noqa: E402
from changes import CHANGES  # noqa: E402

INPUTS = sorted(path for path in (HERE / "regressions").glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_fuzzing_found_keeps_the_promise(path):
    targets.check(targets.TARGETS[path.parent.name], path.read_bytes())


@pytest.mark.parametrize("name", targets.TARGETS)
def test_seeds_are_taken_as_they_are(name):
    for data in seeds.SEEDS[name]():
        targets.TARGETS[name].take(data)


@pytest.mark.parametrize("name", CHANGES)
def test_changed_files_keep_the_promise(name):
    """A few changes of each kind of file, always the same; `make fuzz` makes many, ever others."""

    def flip(data, most):
        at = rng.randrange(len(data) + 1)
        return (data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :])[:most]

    rng = random.Random(name)
    target = targets.TARGETS[name]
    for _ in range(60):
        data = rng.choice(seeds.SEEDS[name]())
        for _ in range(3):
            data = CHANGES[name](data, target.longest, rng, flip)
        targets.check(target, data)
