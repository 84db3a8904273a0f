import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import analyzer
from index.text.analyzer import LONGEST, fold, index_text, terms

AWKWARD = [
    "children's rights, the child’s wishes; parents’ views",
    "16-17 year olds, 0–25, 1,000 and 4.5 per cent; ½ of them",
    "multi-agency school2school co\u00adoperate zero\u200bwidth A_B",
    "café cafe\u0301 ﬁne naïve Straße İstanbul ΑΘΗΝΑ Москва ８",
    "O’Brien's don’t rock’n’roll ‘quoted’ ʼs 'tis",
    "👩‍👧 emoji 🙂between🙂 ① ㎏ ℌ \x00nul\x00 \ud800 \uffff",
    "हिन्दी العربية 한국어 日本語",
    "tab\tline\nnbsp\u00a0em\u2003para\u2029end",
    "x" * 200 + ' AND NOT OR NEAR * " ( ) : ^ { } + -',
]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("children's", "children"),
        ("Children’s", "children"),
        ("parents’", "parents"),
        ("16-17", "16 17"),
        ("multi-agency", "multi agency"),
        ("school2school", "school2school"),
        ("co\u00adoperate", "cooperate"),
        ("café cafe\u0301", "cafe cafe"),
        ("ﬁne", "fine"),
        ("½", "1 2"),
        ("O’Brien's", "obrien"),
        ("don't don’t", "dont dont"),
        ("snake_case", "snake case"),
        ("it's 's", "it s"),
        ("🙂 – … ’", ""),
        ("", ""),
    ],
)
def test_forms(text, forms):
    assert fold(text) == forms


def test_word_forms_share_a_stem():
    assert len({term.stem for term in terms("leaver leavers leaver's Leavers’")}) == 1


def test_offsets_are_of_the_original():
    text = "The ‘child’s’ co\u00adop, ½"
    assert [text[t.start : t.end] for t in terms(text)] == [
        *("The", "child’s", "co\u00adop", "½", "½"),
    ]


def test_a_long_term_is_cut():
    assert [len(term.form) for term in terms("x" * 500)] == [LONGEST]


@given(st.text() | st.sampled_from(AWKWARD))
def test_the_fast_way_agrees_with_the_slow_one(text):
    found = terms(text)
    stems, forms = index_text(text)
    assert stems.split() == [term.stem for term in found]
    assert forms.split() == [term.form for term in found]


@given(st.text())
def test_terms_are_lower_case_letters_and_digits_in_order(text):
    end = 0
    for term in terms(text):
        assert term.form.isalnum() or any(not c.isascii() for c in term.form)
        assert not any(c.isascii() and (not c.isalnum() or c.isupper()) for c in term.form)
        assert 0 <= term.start < term.end <= len(text)
        assert term.end >= end
        end = term.end


@given(st.text(st.characters(codec="utf-8")) | st.sampled_from(AWKWARD))
def test_both_engines_split_our_strings_where_we_did(text):
    stems, forms = index_text(text)
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE five USING fts5(a, tokenize = 'ascii')")
        db.execute("CREATE VIRTUAL TABLE words USING fts5vocab(five, instance)")
        db.execute("CREATE VIRTUAL TABLE four USING fts3tokenize('simple')")
        for ours in (stems, forms):
            db.execute("DELETE FROM five")
            db.execute("INSERT INTO five VALUES (?)", (ours,))
            five = [row[0] for row in db.execute('SELECT term FROM words ORDER BY "offset"')]
            four = [row[0] for row in db.execute("SELECT token FROM four WHERE input = ?", (ours,))]
            assert five == four == ours.split()


def test_the_memory_of_tokens_is_bounded_and_forgetting_changes_nothing(monkeypatch):
    monkeypatch.setattr(analyzer, "_REMEMBERED", 20)
    text = " ".join(f"word{n}s" for n in range(200))
    assert [term.form for term in terms(text)] == text.split()
    assert [term.stem for term in terms(text)] == [f"word{n}" for n in range(200)]
    assert len(analyzer._form_of) <= 20
    assert len(analyzer._stem_of) <= 20
