"""Vectors of passages: near where the same is said in other words, and in step with the library."""

import numpy as np
import pytest

from index import engines
from index.documents import rows, vectors
from index.documents.store import delete, put
from index.query.vocabulary import Vocabulary
from index.search.hits import search
from index.search.more_like_this import alike
from index.storage.database import open_read
from index.text.analyzer import terms
from index.text.word_vectors import DIMENSIONS, embed, nearness, pack, unpack


def vector(text):
    return embed([[term.stem for term in terms(text)]])[0]


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("children living in hotels", "bed and breakfast accommodation", "audits of case files"),
        ("staff are quitting", "turnover of social workers is high", "dental checks are timely"),
        ("a baby before it is born", "pre-birth assessments", "school attendance"),
    ],
)
def test_what_is_said_in_other_words_is_near(text, near, far):
    assert vector(text) @ vector(near) > vector(text) @ vector(far) + 0.1


def test_vectors_have_length_one_and_unknown_words_none():
    found = embed([["child"], ["zzzqq"], []])
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 0, 0], abs=1e-5)
    assert nearness(unpack(pack(found)), found[0]) == pytest.approx([1, 0, 0], abs=0.02)


def test_vectors_follow_the_library(library, entry):
    one = put(library, rows.of(entry("Plans are late.", "Visits.")))
    two = put(library, rows.of(entry("Leaders.", name="Mu")))
    assert len(vectors.load(library).ids) == 3
    (nearest,), how = vectors.load(library).near(vector("late plans"), 1)
    assert how([nearest])[0] > 0.5
    delete(library, one)
    assert len(vectors.load(library).ids) == 1
    put(library, rows.of(entry("Leaders.", "Audits of files.", name="Mu", published="2020-01-01")))
    assert len(vectors.load(library).ids) == 3
    assert vectors.load(library).packed.shape == (3, DIMENSIONS)
    assert two


def test_missing_vectors_are_made_by_whoever_needs_them(library, entry):
    put(library, rows.of(entry("Plans are late.", "Visits.")))
    library.execute("DELETE FROM document_vectors")
    with open_read(library.folder) as reader:
        assert len(vectors.load(reader).packed) == 2
    library.execute("UPDATE document_vectors SET model = 'older'")
    vectors.freshen(library)
    assert library.number("SELECT count(*) FROM document_vectors WHERE model = 'older'") == 0
    library.record("terms", "other")
    engines.freshen_terms(library)
    assert library.number("SELECT count(*) FROM document_vectors") == 0


def test_meaning_alone_finds_but_never_before_all_the_words(library, entry):
    put(
        library,
        rows.of(
            entry(
                "Bed and breakfast accommodation is used.",
                "An audit of files.",
                "They were living near hotels, it says in a long list of other things.",
            )
        ),
    )
    page = search(library, "living in hotels", vocabulary=Vocabulary())
    found = [hit.passage.ordinal for hit in page.hits]
    assert found == [3, 1]
    meant = page.hits[1]
    assert dict(meant.parts)["meaning"] > 0
    assert not meant.whole
    elsewhere = search(library, "living in hotels para:2", vocabulary=Vocabulary())
    assert elsewhere.hits == ()


def test_like_finds_what_says_the_same_in_other_words(library, entry):
    put(
        library,
        rows.of(
            entry(
                "Bed and breakfast accommodation is used for young people.",
                "Hotels are used for homeless teenagers.",
                "Audits of case files are thorough in many respects.",
                "Bed linen is audited.",
            )
        ),
    )
    (first,) = (row["id"] for row in library.all("SELECT id FROM passage WHERE ordinal = 1"))
    found = [hit.passage.ordinal for hit in alike(library, first).hits]
    assert 1 not in found
    assert found.index(2) < found.index(3)
