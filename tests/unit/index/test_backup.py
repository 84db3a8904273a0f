"""A backup holds the library as it was, and only a whole one comes back."""

import os
import shutil
import signal
import subprocess
import sys
import zipfile

import pytest

from corpus.errors import LibraryDamaged, LibraryError, LibraryTooNew, UsageError
from index.maintenance import backup as backups
from index.maintenance import restore
from index.maintenance.backup import backup
from index.maintenance.dump import dump
from index.maintenance.verify import verify
from index.storage import originals, schema
from index.storage.database import FILE_NAME, open_read, open_write


@pytest.fixture
def file(filled, tmp_path):
    backup(filled.folder, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


@pytest.fixture
def target(tmp_path):
    return tmp_path / "new" / "library"


def content(folder):
    with open_read(folder) as db:
        assert list(verify(db)) == []
        return list(dump(db))


def test_there_and_back(filled, file, target):
    steps = []
    saved = restore.restore(file, target, step=lambda *step: steps.append(step))
    assert (saved.documents, saved.bytes) == (2, file.stat().st_size)
    assert len(steps) == steps[0][1] == 3
    assert sorted(path.name for path in target.iterdir()) == [originals.FOLDER, FILE_NAME]
    assert content(target) == content(filled.folder)
    assert [path.name for path in file.parent.glob(".*")] == []


def test_an_empty_library_too(library, tmp_path, target):
    assert backup(library.folder, tmp_path / "b.zip").documents == 0
    assert restore.restore(tmp_path / "b.zip", target).documents == 0


def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(filled, stored, tmp_path, target):
    before = content(filled.folder)

    def write(name, _):
        if name == "database":
            stored(filled, "Written meanwhile.", name="Nu")

    with open_write(filled.folder) as writer, writer.transaction():
        writer.record("unfinished", "yes")
        backup(filled.folder, tmp_path / "one.zip")
    after = content(filled.folder)
    backup(filled.folder, tmp_path / "two.zip", step=write)
    restore.restore(tmp_path / "one.zip", target)
    assert content(target) == before
    restore.restore(tmp_path / "two.zip", target.with_name("two"))
    assert content(target.with_name("two")) == after


def test_files_that_nothing_names_stay_out(filled, tmp_path):
    originals.keep(filled.folder, b"of no document", "application/pdf")
    backup(filled.folder, tmp_path / "b.zip")
    assert len(zipfile.ZipFile(tmp_path / "b.zip").namelist()) == 3


def test_an_earlier_backup_is_replaced_only_when_told_so(filled, file, stored):
    first = file.read_bytes()
    stored(filled, "More.", name="Nu")
    with pytest.raises(UsageError, match="--force"):
        backup(filled.folder, file)
    assert file.read_bytes() == first
    assert backup(filled.folder, file, force=True).documents == 3
    with pytest.raises(UsageError, match="name a file in that folder"):
        backup(filled.folder, file.parent, force=True)


@pytest.mark.parametrize("there", [True, False])
def test_no_backup_without_all_originals(filled, file, there):
    whole = file.read_bytes()
    path = next(originals.list_files(filled.folder))
    path.unlink()
    if there:
        path.write_bytes(b"other")
    with pytest.raises(LibraryError, match="no backup made"):
        backup(filled.folder, file, force=True)
    assert file.read_bytes() == whole
    assert list(file.parent.glob(".*")) == []


def test_a_place_that_cannot_be_written(filled, tmp_path):
    with pytest.raises(LibraryError, match="cannot write the backup"):
        backup(filled.folder, tmp_path / "no" / "such" / "b.zip")


def test_a_full_disk_leaves_nothing(filled, tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.os, "fsync", full)
    with pytest.raises(LibraryError, match="No space left"):
        backup(filled.folder, tmp_path / "b.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["library"]


def test_what_a_killed_backup_left_is_swept(filled, tmp_path):
    left = tmp_path / ".backup-killed"
    left.mkdir()
    (left / "lock").touch()
    (left / "whole").write_bytes(b"half an archive")
    (left / FILE_NAME).write_bytes(b"a copy of everything")
    before_its_archive = tmp_path / ".backup-older"
    before_its_archive.mkdir()
    os.utime(before_its_archive, (0, 0))
    backup(filled.folder, tmp_path / "b.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "library"]


def test_a_backup_that_is_being_written_is_left_alone(filled, tmp_path):
    just_begun = tmp_path / ".backup-just-begun"
    just_begun.mkdir()

    def meanwhile(name, _):
        if name == "database":
            [scratch] = set(tmp_path.glob(".backup-*")) - {just_begun}
            backup(filled.folder, tmp_path / "other.zip")
            assert scratch.is_dir()

    backup(filled.folder, tmp_path / "b.zip", step=meanwhile)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [".backup-just-begun", "b.zip", "library", "other.zip"]


KILLED = """
import os, signal, sys
from pathlib import Path
from index.maintenance.backup import backup
kill = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
backup(Path(sys.argv[1]), Path(sys.argv[2]), step=kill)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_a_backup_that_was_killed_is_swept_by_the_next(filled, tmp_path):
    target = tmp_path / "b.zip"
    done = subprocess.run([sys.executable, "-c", KILLED, filled.folder, target], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(list(tmp_path.glob(".backup-*"))) == 1
    backup(filled.folder, target)
    assert list(tmp_path.glob(".backup-*")) == []


def test_an_older_library_is_saved_as_it_is_and_comes_back_up_to_date(
    filled, file, target, monkeypatch
):
    monkeypatch.setattr(schema, "scripts", lambda: (*ORIGINAL, "CREATE TABLE more (a TEXT);\n"))
    older = file.with_name("older.zip")
    backup(filled.folder, older)
    restore.restore(older, target)
    with open_read(target) as db:
        assert db.all("SELECT * FROM more") == []


ORIGINAL = schema.scripts()


def test_a_newer_backup_is_refused(file, target, monkeypatch):
    monkeypatch.setattr(schema, "scripts", lambda: ORIGINAL[:-1])
    with pytest.raises(LibraryTooNew, match=r"backup\.zip was written by a newer textmine"):
        restore.restore(file, target)
    assert not target.exists()


def test_only_into_a_new_or_empty_folder(file, target):
    target.mkdir(parents=True)
    (target / ".restore-killed").mkdir()
    assert restore.restore(file, target).documents == 2
    with pytest.raises(UsageError, match="not empty"):
        restore.restore(file, target)
    with pytest.raises(UsageError, match="cannot restore into"):
        restore.restore(file, file)


def refused(file, target, match="not a complete backup"):
    with pytest.raises(LibraryDamaged, match=match) as raised:
        restore.restore(file, target)
    assert "\n" not in str(raised.value)
    assert not target.exists()


def test_every_truncation_is_refused(file, target):
    data = file.read_bytes()
    for size in range(0, len(data), max(1, len(data) // 40)):
        file.write_bytes(data[:size])
        refused(file, target, "not a complete backup")


def test_flipped_bytes_are_noticed(file, target):
    data = file.read_bytes()
    entry = zipfile.ZipFile(file).infolist()[1]
    place = entry.header_offset + 30 + len(entry.filename) + 2
    file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    refused(file, target, "CRC")


def rewritten(file, change):
    """The backup with other entries: `change` is given (name, bytes) and gives such pairs."""
    with zipfile.ZipFile(file) as archive:
        pairs = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in change(pairs):
            archive.writestr(name, data)
    return file


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/evil",
        "originals/../../evil",
        "originals/aa/short.pdf",
        f"originals/aa/{'b' * 64}.pdf",
        f"originals/aa/{'a' * 64}.pdf/x",
        f"originals\\aa\\{'a' * 64}.pdf",
        "textmine.db-wal",
        "originals/",
    ],
)
def test_names_that_do_not_belong_into_a_backup(file, target, name):
    refused(rewritten(file, lambda pairs: [*pairs, (name, b"evil")]), target, "does not belong")
    assert not list(file.parent.rglob("evil"))


def test_other_zips_and_other_files(tmp_path, target):
    foreign = tmp_path / "foreign.zip"
    for data in (b"", b"no zip at all" * 100):
        foreign.write_bytes(data)
        refused(foreign, target)
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("a.txt", "hello")
    refused(foreign, target, "contains no library")


def test_an_original_that_is_not_what_its_name_says(file, target):
    refused(
        rewritten(file, lambda pairs: [pairs[0], (pairs[1][0], b"x"), pairs[2]]),
        target,
        "is damaged",
    )


def test_an_original_that_is_not_there(file, target):
    refused(rewritten(file, lambda pairs: pairs[:-1]), target, "is not in it")


@pytest.mark.parametrize("database", [b"", b"SQLite format 3\0" + b"x" * 5000])
def test_a_database_that_is_none(file, target, database):
    change = lambda pairs: [(FILE_NAME, database), *pairs[1:]]  # noqa: E731
    refused(rewritten(file, change), target, "database is damaged")


def test_what_would_not_fit_is_not_begun(file, target, monkeypatch):
    usage = shutil.disk_usage(file.parent)._replace(free=10)
    monkeypatch.setattr(restore.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(LibraryError, match="not enough space"):
        restore.restore(file, target)
    assert not target.exists()
