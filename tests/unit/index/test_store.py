import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.model import (
    Cue,
    Document,
    Field,
    Finding,
    Judgement,
    PageSize,
    Passage,
    PlacedLine,
    Problem,
    Recommendation,
    Section,
)
from corpus.register.authorities import Authority
from index import engines
from index.documents import file_log, rows, store
from index.documents.records import Entry, FileRecord, Original, Provenance
from index.documents.rows import TagRows
from index.query.filters import Filters
from index.search.hits import search
from index.storage import line_positions
from index.storage.database import open_read

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
SHORT = st.none() | TEXT
WHOLE = st.integers(0, 2**40)
REAL = st.floats(allow_nan=False, allow_infinity=False)
STATUS = st.sampled_from(["found", "not_printed", "not_judged", "unreadable"])
LINES = st.lists(st.builds(PlacedLine, WHOLE, WHOLE, WHOLE, REAL, REAL, REAL, REAL)).map(tuple)


def many(strategy, size=3):
    return st.lists(strategy, max_size=size).map(tuple)


@st.composite
def passages_in(draw, text, sections):
    return tuple(
        Passage(
            kind=draw(st.sampled_from(["paragraph", "heading", "footnote", "table_row"])),
            ordinal=ordinal,
            number=draw(SHORT),
            section=draw(st.integers(0, len(sections) - 1)),
            page=draw(WHOLE),
            start=draw(st.integers(0, len(text))),
            end=draw(st.integers(0, len(text))),
            voice=draw(st.sampled_from(["inspectorate", "authority"])),
            about=draw(st.sampled_from([None, "council", "police", "partnership", "board"])),
        )
        for ordinal in range(1, draw(st.integers(0, 4)) + 1)
    )


def findings_in(passages):
    cues = many(st.builds(Cue, st.sampled_from(["theme", "polarity"]), TEXT, WHOLE, WHOLE))
    return many(
        st.builds(
            Finding,
            passage=st.sampled_from([p.ordinal for p in passages]),
            theme=TEXT,
            polarity=st.sampled_from(["strength", "concern", "mixed", "neutral"]),
            timing=st.sampled_from(["current", "improved", "worsened", "planned", "past"]),
            start=WHOLE,
            end=WHOLE,
            cues=cues,
            about=st.sampled_from([None, "council", "health"]),
            score=st.none() | st.floats(0, 1),
        )
    )


def recommendations_in(passages):
    kinds = ["improvement", "priority_action", "recommendation", "weakness"]
    asked = st.builds(
        Recommendation,
        passage=st.sampled_from([p.ordinal for p in passages]),
        kind=st.sampled_from(kinds),
        number=SHORT,
        tag=SHORT,
        responsible=SHORT,
    )
    by_passage = st.lists(asked, max_size=3, unique_by=lambda asked: asked.passage)
    return by_passage.map(sorted).map(tuple)


@st.composite
def entries(draw):
    sections = draw(
        st.lists(st.builds(Section, TEXT, TEXT, WHOLE, WHOLE), min_size=1, max_size=3).map(tuple)
    )
    text = draw(st.text(st.characters(codec="utf-8"), max_size=60))
    passages = draw(passages_in(text, sections))
    findings = findings_in(passages)
    place = {"printed": SHORT, "start": st.none() | WHOLE, "end": st.none() | WHOLE}
    origin = st.sampled_from([None, "printed", "file_name", "given"])
    names = st.sampled_from(["authority", "start_date", "as_at", "published", "other"])
    fields = st.builds(Field, name=names, value=SHORT, status=STATUS, origin=origin, **place)
    grades = st.sampled_from([None, "good", "1"])
    document = Document(
        doc_type=draw(TEXT),
        framework=draw(SHORT),
        text=text,
        pages=draw(many(st.builds(PageSize, WHOLE, REAL, REAL, st.none() | REAL))),
        lines=draw(LINES),
        sections=sections,
        passages=passages,
        authority=draw(SHORT),
        fields=draw(many(fields)),
        judgements=draw(
            many(st.builds(Judgement, area=TEXT, grade=grades, status=STATUS, **place))
        ),
        recommendations=draw(recommendations_in(passages)) if passages else (),
        problems=draw(many(st.builds(Problem, TEXT, TEXT, st.none() | WHOLE))),
        voice=draw(st.sampled_from(["inspectorate", "authority"])),
        visibility=draw(st.sampled_from(["public", "internal"])),
    )
    return Entry(
        original=draw(
            st.builds(
                Original,
                sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
                name=TEXT,
                bytes=WHOLE,
                media_type=TEXT,
                url=SHORT,
            )
        ),
        document=document,
        findings=draw(findings) if passages else (),
        made=draw(st.builds(Provenance, reader=TEXT, pipeline=TEXT, themes=TEXT)),
        outcome=draw(st.sampled_from(["ok", "partial"])),
    )


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(given_=entries(), again=entries())
def test_what_is_put_comes_back(library, given_, again):
    number = store.put(library, rows.of(given_))
    assert store.get(library, number).entry == given_
    changed = replace(again, original=replace(again.original, sha256=given_.original.sha256))
    assert store.put(library, rows.of(changed)) == number
    assert store.get(library, number).entry == changed
    check_whole(library)
    store.delete(library, number)
    check_whole(library)


