"""Libraries that were made apart become one: nothing is lost, and contradictions are reported."""

import os
import random
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import LibraryDamaged, LibraryError, LibraryMissing, LibraryTooNew, UsageError
from corpus.model import IngestOptions
from index.annotations import notes, passage_collections
from index.documents import corrections, decisions, file_log, ingest_options, rows, store
from index.documents.corrections import Correction
from index.documents.decisions import Decision
from index.documents.records import FileRecord, Provenance
from index.maintenance.dump import dump
from index.maintenance.merge import documents
from index.maintenance.merge.merge import check, merge
from index.maintenance.verify import verify
from index.search import saved_searches
from index.storage import originals
from index.storage.database import FILE_NAME, create, open_read, open_write

SEEN = "Children are seen often."
LATE = "Visits are late."
PAPERS = ("Camden", "Barnet", "Kent", "Devon")


@pytest.fixture
def make(tmp_path, entry):
    """Makes a library of documents, each with its original and its line in the log."""

    def make_one(folder, *papers, given=None, visibility="public", **changes):
        with create(tmp_path / folder) as db:
            for paper in papers:
                made = entry(
                    *(SEEN, LATE),
                    findings=[(2, "visits")],
                    authority=paper.lower(),
                    name=paper,
                )
                data = f"{paper}None{made.document.text}".encode()
                sha256 = originals.keep(db.folder, data, "application/pdf")
                document = replace(made.document, visibility=visibility)
                store.put(db, rows.of(replace(made, document=document, **changes)))
                ingest_options.put(db, sha256, given or IngestOptions())
                record = FileRecord(path=f"/{folder}/{paper}.pdf", outcome="ok", sha256=sha256)
                file_log.log_file(db, record)
        return tmp_path / folder

    return make_one


@pytest.fixture
def people(monkeypatch):
    """Decides and corrects in a library, on a day."""

    def on(day):
        for module in (corrections, decisions):
            monkeypatch.setattr(module, "now", lambda: f"{day}T12:00:00+00:00")

    class People:
        @staticmethod
        def decide(folder, who, verdict, day, polarity="concern"):
            on(day)
            values = (None, None) if verdict in {"rejected", "withdrawn"} else (polarity, "current")
            said = {"quote": LATE, "theme": "visits", "verdict": verdict, "who": who}
            with open_write(folder) as db:
                made = Decision(**said, polarity=values[0], timing=values[1])
                decisions.add(db, 1, made)

        @staticmethod
        def correct(folder, who, value, day, *on_what):
            on(day)
            name, part = on_what or ("start_date", "field")
            said = Correction(part=part, name=name, value=value, why="so", who=who)
            with open_write(folder) as db:
                corrections.add(db, 1, said)

    return People


def merged(target, *sources, who="Mo"):
    with create(target) as db:
        return list(merge(db, check(sources, target), who=who))


def conflicts(results):
    return [each for result in results for each in result.conflicts]


def content(folder):
    with open_read(folder) as db:
        assert list(verify(db)) == []
        return list(dump(db))


def of_one(folder, sql):
    with open_read(folder) as db:
        return [tuple(row) for row in db.all(sql)]


def test_parts_give_what_the_whole_gives_in_either_order_and_again(make, tmp_path):
    whole = content(make("in", *PAPERS))
    one, two = make("in/a", *PAPERS[:2]), make("in/b", *PAPERS[2:])
    shutil.move(one, tmp_path / "a")
    shutil.move(two, tmp_path / "b")
    for number, order in enumerate((("a", "b"), ("b", "a"))):
        target, sources = tmp_path / f"target-{number}", [tmp_path / name for name in order]
        results = merged(target, *sources)
        assert [each.result for each in results] == ["added", "added", "tables"] * 2
        assert not conflicts(results)
        once = content(target)
        assert without_folders(once) == without_folders(whole)
        assert {each.result for each in merged(target, *sources)} == {"known", "tables"}
        assert content(target) == once


def without_folders(lines):
    return sorted(line.replace("a/", "in/").replace("b/", "in/") for line in lines)


def test_a_target_of_an_earlier_version_gets_its_digests_first(make):
    one, target = make("a", "Camden"), make("t", "Camden")
    with open_write(target) as db:
        db.execute("DELETE FROM document_digest")
        db.record("digests", None)
    [known, _] = merged(target, one)
    assert (known.result, known.conflicts) == ("known", ())
    content(target)


