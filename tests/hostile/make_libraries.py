"""Makes hostile libraries and backups out of a sound one.

Each name is mapped to what is right: whether it may be used, or must be refused.
"""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

FILE = "textmine.db"
OURS = 0x74_78_74_6D
REFUSED = frozenset({4})
TAKEN = frozenset({0, 1})
EITHER = REFUSED | TAKEN
TRIGGER = (
    "CREATE TRIGGER leak AFTER INSERT ON alias BEGIN UPDATE document SET visibility = 'public'; END"
)
RECURSION = (
    "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    " SELECT count(*) FROM n"
)


def make_libraries(sound: Path, folder: Path) -> dict[str, frozenset[int]]:
    """Fills the folder with libraries; the exit codes of commands that write to each."""
    made: dict[str, frozenset[int]] = {}

    def add(name: str, change: Callable[[Path], object], codes: frozenset[int] = REFUSED) -> None:
        library = folder / name
        shutil.copytree(sound, library)
        change(library / FILE)
        made[name] = codes

    _no_databases(add)
    _foreign(add)
    _schemas(add)
    _cells(add)
    return made


def _sql(*statements: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return change


def _bytes(data: bytes) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        file.write_bytes(data)

    return change


def _instead(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        file.unlink()
        make(file)

    return change


def _no_databases(add: Callable[..., None]) -> None:
    add("text", _bytes(b"This is no database.\n" * 500))
    add("zeros", _bytes(b"\0" * 100_000))
    add("header-alone", _bytes(b"SQLite format 3\0"))
    add("noise", _bytes(b"SQLite format 3\0" + bytes(range(256)) * 500))
    add("cut", lambda file: os.truncate(file, file.stat().st_size // 3))
    add(
        "pages-lost",
        lambda file: _overwrite(file, file.stat().st_size // 2, b"\xff" * 65_536),
        EITHER,
    )
    add("size-of-pages", lambda file: _overwrite(file, 16, b"\x00\x01"), EITHER)
    add("folder", _instead(Path.mkdir))
    add("pipe", _instead(os.mkfifo))
    add("device", _instead(lambda file: file.symlink_to("/dev/zero")))
    add("ring", _instead(lambda file: file.symlink_to(file.name)))
    add("nowhere", _instead(lambda file: file.symlink_to("gone")), EITHER)


def _overwrite(file: Path, place: int, data: bytes) -> None:
    with file.open("r+b") as out:
        out.seek(place)
        out.write(data)


def _foreign(add: Callable[..., None]) -> None:
    add("foreign", _instead(_sql("CREATE TABLE document (id INTEGER PRIMARY KEY, text TEXT)")))
    add("foreign-marked", _instead(_sql("CREATE TABLE a (b)", f"PRAGMA application_id = {OURS}")))
    add("mark-of-others", _sql("PRAGMA application_id = 1"))
    add("newer", _sql("PRAGMA user_version = 999"))
    add("newest", _sql("PRAGMA user_version = 2147483647"))
    add("version-below-none", _sql("PRAGMA user_version = -1"))
    add("version-none", _sql("PRAGMA user_version = 0"))
    add("older-by-name", _sql("PRAGMA user_version = 3"))
    add("other-encoding", _instead(_sql("PRAGMA encoding = 'UTF-16'", "CREATE TABLE a (b)")))


def _schemas(add: Callable[..., None]) -> None:
    add("trigger", _sql(TRIGGER))
    add("view", _sql("CREATE VIEW more AS SELECT 1"))
    add("endless-view", _sql(RECURSION))
    add(
        "view-replaced",
        _sql("DROP VIEW finding_now", "CREATE VIEW finding_now AS SELECT * FROM finding"),
    )
    add("table", _sql("CREATE TABLE more (a)"))
    add("table-lost", _sql("DROP TABLE judgement"))
    add("index", _sql("CREATE INDEX more ON document (name)"))
    add("virtual-table", _sql("CREATE VIRTUAL TABLE more USING fts5(a)"))
    add("column", _sql("ALTER TABLE document ADD COLUMN more TEXT"))
    add("computed", _sql("ALTER TABLE alias ADD COLUMN more TEXT AS (hex(name))"))
    add(
        "broken-schema",
        _sql(
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = 'CREATE TABLE document (' WHERE name = 'document'",
        ),
    )
    add(
        "schema-in-ring",
        _sql(
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'document'",
        ),
        EITHER,
    )


def _cells(add: Callable[..., None]) -> None:
    """Rows with values that no program of ours writes: told by `verify`, and no traceback."""
    for name, statement in {
        "text-is-no-text": "UPDATE passage_text SET text = CAST(x'ff80' AS TEXT)",
        "escapes": "UPDATE document SET name = char(27) || '[2J' || char(8238)",
        "places-outside": 'UPDATE passage SET start = 0, "end" = 999999999',
        "places-below": 'UPDATE finding SET start = -5, "end" = -1',
        "no-cues": "UPDATE finding SET cues = '{'",
        "no-positions": "UPDATE document SET lines = x'00ff'",
        "no-parts": "UPDATE section SET document = -document",
        "no-kind": "UPDATE document SET doc_type = 'x'",
        "huge": "UPDATE document SET lead_inspector = hex(zeroblob(5000000))",
        "no-day": "UPDATE document SET start_date = '2024-99-99', end_date = 'x'",
        "terms": "DELETE FROM passage_text",
        "vectors": "UPDATE document_vectors SET vectors = x'00'",
        "hash": "UPDATE document SET sha256 = '../../../../etc/hostname' WHERE id = 1",
    }.items():
        add(name, _sql(statement), EITHER)


def make_backups(sound: Path, folder: Path) -> dict[str, bool]:
    """Fills the folder with backups, made of the sound one; whether each may be restored."""
    made: dict[str, bool] = {}
    for name, data, taken in _backups(sound):
        (folder / f"{name}.zip").write_bytes(data)
        made[f"{name}.zip"] = taken
    return made


Entry = tuple[zipfile.ZipInfo | str, bytes]


def _zip(entries: list[Entry], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for name, data in entries:
            archive.writestr(name, data, kind)
    return buffer.getvalue()


def _backups(sound: Path) -> Iterator[tuple[str, bytes, bool]]:
    with zipfile.ZipFile(sound) as archive:
        entries: list[Entry] = [(each, archive.read(each)) for each in archive.namelist()]
    database = next(data for name, data in entries if name == FILE)
    original, content = next((name, data) for name, data in entries if name != FILE)
    others = [(name, data) for name, data in entries if name not in {FILE, original}]
    rest: list[Entry] = [(original, content), *others]
    yield "sound", sound.read_bytes(), True
    yield "sound-packed", _zip(entries), True
    yield from _archives(sound.read_bytes(), entries)
    for name, more in _members(str(original)):
        yield name, _zip([*entries, more]), False
    changed = content[:-1] + bytes([content[-1] ^ 1])
    yield "wrong-hash", _zip([(FILE, database), (original, changed), *others]), False
    yield "original-lost", _zip([(FILE, database), *others]), False
    yield "no-database", _zip(rest), False
    yield "twice", _twice(entries), False
    for name, data in {
        "database-is-text": b"no database" * 999,
        "database-of-nothing": b"",
        "database-bomb": b"SQLite format 3\0" + b"\0" * (64 << 20),
        "database-cut": database[: len(database) // 2],
    }.items():
        yield name, _zip([(FILE, data), *rest]), False
    for name, statements in _databases().items():
        yield name, _zip([(FILE, _changed(database, statements)), *rest]), False


def _archives(whole: bytes, entries: list[Entry]) -> Iterator[tuple[str, bytes, bool]]:
    end = whole.rindex(b"PK\x05\x06")
    yield "empty", b"", False
    yield "no-archive", b"this is no archive", False
    yield "cut", whole[: len(whole) // 2], False
    yield "end-lost", whole[:-30], False
    yield "gzip", b"\x1f\x8b\x08\0" + b"\0" * 100, False
    yield "tar", b"library/textmine.db" + b"\0" * 238 + b"ustar" + b"\0" * 250, False
    yield "no-entries", _zip([]), False
    yield "count-of-entries", whole[: end + 8] + b"\xff" * 4 + whole[end + 12 :], True
    yield "place-of-entries", whole[: end + 16] + b"\xf0\xff\xff\x7f" + whole[end + 20 :], False
    yield "other-packing", _zip(entries, zipfile.ZIP_LZMA), False
    yield "overlapping", _overlapping(whole), False
    yield "declares-a-terabyte", _declaring(entries), False
    locked = bytearray(whole)
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    yield "locked", bytes(locked), False
    flipped = bytearray(whole)
    flipped[len(flipped) // 2] ^= 0xFF
    yield "flipped", bytes(flipped), False


def _members(original: str) -> Iterator[tuple[str, Entry]]:
    link = zipfile.ZipInfo("originals/aa/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    device = zipfile.ZipInfo("originals/zero")
    device.external_attr = (stat.S_IFCHR | 0o666) << 16
    named = original.rpartition("/")[2]
    for name, entry in {
        "climbs": "../climbed.txt",
        "climbs-inside": f"originals/../../{named}",
        "absolute": "/climbed.txt",
        "drive": "C:\\climbed.txt",
        "backslashes": "..\\climbed.txt",
        "log": f"{FILE}-wal",
        "journal": f"{FILE}-journal",
        "folder": "originals/aa/",
        "program": "originals/run.sh",
        "other-folder": f"originals/zz/{named}",
        "long-name": "originals/" + "x" * 60_000,
        "link": link,
        "device": device,
    }.items():
        yield f"member-{name}", (entry, b"/etc/hostname")


def _databases() -> dict[str, tuple[str, ...]]:
    return {
        "trigger": (TRIGGER,),
        "view": ("CREATE VIEW more AS SELECT 1",),
        "endless-view": (RECURSION,),
        "view-replaced": ("DROP VIEW finding_now", "CREATE VIEW finding_now AS SELECT 1"),
        "table": ("CREATE TABLE more (a)",),
        "newer": ("PRAGMA user_version = 999",),
        "version-none": ("PRAGMA user_version = 0",),
        "foreign": ("PRAGMA application_id = 1",),
        "broken-schema": (
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = 'x' WHERE name = 'document'",
        ),
        "hash-climbs": ("UPDATE document SET sha256 = '../../../../etc/hostname' WHERE id = 1",),
    }


def _changed(database: bytes, statements: tuple[str, ...]) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        return connection.serialize()


def _twice(entries: list[Entry]) -> bytes:
    """The name of the database for two entries: programs differ about which counts."""
    data = _zip([*entries, (FILE[:-1] + "x", b"another")])
    return data.replace(f"{FILE[:-1]}x".encode(), FILE.encode())


def _overlapping(whole: bytes) -> bytes:
    """Every entry gives the bytes of the first one."""
    data = bytearray(whole)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 42 : at + 46] = b"\0\0\0\0"
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def _declaring(entries: list[Entry]) -> bytes:
    """Each entry says that it unpacks to four gigabytes, a thousand times over."""
    more: list[Entry] = [(f"originals/{i:02x}/{i:02x}{'0' * 62}.txt", b"") for i in range(250)]
    data = bytearray(_zip([*entries, *more]))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = b"\xf0\xff\xff\xff"
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)
