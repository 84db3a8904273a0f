"""The vocabulary of searches: each form finds what the others find, and it is whole."""

from importlib import resources
from itertools import chain
from string import ascii_lowercase, digits

import pytest

from index.documents import rows
from index.documents.store import put
from index.query.expansion import compiled
from index.search.prepared import ask
from index.storage.database import create, open_read
from index.text.analyzer import terms
from textmine.vocabulary import load_vocabulary
from textmine.vocabulary.compile import compiled as compile_vocabulary
from textmine.vocabulary.compile import source

SOURCE = source()


def groups():
    """Forms that stand for one another: `ambiguous` ones only as they are typed."""
    yield from (list(map(str, forms)) for forms in SOURCE["forms"])
    for entry in SOURCE["abbreviations"]:
        short, full = list(map(str, entry["short"])), list(map(str, entry["full"]))
        yield [*short, full[0]]
    yield from (entry["say"] for entry in SOURCE["names"] if "means" not in entry)


@pytest.fixture(scope="module")
def library(tmp_path_factory, entry):
    folder = tmp_path_factory.mktemp("forms")
    texts = list(dict.fromkeys(form for group in groups() for form in group))
    with create(folder) as db:
        put(db, rows.of(entry(*texts)))
    with open_read(folder) as db:
        yield db, {text: number for number, text in enumerate(texts, start=1)}


def found(db, typed):
    asked = ask(db, typed, synonyms=load_vocabulary().names)
    return {row[0] for row in db.all(asked.select("p.ordinal"), asked.values)}


def as_typed(form):
    """Words that are operators when in capitals are no forms; none is in the list."""
    return " ".join(form.replace('"', " ").replace(":", " ").replace("(", " ").split())


def test_each_form_finds_what_the_others_find(library):
    db, number = library
    ambiguous = {
        str(short)
        for entry in SOURCE["abbreviations"]
        if entry.get("ambiguous")
        for short in entry["short"]
    }
    missed = []
    for group in groups():
        wanted = {number[form] for form in group}
        for form in group:
            if any(other in ambiguous for other in group) and (
                form not in ambiguous or not form.isupper()
            ):
                continue  # what also means other things is not looked for unasked
            lost = wanted - found(db, as_typed(form))
            if any(other in ambiguous for other in group):
                lost &= {number[group[-1]]}
            missed += [(form, [f for f in group if number[f] in lost])] if lost else []
    assert not missed


def test_what_is_also_an_english_word_counts_only_in_capitals(library):
    db, number = library
    assert number["personal adviser"] in found(db, "PA")
    assert number["personal adviser"] not in found(db, "pa")


def test_american_spelling_does_not_find_the_word_that_is_left_of_it(library):
    db, _ = library
    plain = {t.stem for t in terms("social")}
    also = compiled(load_vocabulary().names, "s")
    assert also
    assert not any(tuple(plain) == stems for stems in also)
    assert found(db, "socialise") == found(db, "socialize")


def test_the_compiled_vocabulary_is_that_of_the_readable_file():
    made = resources.files("textmine.vocabulary").joinpath("compiled.json")
    assert made.read_text(encoding="utf-8") == compile_vocabulary(), "run: make docs"


def test_no_name_means_itself():
    names = load_vocabulary().names
    every = [compiled(names, initial).items() for initial in ascii_lowercase + digits]
    assert sum(map(len, every)) > len(names)
    for stems, texts in chain.from_iterable(every):
        assert stems not in {text.stems for text in texts if not text.exact}
