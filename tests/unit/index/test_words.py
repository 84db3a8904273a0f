from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.analyzer import Words, end_of_word, term_row, terms, unpack, word_starts

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
    "3,400.5",
    "\u00a0",
    " ",
    ", ",
    "_",
    "ﬁ",
    "'",
]


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_words_are_the_terms_in_columns(text):
    found, starts = Words(text), word_starts(text)
    ends = [end_of_word(text, start) for start in starts]
    rows = zip(found.forms.split(), found.stems.split(), starts, ends, strict=True)
    assert list(rows) == [tuple(term) for term in terms(text)]
    for column in (found.forms, found.stems):
        assert column == " ".join(column.split())
    assert [end_of_word(text, *pair) for pair in pairwise(starts)] == ends[:-1]


@pytest.mark.parametrize("gap", [0, 1, 255, 256, 70_000])
@pytest.mark.parametrize("text", ["", "care", "care " * 200, "½ leavers"])
def test_starts_are_packed_whole(text, gap):
    text = "." * gap + text
    row = term_row(text)
    assert unpack(row.starts, row.words) == [term.start for term in terms(text)]
