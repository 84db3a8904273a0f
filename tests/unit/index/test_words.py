import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.analyzer import end_of_word, term_row, terms, unpack, words

PIECES = [
    "care",
    "Care’s",
    "½",
    "a",
    "aa",
    "advis\u00aders",
    "é",
    "e\u0301",
    "16-17",
    " ",
    ", ",
    "_",
    "ﬁ",
    "'",
]


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_words_are_the_terms_in_columns(text):
    found = words(text)
    ends = [end_of_word(text, start) for start in found.starts]
    rows = zip(found.forms.split(), found.stems.split(), found.starts, ends, strict=True)
    assert list(rows) == [tuple(term) for term in terms(text)]
    assert found.forms == " ".join(found.forms.split())
    pairs = zip(found.starts, found.starts[1:], strict=False)
    assert [end_of_word(text, start, following) for start, following in pairs] == ends[:-1]


@pytest.mark.parametrize("text", ["", "care", "care " * 20_000, "½ leavers"])
def test_starts_are_packed_whole(text):
    *_, packed, _ = term_row(text)
    assert list(unpack(packed, len(text))) == [term.start for term in terms(text)]
