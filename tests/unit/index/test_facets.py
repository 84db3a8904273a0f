"""Facets count what the query would find with the value asked for besides."""

import pytest

from corpus.register.authorities import Authority
from index.documents import rows
from index.documents.file_log import refresh_authorities
from index.documents.store import put, retag
from index.query.ast import Has
from index.query.filters import Filters
from index.search.hits import search
from index.search.prepared import ask
from index.views.facets import FACETS, facets

REGISTER = [
    Authority(key="camden", name="Camden", region="London"),
    Authority(key="leeds", name="Leeds", region="North East"),
]
DOCUMENTS = [
    {
        "start_date": "2023-05-09",
        "judgements": [{"area": "overall", "grade": "good", "status": "found"}],
        "paragraphs": ["Care leavers wait.", "Visits are late.", "Care is good, plans are late."],
        "findings": [
            (1, "care-leavers", "concern", "current"),
            (1, "planning", "strength", "past"),
            (2, "children-seen", "concern", "current", "police"),
            (3, "planning", "concern", "current", "council", "most"),
            (3, "care-leavers", "strength", "improved", "police"),
        ],
    },
    {
        "name": "Leeds",
        "authority": "leeds",
        "published": "2021-01-01",
        "doc_type": "jtai",
        "section": ("improve", "What needs to improve"),
        "paragraphs": ["Care plans are late.", "Care leavers are homeless.", "Nothing else."],
        "findings": [(1, "planning", "concern"), (2, "care-leavers", "mixed", "worsened")],
    },
    {"name": "Unknown", "authority": None, "paragraphs": ["Care of some kind."]},
]


@pytest.fixture
def filled(library, entry):
    refresh_authorities(library, REGISTER)
    for document in DOCUMENTS:
        values = dict(document)
        put(library, rows.of(entry(*values.pop("paragraphs"), **values)))
    return library


@pytest.mark.parametrize("engine", ["fts5", "fts4"])
@pytest.mark.parametrize(
    "query",
    [
        *("care", "", "late -leavers", "theme:planning", "polarity:concern", "care theme:planning"),
        *("theme:planning polarity:concern", "theme:planning theme:care-leavers", "about:police"),
        *("timing:current", "(theme:planning OR theme:care-leavers) polarity:strength care"),
        *(
            "theme:planning OR care",
            "la:leeds",
            "about:police care",
            "nosuch",
            "-theme:planning care",
        ),
    ],
)
def test_counts_are_those_of_the_hits(filled, engine, query):
    whole = search(filled, query, engine=engine).total
    found = facets(filled, ask(filled, query, engine=engine))
    for each in found:
        field = f'{each.field}:"{each.value}"'
        asked = f"({query}) {field}" if " OR " in query else f"{query} {field}"
        assert search(filled, asked, engine=engine).total == each.count, field
        without = Filters(without=(Has(each.field, (each.value,)),))
        if query:
            rest = search(filled, query, without, engine=engine).total
            if each.field not in {"theme", "polarity"}:
                assert rest == whole - each.count
    for field in ("type", "section"):
        assert sum(each.count for each in found if each.field == field) == whole


def test_every_facet_the_most_frequent_first(filled):
    found = facets(filled, ask(filled, "care OR homeless"))
    assert {each.field for each in found} == set(FACETS)
    authorities = [(e.label, e.value, e.count) for e in found if e.field == "la"]
    assert authorities == [
        ("Camden", "camden", 2),
        ("Leeds", "leeds", 2),
        ("Unknown", "Unknown", 1),
    ]
    assert {each.field for each in facets(filled, ask(filled, "care"), ["theme"])} == {"theme"}


def test_facets_follow_new_tags(filled, entry):
    """Tagging anew gives the same as tagging at first."""
    tagged = entry("Care leavers wait.", findings=[(1, "adoption"), (1, "adoption"), (1, "a")])
    other = entry("Care leavers wait.", name="Other", findings=[(1, "adoption"), (1, "a")])
    number = put(filled, rows.of(entry("Care leavers wait.")))
    found = rows.of_findings(tagged.findings)
    retag(filled, number, rows.TagRows(findings=found, figures=(), made=tagged.made))
    sql = "SELECT tags FROM passage WHERE document IN (?, ?)"
    tags = [row["tags"] for row in filled.all(sql, (number, put(filled, rows.of(other))))]
    assert tags == ["a/concern//-// adoption/concern//-//"] * 2
    (one,) = facets(filled, ask(filled, "theme:adoption"), ["polarity"])
    assert (one.value, one.count) == ("concern", 2)
