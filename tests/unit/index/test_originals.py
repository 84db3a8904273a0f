import hashlib

import pytest

from corpus.errors import LibraryError
from index.storage import originals

DATA = b"%PDF-1.7 some bytes"
SHA = hashlib.sha256(DATA).hexdigest()


def test_kept_read_and_removed(tmp_path):
    assert originals.keep(tmp_path, DATA, "application/pdf") == SHA
    assert originals.keep(tmp_path, DATA, "application/pdf") == SHA
    path = originals.place(tmp_path, SHA, "application/pdf")
    assert path == tmp_path / "originals" / SHA[:2] / f"{SHA}.pdf"
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]
    assert originals.read(tmp_path, SHA, "application/pdf") == DATA
    originals.remove(tmp_path, SHA, "application/pdf")
    originals.remove(tmp_path, SHA, "application/pdf")
    assert list((tmp_path / "originals").iterdir()) == []


def test_a_changed_original_is_not_passed_off(tmp_path):
    originals.keep(tmp_path, DATA, "text/html")
    originals.place(tmp_path, SHA, "text/html").write_bytes(b"other")
    with pytest.raises(LibraryError, match="has changed since it was stored"):
        originals.read(tmp_path, SHA, "text/html")


def test_a_half_written_original_is_written_again(tmp_path):
    path = originals.place(tmp_path, SHA, "application/pdf")
    path.parent.mkdir(parents=True)
    path.write_bytes(DATA[:5])
    originals.keep(tmp_path, DATA, "application/pdf")
    assert path.read_bytes() == DATA


def test_a_missing_original(tmp_path):
    with pytest.raises(LibraryError, match="cannot read the original"):
        originals.read(tmp_path, SHA, "application/pdf")


def test_no_leftovers_when_writing_fails(tmp_path, monkeypatch):
    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(originals.os, "fsync", fail)
    with pytest.raises(LibraryError, match="No space left"):
        originals.keep(tmp_path, DATA, "application/pdf")
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_an_unknown_kind_has_a_plain_name(tmp_path):
    assert originals.place(tmp_path, SHA, "image/x-odd").suffix == ".bin"
