"""Each sort of damage is found, told of once, and repaired where that needs no guess."""

import os
import sqlite3
import time
from contextlib import closing

import pytest

from corpus.errors import LibraryError
from index.documents import digests
from index.documents.file_log import log_file
from index.documents.records import FileRecord
from index.maintenance.deletion import erase
from index.maintenance.verify import verify
from index.search.hits import search
from index.storage import line_positions, originals
from index.storage.database import FILE_NAME, open_read, open_write

PDF = "application/pdf"
OLD = time.time() - 10 * originals.STALE


def found(db, **options):
    return [(t.kind, t.document, t.repaired) for t in verify(db, **options)]


def test_a_sound_library_is_clean_for_reader_and_writer(filled):
    steps = []
    assert found(filled, repair=True, step=lambda *step: steps.append(step)) == []
    assert len(steps) == steps[0][1] == 5
    with open_read(filled.folder) as reader:
        assert found(reader) == []


def test_an_empty_library_is_clean(library):
    assert found(library) == []


@pytest.mark.parametrize(
    ("kind", "damage"),
    [
        ("offsets", "UPDATE page SET number = 7 WHERE document = 1"),
        ("offsets", 'UPDATE section SET "end" = 5 WHERE document = 1'),
        ("offsets", 'UPDATE section SET "end" = 500 WHERE document = 1'),
        ("offsets", "UPDATE passage SET section = 1 WHERE document = 1"),
        ("offsets", "UPDATE passage SET ordinal = 9 WHERE document = 1 AND ordinal = 2"),
        ("offsets", 'UPDATE finding SET "end" = "end" + 1 WHERE id = 1'),
        ("offsets", 'UPDATE finding SET cues = \'[["theme", "x", 0, 400]]\' WHERE id = 1'),
        ("offsets", 'UPDATE field SET start = 5, "end" = 999 WHERE document = 1'),
        ("offsets", "UPDATE field SET start = 5 WHERE document = 1"),
        ("quotation", 'UPDATE field SET start = 0, "end" = 6 WHERE document = 1'),
        ("database", "UPDATE document SET lines = x'00' WHERE id = 1"),
        ("database", "UPDATE finding SET cues = 'no cues' WHERE id = 1"),
    ],
)
def test_what_contradicts_itself_is_told_and_left(filled, kind, damage):
    filled.execute(damage)
    damaged = {(kind, 1, False), ("digest", 1, False)}
    assert set(found(filled, repair=True)) == damaged == set(found(filled))


def test_printed_lines_lie_within_the_text(filled):
    lines = line_positions.pack([(0, 5, 1, 0.0, 0.0, 1.0, 1.0), (3, 400, 1, 0.0, 0.0, 1.0, 1.0)])
    filled.execute("UPDATE document SET lines = ? WHERE id = 1", (lines,))
    messages = [trouble.message for trouble in verify(filled)]
    assert messages == [
        "its rows are not what was read from its file",
        "printed lines outside the text: 1, the first at character 3",
        "printed lines out of order: 1, the first at character 3",
    ]


def test_quoted_words_may_be_broken_otherwise(filled):
    filled.execute(
        "UPDATE field SET printed = 'Visits\n to', start = 0, \"end\" = 9 WHERE document = 1"
    )
    digests.write(filled, 1)
    assert found(filled) == []


@pytest.mark.parametrize(
    "column", ["same = 1", "words = 1", "starts = CAST(starts || x'01' AS BLOB)"]
)
def test_terms_are_made_anew(filled, column):
    filled.execute(f"UPDATE passage_text SET {column} WHERE passage = 1")
    assert found(filled) == [("terms", 1, False)]
    assert found(filled, repair=True) == [("terms", 1, True)]
    assert found(filled) == []
    assert [hit.passage.ordinal for hit in search(filled, "visits").hits] == [1]


def test_terms_of_no_passage_are_removed(filled):
    filled.execute("PRAGMA foreign_keys = OFF")
    filled.execute(
        "INSERT INTO passage_text (passage, same, words, starts, text)"
        " VALUES (99, 1, 1, x'00', 'stray')"
    )
    assert ("terms", None, True) in found(filled, repair=True)
    assert found(filled) == []


@pytest.mark.parametrize(
    ("engine", "damage"),
    [
        ("fts5", "DELETE FROM passage_fts5_docsize WHERE id = 1"),
        ("fts5", "UPDATE passage_fts5_data SET block = x'00' WHERE id > 10"),
        ("fts5", "DROP TABLE passage_fts5"),
        (
            "fts5",
            "INSERT INTO passage_fts5 (rowid, stems, forms) VALUES (1, 'other', 'other')",
        ),
        ("fts4", "DELETE FROM passage_fts4_docsize WHERE docid = 1"),
        ("fts4", "DELETE FROM passage_fts4_segdir"),
        ("fts4", "UPDATE passage_fts4 SET stems = 'other' WHERE docid = 1"),
    ],
)
def test_a_damaged_index_is_made_anew(filled, engine, damage):
    filled.execute(damage)
    with open_read(filled.folder) as reader:
        [trouble] = verify(reader)
    assert (trouble.kind, engine in trouble.message) == ("index", True)
    assert found(filled, repair=True) == [("index", None, True)]
    assert found(filled) == []
    assert len(search(filled, "children", engine=engine).hits) == 1