def test_the_same_bytes_of_two_names_are_one_document(make, tmp_path):
    one, two = make("a", "Camden"), make("b", "Camden")
    [_, _, again, _] = merged(tmp_path / "t", one, two)
    assert (again.result, again.conflicts) == ("known", ())
    logged = of_one(tmp_path / "t", "SELECT path, outcome, message FROM file_log ORDER BY path")
    assert logged == [
        ("/a/Camden.pdf", "ok", None),
        ("/b/Camden.pdf", "duplicate", "the same bytes as document 1"),
    ]


def test_what_people_entered_is_kept_and_stands_in_one_history(make, people, tmp_path):
    one, two = make("a", "Camden"), make("b", "Camden")
    people.correct(one, "Ada", "2020-01-01", "2026-01-05")
    people.correct(two, "Ben", "2020-01-01", "2026-01-03")
    people.decide(two, "Ben", "changed", "2026-01-04", "strength")
    for folder, who in ((one, "Ada"), (two, "Ben")):
        with open_write(folder) as db:
            passage = store.get(db, 1).entry.document.passages[0]
            notes.add(db, 1, passage.start, passage.end, text=f"{who} was here", who=who)
            passage_collections.add(db, "meeting", 1, passage, who=who)
            saved_searches.add(db, "late", "late" if folder == one else "visits")
            saved_searches.run(db, "late")
    results = merged(tmp_path / "t", one, two)
    assert [each.kind for each in conflicts(results)] == ["search"]
    target = tmp_path / "t"
    assert of_one(target, "SELECT who FROM correction ORDER BY id") == [("Ben",), ("Ada",)]
    assert of_one(target, "SELECT polarity FROM finding_now") == [("strength",)]
    assert of_one(target, "SELECT start_date FROM document") == [("2020-01-01",)]
    assert of_one(target, "SELECT who FROM note ORDER BY id") == [("Ada",), ("Ben",)]
    assert of_one(target, "SELECT collection FROM collected") == [("meeting",)]
    searches = [("late", "late"), ("late (2)", "visits")]
    assert of_one(target, "SELECT name, query FROM saved_search ORDER BY name") == searches
    assert len(of_one(target, "SELECT * FROM saved_seen")) == 2
    once = content(target)
    assert [each.kind for each in conflicts(merged(target, two, one))] == ["search"]
    assert content(target) == once


@pytest.mark.parametrize("turned", [False, True])
def test_different_decisions_and_corrections_are_reported_and_the_latest_holds(
    make, people, tmp_path, turned
):
    one, two = make("a", "Camden"), make("b", "Camden")
    people.decide(one, "Ada", "rejected", "2026-01-04")
    people.decide(two, "Ben", "accepted", "2026-01-03")
    people.correct(one, "Ada", "2020-01-01", "2026-01-03")
    people.correct(two, "Ben", "2021-01-01", "2026-01-04")
    sources = (two, one) if turned else (one, two)
    found = conflicts(merged(tmp_path / "t", *sources))
    assert [each.kind for each in found] == ["correction", "decision"]
    assert found[0].about == "the field start_date"
    assert "2021-01-01 (Ben, 2026-01-04)" in found[0].result
    assert found[1].about == "visits in passage 2 on page 1"
    assert "rejected (Ada, 2026-01-04)" in found[1].result
    assert LATE not in str(found)
    assert of_one(tmp_path / "t", "SELECT start_date FROM document") == [("2021-01-01",)]
    assert of_one(tmp_path / "t", "SELECT * FROM finding_now") == []
    # As long as both stand, each merge says so; no longer, when one has agreed.
    assert len(conflicts(merged(tmp_path / "t", two))) == 2
    people.decide(tmp_path / "t", "Ben", "rejected", "2026-01-05")
    assert [each.kind for each in conflicts(merged(tmp_path / "t", two))] == ["correction"]


def test_one_who_worked_in_both_contradicts_only_what_they_had_not_seen(make, people, tmp_path):
    one = make("a", "Camden")
    people.decide(one, "Ada", "accepted", "2026-01-01")
    two = Path(shutil.copytree(one, tmp_path / "b"))
    people.decide(two, "Ada", "rejected", "2026-01-03")
    assert not conflicts(merged(tmp_path / "t", one, two))
    people.decide(one, "Ada", "changed", "2026-01-02", "strength")
    [apart] = conflicts(merged(tmp_path / "u", one, two))
    assert apart.here.startswith("changed strength current")
    assert apart.there.startswith("rejected")
    people.decide(two, "Ada", "withdrawn", "2026-01-06")
    assert not conflicts(merged(tmp_path / "v", one, two))


