import pytest

from corpus.register.authorities import Authority
from index.documents import rows
from index.documents.file_log import log_file, refresh_authorities
from index.documents.records import FileRecord
from index.documents.store import put
from index.query.filters import Filters
from index.reports import counts


@pytest.fixture
def filled(library, entry):
    refresh_authorities(library, [Authority(key="camden", name="Camden", region="London")])
    put(
        library,
        rows.of(
            entry(
                "One.",
                "Two.",
                start_date="2024-01-01",
                findings=[(1, "planning", "concern"), (2, "planning", "strength"), (2, "adoption")],
            )
        ),
    )
    put(
        library,
        rows.of(
            entry("Three.", name="Atlantis", authority=None, findings=[(1, "planning", "concern")])
        ),
    )
    put(library, rows.of(entry(name="Camden", published="2019-01-01", doc_type="other")))
    log_file(library, FileRecord(path="bad.pdf", outcome="failed", reason="web-page"))
    return library


def test_documents(filled):
    rows = counts.documents(filled)
    assert [(r.authority, r.authority_name, r.region) for r in rows] == [
        (None, "Atlantis", None),
        ("camden", "Camden", "London"),
        ("camden", "Camden", "London"),
    ]
    camden = rows[1]
    assert (camden.pages, camden.passages, camden.findings) == (1, 2, 3)
    assert camden.start_date == "2024-01-01"
    assert [f.name for f in camden.fields] == ["authority", "start_date"]
    assert rows[2].passages == 0


@pytest.mark.parametrize(
    ("filters", "documents", "findings"),
    [
        (Filters(), 3, 4),
        (Filters(authority=("camden",)), 2, 3),
        (Filters(authority=("Atlantis",)), 1, 1),
        (Filters(theme=("planning",), polarity=("strength",)), 1, 1),
        (Filters(theme=("adoption",), polarity=("strength",)), 0, 0),
        (Filters(doc_type=("other",)), 1, 0),
        (Filters(since="2020", theme=("planning",)), 1, 2),
        (Filters(region=("London",)), 2, 3),
    ],
)
def test_filters(filled, filters, documents, findings):
    assert len(counts.documents(filled, filters)) == documents
    assert len(list(counts.findings(filled, filters))) == findings
    assert sum(row.findings for row in counts.themes(filled, filters)) == findings


def test_findings(filled):
    rows = list(counts.findings(filled, Filters(authority=("camden",))))
    assert [(r.finding.theme, r.finding.polarity) for r in rows] == [
        ("planning", "concern"),
        ("adoption", "concern"),
        ("planning", "strength"),
    ]
    assert [(r.evidence, r.text, r.passage.number) for r in rows[:2]] == [
        ("One.", "One.", "1"),
        ("Two.", "Two.", "2"),
    ]
    assert rows[0].section == "The impact of leaders"
    assert len(list(counts.findings(filled, limit=2))) == 2


def test_themes(filled):
    adoption, planning = counts.themes(filled)
    assert (adoption.theme, adoption.findings, adoption.documents) == ("adoption", 1, 1)
    assert (planning.findings, planning.passages, planning.documents) == (3, 3, 2)
    assert (planning.concern, planning.strength, planning.mixed) == (2, 1, 0)


def test_status(filled):
    status = counts.status(filled)
    assert (status.documents, status.passages, status.findings) == (3, 3, 4)
    assert status.by_type == {"ilacs_inspection": 2, "other": 1}
    assert (status.by_outcome, status.files) == ({"ok": 3}, {"failed": 1})
    assert list(status.made.values()) == [3]
    assert list(status.indexes) == ["fts5"]


def test_values_that_nothing_has(filled):
    filters = Filters(authority=("Camden", "Mu"), theme=("planning",), doc_type=("x",))
    assert counts.unknown(filled, filters) == (
        "nothing in the library has la:Mu",
        "nothing in the library has type:x",
    )
