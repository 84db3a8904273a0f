"""Both engines give the passages that a matcher of a few lines finds by brute force."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.register.authorities import Authority
from index.documents import rows
from index.documents.file_log import refresh_authorities
from index.documents.store import put
from index.query.ast import FINDING, And, Has, Near, Not, Or, Similar, Text, finds
from index.query.filters import Filters
from index.query.parser import parse
from index.search.hits import search
from index.storage.database import create, open_read
from index.text.analyzer import terms

REGISTER = [
    Authority(key="camden", name="Camden", region="London", neighbours=("north-tyneside", "leeds")),
    Authority(key="leeds", name="Leeds", region="Yorkshire", neighbours=("camden",)),
    Authority(key="north-tyneside", name="North Tyneside", region="North East"),
]
DOCUMENTS = [
    {
        "name": "Camden",
        "start_date": "2023-05-09",
        "published": "2023-07-01",
        "framework": "ilacs-2023",
        "judgements": [("overall", "good"), ("care_leavers", "requires_improvement")],
        "paragraphs": [
            "Children’s plans are good. Care leavers value their personal advisers.",
            "Too many 16-17 year olds wait; multi-agency work is not always effective.",
            "Social workers see children alone, and near care the children's wishes count.",
            "Leavers’ care: the café naïvely re-opened. Exploitation, exploited, exploit!",
            "The PA knows. A leaving-care worker, once. MASH: the front door. CSE is rare.",
            "½ of it, and children who were not always being seen, or seen late by an advisor.",
        ],
        "findings": [
            (1, "care-leavers", "strength", "current"),
            (1, "planning", "concern", "improved"),
            (2, "youth-homelessness", "concern", "current"),
            (3, "children-seen", "mixed", "worsened", "police"),
            (6, "children-seen", "concern", "current", "council"),
            (6, "planning", "strength", "current", "health", "most"),
        ],
    },
    {
        "name": "Camden",
        "start_date": "2018-02-05",
        "published": "2018-03-20",
        "judgements": [("overall", "inadequate"), ("care_and_care_leavers", "outstanding")],
        "paragraphs": [
            "Care leavers value their personal advisers; children’s plans are good.",
            "Leaders know: plans are late, late, late. Personal help and adviser care.",
        ],
        "findings": [(2, "planning", "concern", "current")],
    },
    {
        "name": "North Tyneside",
        "authority": "north-tyneside",
        "published": "2021-11-30",
        "doc_type": "sif_inspection",
        "framework": "sif",
        "judgements": [("overall", "adequate"), ("adoption", None)],
        "section": ("improve", "What needs to improve"),
        "about": "board",
        "kinds": ["recommendation", "bullet", "paragraph", "paragraph", "paragraph"],
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
        "name": "Leeds",
        "authority": "leeds",
        "published": "2024-04-30",
        "doc_type": "self_evaluation",
        "framework": None,
        "voice": "authority",
        "section": ("quality", "Care, and how we improve it"),
        "paragraphs": ["We care for leavers and for children.", "Our advisors are personal."],
        "findings": [(1, "care-leavers", "strength", "current")],
    },
    {
        "name": "Nowhere",
        "authority": None,
        "doc_type": "other",
        "framework": None,
        "section": ("boilerplate", "Care and more"),
        "paragraphs": ["Care leavers and their personal advisers exploit care.", "Nothing else."],
    },
]
TRAPS = [
    "",
    *(
        line
        for line in Path(__file__).with_name("traps.txt").read_text(encoding="utf-8").split("\n")
        if line and not line.startswith("# ")
    ),
]
"""Query strings, one a line, with what each group of them is about."""


@pytest.fixture(scope="module")
def searched(tmp_path_factory, entry):
    """The library, and each passage as the brute-force matcher sees it."""
    folder = tmp_path_factory.mktemp("agree")
    passages = []
    with create(folder) as db:
        refresh_authorities(db, REGISTER)
        for given_ in DOCUMENTS:
            values = dict(given_)
            values["judgements"] = [
                {"area": area, "grade": grade, "status": "found" if grade else "not_judged"}
                for area, grade in given_.get("judgements", ())
            ]
            stored = entry(*values.pop("paragraphs"), **values)
            number = put(db, rows.of(stored))
            for passage in stored.document.passages:
                text = stored.document.text[passage.start : passage.end]
                about = [f for f in stored.findings if f.passage == passage.ordinal]
                place = (number, passage.ordinal)
                passages.append((place, terms(text), about, given_ | {"passage": passage}))
    with open_read(folder) as db:
        yield db, passages


def words_of(value):
    return " ".join(t.form for t in terms(value.replace("_", " ")))


def same_or_within(value, names):
    """The names that are the value; else those that hold its words side by side."""
    asked = words_of(value)
    same = {name for name in names if words_of(name) == asked}
    return same or {n for n in names if asked and f" {asked} " in f" {words_of(n)} "}


def date_of(document):
    return document.get("start_date") or document.get("published") or ""


def between(value, asked, rank=lambda value: value):
    """Whether a value, cut to the length of what is asked, lies in a range as it is typed."""
    if not value:
        return False

    def against(end):
        return (
            (rank(value[: len(end)]), rank(end)) if isinstance(value, str) else (value, rank(end))
        )

    if ".." in asked:
        low, high = asked.split("..")
        ends = [(low, ">="), (high, "<=")]
    else:
        sign, one = re.fullmatch(r"([<>]=?|)(.+)", asked).groups()
        ends = [(one, sign or "=")]
    holds = {
        "=": lambda a, b: a == b,
        "<": lambda a, b: a < b,
        ">": lambda a, b: a > b,
        "<=": lambda a, b: a <= b,
        ">=": lambda a, b: a >= b,
    }
    return all(holds[sign](*against(end)) for end, sign in ends if end)


RANK = {"inadequate": 1, "requires_improvement": 2, "adequate": 2, "good": 3, "outstanding": 4}


def graded(grade, area, asked):
    asked = asked.lower().replace(" ", "_").replace("ri", "requires_improvement", asked == "ri")
    found = dict(grade).get(area, "absent")
    if asked == "not_judged":
        return found is None
    if found in {None, "absent"} or area == "outcome":
        return False
    if asked in RANK:
        return found == asked
    return between(RANK[found], asked, lambda end: RANK.get(end, end))


def newest(documents):
    return max(documents, key=lambda d: (date_of(d), d.get("published") or "", DOCUMENTS.index(d)))


def has(node, about, document):  # noqa: C901, PLR0911  a line for each field
    def one_of(names):
        return set().union(*(same_or_within(value, names) for value in node.values))

    passage = document["passage"]
    key = document.get("authority", "camden")
    own = [d for d in DOCUMENTS if key and d.get("authority", "camden") == key]
    match node.field:
        case "theme":
            themes = {f[1] for d in DOCUMENTS for f in d.get("findings", ())}
            return any(f.theme in one_of(themes) for f in about)
        case "about":
            alone = passage.about in node.values and not document.get("one finding")
            return alone or any(f.about in node.values for f in about)
        case "polarity" | "timing" | "extent":
            wanted = [{"negative": "concern"}.get(value, value) for value in node.values]
            return any(getattr(f, node.field) in wanted for f in about)
        case "la":
            return document["name"] in one_of({d["name"] for d in DOCUMENTS})
        case "region":
            regions = {a.key: a.region for a in REGISTER}
            return regions.get(key) in one_of(set(regions.values()))
        case "neighbours":
            names = one_of({a.name for a in REGISTER})
            return any(key in a.neighbours for a in REGISTER if a.name in names)
        case "type":
            types = {d.get("doc_type", "ilacs_inspection") for d in DOCUMENTS}
            return document.get("doc_type", "ilacs_inspection") in one_of(types)
        case "framework":
            frameworks = {d.get("framework", "ilacs-2018") for d in DOCUMENTS} - {None}
            return document.get("framework", "ilacs-2018") in one_of(frameworks)
        case "voice":
            wanted = [{"ofsted": "inspectorate"}.get(value, value) for value in node.values]
            return passage.voice in wanted
    return has_of_document(node, document, own)


def has_of_document(node, document, own):  # noqa: PLR0911
    def any_value(holds):
        return any(holds(value) for value in node.values)

    passage = document["passage"]
    match node.field:
        case "year" | "date":
            return any_value(lambda value: between(date_of(document), value))
        case "inspected":
            return any_value(lambda value: between(document.get("start_date"), value))
        case "published":
            return any_value(lambda value: between(document.get("published"), value))
        case "para":
            return any_value(lambda value: between(int(passage.number), value, int))
        case "is":
            if node.values[0] == "latest":
                kind = document.get("doc_type")
                same = [d for d in own if d.get("doc_type") == kind]
                return not same or document["paragraphs"] == newest(same)["paragraphs"]
            return passage.kind == "recommendation"
        case "section":
            kind, heading = document.get("section", ("leaders", "The impact of leaders"))
            kinds = {d.get("section", ("leaders", ""))[0] for d in DOCUMENTS}
            return any_value(
                lambda v: (
                    words_of(v) == kind
                    or (words_of(v) not in kinds and f" {words_of(v)} " in f" {words_of(heading)} ")
                )
            )
    area = node.field.removeprefix("la.")
    if area != node.field:
        judged = [d for d in own if dict(d.get("judgements", ())).get(area)]
        return bool(judged) and any_value(
            lambda value: graded(newest(judged)["judgements"], area, value)
        )
    return any_value(lambda value: graded(document.get("judgements", ()), area, value))


def ends_of(node, found):
    """Where a text begins and ends: every stretch of words that is it."""
    if isinstance(node, Similar):
        return [(i, i + 1) for i, t in enumerate(found) if similar(node, t.form)]
    words = [t.stem if node.column == "stems" else t.form for t in found]
    size = len(node.terms)
    return [
        (at, at + size)
        for at in range(len(words) - size + 1)
        if words[at : at + size - 1] == list(node.terms[:-1])
        and (
            words[at + size - 1].startswith(node.terms[-1])
            if node.prefix
            else words[at + size - 1] == node.terms[-1]
        )
    ]


def similar(node, form):
    return form[0] == node.form[0] and edits(node.form, form) <= node.distance


@cache
def edits(one, other):
    """Letters to put in, leave out, change, or swap with the next, by the definition."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        edits(one[1:], other) + 1,
        edits(one, other[1:]) + 1,
        edits(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if len(one) > 1 and len(other) > 1 and one[:2] == other[1::-1]:
        ways.append(edits(one[2:], other[2:]) + 1)
    return min(ways)


def matches(node, found, about, document):
    match node:
        case Text() | Similar():
            return bool(ends_of(node, found))
        case Near(left, right, distance):
            return any(
                0 <= d - a <= distance or 0 <= c - b <= distance
                for c, a in ends_of(left, found)
                for d, b in ends_of(right, found)
            )
        case Has():
            return has(node, about, document)
        case Not(inner):
            return not matches(inner, found, about, document)
        case Or(nodes):
            return any(matches(n, found, about, document) for n in nodes)
        case And(nodes):
            return all(matches(n, found, about, document) for n in rest_of(nodes)) and all(
                any(all(matches(n, found, [f], one) for n in asked) for f in about)
                if one["one finding"]
                else matches(asked[0], found, about, document)
                for asked in findings_asked(nodes)
                for one in [document | {"one finding": not is_about_alone(asked)}]
            )
    raise AssertionError(node)


def is_about_alone(asked):
    """Whether nothing but whom it is about is asked: then the passage's own word counts too."""
    return len(asked) == 1 and isinstance(asked[0], Has) and asked[0].field == "about"


def of_finding(node):
    if isinstance(node, Or):
        return all(isinstance(n, Has) and of_finding(n) for n in node.nodes)
    return isinstance(node, Has) and node.field in FINDING


def rest_of(nodes):
    return [n for n in nodes if not of_finding(n)]


def findings_asked(nodes):
    """Each theme with each polarity with each timing, and every choice with all of them."""
    asked = [[]]
    for name in FINDING:
        values = [n for n in nodes if isinstance(n, Has) and n.field == name]
        asked = [[*one, value] for one in asked for value in values] if values else asked
    choices = [n for n in nodes if isinstance(n, Or) and of_finding(n)]
    return [one for one in ([*a, *choices] for a in asked) if one]


def found_by(db, query, engine):
    page = search(db, query, engine=engine, limit=100, collapse=False)
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
    assert len(found_by(searched[0], "care leavers", "fts4")) == 6
    assert len(found_by(searched[0], "theme:planning polarity:concern", "fts5")) == 2


ATOM = st.sampled_from(
    [
        *("care", "leavers", "leaver", "children", "child's", "personal", "adviser", "16", "17"),
        *("16-17", "near", "and", "exploit*", "ca*", "personal-adv*", "=leavers", "=care", "cafe"),
        *('"care leavers"', '"personal adviser"', '="personal advisers"', '"the care of leavers"'),
        *("theme:care-leavers", "theme:planning", "polarity:concern", "polarity:strength"),
        *("timing:current", "la:camden", "la:north", "type:sif", "section:improve", "year:2021"),
        *("care NEAR/2 leavers", "late NEAR/1 late", "c* NEAR/1 care", "=care NEAR/3 leaver"),
        *("adviser~", "overall:<good", "la.overall:good", "is:latest", "year:2018..2021", "para:1"),
        *("is:recommendation", "published:>2021", "neighbours:camden", "voice:authority", '"pa"'),
        *("about:board", "about:council", "(about:police OR polarity:strength)"),
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
    page = search(db, "", filters, engine=engine, collapse=False)
    assert {(h.document, h.passage.ordinal) for h in page.hits} == expected