def test_a_stale_index_is_no_trouble(filled):
    filled.record("fts5", "of another version")
    filled.execute("DELETE FROM passage_fts5_docsize")
    assert found(filled) == []


def test_a_library_that_cannot_be_copied_says_what_was_not_checked(filled, monkeypatch):
    def refuse(*_):
        raise LibraryError("no room for a copy")

    monkeypatch.setattr("index.maintenance.verify.copy", refuse)
    with open_read(filled.folder) as reader:
        [trouble] = verify(reader)
    assert "cannot be checked" in trouble.message


def original(db, number=1):
    row = db.one("SELECT sha256, media_type FROM document WHERE id = ?", (number,))
    return originals.place(db.folder, *row)


def test_a_missing_and_a_changed_original(filled):
    original(filled, 1).unlink()
    original(filled, 2).write_bytes(b"other")
    troubles = list(verify(filled, repair=True))
    assert [(t.kind, t.document, t.repaired) for t in troubles] == [
        ("original", 1, False),
        ("original", 2, False),
    ]
    assert "missing" in troubles[0].message
    assert "has changed since it was stored" in troubles[1].message


def test_files_that_nothing_names_are_removed_when_nobody_can_be_at_work_on_them(filled):
    sha256 = originals.keep(filled.folder, b"of no document", PDF)
    orphan = originals.place(filled.folder, sha256, PDF)
    unfinished = orphan.with_name(originals.UNFINISHED + "abc")
    unfinished.write_bytes(b"half")
    foreign = orphan.with_name("notes.txt")
    foreign.write_bytes(b"not ours")
    assert found(filled, repair=True) == []
    for path in (orphan, unfinished, foreign):
        os.utime(path, (OLD, OLD))
    assert found(filled) == [("orphan", None, False)] * 2
    assert found(filled, repair=True) == [("orphan", None, True)] * 2
    assert [path.exists() for path in (orphan, unfinished, foreign)] == [False, False, True]
    assert found(filled) == []


def test_a_file_that_is_being_stored_again_is_not_left_behind(filled):
    sha256 = originals.keep(filled.folder, b"of no document", PDF)
    os.utime(originals.place(filled.folder, sha256, PDF), (OLD, OLD))
    originals.keep(filled.folder, b"of no document", PDF)
    assert found(filled, repair=True) == []


def test_a_log_line_without_its_document(filled):
    log_file(filled, FileRecord(path="/in/gone.pdf", outcome="ok", sha256="0" * 64))
    log_file(filled, FileRecord(path="/in/bad.pdf", outcome="failed", sha256="1" * 64))
    [trouble] = verify(filled, repair=True)
    assert (trouble.kind, trouble.name) == ("log", "/in/gone.pdf")


def test_rows_that_belong_to_nothing(filled):
    filled.execute("PRAGMA foreign_keys = OFF")
    filled.execute("INSERT INTO alias VALUES (99, 'a.pdf'), (99, 'b.pdf')")
    [trouble] = verify(filled, repair=True)
    assert trouble.message == "2 rows of alias belong to a document that does not exist"


def test_damaged_pages_are_told_and_never_written_to(filled):
    filled.execute("UPDATE passage_text SET words = 1 WHERE passage = 1")
    page = filled.number("SELECT rootpage FROM sqlite_schema WHERE name = 'finding'") - 1
    filled.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    filled.close()
    path = filled.folder / FILE_NAME
    data = bytearray(path.read_bytes())
    data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    path.write_bytes(data)
    with open_write(filled.folder) as db:
        troubles = list(verify(db, repair=True))
    assert "database" in {trouble.kind for trouble in troubles}
    assert not any(trouble.repaired for trouble in troubles)


def test_an_index_of_sqlite_s_own_is_made_anew(filled):
    filled.execute("PRAGMA writable_schema = ON")
    filled.execute("UPDATE document SET doc_type = 'x'")
    digests.write(filled, 1)
    digests.write(filled, 2)
    sql = "UPDATE sqlite_schema SET sql = replace(sql, {}) WHERE name = 'document_type'"
    filled.execute(sql.format("'(doc_type)', '(framework)'"))
    filled.close()
    with closing(sqlite3.connect(filled.folder / FILE_NAME)) as connection:
        connection.execute("REINDEX document_type")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(sql.format("'(framework)', '(doc_type)'"))
        connection.commit()
    with open_write(filled.folder) as db:
        assert {kind for kind, *_ in found(db)} == {"database"}
        assert all(repaired for *_, repaired in found(db, repair=True))
        assert found(db) == []


def test_one_who_writes_meanwhile_is_not_in_the_way(filled, stored):
    with open_read(filled.folder) as reader:
        troubles = verify(reader, step=lambda name, _: _ingest(name, filled, stored))
        assert list(troubles) == []
    assert filled.number("SELECT count(*) FROM document") == 4


def _ingest(name, db, stored):
    if name.endswith(".pdf") and (number := db.number("SELECT count(*) FROM document")) < 4:
        stored(db, f"Written meanwhile: {number}.", name=f"Later {number}")


def test_a_document_that_is_deleted_meanwhile_is_no_trouble(filled):
    def delete(name, _):
        if name.startswith("Camden"):
            erase(filled, 2)

    assert found(filled, step=delete) == []
    assert filled.number("SELECT count(*) FROM document") == 1