@given(LINES)
def test_lines_come_back_exactly(lines):
    assert line_positions.unpack(line_positions.pack(lines)) == lines


def check_whole(db):
    """Both the links between rows and the index's agreement with the texts."""
    assert db.all("PRAGMA foreign_key_check") == []
    engines.ENGINES["fts5"].check(db)


def sizes(db):
    tables = db.all("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict")
    return {t["name"]: db.number(f"SELECT count(*) FROM {t['name']}") for t in tables}


def test_a_delete_leaves_nothing(library, entry):
    before = sizes(library)
    number = store.put(library, rows.of(entry("Zebra crossings.", findings=[(1, "planning")])))
    engines.ready(library, "fts4")
    store.add_alias(library, number, "other.pdf")
    stored = store.get(library, number)
    sha256 = stored.entry.original.sha256
    file_log.log_file(library, FileRecord(path="a.pdf", outcome="ok", sha256=sha256))
    library.execute(
        "INSERT INTO correction VALUES (1, ?, 'authority', 'x', 'why', 'who', 'when', 'field')",
        (number,),
    )
    store.delete(library, number)
    after = sizes(library)
    assert {name for name in after if after[name] != before[name]} == {"library"}
    for engine in ("fts5", "fts4"):
        assert search(library, "zebra", engine=engine).total == 0
        engines.ENGINES[engine].optimize(library)
    library.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"zebra" not in (library.folder / "textmine.db").read_bytes().lower()


def test_a_new_reading_keeps_number_names_and_corrections(library, entry):
    first = entry("Old words.", findings=[(1, "planning")])
    number = store.put(library, rows.of(first))
    store.add_alias(library, number, "other.pdf")
    library.execute(
        "INSERT INTO correction VALUES (1, ?, 'authority', 'x', 'why', 'who', 'when', 'field')",
        (number,),
    )
    engines.ready(library, "fts4")
    second = replace(entry("New words.", "More."), original=first.original)
    assert store.put(library, rows.of(second)) == number
    stored = store.get(library, number)
    assert (stored.entry, stored.aliases) == (second, ("other.pdf",))
    assert library.number("SELECT count(*) FROM correction") == 1
    for engine in ("fts5", "fts4"):
        assert search(library, "old", engine=engine).total == 0
        assert search(library, "new", engine=engine).total == 1
    check_whole(library)


def test_a_put_that_fails_leaves_nothing(library, entry):
    store.put(library, rows.of(entry("Before.")))
    before = sizes(library)
    wrong = entry("After.", findings=[(1, "planning", "wonderful")])
    with pytest.raises(Exception, match="CHECK constraint"):
        store.put(library, rows.of(wrong))
    assert sizes(library) == before
    assert search(library, "after").total == 0


def test_new_findings_leave_the_rest(library, entry):
    old = entry("Some words.", findings=[(1, "planning")])
    number = store.put(library, rows.of(old))
    new = old.findings[0]._replace(theme="adoption")
    made = Provenance(reader="ignored", pipeline="p2", themes="t2")
    store.retag(library, number, TagRows(findings=rows.of_findings([new]), figures=(), made=made))
    stored = store.get(library, number).entry
    assert stored.findings == (new,)
    assert stored.made == Provenance(reader="r1", pipeline="p2", themes="t2")
    assert search(library, "theme:planning").total == 0
    assert search(library, "words").total == 1


def test_findings_are_found_by_extent_and_aspect(library, entry):
    old = entry("Some words.", findings=[(1, "planning")])
    scoped = old.findings[0]._replace(extent="not_all", aspect="timeliness")
    number = store.put(library, rows.of(replace(old, findings=(scoped,))))
    assert store.get(library, number).entry.findings == (scoped,)
    assert search(library, "extent:not_all aspect:timeliness theme:planning").total == 1
    assert search(library, "extent:most").total == 0
    assert search(library, "words", filters=Filters(aspect=("timeliness",))).total == 1
    assert search(library, "words", filters=Filters(aspect=("quality",))).total == 0


