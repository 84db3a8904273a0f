"""Whatever changes in the rows of a document is found, and repaired from its original."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import LibraryDamaged, LibraryError
from corpus.model import IngestOptions
from index.maintenance import deletion
from index.maintenance.backup import backup
from index.maintenance.dump import dump
from index.maintenance.restore import restore
from index.storage.database import FILE_NAME, open_read, open_write
from textmine.api import Library
from textmine.usecases import library as app

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "samples" / "reports"
REGISTER = ROOT / "samples" / "authorities.csv"
FILES = (
    REPORTS / "9990001_marlowshire" / "children's services inspection - 18 may 2022.pdf",
    REPORTS / "9990001_marlowshire" / "area send full inspection - 19 june 2023.pdf",
)
DIARY = (
    "Self-evaluation of Marlowshire children's services\n\nWhat do you know about the quality of"
    " practice?\n\nChildren are seen often. We had 48 care leavers in suitable homes in 2023,"
    " and 91% of visits were on time.\n"
)

CHANGES = {
    "finding that was never made": "INSERT INTO finding (passage, theme, polarity, timing, start,"
    ' "end", cues) SELECT passage, \'x\', polarity, timing, start, "end", cues FROM finding'
    " WHERE id = 1",
    "polarity of a finding": "UPDATE finding SET polarity = CASE polarity WHEN 'strength' THEN"
    " 'concern' ELSE 'strength' END WHERE id = 1",
    "theme of a finding": "UPDATE finding SET theme = 'early-help-x' WHERE id = 1",
    "timing of a finding": "UPDATE finding SET timing = 'past' WHERE id = 1",
    "place of a finding": "UPDATE finding SET start = start + 1 WHERE id = 1",
    "end of a finding": 'UPDATE finding SET "end" = "end" - 1 WHERE id = 1',
    "passage of a finding": "UPDATE finding SET passage = passage + 1 WHERE id = 1",
    "body of a finding": "UPDATE finding SET about = 'police' WHERE id = 1",
    "extent of a finding": "UPDATE finding SET extent = 'few' WHERE id = 1",
    "aspect of a finding": "UPDATE finding SET aspect = 'impact' WHERE id = 1",
    "cues of a finding": "UPDATE finding SET cues = '[]' WHERE id = 1",
    "loss of a finding": "DELETE FROM finding WHERE id = 1",
    "value of a figure": "UPDATE figure SET value = value + 1 WHERE id = 1",
    "unit of a figure": "UPDATE figure SET unit = 'x' WHERE id = 1",
    "loss of a figure": "DELETE FROM figure WHERE id = 1",
    "grade": "UPDATE judgement SET grade = CASE grade WHEN 'good' THEN 'outstanding'"
    " ELSE 'good' END WHERE document = 1 AND position = 0",
    "loss of a grade": "DELETE FROM judgement WHERE document = 1 AND position = 0",
    "field": "UPDATE field SET value = 'x' WHERE document = 1 AND position = 0",
    "loss of a field": "DELETE FROM field WHERE document = 1 AND position = 0",
    "date of a document": "UPDATE document SET start_date = '2001-01-01' WHERE id = 1",
    "authority of a document": "UPDATE document SET authority = 'x' WHERE id = 1",
    "type of a document": "UPDATE document SET doc_type = 'other' WHERE id = 1",
    "visibility": "UPDATE document SET visibility = CASE visibility WHEN 'internal' THEN 'public'"
    " ELSE 'internal' END WHERE id = 1",
    "voice": "UPDATE document SET voice = 'authority' WHERE id = 1",
    "text": "UPDATE passage_text SET text = replace(text, 'children', 'chlidren')",
    "loss of a text": "DELETE FROM passage_text WHERE passage = 5",
    "what stands outside passages": "UPDATE document SET outside = outside || 'x' WHERE id = 1",
    "name": "UPDATE document SET name = 'other.pdf' WHERE id = 1",
    "number of a paragraph": "UPDATE passage SET number = '99' WHERE id = 5",
    "page of a passage": "UPDATE passage SET page = page + 1 WHERE id = 5",
    "kind of a passage": "UPDATE passage SET kind = 'bullet' WHERE id = 5",
    "loss of a passage": "DELETE FROM passage WHERE id = 5",
    "heading of a section": "UPDATE section SET heading = 'x' WHERE document = 1 AND position = 1",
    "responsible body of a recommendation": "UPDATE recommendation SET responsible = 'x'",
    "loss of a recommendation": "DELETE FROM recommendation WHERE"
    " passage = (SELECT min(passage) FROM recommendation)",
    "size of a page": "UPDATE page SET width = 1 WHERE document = 1 AND number = 1",
    "loss of a document": "DELETE FROM document WHERE id = 1",
    "option of the ingest": "UPDATE given SET visibility = 'public'",
    "correction": "UPDATE correction SET value = '2020-01-01'",
    "loss of a correction": "DELETE FROM correction",
    "alias": "INSERT INTO alias VALUES (1, 'y.pdf')",
    "authority of the register": "UPDATE authority SET name = 'x'",
    "outcome of a file": "UPDATE file_log SET message = 'x'",
    "loss of an outcome": "DELETE FROM file_log WHERE path LIKE '%.txt'",
    "version of a model": "UPDATE model SET version = 'x'",
    "query of a saved search": "UPDATE saved_search SET query = 'x'",
    "loss of what a search had found": "DELETE FROM saved_seen",
    "vectors": "UPDATE document_vectors SET vectors = zeroblob(length(vectors))",
}
ENTERED = {
    *("option of the ingest", "correction", "loss of a correction"),
    *("alias", "authority of the register", "outcome of a file", "loss of an outcome"),
    *("version of a model", "query of a saved search", "loss of what a search had found"),
}
"""What the original does not say."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A library of a few samples, with a correction."""
    folder = tmp_path_factory.mktemp("sound")
    (folder / "self-evaluation.txt").write_text(DIARY, encoding="utf-8")
    setup = app.Setup(library=folder / "library", register=REGISTER)
    said = IngestOptions(visibility="internal")
    paths = [*map(str, FILES), str(folder / "self-evaluation.txt")]
    candidates = app.find_files(paths).files
    candidates = (*candidates[:2], candidates[2].with_defaults(said))
    assert not [result for result in app.ingest(candidates, setup) if result.result == "failed"]
    list(app.correct(setup, "1", ["start_date=2022-05-09"], why="cover", who="me"))
    library = Library(setup.library)
    library.save_search("late", "visits OR children")
    library.run_saved("late")
    assert list(Library(setup.library).verify()) == []
    return setup.library


