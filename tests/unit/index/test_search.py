import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.register.authorities import Authority, Register
from index.documents import rows
from index.documents.file_log import refresh_authorities
from index.documents.store import put
from index.query.ast import positive_texts
from index.query.filters import Filters
from index.query.parser import parse
from index.search.highlight import WIDTH, Marker
from index.search.hits import search
from index.storage import database
from index.storage.passage_tags import Tag
from index.text.analyzer import Words, terms, word_starts

ENGINES = ["fts5", "fts4"]


def found(page):
    return [(hit.authority, hit.passage.ordinal) for hit in page.hits]


def shown(text, query, width=WIDTH):
    marker = Marker(tuple(positive_texts(parse(query).node)), width)
    return marker.mark(text, Words(text, word_starts(text)))


def marked(text, query):
    return [text[a:b] for a, b in shown(text, query)[0]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("children", ["Children’s"]),
        ("personal adviser", ["personal", "advisers"]),
        ('"personal adviser"', ["personal advisers"]),
        ('="personal adviser"', []),
        ("advis* -child", ["advisers"]),
        ("NOT child personal", ["personal"]),
        ('"personal advisers" advisers', ["personal advisers"]),
        ("café OR personal", ["personal", "cafe\u0301"]),
        ("theme:x wait", ["waiting", "wait"]),
        ('"the child" "child in"', ["the child in"]),
    ],
)
def test_highlights(query, found):
    text = "Children’s personal advisers: the child in a cafe\u0301 waiting, wait."
    assert marked(text, query) == found


@given(st.lists(st.sampled_from("care leavers wait now".split()), max_size=120), st.data())
def test_an_excerpt_is_a_part_with_its_highlights(drawn, data):
    text = " ".join(drawn)
    width = data.draw(st.integers(1, 50))
    ranges, part = shown(text, "leavers OR now", width)
    assert part.text == text[part.start : part.end]
    assert len(terms(part.text)) == min(width, len(drawn))
    assert all(part.text[a:b] in {"leavers", "now"} for a, b in part.highlights)
    assert bool(part.highlights) == bool(ranges)


def test_a_character_of_several_words_is_highlighted_once():
    assert marked("½ of all", "1 2 of") == ["½", "of"]


def test_an_excerpt_shows_the_densest_part_with_words_on_both_sides():
    text = " ".join(["a care b", *["word"] * 200, "leavers care", *["word"] * 200])
    _, part = shown(text, "care leavers")
    assert len(part.highlights) == 2
    before, after = part.text.split("leavers care")
    assert abs(len(before.split()) - len(after.split())) <= 1
    assert len(part.text.split()) == WIDTH


def test_a_short_passage_is_its_own_excerpt():
    assert shown("  One, two. ", "one")[1].text == "  One, two. "


