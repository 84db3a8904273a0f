"""A library of the first schema, written in plain SQL, and what becomes of it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest

from corpus.errors import LibraryError
from corpus.model import About, Aspect, Extent, IngestOptions, Polarity, Timing
from index.documents import decisions, ingest_options, provenance, reissues, rows, store
from index.query.filters import Filters
from index.reports import counts
from index.search.hits import search
from index.storage import line_positions, schema, texts
from index.storage.database import FILE_NAME, create, open_read, open_write

TEXT = "Inspection of Camden\nCare leavers live in suitable homes.\n"
SAID = """
    INSERT INTO alias VALUES (1, 'other name.pdf');
    INSERT INTO field VALUES
        (1, 0, 'authority', 'Camden', 'found', 'given', 'LB Camden', NULL, NULL),
        (1, 1, 'published', '2024-03-01', 'found', 'given', NULL, NULL, NULL);
    INSERT INTO file_log VALUES ('/in/a.pdf', 9, 'aa', 'ok', NULL, NULL, '2025-01-01');
    INSERT INTO correction VALUES (1, 1, 'lead_inspector', 'A', 'misread', 'B', '2025-01-01');
    INSERT INTO finding_decision VALUES
        (1, 1, 'homes', 21, 57, 'accepted', NULL, NULL, 'right', 'B', '2025-01-01');
    INSERT INTO section VALUES (1, 0, 'other', '', '', 0, 57), (2, 0, 'other', '', '', 0, 57);
    INSERT INTO finding VALUES (1, 1, 'homes', 'strength', 'current', 21, 57,
        '[["theme", "homes", 51, 56], ["polarity", "strength", 42, 50]]');
    UPDATE document SET url = 'https://example.org/a', visibility = 'internal' WHERE id = 1;
"""
PACKED = {("finding", "cues")}
"""Columns that are written otherwise."""


@pytest.fixture
def first(tmp_path):
    """Two issues of one report: of the first people said and decided things, not of the second."""
    path = tmp_path / FILE_NAME
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(schema.scripts()[0])
        for number, sha256, published in ((1, "aa", "2024-03-01"), (2, "bb", "2024-04-01")):
            db.execute(
                "INSERT INTO document (id, sha256, name, media_type, bytes, doc_type, authority,"
                " authority_name, authority_known, start_date, published, voice, visibility,"
                " outcome, reader_version, pipeline_version, themes, ingested_at, text, lines)"
                " VALUES (?, ?, ?, 'application/pdf', 9, 'ilacs_inspection', 'camden', 'Camden', 1,"
                " '2024-01-08', ?, 'inspectorate', 'public', 'ok', 'r', 'p', 't', '2025-01-01',"
                " ?, ?)",
                (number, sha256, f"{sha256}.pdf", published, TEXT, line_positions.pack(())),
            )
            db.execute(
                "INSERT INTO passage VALUES"
                " (?, ?, 1, 'paragraph', '1', 0, 1, 21, 57, 'inspectorate', NULL, 0)",
                (number, number),
            )
        db.executescript(SAID)
        db.execute("PRAGMA user_version = 1")
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    return tmp_path


def content(folder):
    """Every row of the first schema's tables, by the columns that are still there."""
    with (
        closing(sqlite3.connect(":memory:")) as fresh,
        closing(sqlite3.connect(folder / FILE_NAME)) as db,
    ):
        fresh.executescript(schema.scripts()[0])
        tables = [row[0] for row in fresh.execute("SELECT name FROM sqlite_schema WHERE sql > ''")]
        rows = {}
        for table in tables:
            columns = [row[1] for row in fresh.execute(f"PRAGMA table_xinfo({table})")]
            there = {row[1] for row in db.execute(f"PRAGMA table_xinfo({table})")}
            columns = [name for name in columns if name in there and (table, name) not in PACKED]
            if columns and table != "library":
                names = ", ".join(f'"{column}"' for column in columns)
                rows[table] = sorted(map(repr, db.execute(f"SELECT {names} FROM {table}")))
    return rows


