import _thread
import shutil
import signal
import sqlite3
import threading
from contextlib import closing

import pytest

from corpus.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryMissing,
    LibraryTooNew,
    UsageError,
)
from index.storage import database, schema
from index.storage.database import FILE_NAME, create, open_read, open_write

ORIGINAL = schema.scripts()


def raw(folder):
    return closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None))


@pytest.mark.parametrize("name", ["library", "with space", "100% #1?", "bücherei"])
def test_made_once_and_opened_again(tmp_path, name):
    folder = tmp_path / "deep" / name
    with create(folder) as db:
        db.record("a", "1")
        assert db.writable
    with create(folder) as db:
        assert db.setting("a") == "1"
    with open_write(folder) as db:
        db.record("a", None)
    with open_read(folder) as db:
        assert db.setting("a") is None
        assert not db.writable
        assert db.all("PRAGMA foreign_key_check") == []
        assert db.number("PRAGMA user_version") == len(schema.scripts())


@pytest.mark.parametrize("opening", [open_read, open_write])
def test_no_library(tmp_path, opening):
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(LibraryMissing, match=r"to create one: textmine ingest"):
            opening(folder)
    (tmp_path / FILE_NAME).touch()  # what a killed first run may leave
    with pytest.raises(LibraryMissing):
        opening(tmp_path)


def test_made_where_an_empty_file_is(tmp_path):
    (tmp_path / FILE_NAME).touch()
    with create(tmp_path) as db:
        assert db.number("SELECT count(*) FROM document") == 0


@pytest.fixture
def cut_short(tmp_path):
    """A library whose writer was killed with a change half written and a journal beside it."""
    create(tmp_path / "whole").close()
    with raw(tmp_path / "whole") as writer:
        writer.execute("PRAGMA journal_mode = DELETE")
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("BEGIN IMMEDIATE")
        rows = ((f"key {n}", "half" * 100) for n in range(500))
        writer.executemany("INSERT INTO library VALUES (?, ?)", rows)
        return shutil.copytree(tmp_path / "whole", tmp_path / "cut short")


def test_a_reader_undoes_what_a_killed_writer_left(cut_short):
    assert (cut_short / f"{FILE_NAME}-journal").exists()
    with open_read(cut_short) as db:
        assert not db.writable
        assert db.number("SELECT count(*) FROM library WHERE key LIKE 'key %'") == 0
        assert db.number("PRAGMA user_version") == len(schema.scripts())


def test_a_reader_who_may_not_undo_is_told(cut_short, monkeypatch):
    dial = database._dial
    monkeypatch.setattr(database, "_dial", lambda address: dial(address.replace("=rw", "=ro")))
    with pytest.raises(LibraryError, match="left in the middle of a change; run this once as"):
        open_read(cut_short)


def test_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "library").touch()
    with pytest.raises(LibraryError, match="cannot create the library"):
        create(tmp_path / "library")


@pytest.mark.parametrize("opening", [open_read, open_write, create])
def test_what_is_no_library(tmp_path, opening):
    (tmp_path / FILE_NAME).write_text("no database " * 1000)
    with pytest.raises(LibraryDamaged):
        opening(tmp_path)
    (tmp_path / FILE_NAME).unlink()
    with raw(tmp_path) as other:
        other.execute("CREATE TABLE t (a)")
    with pytest.raises(LibraryDamaged, match="not a textmine library"):
        opening(tmp_path)


@pytest.mark.parametrize("opening", [open_read, open_write, create])
def test_a_newer_library(tmp_path, opening):
    create(tmp_path).close()
    with raw(tmp_path) as db:
        db.execute("PRAGMA user_version = 999")
    with pytest.raises(LibraryTooNew, match="upgrade textmine"):
        opening(tmp_path)


def test_an_older_library_is_brought_up_to_date_by_a_writer(tmp_path, monkeypatch):
    create(tmp_path).close()
    monkeypatch.setattr(schema, "scripts", lambda: (*ORIGINAL, "CREATE TABLE more (a TEXT);\n"))
    with pytest.raises(LibraryError, match="older version of textmine"):
        open_read(tmp_path)
    with open_write(tmp_path) as db:
        assert db.all("SELECT * FROM more") == []
        assert db.number("PRAGMA user_version") == len(ORIGINAL) + 1


