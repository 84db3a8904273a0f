from hypothesis import given
from hypothesis import strategies as st

from index.terms import terms, words

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
    rows = zip(found.forms, found.stems, found.starts, found.ends, strict=True)
    assert list(rows) == [tuple(term) for term in terms(text)]
