"""Both engines give the passages that a matcher of a few lines finds by brute force."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UsageError
from index import rows
from index.database import create, open_read
from index.query import And, Has, Not, Or, Text, finds, parse
from index.search import Filters, search
from index.store import put
from index.terms import terms

DOCUMENTS = [
    {
        "name": "Camden",
        "start_date": "2023-05-09",
        "paragraphs": [
            "Children’s plans are good. Care leavers value their personal advisers.",
            "Too many 16-17 year olds wait; multi-agency work is not always effective.",
            "Social workers see children alone, and near care the children's wishes count.",
            "Leavers’ care: the café naïvely re-opened. Exploitation, exploited, exploit!",
        ],
        "findings": [
            (1, "care-leavers", "strength", "current"),
            (1, "planning", "concern", "improved"),
            (2, "youth-homelessness", "concern", "current"),
            (3, "children-seen", "mixed", "worsened"),
        ],
    },
    {
        "name": "North Tyneside",
        "authority": "north-tyneside",
        "published": "2021-11-30",
        "doc_type": "sif_inspection",
        "section": ("improve", "What needs to improve"),
        "paragraphs": [
            "The personal adviser, a care leaver, and the care of leavers.",
            "Advisers personal to leavers. Personal\u00a0advis\u00aders, O’Brien’s school2school.",
            "children children CHILDREN Child’s child",
            "",
            'AND OR NOT near, 🙂 (care) "care" care* 17-16 16 – 17',
        ],
        "findings": [
            (1, "care-leavers", "concern", "current"),
            (1, "planning", "strength", "past"),
            (3, "care-leavers", "neutral", "planned"),
        ],
    },
    {
        "name": "Nowhere",
        "authority": None,
        "doc_type": "other",
        "section": ("boilerplate", "Care and more"),
        "paragraphs": ["Care leavers and their personal advisers exploit care.", "Nothing else."],
    },
]
TRAPS = [
    *("care -leavers", "children's", "children’s", "16-17", "0-25", '"unclosed', "AND", "("),
    *("“personal adviser”", "care near leavers", "NEAR(care leavers, 8)", "nosuch:care", ""),
    *("care AND NOT leavers", "(care OR help) leavers", "school2school", "café", "cafe", "CAFÉ"),
    *('="personal advisers"', '="personal adviser"', "personal-advis*", "exploit*", "expl* -care"),
    *("o'brien", "advis\u00aders", "care*", "c*", "* care", '"the care"*', "stems:care", "1*"),
    *("care OR (theme:planning polarity:concern)", "theme:care-leavers theme:planning"),
    *("theme:care-leavers theme:planning polarity:concern", "la:nowhere care", "la:x care"),
    *("la:camden", "-la:camden care", "type:inspection", "section:improve", "section:needs"),
    *("year:2023", "timing:past OR timing:planned", "(polarity:mixed OR polarity:concern)"),
    *("theme:care-leavers (polarity:mixed OR polarity:concern)", "region:london"),
    *("passage_fts5", "rowid", "{stems}: care", "^care", "care + leavers", "a;b--'", "%_"),
    *("(theme:planning OR theme:care-leavers) polarity:strength -timing:past",),
]


@pytest.fixture(scope="module")
def searched(tmp_path_factory, entry):
    """The library, and each passage as the brute-force matcher sees it."""
    folder = tmp_path_factory.mktemp("agree")
    passages = []
    with create(folder) as db:
        for given_ in DOCUMENTS:
            values = dict(given_)
            stored = entry(*values.pop("paragraphs"), **values)
            number = put(db, rows.of(stored))
            for passage in stored.document.passages:
                text = stored.document.text[passage.start : passage.end]
                about = [f for f in stored.findings if f.passage == passage.ordinal]
                passages.append(((number, passage.ordinal), terms(text), about, given_))
    with open_read(folder) as db:
        yield db, passages


def words_of(value):
    return " ".join(t.form for t in terms(value.replace("_", " ")))


def same_or_within(value, names):
    """The names that are the value; else those that hold its words side by side."""
    asked = words_of(value)
    same = {name for name in names if words_of(name) == asked}
    return same or {n for n in names if asked and f" {asked} " in f" {words_of(n)} "}


def has(node, about, document):  # noqa: PLR0911  a line for each field
    def one_of(names):
        return set().union(*(same_or_within(value, names) for value in node.values))

    match node.field:
        case "theme":
            themes = {f[1] for d in DOCUMENTS for f in d.get("findings", ())}
            return any(f.theme in one_of(themes) for f in about)
        case "polarity" | "timing":
            return any(getattr(f, node.field) in node.values for f in about)
        case "la":
            return document["name"] in one_of({d["name"] for d in DOCUMENTS})
        case "type":
            types = {d.get("doc_type", "ilacs_inspection") for d in DOCUMENTS}
            return document.get("doc_type", "ilacs_inspection") in one_of(types)
        case "year":
            date = document.get("start_date") or document.get("published") or ""
            return date[:4] in node.values
        case "section":
            kind, heading = document.get("section", ("leaders", "The impact of leaders"))
            return any(
                words_of(v) == kind or f" {words_of(v)} " in f" {words_of(heading)} "
                for v in node.values
            )
        case _:
            return False  # the library has no register, so no region


def matches(node, found, about, document):
    match node:
        case Text():
            words = [t.stem if node.column == "stems" else t.form for t in found]
            size = len(node.terms)
            return any(
                words[at : at + size - 1] == list(node.terms[:-1])
                and (
                    words[at + size - 1].startswith(node.terms[-1])
                    if node.prefix
                    else words[at + size - 1] == node.terms[-1]
                )
                for at in range(len(words) - size + 1)
            )
        case Has():
            return has(node, about, document)
        case Not(inner):
            return not matches(inner, found, about, document)
        case Or(nodes):
            return any(matches(n, found, about, document) for n in nodes)
        case And(nodes):
            return all(matches(n, found, about, document) for n in rest_of(nodes)) and all(
                any(all(matches(n, found, [f], document) for n in asked) for f in about)
                for asked in findings_asked(nodes)
            )
    raise AssertionError(node)


def of_finding(node):
    if isinstance(node, Or):
        return all(isinstance(n, Has) and of_finding(n) for n in node.nodes)
    return isinstance(node, Has) and node.field in {"theme", "polarity", "timing"}


def rest_of(nodes):
    return [n for n in nodes if not of_finding(n)]


def findings_asked(nodes):
    """Each theme with each polarity with each timing, and every choice with all of them."""
    asked = [[]]
    for name in ("theme", "polarity", "timing"):
        values = [n for n in nodes if isinstance(n, Has) and n.field == name]
        asked = [[*one, value] for one in asked for value in values] if values else asked
    choices = [n for n in nodes if isinstance(n, Or) and of_finding(n)]
    return [one for one in ([*a, *choices] for a in asked) if one]


def found_by(db, query, engine):
    page = search(db, query, engine=engine, limit=100)
    assert page.total == len(page.hits)
    ids = [(hit.document, hit.passage.ordinal) for hit in page.hits]
    assert len(set(ids)) == len(ids)
    return set(ids)


def check(searched, query):
    db, passages = searched
    try:
        node = parse(query).node
        refused = bool(node) and not finds(node)
    except UsageError:
        node, refused = None, True
    if refused:
        for engine in ("fts5", "fts4"):
            with pytest.raises(UsageError):
                search(db, query, engine=engine)
        return
    expected = {
        place
        for place, found, about, document in passages
        if node is None or matches(node, found, about, document)
    }
    assert found_by(db, query, "fts5") == expected
    assert found_by(db, query, "fts4") == expected


@pytest.mark.parametrize("query", TRAPS)
def test_traps(searched, query):
    check(searched, query)


def test_the_traps_find_something(searched):
    """Guards the table above: a matcher that never matches would agree with an empty index."""
    assert len(found_by(searched[0], "care leavers", "fts4")) == 4
    assert len(found_by(searched[0], "theme:planning polarity:concern", "fts5")) == 1


ATOM = st.sampled_from(
    [
        *("care", "leavers", "leaver", "children", "child's", "personal", "adviser", "16", "17"),
        *("16-17", "near", "and", "exploit*", "ca*", "personal-adv*", "=leavers", "=care", "cafe"),
        *('"care leavers"', '"personal adviser"', '="personal advisers"', '"the care of leavers"'),
        *("theme:care-leavers", "theme:planning", "polarity:concern", "polarity:strength"),
        *("timing:current", "la:camden", "la:north", "type:sif", "section:improve", "year:2021"),
    ]
)


def phrase(inner):
    return (
        st.tuples(inner, st.sampled_from([" ", " AND ", " OR ", " NOT ", " -"]), inner).map("".join)
        | inner.map("({})".format)
        | inner.map("NOT ({})".format)
    )


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.recursive(ATOM, phrase, max_leaves=7))
def test_generated_queries(searched, query):
    check(searched, query)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=40))
def test_anything_typed(searched, query):
    check(searched, query)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(theme=("care-leavers",), polarity=("strength",)),
        Filters(theme=("care-leavers", "planning"), polarity=("concern",)),
        Filters(theme=("planning",), timing=("improved",)),
    ],
)
@pytest.mark.parametrize("engine", ["fts5", "fts4"])
def test_theme_and_polarity_hold_of_the_same_finding(searched, filters, engine):
    db, passages = searched
    expected = {
        place
        for place, _, about, _ in passages
        if any(
            f.theme in filters.theme
            and (not filters.polarity or f.polarity in filters.polarity)
            and (not filters.timing or f.timing in filters.timing)
            for f in about
        )
    }
    page = search(db, "", filters, engine=engine)
    assert {(h.document, h.passage.ordinal) for h in page.hits} == expected
