"""Figures of the real reports against those that a person marked, by hash and place."""

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.assemble import assemble
from corpus.model import Source
from corpus.readers import read, table_reader
from corpus.register.authorities import Register
from textmine.pipeline import Tagger, TagInput

pytestmark = [pytest.mark.real, pytest.mark.slow]

MARKED = Path(__file__).parent / "real" / "figures.jsonl"
"""Passages drawn at random, each with all its figures, marked before any was extracted: the hash of
the file and of the passage's words, and places in them. The rules were written with one half before
the eyes ("dev"); the other was compared once they were done."""

PRECISION, RECALL = 0.95, 0.90


@pytest.fixture(scope="module")
def passages(real):
    """The marked passages, each as its words and its figures."""
    register = Register.load()
    with (real / "corpus" / "MANIFEST.csv").open(encoding="utf-8") as manifest:
        paths = {row["sha256"]: row["path"] for row in csv.DictReader(manifest)}
    marked = [json.loads(line) for line in MARKED.read_text(encoding="utf-8").splitlines()]
    texts = {}
    for sha256 in {each["sha256"] for each in marked}:
        data = (real / "corpus" / paths[sha256]).read_bytes()
        source = Source(path=paths[sha256], sha256=sha256, size=len(data))
        raw = read(data, source.path)
        document = assemble(raw, source, register=register, tables=table_reader(data))
        for passage in document.passages:
            text = document.text[passage.start : passage.end]
            texts[hashlib.sha256(text.encode()).hexdigest()] = text
    found = [(texts.get(each["passage"]), each) for each in marked]
    missing = [each for text, each in found if text is None]
    assert len(missing) < 0.05 * len(marked), "passages are read otherwise; mark others"
    return [(text, each) for text, each in found if text is not None]


def overlap(ours, theirs):
    """Whether two ranges share at least half of each."""
    shared = min(ours[1], theirs[1]) - max(ours[0], theirs[0])
    return all(2 * shared >= end - start for start, end in (ours, theirs))


def right(figure, marked):
    return (
        overlap((figure.start, figure.end), (marked["start"], marked["end"]))
        or marked["start"] < figure.end <= marked["end"]
        or figure.start <= marked["start"] < figure.end
    ) and (
        (figure.unit, figure.of) == (marked["unit"], marked["of"])
        and abs(figure.value - marked["value"]) < 0.1
        and overlap((figure.counts_start, figure.counts_end), marked["counts"])
    )


@pytest.mark.parametrize("part", ["dev", "unseen"])
def test_figures_are_those_that_a_person_marks(passages, part):
    tagger, tally = Tagger([]), Counter()
    for text, each in passages:
        if each["part"] != part:
            continue
        [(_, figures)] = tagger.tag_all([TagInput(text, "", "", figures_only=True)])
        hits = sum(any(right(figure, marked) for figure in figures) for marked in each["figures"])
        tally.update(hits=hits, found=len(figures), marked=len(each["figures"]))
    assert tally["marked"] > 50
    assert tally["hits"] >= PRECISION * tally["found"], tally
    assert tally["hits"] >= RECALL * tally["marked"], tally