@pytest.mark.parametrize("engine", ENGINES)
def test_a_hit_says_what_it_is_and_where(library, entry, engine):
    given_ = entry(
        "First.",
        "Care leavers wait.",
        start_date="2024-03-04",
        published="2024-05-06",
        findings=[(2, "care-leavers")],
    )
    number = put(library, rows.of(given_))
    page = search(library, "leaver", engine=engine)
    (hit,) = page.hits
    assert (hit.document, hit.sha256, hit.name) == (
        number,
        given_.original.sha256,
        given_.original.name,
    )
    assert (hit.authority, hit.doc_type) == ("Camden", "ilacs_inspection")
    assert (hit.date, hit.published) == ("2024-03-04", "2024-05-06")
    assert hit.passage == given_.document.passages[1]
    assert (hit.section, hit.text) == ("The impact of leaders", "Care leavers wait.")
    assert [hit.text[a:b] for a, b in hit.highlights] == ["leavers"]
    assert hit.snippet.text == hit.text
    assert hit.findings == tuple(Tag(*finding[1:4]) for finding in given_.findings)
    assert (page.total, page.read_as, page.notes, page.engine) == (1, "leaver", (), engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_furniture_ranks_last_then_the_score_then_date_authority_and_place(library, entry, engine):
    rare = "Zebras cross."
    put(
        library,
        rows.of(entry(rare, rare, name="Leeds", authority="leeds", start_date="2020-01-01")),
    )
    put(library, rows.of(entry(rare, name="Barnet", authority="barnet", published="2022-01-01")))
    put(library, rows.of(entry(rare, name="Camden", start_date="2022-01-01")))
    put(library, rows.of(entry(rare, name="Undated", authority=None)))
    put(library, rows.of(entry("Zebra zebra zebra.", name="Old", start_date="2010-01-01")))
    put(library, rows.of(entry(rare, name="Front", section=("front", ""), start_date="2025-01-01")))
    put(
        library,
        rows.of(
            entry("x", rare, name="Note", kinds=["paragraph", "footnote"], start_date="2026-01-01")
        ),
    )
    for _ in range(10):
        put(
            library,
            rows.of(entry(f"Nothing of the kind {_}.", name="Other", start_date="2020-01-01")),
        )
    assert found(search(library, "zebra", engine=engine, collapse=False)) == [
        ("Old", 1),
        ("Barnet", 1),
        ("Camden", 1),
        ("Leeds", 1),
        ("Leeds", 2),
        ("Undated", 1),
        ("Note", 2),
        ("Front", 1),
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_pages_of_hits_follow_one_another(library, entry, engine):
    put(library, rows.of(entry(*[f"Care {n % 3}." for n in range(25)], start_date="2020-01-01")))
    put(library, rows.of(entry(*[f"Care {n % 2}." for n in range(10)], start_date="2020-01-01")))
    whole = search(library, "care", engine=engine, limit=100, collapse=False)
    assert whole.total == len(whole.hits) == 35
    parts = [
        search(library, "care", engine=engine, limit=10, offset=n, collapse=False)
        for n in range(0, 40, 10)
    ]
    assert [hit for part in parts for hit in part.hits] == list(whole.hits)
    for offset, limit in ((100, 10), (0, 0)):
        page = search(library, "care", engine=engine, offset=offset, limit=limit)
        assert (page.total, page.hits) == (35, ())


def test_no_query_lists_the_newest_first(library, entry):
    put(library, rows.of(entry("One.", "Two.", name="Old", start_date="2010-01-01")))
    put(library, rows.of(entry("One.", name="New", start_date="2020-01-01")))
    page = search(library, "", collapse=False)
    assert found(page) == [("New", 1), ("Old", 1), ("Old", 2)]
    assert page.read_as == ""
    assert found(search(library, " ", Filters(since="2015"))) == [("New", 1)]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(), ["Leeds", "Camden", "Barnet"]),
        (Filters(authority=("camden",)), ["Camden"]),
        (Filters(authority=("Camden", "Leeds City Council")), ["Leeds", "Camden"]),
        (Filters(region=("london",)), ["Camden", "Barnet"]),
        (Filters(doc_type=("sif_inspection",)), ["Barnet"]),
        (Filters(doc_type=("sif-inspection",)), ["Barnet"]),
        (Filters(since="2020"), ["Leeds", "Camden"]),
        (Filters(since="2020-05", until="2022"), ["Camden"]),
        (Filters(until="2020-05-17"), ["Camden", "Barnet"]),
        (Filters(until="2020-05-16"), ["Barnet"]),
        (Filters(region=("London",), doc_type=("ilacs_inspection",)), ["Camden"]),
        (Filters(authority=("nowhere",)), []),
    ],
)
def test_filters(library, entry, filters, names):
    register = [
        Authority(key="camden", name="Camden", region="London"),
        Authority(key="barnet", name="Barnet", region="London"),
        Authority(key="leeds", name="Leeds", region="North", aliases=("Leeds City Council",)),
    ]
    refresh_authorities(library, register)
    put(library, rows.of(entry("Care.", start_date="2020-05-17")))
    put(library, rows.of(entry("Care.", name="Leeds", authority="leeds", published="2023-01-01")))
    sif = "sif_inspection"
    put(
        library,
        rows.of(entry("Care.", name="Barnet", authority="barnet", doc_type=sif, published="2014")),
    )
    for query in ("care", ""):
        page = search(library, query, filters, collapse=False)
        assert [name for name, _ in found(page)] == names


