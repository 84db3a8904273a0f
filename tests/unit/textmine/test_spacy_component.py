"""The tagger as a spaCy component: saved, loaded, and run in several processes."""

from __future__ import annotations

import pickle
import tomllib
import warnings
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
import spacy

from textmine.pipeline import Tagger, TagInput
from textmine.pipeline.spacy_component import PLACE, config_of, findings
from textmine.themes import load_themes

ROOT = Path(__file__).parents[3]
TEXTS = [
    "Caseloads are too high, but supervision is regular.",
    "",
    "Foster carers feel valued. Reviews are late.",
]


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("textmine")
    return pipeline


def test_it_finds_what_the_tagger_finds(nlp) -> None:
    tagged = Tagger(load_themes()).tag([TagInput(text, "", "") for text in TEXTS])
    assert [nlp(text)._.findings for text in TEXTS] == list(tagged)


def test_it_knows_the_place_that_it_is_given(nlp) -> None:
    doc = nlp.make_doc("Good visits to foster carers.")
    doc.user_data[PLACE] = ("ilacs", "What needs to improve")
    assert {found.polarity for found in findings(nlp.get_pipe("textmine")(doc))} == {"concern"}


def test_it_can_be_saved_and_loaded(nlp, tmp_path) -> None:
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert [loaded(text)._.findings for text in TEXTS] == [nlp(text)._.findings for text in TEXTS]


def test_it_runs_in_two_processes(nlp) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork beside threads
        docs = list(nlp.pipe(TEXTS, n_process=2))
    assert [doc._.findings for doc in docs] == [nlp(text)._.findings for text in TEXTS]


def test_it_can_be_pickled(nlp) -> None:
    component = pickle.loads(pickle.dumps(nlp.get_pipe("textmine")))
    assert component(nlp.make_doc(TEXTS[0]))._.findings == nlp(TEXTS[0])._.findings


def test_themes_of_the_user_travel_with_it(tmp_path) -> None:
    own = replace(load_themes()[0], id="gardens", phrases=("allotment",), common=())
    pipeline = spacy.blank("en")
    pipeline.add_pipe("textmine", config=config_of([own]))
    pipeline.to_disk(tmp_path)
    [found] = spacy.load(tmp_path)("Allotments are tidy.")._.findings
    assert found.theme == "gardens"


def test_spacy_is_told_of_the_factory() -> None:
    """A saved pipeline is loaded where nobody has imported ours: by its entry point."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    points = pyproject["project"]["entry-points"]["spacy_factories"]
    assert list(points) == ["textmine"]
    module, _, function = points["textmine"].partition(":")
    assert callable(getattr(import_module(module), function))