@pytest.mark.parametrize("turned", [False, True])
def test_what_is_internal_in_one_library_is_internal_in_the_end(make, people, tmp_path, turned):
    one = make("a", "Camden", visibility="internal")
    two = make("b", "Camden", given=IngestOptions(visibility="public"))
    people.correct(two, "Ben", "public", "2026-01-03", "visibility", "given")
    target = tmp_path / "t"
    for sources in ((two, one) if turned else (one, two)), (two,), (one,):
        results = conflicts(merged(target, *sources))
        assert "visibility" in [each.kind for each in results] or sources == (one,)
        assert all(each.internal for each in results)
        with open_read(target) as db:
            assert store.is_internal(db, 1)
            sha256 = store.get(db, 1).entry.original.sha256
            assert ingest_options.get(db, sha256).visibility != "public"
    assert of_one(target, "SELECT who, value FROM correction ORDER BY id")[-1] == ("Mo", "internal")
    content(target)


def test_options_of_both_and_options_that_contradict(make, tmp_path):
    said = IngestOptions(authority="Camden", url="https://a.example")
    bare, more = make("a", "Camden"), make("b", "Camden", given=said, outcome="partial")
    other = make("c", "Camden", given=IngestOptions(authority="Kent", published="2020-01-01"))
    assert not conflicts(merged(tmp_path / "t", bare, more))
    assert of_one(tmp_path / "t", "SELECT outcome FROM document") == [("partial",)]
    found = conflicts(merged(tmp_path / "t", other))
    assert [(each.about, each.here, each.there) for each in found] == [
        ("the option authority", "Camden", "Kent"),
        ("more was said of it in one library than in the other", None, None),
    ]
    assert found[1].remedy == "to read it with that: textmine refresh 1"
    given = of_one(tmp_path / "t", "SELECT authority, published, url FROM given")
    assert given == [("Camden", "2020-01-01", "https://a.example")]
    content(tmp_path / "t")


def test_rows_of_other_versions_and_rows_that_differ_stay_as_they_are_here(make, tmp_path):
    made = Provenance(reader="r2", pipeline="p1", themes="t1")
    one, two = make("a", "Camden"), make("b", "Camden", made=made)
    three = make("c", "Camden", outcome="partial")
    found = conflicts(merged(tmp_path / "t", one, two, three))
    assert [each.kind for each in found] == ["version", "rows"]
    assert of_one(tmp_path / "t", "SELECT reader_version, outcome FROM document") == [("r1", "ok")]


def test_a_file_that_failed_in_one_library(make, tmp_path):
    one, two = make("a", "Camden"), make("b", "Kent")
    [(camden,)] = of_one(one, "SELECT sha256 FROM document")
    with open_write(two) as db:
        for path, sha256 in (("/b/c.pdf", camden), ("/b/x.pdf", "0" * 64), ("/b/no", None)):
            failed = FileRecord(path=path, outcome="failed", sha256=sha256, reason="timeout")
            file_log.log_file(db, failed)
        ingest_options.put(db, "0" * 64, IngestOptions(ocr="never"))
        log = "the same bytes as document 1"
        file_log.log_file(
            db,
            FileRecord(
                path="/b/k",
                outcome="duplicate",
                message=log,
                sha256=of_one(two, "SELECT sha256 FROM document")[0][0],
            ),
        )
    target = tmp_path / "t"
    merged(target, one, two)
    logged = of_one(target, "SELECT path, outcome, message FROM file_log WHERE path LIKE '/b%'")
    assert logged == [
        ("/b/Kent.pdf", "ok", None),
        ("/b/c.pdf", "duplicate", "the same bytes as document 1"),
        ("/b/k", "duplicate", "the same bytes as document 2"),
        ("/b/no", "failed", None),
        ("/b/x.pdf", "failed", None),
    ]
    assert of_one(target, "SELECT ocr FROM given") == [("never",)]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE finding SET polarity = 'strength'", "not what was stored"),
        ("UPDATE document SET media_type = 'text/x-script'", "no original that textmine reads"),
        ("UPDATE document SET sha256 = '../../../../etc/passwd'", "no original"),
        ("UPDATE finding SET cues = '[[1]]'", "cannot be read"),
        (f"UPDATE finding SET cues = '{'[' * 100_000}'", "cannot be read"),
        ("UPDATE document SET lines = x'00'", "cannot be read"),
        ("DELETE FROM document", "stored and is not there"),
        ("original", "original cannot be read"),
        ("pipe", "original cannot be read"),
        ("changed", "original has changed"),
    ],
)
def test_a_document_that_is_not_what_was_stored_is_refused_alone(make, tmp_path, damage, said):
    one, two = make("a", "Camden"), make("b", "Kent")
    if " " in damage:
        with closing(sqlite3.connect(one / FILE_NAME)) as connection, connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(damage)
    else:
        [original] = originals.list_files(one)
        original.unlink()
        if damage == "pipe":
            os.mkfifo(original)
        if damage == "changed":
            original.write_bytes(b"other")
    results = merged(tmp_path / "t", one, two)
    refused = next(each for each in results if each.result == "refused")
    assert said in refused.conflicts[0].about
    assert refused.conflicts[0].remedy.startswith("textmine verify --repair --library")
    assert of_one(tmp_path / "t", "SELECT name FROM document") == [("Kent None.pdf",)]
    content(tmp_path / "t")


