"""References to invented documents."""

import re
from dataclasses import replace

import pytest

from corpus.model import Passage
from index.documents.citation_rows import Cited
from textmine.citation import FORMATS, bibtex, inspected, place, reference, ris

REPORT = Cited(
    document=1,
    sha256="ab12cd34" + 56 * "0",
    name="report.pdf",
    url=None,
    doc_type="ilacs_inspection",
    authority="Harrow & Lacey_Vale",
    urn="9990003",
    provider=None,
    provider_urn=None,
    title=None,
    document_voice="inspectorate",
    visibility="public",
    start_date="2025-09-29",
    end_date="2025-10-10",
    date="2025-09-29",
    published="2025-11-04",
)
BULLET = Passage("bullet", 12, None, 2, 3, 100, 200)


def test_a_number_is_the_pages_or_marked_as_ours():
    assert place(BULLET._replace(number="14")) == "page 3, paragraph 14"
    assert place(BULLET) == "page 3, unnumbered passage 12"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-09-29", "2025-10-10", "29 September to 10 October 2025"),
        ("2025-10-06", "2025-10-10", "6 to 10 October 2025"),
        ("2025-10-06", "2025-10-06", "6 October 2025"),
        ("2022-12-05", "2023-02-15", "5 December 2022 to 15 February 2023"),
        ("2025-10-06", None, "6 October 2025"),
        (None, None, ""),
    ],
)
def test_days_are_written_as_people_do(first, last, words):
    assert inspected(replace(REPORT, start_date=first, end_date=last)) == words


def test_one_line_to_copy():
    assert reference(REPORT, BULLET).text() == (
        "Ofsted (2025) Harrow & Lacey_Vale: ILACS inspection report, 29 September to 10 October"
        " 2025, page 3, unnumbered passage 12. https://reports.ofsted.gov.uk/provider/44/9990003"
    )


def test_what_came_with_the_file_is_the_page_to_go_to():
    assert reference(replace(REPORT, url="https://example.org/r")).url == "https://example.org/r"
    assert reference(replace(REPORT, urn=None)).url is None


def test_what_an_authority_wrote_is_its_own_and_not_the_inspectorates():
    own = reference(replace(REPORT, document_voice="authority"))
    assert (own.author, own.url) == ("Harrow & Lacey_Vale", None)


def test_a_provider_has_a_page_of_its_own():
    nursery = replace(REPORT, authority=None, urn=None, provider="Owls", provider_urn="EY999123")
    written = reference(nursery)
    assert written.title.startswith("Owls: ")
    assert written.url == "https://reports.ofsted.gov.uk/provider/16/EY999123"


def test_signs_that_bibtex_reads_are_escaped():
    assert r"Harrow \& Lacey\_Vale" in FORMATS["bibtex"](reference(REPORT))


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_made_up_where_nothing_is_known(name):
    bare = replace(
        REPORT, authority=None, urn=None, start_date=None, end_date=None, date=None, published=None
    )
    written = FORMATS[name](reference(bare))
    assert "None" not in written
    assert "report.pdf" in written


def test_those_who_publish_together_are_authors_each():
    letter = reference(replace(REPORT, doc_type="jtai"))
    assert letter.text().startswith("Ofsted, Care Quality Commission and HMICFRS (2025) ")
    lines = FORMATS["ris"](letter).splitlines()
    authors = ["AU  - Ofsted,", "AU  - Care Quality Commission,", "AU  - HMICFRS,"]
    assert [line for line in lines if line.startswith("AU")] == authors
    assert "author = {{Ofsted} and {Care Quality Commission} and {HMICFRS}}," in (
        FORMATS["bibtex"](letter)
    )


def test_a_record_has_one_tag_a_line_and_an_entry_closes_its_braces():
    odd = reference(replace(REPORT, authority="Odd\nplace {~^\\"), BULLET)
    lines = FORMATS["ris"](odd).splitlines()
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    entry = re.sub(r"\\[{}]", "", FORMATS["bibtex"](odd))
    assert entry.count("{") == entry.count("}")


def test_a_document_that_nobody_is_known_to_have_written_is_not_the_inspectorates():
    found = replace(
        REPORT, doc_type="other", document_voice="unknown", title="Care & homes: 50% of plans"
    )
    each = reference(found)
    assert each.authors == ("unknown",)
    assert each.title == "Care & homes: 50% of plans"
    assert each.url is None
    assert "Ofsted" not in ris(each) + bibtex(each) + each.text()
    assert r"Care \& homes: 50\% of plans" in bibtex(each)