@pytest.fixture
def library(sound, tmp_path):
    return Path(shutil.copytree(sound, tmp_path / "library"))


def damage(library, *statements):
    with closing(sqlite3.connect(library / FILE_NAME)) as connection:
        for statement in statements:
            before = connection.total_changes
            connection.execute(statement)
            assert connection.total_changes > before, statement
        connection.commit()


def content(library):
    with open_read(library) as db:
        return list(dump(db))


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_a_row_is_found(library, change):
    damage(library, CHANGES[change])
    assert list(Library(library).verify())


def test_repair_gives_the_rows_that_the_originals_give(library):
    before = content(library)
    damage(library, *(sql for name, sql in CHANGES.items() if name not in ENTERED))
    assert content(library) != before
    issues = list(Library(library).verify(repair=True, register=REGISTER))
    assert issues
    assert list(Library(library).verify()) == []
    assert content(library) == before


ORPHANS = " WHERE document NOT IN (SELECT id FROM document)"


@pytest.mark.parametrize(
    ("number", "left"), [(1, ()), (3, ("page", "section", "passage", "field", "judgement"))]
)
def test_a_lost_document_comes_back_from_its_original(library, number, left):
    before = content(library)
    damage(library, f"DELETE FROM document WHERE id = {number}")
    with closing(sqlite3.connect(library / FILE_NAME)) as connection:
        for table in left:  # which the damage took too
            connection.execute(f"DELETE FROM {table}{ORPHANS}")
        connection.commit()
    [lost] = [issue for issue in Library(library).verify() if "not there" in issue.message]
    assert lost.remedy.startswith("textmine verify --repair; else restore a backup")
    issues = list(Library(library).verify(repair=True, register=REGISTER))
    assert all(issue.repaired for issue in issues)
    assert list(Library(library).verify()) == []
    assert content(library) == before