def test_a_failing_migration_leaves_nothing(tmp_path, monkeypatch):
    create(tmp_path).close()
    wrong = "CREATE TABLE half (a TEXT);\nCREATE TABLE half (a TEXT);\n"
    monkeypatch.setattr(schema, "scripts", lambda: (*ORIGINAL, wrong))
    with pytest.raises(LibraryError, match="half already exists"):
        open_write(tmp_path)
    with raw(tmp_path) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        assert version == len(ORIGINAL)
        assert not db.execute("SELECT * FROM sqlite_schema WHERE name = 'half'").fetchall()


def test_a_reader_cannot_write(tmp_path):
    create(tmp_path).close()
    with open_read(tmp_path) as db, pytest.raises(LibraryError, match="cannot be written"):
        db.record("a", "1")


def test_a_reader_reaches_no_other_file(tmp_path):
    create(tmp_path).close()
    with open_read(tmp_path) as db:
        for statement in (
            "ATTACH 'other.db' AS other",
            "VACUUM INTO 'copy.db'",
            "SELECT load_extension('other')",
            "DELETE FROM library",
        ):
            with pytest.raises(LibraryError):
                db.execute(statement)


def test_a_locked_library_is_busy(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "_BUSY_MS", 10)
    with create(tmp_path) as one, open_write(tmp_path) as other, one.transaction():
        with pytest.raises(LibraryBusy, match="try again"), other.transaction():
            pass
        assert other.setting("a") is None  # while one writes, others read


def test_a_transaction_is_all_or_nothing(library):
    def fail():
        with library.transaction():
            library.record("a", "1")
            with library.transaction():
                library.record("b", "1")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert library.all("SELECT * FROM library") == []
    with library.transaction():
        library.record("a", "1")
    assert library.setting("a") == "1"


def test_a_slow_read_is_given_up(library):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with library.deadline(0.01), pytest.raises(UsageError, match="took too long"):
        library.one(endless)
    assert library.number("SELECT 1") == 1


def test_a_query_that_the_user_interrupts_did_not_take_too_long(library):
    endless = "WITH RECURSIVE n AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n"
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background
    timer = threading.Timer(0.1, _thread.interrupt_main)
    timer.start()
    with pytest.raises(KeyboardInterrupt), library.deadline(10):
        library.all(endless)
    timer.join()
    signal.signal(signal.SIGINT, before)
    assert library.number("SELECT 1") == 1


def test_a_library_may_be_abandoned_in_another_thread(library):
    problems = []

    def abandon():
        try:
            library.abandon()
        except Exception as error:  # noqa: BLE001 (whatever it is)
            problems.append(error)

    thread = threading.Thread(target=abandon)
    thread.start()
    thread.join()
    assert problems == []
    assert library.number("SELECT 1") == 1  # the thread that opened it still has it


def test_reads_may_end_after_their_library_was_closed(library):
    snapshot = library.snapshot()
    snapshot.__enter__()
    rows = library.each("SELECT 1 UNION ALL SELECT 2")
    next(rows)
    library.close()
    rows.close()
    snapshot.__exit__(None, None, None)


def test_a_damaged_library(library):
    library.record("a", "1")
    library.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    library.close()
    path = library.folder / FILE_NAME
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(LibraryDamaged):
        open_read(library.folder).close()


def test_half_characters_are_refused_in_words(library):
    with pytest.raises(LibraryError, match="incomplete characters"):
        library.record("a", "\ud800")


def test_a_closed_library_says_so(library):
    library.close()
    with pytest.raises(LibraryError, match="closed"):
        library.setting("a")


def test_an_old_sqlite_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "_NEEDED", (99, 0, 0))
    with pytest.raises(LibraryError, match="or later is needed"):
        create(tmp_path)


def test_rows_one_by_one(library):
    library.many("INSERT INTO library VALUES (?, ?)", [("a", "1"), ("b", "2")])
    assert [row["key"] for row in library.each("SELECT * FROM library")] == ["a", "b"]


def test_the_schema_is_strict_and_its_links_indexed(library):
    tables = library.all("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
    ours = [t["name"] for t in tables if not t["name"].startswith("sqlite_")]
    assert all(t["strict"] for t in tables if t["name"] in ours)
    for table in ours:
        for link in library.all(f"PRAGMA foreign_key_list({table})"):
            plan = library.all(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {link['from']} = 1")
            assert "SEARCH" in plan[0]["detail"], (table, link["from"])
            assert link["on_delete"] == "CASCADE"
