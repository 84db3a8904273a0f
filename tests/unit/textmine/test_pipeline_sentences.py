"""Where sentences begin."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from corpus.language.sentences import sentence_starts
from textmine.pipeline.tokens.splitter import spoken
from textmine.pipeline.tokens.tokenizer_cache import TokenizerCache
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


def test_spacy_sees_the_sentences() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("textmine_sentences")
    doc = nlp("Dr. Okafor came. She stayed.")
    assert [sent.text for sent in doc.sents] == ["Dr. Okafor came.", "She stayed."]
    assert [sent.text for sent in nlp("One sentence.").sents] == ["One sentence."]
    assert [sent.text for sent in nlp("One").sents] == ["One"]
    assert len(nlp("")) == 0


TOKENIZER = spacy.blank("en").tokenizer
TEXTS = (
    "",
    "Visits aren't late (in Dr. O'Neill's town), e.g. 3-4km away; children's needs...",
    "Two  spaces, a\ttab,\na line and a no-break\u00a0space. ",
    " Before it",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_tokens_of_chunks_are_those_of_spacy(text) -> None:
    nlp = spacy.blank("en")
    splitter = nlp.add_pipe("textmine_sentences")
    placed = Doc(nlp.vocab)
    placed.user_data["text"] = text
    with_tokens, without = nlp(text), splitter(placed)
    assert without.user_data["places"] == with_tokens.user_data["places"]
    here, there = spoken(without), spoken(with_tokens)
    assert here.numbers.tolist() == there.numbers.tolist()
    assert here._replace(numbers=there.numbers) == there


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.from_regex(r"\A[A-Za-z][a-z]{1,5}[.,]?\Z"),
            st.sampled_from(sorted(TOKENIZER.rules)).map(str.strip).filter(bool),
        ).flatmap(lambda word: st.sampled_from((word, f"{word},", f"{word}.")))
    )
)
def test_plain_words_are_taken_apart_as_spacy_does_it(chunks) -> None:
    text = " ".join(chunks)
    tokens, odd = TokenizerCache(TOKENIZER, Vocabulary()).tokens([text])
    if not odd:
        found = zip(tokens.begins.tolist(), tokens.lengths.tolist(), strict=True)
        assert list(found) == [(token.idx, len(token)) for token in TOKENIZER(text)]


def test_texts_with_other_spaces_are_read_beside_plain_ones() -> None:
    nlp = spacy.blank("en")
    splitter = nlp.add_pipe("textmine_sentences")
    texts = ("Plain text.", *TEXTS, "Another one. Two!")
    bare = [Doc(nlp.vocab) for _ in texts]
    for doc, text in zip(bare, texts, strict=True):
        doc.user_data["text"] = text
    for doc, text in zip(splitter.pipe(bare), texts, strict=True):
        assert spoken(doc).words == spoken(nlp(text)).words
        assert doc.user_data["places"] == nlp(text).user_data["places"]


def test_only_so_many_chunks_are_kept() -> None:
    chunks = TokenizerCache(spacy.blank("en").tokenizer, Vocabulary(), most=3)
    for text in ("a b c d", "d e"):
        tokens, odd = chunks.tokens([text])
        assert (tokens.folded.tolist(), odd) == (text.split(), [])
    assert len(chunks) == 2