def test_documents_are_found_by_what_people_call_them(library, entry):
    number = store.put(library, rows.of(entry("One.", start_date="2024-01-01")))
    other = store.put(library, rows.of(entry("Two.", start_date="2024-01-01")))
    store.add_alias(library, number, "copy.pdf")
    store.add_alias(library, number, "reports/2024/draft.pdf")
    store.add_alias(library, number, "Camden 2024-01-01.pdf")  # its own name is no alias
    sha256 = store.get(library, number).entry.original.sha256
    for reference in (str(number), sha256, sha256[:10].upper(), " copy.pdf ", "draft.pdf"):
        assert store.resolve(library, reference) == number
    assert store.get(library, number).aliases == ("copy.pdf", "reports/2024/draft.pdf")
    with pytest.raises(UsageError, match=f"2 documents \\({number}, {other}\\)"):
        store.resolve(library, "Camden 2024-01-01.pdf")
    for reference in ("", "nothing.pdf", "999", sha256[:5] + "!", "9" * 30, "%", "²", "raft.pdf"):
        with pytest.raises(UsageError, match="no document"):
            store.resolve(library, reference)
    with pytest.raises(UsageError, match="no document 999"):
        store.get(library, 999)


def test_the_last_outcome_of_a_path(library):
    file_log.log_file(library, FileRecord(path="a.pdf", outcome="failed", reason="web-page"))
    file_log.log_file(library, FileRecord(path="b.pdf", outcome="ok", size=3, sha256="ab"))
    file_log.log_file(library, FileRecord(path="a.pdf", outcome="ok", size=5, sha256="cd"))
    record = file_log.file_outcome(library, "a.pdf")
    assert (record.outcome, record.reason, record.size) == ("ok", None, 5)
    assert record.tried_at
    assert [r.path for r in file_log.files(library)] == ["a.pdf", "b.pdf"]
    assert file_log.files(library, "failed") == ()
    assert file_log.file_outcome(library, "c.pdf") is None


def test_the_register_is_replaced_whole(library):
    one = Authority(key="camden", name="Camden", region="London", neighbours=("leeds",))
    two = Authority(
        key="leeds", name="Leeds", region="Yorkshire", valid_from=date(1974, 4, 1), aliases=("L",)
    )
    file_log.refresh_authorities(library, [one])
    file_log.refresh_authorities(library, [one, two])
    file_log.refresh_authorities(library, [two])
    (row,) = library.all("SELECT * FROM authority")
    assert (row["key"], row["valid_from"], row["aliases"]) == ("leeds", "1974-04-01", '["L"]')


def test_terms_of_another_version_are_made_anew(library, entry):
    store.put(library, rows.of(entry("Some words.")))
    engines.ready(library, "fts4")
    library.execute("UPDATE passage_text SET words = 7, starts = x''")
    library.record("terms", "0")
    assert search(library, "words", engine="fts4").total == 1
    assert search(library, "words").total == 1
    assert library.number("SELECT words FROM passage_text") == 2
    library.record("terms", "0")
    store.put(library, rows.of(entry("Other words.")))
    assert search(library, "words", engine="fts4").total == 2


def test_an_index_that_this_build_cannot_write_is_rebuilt_where_it_can(library, entry, monkeypatch):
    store.put(library, rows.of(entry("First words.")))
    with monkeypatch.context() as patched:
        patched.setattr(engines, "available", lambda _: ["fts4"])
        store.put(library, rows.of(entry("Second words.")))
        page = search(library, "words")
        assert (page.engine, page.total) == ("fts4", 2)
        assert page.notes == ("this build of SQLite has no FTS5; searched with fts4",)
        assert search(library, "words", engine="fts5").engine == "fts4"
        assert library.setting("fts5") is None
    page = search(library, "words")
    assert (page.engine, page.total, page.notes) == ("fts5", 2, ())
    check_whole(library)


def test_a_reader_builds_the_other_index_on_first_use(library, entry):
    store.put(library, rows.of(entry("Some words.")))
    with open_read(library.folder) as db:
        assert search(db, "words", engine="fts4").total == 1
    store.put(library, rows.of(entry("Other words.")))
    with open_read(library.folder) as db:
        assert search(db, "words", engine="fts4").total == 2


def test_dropped_and_rebuilt_it_gives_the_same_answers(library, entry):
    for words in ("care leavers wait", "care", "leavers care for care"):
        store.put(library, rows.of(entry(words, words[::-1])))
    for name in ("fts5", "fts4"):
        before = search(library, "care leav*", engine=name)
        library.execute(f"DROP TABLE {engines.ENGINES[name].table}")
        library.record(name, None)
        assert search(library, "care leav*", engine=name) == before
    engines.optimize(library)
    assert search(library, "care leav*").total == before.total


def test_no_engine_at_all(library, monkeypatch):
    monkeypatch.setattr(engines, "available", lambda _: [])
    with pytest.raises(Exception, match="neither FTS5 nor FTS4"):
        search(library, "care")
    with pytest.raises(UsageError, match="unknown engine: lucene"):
        engines.choose(library, "lucene")


def test_sqlite_is_one_that_can_rank(library):
    assert sqlite3.sqlite_version_info >= (3, 37)
    assert engines.available(library)
