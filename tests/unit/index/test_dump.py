"""Libraries of the same content give the same lines, and any difference shows."""

import json

import pytest

from index.documents import file_log, rows, store
from index.documents.records import FileRecord
from index.engines import ENGINES
from index.maintenance.dump import dump
from index.storage.database import create

MORE = """
INSERT INTO correction (document, field, value, why, who, made_at)
    SELECT id, 'authority', 'Camden', 'misread', 'me', ? FROM document;
INSERT INTO decision (document, quote, occurrence, theme, verdict, why, who, made_at)
    SELECT id, 'Words that are gone', 1, 'visits', 'rejected', 'not so', 'me', ? FROM document;
INSERT INTO problem SELECT id, 0, 'number-repeated', 'twice', 1 FROM document;
INSERT INTO judgement SELECT id, 0, 'overall', 'good', 'found', 'Good', 0, 1 FROM document;
INSERT INTO authority (key, name, aliases, trusts, neighbours, successors)
    VALUES ('camden', 'Camden', '[]', '[]', '[]', '[]')
"""
"""Rows for the tables that documents alone leave empty; ? is not the same in two libraries."""


@pytest.fixture
def filled(tmp_path, entry):
    """Makes a library of two documents, put in either order, the second under two names."""
    first = entry("Children are safe.", "Visits are late.", findings=[(2, "visits")])
    second = entry("Care leavers do well.", published="2023-01-02", name="Barnet")

    def make(name, *, turned=False):
        db = create(tmp_path / name)
        for each in (second, first) if turned else (first, second):
            number = store.put(db, rows.of(each))
            names = (each.original.name, "b.pdf")
            if each is first:
                log(db, each, names[0])
            else:
                had, new = reversed(names) if turned else names
                db.execute("UPDATE document SET name = ? WHERE id = ?", (had, number))
                log(db, each, had)
                store.add_alias(db, number, new)
                log(db, each, new, "duplicate", f"the same bytes as document {number}")
        for statement in MORE.split(";"):
            db.execute(statement, (name,) * statement.count("?"))
        return db

    return make


def log(db, entry, name, outcome="ok", message=None):
    path, sha256 = f"{db.folder}/deep/in/{name}", entry.original.sha256
    file_log.log_file(
        db, FileRecord(path=path, outcome=outcome, sha256=sha256, message=message, size=5)
    )


def test_the_order_of_files_their_folder_and_the_time_do_not_show(filled):
    with filled("one") as one, filled("two", turned=True) as two:
        assert list(dump(one)) == list(dump(two))


def test_a_document_that_came_and_went_and_one_read_again_do_not_show(filled, entry):
    with filled("one") as db:
        before = list(dump(db))
        passing = store.put(db, rows.of(entry("Passing.")))
        store.delete(db, passing)
        store.put(db, rows.of(store.get(db, 1).entry))
        assert list(dump(db)) == before


def test_both_names_of_the_same_bytes_are_there(filled):
    with filled("one") as db:
        lines = [json.loads(line) for line in dump(db)]
    names = [line["names"] for line in lines if line.get("table") == "document"]
    assert ["Barnet 2023-01-02.pdf", "b.pdf"] in names
    outcomes = [line["outcome"] for line in lines if line.get("table") == "file_log"]
    assert ["duplicate", "ok"] in outcomes


def test_every_column_of_every_table_shows(filled):
    with filled("one") as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("PRAGMA ignore_check_constraints = ON")
        before, unseen = list(dump(db)), set()
        for table, column, kind in columns(db):
            db.execute("BEGIN")
            value = {"INTEGER": 98765, "REAL": 0.5, "BLOB": b"?"}.get(kind, "changed")
            # OR IGNORE: where only one row may have the value, the first one gets it.
            changed = db.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = ?', (value,))
            if changed and list(dump(db)) == before:
                unseen.add(f"{table}.{column}")
            db.execute("ROLLBACK")
    assert not unseen


def test_an_index_out_of_step_shows(filled):
    with filled("one") as db:
        before = list(dump(db))
        ENGINES["fts5"].remove(db, 1)
        assert list(dump(db)) != before
        ENGINES["fts5"].add(db, 1)
        assert list(dump(db)) == before
        db.execute("DELETE FROM passage WHERE document = 1")
        assert any("no such passage" in line for line in dump(db))


def columns(db):
    """The columns of all tables but the engines', without what differs between equals."""
    rows = db.all(
        'SELECT t.name AS "table", c.name, c.type FROM pragma_table_list t'
        " JOIN pragma_table_xinfo(t.name) c"
        " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND c.hidden = 0"
        " AND t.name <> 'document_digest'"  # of the rows that are here, and of their times
    )
    for row in rows:
        if row["name"] != "id" and not row["name"].endswith("_at"):
            yield tuple(row)