def test_what_the_library_lacks_is_noted(library, entry):
    put(library, rows.of(entry("Care.")))
    page = search(library, "care la:atlantis them:x", Filters(theme=("nothing",)))
    assert page.total == 0
    assert [note.split(":")[0] for note in page.notes] == [
        "there is no field them",
        "nothing in the library has theme",
        "nothing in the library has la",
    ]


@pytest.mark.parametrize("date", ["yesterday", "2024-5", "24", "2024-05-17T00:00", "2024-13", ""])
def test_a_filter_that_is_no_date(library, date):
    with pytest.raises(UsageError, match="not a date"):
        search(library, "", Filters(since=date))


@pytest.mark.parametrize("query", ["-care", "NOT care", "care OR -leavers"])
def test_only_what_to_leave_out(library, query):
    with pytest.raises(UsageError, match="add what to find"):
        search(library, query)


def test_filters_are_enough_to_find(library, entry):
    put(library, rows.of(entry("Care.", "Leavers.")))
    assert found(search(library, "-care", Filters(authority=("camden",)))) == [("Camden", 2)]


def test_too_many_findings_at_once(library):
    themes = " ".join(f"theme:t{n} theme:u{n}" for n in range(30))
    with pytest.raises(UsageError, match="too many conditions"):
        search(library, f"{themes} polarity:mixed polarity:concern timing:past")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_slow_query_is_given_up(library, entry, monkeypatch, engine):
    monkeypatch.setattr(database, "_STEPS", 1)  # look at the clock all the time
    put(library, rows.of(entry("Care leavers.")))
    search(library, "care", engine=engine)
    with pytest.raises(UsageError, match="took too long"):
        search(library, "care", engine=engine, deadline=-1.0)
    assert search(library, "care", engine=engine).total == 1


def test_the_longest_queries_run(library, entry):
    put(library, rows.of(entry("Care leavers.")))
    for engine in ENGINES:
        for query in (
            " OR ".join(["care"] * 64),
            " ".join(f"w{n}*" for n in range(64)),
            "(" * 16 + "care" + ")" * 16,
            '"' + "care " * 64 + '"',
            " OR ".join(f"theme:t{n}" for n in range(60)),
            "care " + " ".join(f"-(x{n} y{n})" for n in range(30)),
        ):
            search(library, query, engine=engine)


@pytest.mark.parametrize(
    "asked",
    ["la:hull", 'la:"Hull City Council"', 'la:"Kingston upon Hull, City of"', "la:E06000010",
     'la:"Hull & Beverley" OR la:80477', "la:kingston-upon-hull"],
)  # fmt: skip
def test_an_authority_by_any_of_its_names(library, entry, asked):
    refresh_authorities(library, Register.load())
    for key, name in (("kingston-upon-hull", "Kingston upon Hull"), ("derby", "Derby")):
        put(library, rows.of(entry(f"Care in {name}.", name=name, authority=key)))
    assert [hit.authority for hit in search(library, f"care {asked}").hits] == [
        "Kingston upon Hull"
    ]


def test_an_authority_that_is_not_known_gets_the_nearest(library, entry):
    refresh_authorities(library, Register.load())
    put(library, rows.of(entry("Care.")))
    page = search(library, "care la:camdn")
    assert page.notes == ("nothing in the library has la:camdn (did you mean Camden?)",)
