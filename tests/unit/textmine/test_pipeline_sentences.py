"""Where sentences begin."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.language.sentences import sentence_starts
from textmine.pipeline.batch import TagInput
from textmine.pipeline.rule_reader import RuleReader
from textmine.pipeline.tokens.tokenizer import SpacyTokenizer, TokenCache
from textmine.pipeline.tokens.vocabulary import Vocabulary


def split(text: str) -> list[str]:
    starts = [*sentence_starts(text), len(text)]
    return [text[a:b].strip() for a, b in pairwise(starts)]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Okafor chairs the panel.",
        "Ms. Lane and Mr. Webb lead the team.",
        "Visits in St. Helens are on time.",
        "See No. 5 on the list.",
        "Tools, e.g. Genograms, are used.",
        "Only 3.5 days pass before a visit.",
        "12. Plans are clear.",
        "(a) Plans are clear.",
        "a. Plans are clear.",
        "J. K. Moss wrote to the board.",
        "It rose from 1.2% to 4.7% of all cases.",
        "Under s. 47 of the Act they act.",
    ],
)
def test_a_stop_that_ends_nothing(text) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Workers met as section 47. They then made a plan.", 2),
        ("Half of them, 52%. The rest later.", 2),
        ("Was it enough? No. It was late!", 3),
        ("He called it ‘a lifeline.’ Others agreed.", 2),
        ("Plans are clear.1 Reviews are late.", 2),
        ("Plans (see above.) “We like them.” So it is.", 3),
        ("The rate is 4.5. It was 6.", 2),
        ("Games, walks, etc. Children like them.", 2),
        ("", 1),
        ("   ", 1),
    ],
)
def test_a_stop_that_ends_a_sentence(text, count) -> None:
    assert len(split(text)) == count


@given(st.text(alphabet="aB1. ?!’(\n", max_size=60))
def test_starts_rise_and_lie_in_the_text(text) -> None:
    starts = sentence_starts(text)
    assert starts == sorted(set(starts))
    assert all(0 <= start <= len(text) for start in starts)


CHUNKS = SpacyTokenizer()  # it takes a tenth of a second to make
TOKENIZER = spacy.blank("en").tokenizer
TEXTS = (
    "",
    "Visits aren't late (in Dr. O'Neill's town), e.g. 3-4km away; children's needs...",
    "Two  spaces, a\ttab,\na line and a no-break\u00a0space. ",
    " Before it",
)


def cached(*texts: str) -> tuple[list[int], list[int]]:
    tokens = TokenCache(CHUNKS, Vocabulary()).tokens(texts)
    return tokens.begins.tolist(), tokens.lengths.tolist()


@pytest.mark.parametrize("text", TEXTS)
def test_the_tokenizer_is_the_one_of_spacy(text) -> None:
    begins, lengths = SpacyTokenizer()(text)
    expected = [(token.idx, len(token)) for token in TOKENIZER(text)]
    assert list(zip(begins.tolist(), lengths.tolist(), strict=True)) == expected


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.from_regex(r"\A[A-Za-z][a-z]{1,5}[.,]?\Z"),
            st.sampled_from(sorted(TOKENIZER.rules)).map(str.strip).filter(bool),
            st.sampled_from(["", "\t", "\n", "a\u00a0b"]),
        ).flatmap(lambda word: st.sampled_from((word, f"{word},", f"{word}.")))
    )
)
def test_tokens_of_chunks_are_those_of_spacy_but_for_spaces(chunks) -> None:
    text = " ".join(chunks)
    expected = [(token.idx, len(token)) for token in TOKENIZER(text) if not token.is_space]
    assert list(zip(*cached(text), strict=True)) == expected


def test_texts_stand_in_a_row() -> None:
    begins, lengths = cached("One two.", "", "Three")
    assert begins == [0, 4, 7, 10]
    assert lengths == [3, 3, 1, 5]


def test_only_so_many_chunks_are_kept() -> None:
    chunks = TokenCache(SpacyTokenizer(), Vocabulary(), most=3)
    for text in ("a b c d", "d e"):
        assert chunks.tokens([text]).folded.tolist() == text.split()
    assert len(chunks) == 2


def test_a_batch_knows_its_sentences_and_words() -> None:
    reader = RuleReader(())
    batch = reader.batch(
        [TagInput("One. Two, three.", "", ""), TagInput(" ", "", ""), TagInput("Four", "", "")]
    )
    assert len(batch) == 3
    assert batch.firsts == [0, 2, 2, 3]
    assert [batch.words_of(n) for n in range(3)] == [["one"], ["two", "three"], ["four"]]
    assert list(zip(batch.starts, batch.ends, strict=True)) == [(0, 4), (5, 16), (0, 4)]
    assert batch.span(1, 1, 2) == (10, 15)
    assert batch.breaks[1] == [(1, ",")]


@pytest.mark.parametrize(
    "text", ["Support is regular.[2] Audits are weak.", "Support is regular.2 Audits are weak."]
)
def test_a_footnote_is_no_part_of_a_word(text) -> None:
    batch = RuleReader(()).batch([TagInput(text, "", "")])
    assert batch.words_of(0) == ["support", "is", "regular"]