def test_lines_that_unpack_without_end_are_refused(make, tmp_path, monkeypatch):
    one = make("a", "Camden")
    monkeypatch.setattr("index.storage.line_positions._MOST", 10)
    [refused, _] = merged(tmp_path / "t", one)
    assert "cut off, or too many" in refused.conflicts[0].about


def test_tables_that_were_changed_are_refused(make, tmp_path):
    one = make("a", "Camden")
    with closing(sqlite3.connect(one / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE file_log SET path = '/other'")
    [damaged] = conflicts(merged(tmp_path / "t", one))
    assert damaged.about == "the table file_log is not what was stored"
    assert of_one(tmp_path / "t", "SELECT * FROM file_log") == []


TRIGGER = "CREATE TRIGGER t AFTER INSERT ON note BEGIN DELETE FROM document; END"


@pytest.mark.parametrize(
    ("sql", "error", "said"),
    [
        (TRIGGER, LibraryDamaged, "is not textmine's"),
        ("PRAGMA user_version = 999", LibraryTooNew, "newer version"),
        ("PRAGMA application_id = 1", LibraryDamaged, "not a textmine library"),
        ("DELETE FROM library WHERE key = 'digests'", LibraryError, "textmine refresh --library"),
        ("DELETE FROM passage WHERE ordinal = 1", LibraryDamaged, "belong to nothing"),
    ],
)
def test_a_library_that_is_not_ours_is_refused_in_one_line(make, tmp_path, sql, error, said):
    one = make("a", "Camden")
    with closing(sqlite3.connect(one / FILE_NAME)) as connection, connection:
        connection.execute(sql)
    with pytest.raises(error, match=said) as caught:
        merged(tmp_path / "t", one)
    assert str(one) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert [path.name for path in (tmp_path / "t").glob(".merge*")] == []


def test_damaged_pages_bring_no_wrong_word_in(make, tmp_path):
    one = make("a", *PAPERS)
    whole = content(one)
    data = bytearray((one / FILE_NAME).read_bytes())
    chance = random.Random(5)
    for number in range(6):
        bad = Path(shutil.copytree(one, tmp_path / f"bad-{number}"))
        changed = bytearray(data)
        changed[chance.randrange(100, len(data))] ^= 1 << chance.randrange(8)
        (bad / FILE_NAME).write_bytes(changed)
        target = tmp_path / f"t-{number}"
        with suppress(LibraryError):
            merged(target, bad)
        lines = [line for line in content(target) if '"table": "finding"' in line]
        assert set(lines) <= set(whole)


def test_libraries_that_are_missing_or_the_target_itself(make, tmp_path):
    one = make("a", "Camden")
    with pytest.raises(LibraryMissing, match="no library in"):
        check([tmp_path / "nowhere"], tmp_path / "t")
    with pytest.raises(UsageError, match="takes the others in"):
        check([one / "."], one)
    assert check([one, one / "."], tmp_path / "t") == (one,)


def test_an_interrupted_merge_goes_on_where_it_was(make, people, tmp_path, monkeypatch):
    one, two = make("a", *PAPERS[:2]), make("b", *PAPERS[2:])
    people.decide(one, "Ada", "rejected", "2026-01-04")
    merged(tmp_path / "once", one, two)
    target, put = tmp_path / "t", store.put
    for survives in (0, 3):
        left = [survives]

        def dies(*given, left=left, **options):
            number = put(*given, **options)
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            return number

        monkeypatch.setattr(documents.store, "put", dies)
        with pytest.raises(KeyboardInterrupt):
            merged(target, one, two)
        monkeypatch.setattr(documents.store, "put", put)
        content(target)
        if not survives:
            shutil.rmtree(target)
    merged(target, one, two)
    assert content(target) == content(tmp_path / "once")
