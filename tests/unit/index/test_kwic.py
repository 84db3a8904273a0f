"""KWIC makes the lines that are asked for, counts all matches, and keeps to its time."""

import pytest

from corpus.errors import UsageError
from index.query.parser import parse
from index.search.prepared import ask
from index.views import kwic as views
from index.views.kwic import kwic

SORTS = ("document", "left", "right", "match")
PARAGRAPHS = (
    "Visits to children are late. Zebra visits are not late.",
    "Visits are made in time, and other visits are late.",
    "Nothing of the kind.",
)


@pytest.fixture
def asked(library, stored):
    for name in ("Camden", "Leeds"):
        stored(library, *PARAGRAPHS, name=name)
    return ask(library, "visits")


@pytest.mark.parametrize("sort", SORTS)
def test_a_limit_gives_the_first_lines_and_the_number_of_all(library, asked, sort):
    whole = kwic(library, asked, sort=sort)
    assert whole.total == len(whole.lines) == 8
    for limit in (1, 3, 8, 9):
        some = kwic(library, asked, sort=sort, limit=limit)
        assert (some.lines, some.total) == (whole.lines[:limit], 8)


@pytest.mark.parametrize("sort", SORTS)
def test_no_more_lines_are_made_than_are_shown(library, asked, sort, monkeypatch):
    made = []
    line = views.Line
    monkeypatch.setattr(views, "Line", lambda *rest, **more: made.append(1) or line(*rest, **more))
    assert kwic(library, asked, sort=sort, limit=2).total == 8
    assert len(made) == 2


def test_the_words_on_the_left_are_sorted_from_the_nearest_on(library, asked):
    lines = kwic(library, asked, sort="left").lines
    assert [line.left.split()[-1:] for line in lines[::2]] == [[], [], ["other"], ["Zebra"]]


@pytest.mark.parametrize("sort", SORTS)
def test_time_is_up_for_forty_beginnings_too(library, sort):
    forty = " OR ".join(f"{one}{two}*" for one in "abcdefgh" for two in "aeiou")
    with library.deadline(-1), pytest.raises(UsageError, match="too long"):
        kwic(library, ask(library, forty), sort=sort)


def test_time_is_up_between_short_statements_and_after_an_inner_limit(library):
    with library.deadline(-1):
        with library.deadline(60), pytest.raises(UsageError, match="too long"):
            library.one("SELECT 1")
        with pytest.raises(UsageError, match="too long"):
            library.one("SELECT 1")
    assert library.one("SELECT 1")


@pytest.mark.parametrize(
    ("query", "read_as"),
    [
        (" OR ".join(["ca*"] * 40), "ca*"),
        ("(late OR early OR late) (late OR early)", "(late OR early) AND (late OR early)"),
        ('late OR "late"', 'late OR "late"'),
    ],
)
def test_equal_alternatives_are_one(query, read_as):
    assert parse(query).read_as == read_as


@pytest.mark.parametrize("engine", ["fts5", "fts4"])
def test_equal_words_are_looked_for_once(library, engine):
    twice, once = (ask(library, q, engine=engine) for q in ("late visits late", "late visits"))
    assert (twice.condition, twice.values) == (once.condition, once.values)
