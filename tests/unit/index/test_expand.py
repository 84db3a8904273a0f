"""Other names and other spellings: what is looked for besides what was typed."""

import pytest

from index.documents import rows
from index.documents.store import put
from index.query.ast import read_as
from index.query.expansion import Expander, edits
from index.query.parser import parse
from index.search.hits import search

SYNONYMS = (
    (("PA", "personal adviser"), ("PA", "personal adviser", "leaving care worker")),
    (("CSE",), ("child sexual exploitation", "sexually exploited")),
    (("MASH", "front door"), ("MASH", "front door")),
)
WORDS = ("adviser", "advisers", "advisor", "advise", "divan", "care", "cares", "carer", "acre")


def expanded(typed):
    expander = Expander(SYNONYMS, lambda letter: [word for word in WORDS if word[0] == letter])
    return read_as(expander.expand(parse(typed).node)), expander.done


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("pa", 'pa OR "personal adviser" OR "leaving care worker"'),
        (
            "personal advisers late",
            '((personal AND advisers) OR "pa" OR "leaving care worker") AND late',
        ),
        ("personal late adviser", "personal AND late AND adviser"),
        (
            "personal (adviser late)",
            '((personal AND adviser) OR "pa" OR "leaving care worker") AND late',
        ),
        ('"personal adviser"', '"personal adviser"'),
        ('"pa" =pa pa*', '"pa" AND ="pa" AND pa*'),
        ("late -pa", "late AND NOT pa"),
        ("cse", 'cse OR "child sexual exploitation" OR "sexually exploited"'),
        ("child sexual exploitation", "child AND sexual AND exploitation"),
        ("late OR cse", 'late OR cse OR "child sexual exploitation" OR "sexually exploited"'),
        ("front-door", 'front-door OR "mash"'),
        ("mash NEAR/3 late", 'mash NEAR/3 late OR "front door" NEAR/3 late'),
        ("la:pa", "la:pa"),
        ("adviser~", '="adviser" OR ="advise" OR ="advisers" OR ="advisor"'),
        ("care~", '="care" OR ="carer" OR ="cares"'),
        ("zebra~", '="zebra"'),
        ("late -care~", 'late AND NOT (="care" OR ="carer" OR ="cares")'),
        (
            "care~ NEAR/2 late",
            '="care" NEAR/2 late OR ="carer" NEAR/2 late OR ="cares" NEAR/2 late',
        ),
    ],
)
def test_what_is_looked_for(typed, read):
    assert expanded(typed)[0] == read


def test_what_was_added_is_said():
    (one, other) = expanded("pa adviser~ pa")[1]
    assert (one.of, one.also) == ("pa", ("personal adviser", "leaving care worker"))
    assert (other.of, other.also) == ("adviser~", ("advise", "advisers", "advisor"))


def test_too_many_spellings_are_cut_and_noted():
    many = ["aaa", *(f"aa{n}" for n in range(100, 200))]
    expander = Expander((), lambda _: many)
    expander.expand(parse("aa1~2").node)
    assert len(expander.done[0].also) == 32
    assert "words are spelt like aa1" in expander.notes[0]


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        *(("care", "care", 0), ("care", "cares", 1), ("care", "acre", 1), ("care", "race", 2)),
        *(("care", "", None), ("adviser", "advisory", 2), ("care", "zebra", None)),
    ],
)
def test_edits(one, other, distance):
    assert edits(one, other, 2) == distance
    assert edits(other, one, 2) == distance


@pytest.mark.parametrize("engine", ["fts5", "fts4"])
@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("pa", '"pa" OR "personal adviser" OR "leaving care worker"'),
        ("personal adviser", '(personal "adviser") OR "pa" OR "leaving care worker"'),
        ("pa NEAR/2 know", '"pa" NEAR/2 know OR "personal adviser" NEAR/2 know'),
        ("mash -pa", '("mash" OR "front door") -"pa"'),
        ("cse OR late", '"cse" OR "child sexual exploitation" OR "sexually exploited" OR late'),
        ("advisr~ late", "=adviser late"),
        ("advisr~2 late", "(=adviser OR =advisers) late"),
    ],
)
def test_both_engines_find_the_other_names(library, entry, engine, typed, same):
    put(
        library,
        rows.of(
            entry(
                "The PA knows.",
                "A personal adviser knows her.",
                "Their adviser is personal and late.",
                "A leaving-care worker, late, from the MASH.",
                "The front door is late. Advisers wait.",
                "She was sexually exploited.",
                "Child sexual exploitation, and the PA was late.",
            )
        ),
    )
    page = search(library, typed, engine=engine, synonyms=SYNONYMS)
    plain = search(library, same, engine=engine)
    assert page.total
    assert {hit.id for hit in page.hits} == {hit.id for hit in plain.hits}
    assert page.expansions
    assert not plain.expansions
    assert all(hit.highlights for hit in page.hits)
