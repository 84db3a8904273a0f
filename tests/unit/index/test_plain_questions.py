"""Plain questions: all words first, other words and findings count, pages worth reading."""

import pytest

from index.documents import rows
from index.documents.store import put
from index.query.filters import Filters
from index.query.parser import parse
from index.query.question import understand
from index.query.vocabulary import Vocabulary
from index.search.hits import search
from index.text.analyzer import terms

ENGINES = ["fts5", "fts4"]

NAMES = ((("child", "children"), ("child", "children")),)
MEANINGS = (
    ((("turnov",), ("vacanc",)), 0, ("workforce",), "concern"),
    ((("child",), ("children",)), 1, (), None),
    ((), 0, ("children-seen",), None),
    ((("personal", "advis"),), 1, (), None),
)
SAYINGS = {
    "quit": ((("quit",), 0, 0, 0),),
    "children": ((("children",), 0, 0, 1),),
    "child": ((("child",), 0, 0, 1),),
    "seen": ((("seen",), 0, 0, 2),),
    "pa": ((("pa",), 0, 1, 3),),
}
VOCABULARY = Vocabulary(NAMES, MEANINGS, SAYINGS)


def ask(library, question, **more):
    return search(library, question, synonyms=NAMES, vocabulary=VOCABULARY, **more)


def found(library, question, **more):
    return [hit.passage.ordinal for hit in ask(library, question, **more).hits]


@pytest.mark.parametrize("engine", ENGINES)
def test_passages_with_all_the_words_come_first_and_the_page_says_how_many(library, entry, engine):
    put(
        library,
        rows.of(
            entry(
                "Housing housing housing for families.",
                "The leavers of a long report wait, and their housing is poor.",
                "Nothing of the kind.",
                "Leavers and more leavers.",
            )
        ),
    )
    page = ask(library, "what about the housing of leavers", engine=engine)
    assert page.hits[0].passage.ordinal == 2
    assert {hit.passage.ordinal for hit in page.hits} == {1, 2, 4}
    assert [hit.whole for hit in page.hits] == [True, False, False]
    assert (page.total, page.some) == (1, 2)
    assert page.read_as == "housing AND leavers"


@pytest.mark.parametrize("engine", ENGINES)
def test_other_names_are_words_and_everyday_words_stand_for_those_of_reports(
    library, entry, engine
):
    put(library, rows.of(entry("Visits to each child.", "High turnover.", "A wet summer.")))
    assert found(library, "children", engine=engine) == [1]
    page = ask(library, "social workers quitting", engine=engine)
    assert [hit.passage.ordinal for hit in page.hits] == [2]
    assert page.total == 0
    assert [page.hits[0].text[a:b] for a, b in page.hits[0].highlights] == ["turnover"]


def test_words_that_must_occur_and_fields_narrow_what_is_ranked(library, entry):
    put(library, rows.of(entry("Late plans.", "Late visits.", "Visits.", name="Camden")))
    assert found(library, "late +visits") == [2, 3]
    assert found(library, 'late "visits"') == [2, 3]
    assert sorted(found(library, "late visits")) == [1, 2, 3]
    assert found(library, "late visits para:3") == [3]
    assert found(library, "late visits la:leeds") == []


def test_an_operator_makes_every_word_necessary(library, entry):
    put(library, rows.of(entry("Late plans.", "Late visits.", "Visits.")))
    assert found(library, "late AND visits") == [2]
    assert found(library, "late visits -plans") == [2]
    assert found(library, "(late) visits") == [2]


def test_findings_of_the_theme_and_tone_that_are_asked_for_rise(library, entry):
    same = "Children are seen by workers"
    put(
        library,
        rows.of(
            entry(
                f"{same} in spring, said one.",
                f"{same} and often, said others of another place.",
                f"{same} when time is left over for them.",
                findings=[(2, "children-seen", "strength"), (3, "children-seen", "concern")],
            )
        ),
    )
    assert found(library, "children not seen") == [3, 1, 2]
    question = ask(library, "children not seen").question
    assert question.themes[0][0] == "children-seen"
    assert question.polarity == "concern"


def test_function_words_count_where_there_are_no_others(library, entry):
    put(library, rows.of(entry("To be or not to be.", "Plans.")))
    assert found(library, "to be or not") == [1]


def test_function_words_are_never_highlighted(library, entry):
    put(library, rows.of(entry("The visits of the workers were not late, and not few.")))
    (hit,) = ask(library, "the visits are not late").hits
    assert [hit.text[a:b] for a, b in hit.highlights] == ["visits", "late"]


def test_passages_of_nearly_the_same_words_are_one_place(library, entry):
    words = "Visits to children are late in too many cases and plans are not clear enough"
    put(library, rows.of(entry(f"{words} here.", f"{words} there.", "Late visits.")))
    page = ask(library, "late visits")
    assert len(page.hits) == 2
    assert sorted(hit.repeats for hit in page.hits) == [1, 2]
    assert len(ask(library, "late visits", collapse=False).hits) == 3


def test_three_of_ten_come_from_one_report_unless_one_authority_is_asked_for(library, entry):
    def about(place):
        return [
            f"Late visits in the {word} of {place}." for word in "north south east west".split()
        ]

    put(library, rows.of(entry(*about("Camden"), name="Camden")))
    put(library, rows.of(entry("Visits, some of them late.", name="Leeds", authority="leeds")))
    names = [hit.authority for hit in ask(library, "late visits", limit=10).hits]
    assert names.count("Camden") == 4
    assert names.index("Leeds") <= 3
    own = ask(library, "late visits la:camden", limit=10)
    assert [hit.authority for hit in own.hits] == ["Camden"] * 4


def test_an_abbreviation_that_is_a_word_counts_only_in_capitals():
    capital, small = (understand([word], VOCABULARY) for word in ("PA", "pa"))
    assert [other.stems for other in capital.others] == [("personal", "advis")]
    assert small.others == ()


@pytest.mark.parametrize(
    ("typed", "text", "there"),
    [
        ('"5 million"', "It cost £1.5 million.", False),
        ('"£1.5 million"', "It cost £1.5 million.", True),
        ("3400", "It cost £3,400.", True),
        ("3,400", "It cost 3400 pounds.", True),
        ("10:30", "They met at 10:30pm.", True),
        ("16-17", "those of 16–17 years", True),
        ("2.5", "See 2.5 above.", True),
        ("2.5", "See 2 5 above.", False),
    ],
)
def test_numbers_are_terms(library, entry, typed, text, there):
    put(library, rows.of(entry(text)))
    assert bool(search(library, typed).hits) is there
    assert parse(parse(typed).read_as).node == parse(typed).node


def test_dates_and_lists_are_no_numbers():
    assert [term.form for term in terms("3.10.2022 and 4,5")] == [
        "3",
        "10",
        "2022",
        "and",
        "4",
        "5",
    ]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("““care leavers””", '"care leavers"'),
        ('""care leavers""', '"care leavers"'),
        ("inspected:3/10/2022", "inspected:2022-10-03"),
        ('date:"July 2023"', "date:2023-07"),
        ('published:"31 December 2018"', "published:2018-12-31"),
        ("inspected:2023..2025", "inspected:2023..2025"),
    ],
)
def test_quotation_marks_typed_twice_and_dates_as_people_write_them(typed, read):
    query = parse(typed)
    assert (query.read_as, query.notes) == (read, ())


def test_filters_take_dates_as_people_write_them():
    since, until = Filters(since="July 2023", until="31 December 2024").nodes()
    assert (since.values, until.values) == ((">=2023-07",), ("<=2024-12-31",))
