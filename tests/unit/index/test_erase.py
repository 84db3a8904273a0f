"""What is deleted is gone from every file of the library."""

import pytest

from corpus.errors import LibraryBusy, LibraryError, UsageError
from index import engines
from index.documents.file_log import files, log_file
from index.documents.records import FileRecord
from index.documents.store import add_alias, document_with_hash
from index.maintenance import deletion
from index.maintenance.deletion import unfinished
from index.maintenance.verify import verify
from index.storage import originals
from index.storage.database import create, open_read

WORDS = (b"quokkaville", b"quokkavill")  # and its stem


@pytest.fixture
def secret(library, stored):
    """The number of a document whose every part names a place that nothing else names."""
    engines.ready(library, "fts4")
    for number in range(20):
        stored(
            library, *[f"Children {i} of {number} are seen." for i in range(20)], name=f"N{number}"
        )
    heading = ("leaders", "Leaders in Quokkaville")
    told = stored(library, "Quokkaville is safe.", name="Quokkaville", section=heading)
    stored(library, "The last one.", name="Z")
    sha256 = library.one("SELECT sha256 FROM document WHERE id = ?", (told,))["sha256"]
    log_file(library, FileRecord(path="/in/quokkaville.pdf", outcome="ok", sha256=sha256))
    add_alias(library, told, "quokkaville again.pdf")
    return told


def holding(folder):
    """The library's files in whose names or bytes the words stand."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    texts = {path: path.as_posix().encode() + path.read_bytes() for path in paths}
    return [path.name for path, text in texts.items() if any(w in text.lower() for w in WORDS)]


def test_nothing_of_it_is_left(library, secret):
    assert "textmine.db" in holding(library.folder) or "textmine.db-wal" in holding(library.folder)
    deletion.erase(library, secret)
    assert holding(library.folder) == []
    assert library.number("SELECT count(*) FROM document") == 21
    assert files(library) == ()
    assert library.number("PRAGMA freelist_count") == 0
    assert list(verify(library)) == []
    library.close()
    assert holding(library.folder) == []


def test_an_index_that_is_not_kept_in_step_goes_too(library, secret):
    library.record("fts4", "of another version")
    deletion.erase(library, secret)
    assert holding(library.folder) == []
    assert engines.ready(library, "fts4")[0].name == "fts4"


def test_the_last_document(tmp_path, stored):
    with create(tmp_path) as db:
        engines.ready(db, "fts4")
        deletion.erase(db, stored(db, "Quokkaville is safe.", name="Quokkaville"))
        assert holding(tmp_path) == []


def test_nothing_is_deleted_with_an_index_out_of_reach(library, secret, monkeypatch):
    monkeypatch.setattr(engines, "available", lambda _: ["fts5"])
    with pytest.raises(LibraryError, match="FTS4"):
        deletion.erase(library, secret)
    assert library.number("SELECT count(*) FROM document") == 22


def test_a_deletion_that_was_cut_short_is_found_and_finished(library, secret, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(deletion, "finish", lambda _: None)
        deletion.erase(library, secret)
    assert unfinished(library)
    assert holding(library.folder)
    assert [(t.kind, t.repaired) for t in verify(library)] == [("erasure", False)]
    assert [(t.kind, t.repaired) for t in verify(library, repair=True)] == [("erasure", True)]
    assert holding(library.folder) == []
    assert list(verify(library)) == []


def test_a_document_that_came_back_keeps_its_original(library, stored, monkeypatch):
    number = stored(library, "Here again.")
    with monkeypatch.context() as patch:
        patch.setattr(deletion, "finish", lambda _: None)
        deletion.erase(library, number)
    again = stored(library, "Here again.")
    deletion.finish(library)
    row = library.one("SELECT sha256, media_type FROM document WHERE id = ?", (again,))
    assert originals.place(library.folder, *row).is_file()
    assert document_with_hash(library, row["sha256"]) == again


def test_a_reader_in_the_way_is_told_of(library, secret):
    library.execute("PRAGMA busy_timeout = 10")
    with open_read(library.folder) as reader, reader.snapshot():
        reader.all("SELECT id FROM document")
        with pytest.raises(LibraryBusy, match="verify --repair"):
            deletion.erase(library, secret)
    assert [(t.kind, t.repaired) for t in verify(library, repair=True)] == [("erasure", True)]
    assert holding(library.folder) == []


def test_no_such_document(library):
    with pytest.raises(UsageError):
        deletion.erase(library, 9)