def test_a_lost_document_whose_correction_is_lost_too_is_left_to_a_backup(library):
    damage(library, "DELETE FROM document WHERE id = 1", "DELETE FROM correction")
    issues = list(Library(library).verify(repair=True, register=REGISTER))
    assert not any(issue.repaired for issue in issues)


def test_what_is_left_of_a_lost_document_is_not_in_the_way_of_its_file(library):
    damage(library, "DELETE FROM document WHERE id = 3")
    (library.parent / "again.txt").write_text(DIARY, encoding="utf-8")
    candidates = app.find_files([str(library.parent / "again.txt")]).files
    setup = app.Setup(library=library, register=REGISTER)
    assert [result.result for result in app.ingest(candidates, setup)] == ["ok"]


def test_rows_of_a_deleted_document_that_are_put_back_are_told(library, sound):
    with open_write(library) as db:
        deletion.erase(db, 3)
    assert list(Library(library).verify()) == []
    with closing(sqlite3.connect(library / FILE_NAME)) as connection:
        connection.execute("ATTACH ? AS earlier", (str(sound / FILE_NAME),))
        for table, key in (("document", "id"), ("page", "document"), ("passage", "document")):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            names = ", ".join(f'"{name}"' for name in columns)
            connection.execute(
                f"INSERT INTO {table} ({names}) SELECT {names} FROM earlier.{table} WHERE {key} = 3"
            )
        connection.commit()
    told = {(issue.kind, issue.document) for issue in Library(library).verify()}
    assert ("digest", 3) in told


@pytest.mark.parametrize("change", sorted(ENTERED))
def test_what_people_entered_is_not_made_official(library, change):
    damage(library, CHANGES[change])
    assert not all(issue.repaired for issue in Library(library).verify(repair=True))
    assert list(Library(library).verify())


def test_a_damaged_document_stays_so_whatever_is_done_to_it(library):
    damage(library, CHANGES["grade"], CHANGES["alias"])
    list(app.correct(app.Setup(library=library), "1", ["end_date=2022-05-20"], why="x", who="me"))
    assert {issue.kind for issue in Library(library).verify()} == {"digest"}


@pytest.mark.parametrize("seed", [5, 22])
def test_most_random_bits_are_found(library, seed):
    """In the pages of tables and indexes that hold content; 24 of 25 at the least."""
    path = library / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        free = connection.execute("PRAGMA freelist_count").fetchone()[0]
    data = path.read_bytes()
    assert not free
    chance = random.Random(seed)
    places = [at for at in chance.sample(range(4096, len(data)), 2_000) if data[at]][:25]
    missed = []
    for at in places:
        changed = bytearray(data)
        changed[at] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        try:
            if not list(Library(library).verify()):
                missed.append(at)
        except LibraryError:
            pass
    assert len(missed) <= 1, missed


TRIGGER = (
    "CREATE TRIGGER leak AFTER INSERT ON alias BEGIN UPDATE document SET visibility = 'public'; END"
)


def test_a_schema_with_a_trigger_is_told_and_never_written_to(library):
    with closing(sqlite3.connect(library / FILE_NAME)) as connection:
        connection.execute(TRIGGER)
    assert {issue.kind for issue in Library(library).verify()} == {"schema"}
    with pytest.raises(LibraryDamaged, match="trigger 'leak'"):
        open_write(library)


def test_a_backup_with_a_trigger_is_not_restored(library, tmp_path):
    with closing(sqlite3.connect(library / FILE_NAME)) as connection:
        connection.execute(TRIGGER)
    backup(library, tmp_path / "backup.zip")
    with pytest.raises(LibraryDamaged, match="damaged"):
        restore(tmp_path / "backup.zip", tmp_path / "new")


def test_a_library_for_reading_only_is_verified(library, monkeypatch):
    def refuse(folder, *rest):
        assert library not in (folder, *folder.parents), "written to"
        return open_write(folder, *rest)

    monkeypatch.setattr("index.maintenance.verify.open_write", refuse)
    assert list(Library(library).verify()) == []