def test_each_migration_has_a_number_of_its_own():
    folder = Path(schema.__file__).with_name("migrations")
    numbers = [int(path.name[:4]) for path in sorted(folder.glob("*.sql"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_nothing_is_lost(first):
    before = content(first)
    before["document"] = [row.replace(repr(TEXT) + ", ", "") for row in before["document"]]
    with open_write(first) as db:
        assert [texts.text(db, number) for number in (1, 2)] == [TEXT, TEXT]
        assert db.number("PRAGMA user_version") == len(schema.scripts())
        assert db.all("PRAGMA foreign_key_check") == []
        assert provenance.of(db, 1).reader == "r"
        assert [
            (each.quote, each.verdict, each.polarity, each.start) for each in decisions.of(db, 1)
        ] == [("Care leavers live in suitable homes.", "accepted", "strength", 21)]
        [row] = counts.findings(db, Filters(internal=True))
        assert (row.finding.theme, row.evidence) == (
            "homes",
            "Care leavers live in suitable homes.",
        )
        assert row.finding.cues == (("theme", "homes", 51, 56), ("polarity", "strength", 42, 50))
    after = content(first)
    moved = before.pop("finding_decision")
    assert len(moved) == 1
    assert after["finding"].pop() == before["finding"][0].replace("(1,", "(2,", 1)  # as decided
    assert sum(map(len, before.values())) > 10
    assert {table: rows for table, rows in after.items() if table != "passage_terms"} == {
        table: rows for table, rows in before.items() if table != "passage_terms"
    }


def test_what_was_said_is_remembered_as_far_as_it_was_kept(first):
    with open_write(first) as db:
        assert ingest_options.get(db, "aa") == IngestOptions(
            authority="LB Camden",
            published="2024-03-01",
            url="https://example.org/a",
            visibility="internal",
        )
        assert ingest_options.get(db, "bb") == IngestOptions()
        assert db.number("SELECT count(*) FROM given") == 1


def test_reissues_are_linked_by_the_next_write(first):
    with open_write(first) as db:
        assert reissues.of(db, 2) == reissues.Reissue(None, ())
        with db.transaction():
            reissues.freshen(db)
        assert reissues.of(db, 2) == reissues.Reissue(1, ())


def test_it_can_be_searched_and_added_to(first, entry):
    with open_write(first) as db:
        third = store.put(db, rows.of(entry("More on homes.")))
        assert {hit.document for hit in search(db, "homes", collapse=False).hits} == {1, 2, third}


def test_a_reader_is_told_which_command_brings_it_up_to_date(first):
    before = content(first)
    with pytest.raises(LibraryError, match="textmine refresh --library") as told:
        open_read(first)
    assert told.value.exit_code == 4
    assert content(first) == before


@pytest.mark.parametrize("statement", [1, 2, 4, 6])
def test_a_migration_that_fails_leaves_the_library_as_it_was(first, monkeypatch, statement):
    one, two, *_ = schema.scripts()
    parts = two.split(";\n")
    broken = ";\n".join([*parts[:statement], "INSERT INTO nowhere VALUES (1)", *parts[statement:]])
    with closing(sqlite3.connect(first / FILE_NAME)) as db:
        before = list(db.iterdump())
    with monkeypatch.context() as patch:
        patch.setattr(schema, "scripts", lambda: (one, broken))
        with pytest.raises(LibraryError, match="nowhere"):
            open_write(first)
    with closing(sqlite3.connect(first / FILE_NAME)) as db:
        assert list(db.iterdump()) == before
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
    with open_write(first) as db:
        assert db.number("PRAGMA user_version") == len(schema.scripts())


def test_a_new_library_and_a_migrated_one_have_the_same_schema(first, tmp_path):
    def tables(folder):
        with open_write(folder) as db:
            return {row[0]: row[1] for row in db.all("SELECT name, sql FROM sqlite_schema")}

    create(tmp_path / "new").close()
    assert tables(tmp_path / "new") == tables(first)


@pytest.mark.parametrize("column", ["polarity", "timing", "about", "extent", "aspect"])
def test_a_finding_can_only_say_what_the_model_knows(first, column):
    with open_write(first) as db, pytest.raises(LibraryError, match="CHECK constraint"):
        db.execute(f"UPDATE finding SET {column} = 'unheard of'")


def test_a_finding_can_say_all_that_the_model_knows(first):
    literals = {"polarity": Polarity, "timing": Timing, "about": About}
    with open_write(first) as db:
        for column, literal in (literals | {"extent": Extent, "aspect": Aspect}).items():
            for word in get_args(literal):
                assert db.execute(f"UPDATE finding SET {column} = ?", (word,)) == 2
