"""Makes hostile files of codings and themes, for `import` and `--themes`.

Each name is mapped to whether the file is taken; what is not must be refused in one line.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

SOURCES = "<Sources>{}</Sources>"
SELECTION = '<PlainTextSelection startPosition="{}" endPosition="{}"/>'
THEME = """- id: {name}
  label: L
  area: leadership
  definition: D
  phrases: [{phrases}]
  matches: [a one, b one]
  not_matches: [c]
"""


def make_projects(folder: Path) -> dict[str, bool]:
    """Fills the folder with files for `import`; which of them are taken."""
    made: dict[str, bool] = {}
    for files in (_archives(), _documents(), _bombs(), _tasks(), _lines(), _boxes()):
        for name, (data, taken) in files.items():
            (folder / name).write_bytes(data)
            made[name] = taken
    return made


def _archive(
    xml: str | bytes, *members: tuple[str, bytes], name: str = "project.qde", kind: int = 8
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        archive.writestr(name, xml)
        for each, data in members:
            archive.writestr(each, data)
    return buffer.getvalue()


def _xml(inner: str) -> str:
    return f'<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0">{inner}</Project>'


def _source(inner: str = "", **attributes: str) -> str:
    known = {"guid": "1", "name": "report.html", **attributes}
    written = "".join(f' {name}="{value}"' for name, value in known.items())
    content = "<PlainTextContent>Children are seen.</PlainTextContent>"
    content = "" if "plainTextPath" in known else content
    return SOURCES.format(f"<TextSource{written}>{content}{inner}</TextSource>")


def _archives() -> dict[str, tuple[bytes, bool]]:
    empty = _archive(_xml("<Sources/>"))
    locked = bytearray(empty)
    for place in (6, empty.index(b"PK\x01\x02") + 8):  # the flags, where they stand twice
        locked[place] |= 1
    return {
        "empty.qdpx": (b"", False),
        "not-zip.qdpx": (b"hello", False),
        "cut.qdpx": (empty[:-30], False),
        "locked.qdpx": (bytes(locked), False),
        "no-project.qdpx": (_archive("x", name="a.txt"), False),
        "in-a-folder.qdpx": (_archive(_xml(""), name="a/project.qde"), False),
        "climbs.qdpx": (_archive(_xml(_source()), ("../../climbed.txt", b"x")), True),
        "absolute.qdpx": (_archive(_xml(_source()), ("/climbed.txt", b"x")), True),
        "other-packing.qdpx": (_archive(_xml("<Sources/>"), kind=zipfile.ZIP_LZMA), True),
        "many-parts.qdpx": (_archive("", *((f"{i}", b"") for i in range(100_001)), kind=0), False),
    }


def _documents() -> dict[str, tuple[bytes, bool]]:
    codes = "".join(f'<Code guid="{i}" name="n">' for i in range(3_000)) + "</Code>" * 3_000
    outside = _source(plainTextPath="internal://../../../../etc/hostname")
    files = {
        "not-xml.qdpx": ("<Project", False),
        "entities.qdpx": ('<!DOCTYPE x [<!ENTITY a "b">]><Project>&a;</Project>', False),
        "outside.qdpx": ('<!DOCTYPE x SYSTEM "file:///etc/hostname"><Project/>', False),
        "encoding.qdpx": ('<?xml version="1.0" encoding="nonsense"?><Project/>', False),
        "deep.qdpx": (_xml("<a>" * 90_000 + "</a>" * 90_000), True),
        "deep-codes.qdpx": (_xml(f"<CodeBook><Codes>{codes}</Codes></CodeBook>"), False),
        "outside-text.qdpx": (_xml(outside), True),
        "outside-selection.qdpx": (_xml(_source(SELECTION.format(-5, "9" * 30))), True),
        "long-number.qdpx": (_xml(_source(SELECTION.format(0, "9" * 5_000))), True),
        "escapes.qdpx": (_xml(_source(SELECTION.format(0, 8), name="&#x202e;&#x9b;2J")), True),
    }
    return {name: (_archive(xml), taken) for name, (xml, taken) in files.items()}


def _bombs() -> dict[str, tuple[bytes, bool]]:
    """Each over one of the limits of the reader, where these are a tenth of what they are."""
    part = ("sources/n.txt", b"x" * 6_000_000)
    path = 'plainTextPath="internal://n.txt"'
    notes = "".join(f'<Note guid="{i}" {path}/>' for i in range(4))
    texts = "".join(f'<TextSource guid="{i}" {path}/>' for i in range(20))
    return {
        "many-elements.qdpx": (_archive(_xml("<Sets>" + "<S/>" * 120_000 + "</Sets>")), False),
        "long-attribute.qdpx": (_archive(f'<Project a="{"x" * 10_000_000}"/>'), False),
        "notes-again.qdpx": (_archive(_xml(f"<Notes>{notes}</Notes>"), part), False),
        "texts-again.qdpx": (_archive(_xml(SOURCES.format(texts)), part), False),
        "large-text.qdpx": (
            _archive(_xml(_source(plainTextPath="x/n.txt")), (part[0], b"x" * 6_400_001)),
            False,
        ),
    }


def _task(text: Any = "Children are seen.", labels: Any = ("adoption",), **value: Any) -> bytes:
    region = {"start": 0, "end": 8, "labels": labels, **value}
    result = {"id": "1", "from_name": "theme", "value": region}
    data = {"text": text, "name": "report.html"}
    return json.dumps(
        [{"data": data, "annotations": [{"completed_by": "a", "result": [result]}]}]
    ).encode()


def _tasks() -> dict[str, tuple[bytes, bool]]:
    choice = b'{"id": "1", "from_name": "polarity", "value": {"choices": []}}, {"id": "1"'
    return {
        "deep.json": (b"[" * 200_000, False),
        "no-list.json": (b"{}", False),
        "null.json": (b"null", False),
        "text-is-number.json": (_task(5), False),
        "text-is-list.json": (_task(["x"]), False),
        "label-is-mapping.json": (_task(labels=[{"a": 1}]), False),
        "no-choice.json": (_task().replace(b'{"id": "1"', choice, 1), False),
        "infinite.json": (_task(start=1.5).replace(b"1.5", b"1e999"), False),
        "no-number.json": (_task(start=1.5).replace(b"1.5", b"NaN"), False),
        "negative.json": (_task(start=-10), False),
        "huge-number.json": (_task(end=10**400), False),
        "long-number.json": (_task(end=1.5).replace(b"1.5", b"9" * 5_000), False),
        "hash-is-mapping.json": (_task().replace(b'"name"', b'"sha256": {"a": 1}, "name"'), False),
        "half-character.json": (_task().replace(b"report.html", b"\\ud800.html"), True),
        "escapes.json": (_task().replace(b"report.html", b"\\u001b[2J\\u202e\\n.html"), True),
        "long-label.json": (_task(labels=["x" * 1_000_000]), True),
        "many-words.json": (_task("a " * 50_000 + "b", end=100_001), True),
        "many-blanks.json": (_task(" " * 100_000 + "Children", end=100_008), True),
    }


def _lines() -> dict[str, tuple[bytes, bool]]:
    span = b'{"start": 0, "end": 8, "label": "adoption", "who": "a"}'
    task = (
        b'{"answer": "accept", "text": "Children", "spans": [%s], "meta": {"name": "report.html"}}'
    )
    return {
        "list.jsonl": (b"[1]\n", False),
        "number.jsonl": (b"5\n", False),
        "deep.jsonl": (b"[" * 100_000 + b"\n", False),
        "bytes.jsonl": (b"\xff\xfe\x00\n", False),
        "answer-is-mapping.jsonl": (b'{"answer": {"a": 1}, "text": "x"}\n', False),
        "text-is-number.jsonl": (task.replace(b'"Children"', b"5") % span, False),
        "coder-is-mapping.jsonl": (task % span.replace(b'"a"}', b'{"a": 1}}'), False),
        "name-is-list.jsonl": (task.replace(b'"report.html"', b"[1]") % span, False),
    }


def _boxes() -> dict[str, tuple[bytes, bool]]:
    bomb = zlib.compressobj()
    zeros = b"\0" * 2**20
    packed = b"".join(bomb.compress(zeros) for _ in range(600)) + bomb.flush()
    return {
        "empty.spacy": (b"", False),
        "junk.spacy": (b"\x78\x9cjunk", False),
        "number.spacy": (zlib.compress(b"\x05"), False),
        "nothing.spacy": (zlib.compress(b"\x80"), False),
        "deep.spacy": (zlib.compress(b"\x91" * 2_000_000), False),
        "long-list.spacy": (zlib.compress(b"\xdd\xff\xff\xff\xff"), False),
        "bomb.spacy": (packed, False),
    }


def make_themes(folder: Path) -> dict[str, bool]:
    """Fills the folder with files of themes; which of them are taken."""
    made: dict[str, bool] = {}

    def add(name: str, text: str | bytes, *, taken: bool = False) -> None:
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        (folder / f"{name}.yaml").write_bytes(data)
        made[f"{name}.yaml"] = taken

    _wrong_themes(add)
    _themes_that_explode(add)
    _catastrophic_themes(add)
    return made


def _theme(phrases: str = "p", name: str = "t", more: str = "") -> str:
    return THEME.format(name=name, phrases=phrases) + more


def _wrong_themes(add: Callable[..., None]) -> None:
    add("no-list", "a: b")
    add("two-documents", _theme() + "---\n- x\n")
    add("runs", "- !!python/object/apply:os.system [x]\n")
    add("runs-inside", _theme("!!python/name:os.system ''"))
    add("set", "- !!set {a, b}\n")
    add("long-key", f"- {'k' * 100_000}: 1\n")
    add("escapes", '- "a\\nb\\e[2J\\u202e": 1\n')
    add("long-number", f"- id: {':'.join(['59'] * 20_000)}\n")
    add("infinite", "- id: 1e999\n")
    add("bytes", b"- id: \xff\xfe\n")
    add("half-character", "- id: \ud800\n")
    add("utf-16", _theme().encode("utf-16"), taken=True)
    add("same-id", _theme(name="adoption"))
    add("unknown-target", _theme(more="  becomes:\n    help: nowhere\n"))
    add("target-is-list", _theme(more="  becomes:\n    help: [a]\n"))
    add("deep", "- " + "[" * 50_000)
    add("deep-blocks", "- " * 3_000 + "a")
    add("empty-phrase", _theme("' '"))
    add("only-dots", _theme("'...'"), taken=True)


def _themes_that_explode(add: Callable[..., None]) -> None:
    nested = "[x, x, x, x, x, x, x, x, x, x]"
    merged = "{k: v}"
    for i in range(8):
        nested = f"[&n{i} {nested}, {', '.join([f'*n{i}'] * 9)}]"
        merged = f"{{<<: [&m{i} {merged}, {', '.join([f'*m{i}'] * 9)}]}}"
    add("bomb-of-lists", _theme(more=f"  becomes:\n    help: {nested}\n"))
    add("bomb-of-mappings", f"- {merged}\n")
    add("bomb-of-phrases", _theme(f"&a x, {', '.join(['*a'] * 1_000)}"))
    add("ring", "- &a [*a]\n")
    add("too-large", _theme(", ".join(f"phrase {i}" for i in range(200_000))))
    add("many-themes", "".join(_theme(name=f"t{i}") for i in range(500)), taken=True)


def _catastrophic_themes(add: Callable[..., None]) -> None:
    """Each is a usual file; what it costs shows in a long sentence of `a a a`."""
    gaps = " ... ".join(["a"] * 12)
    add("gaps", _theme(f"'{gaps}'"), taken=True)
    add(
        "gaps-of-many",
        _theme(", ".join(f"'a ... {'a ' * i}... b'" for i in range(1, 60))),
        taken=True,
    )
    patterns = "'(a+)+$', '(.*)*', '[a-z', '\\\\'"
    add("patterns", _theme(f"{patterns}, '{'a ' * 5_000}'"), taken=True)
