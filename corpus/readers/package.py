"""Office packages: ZIP archives of XML parts, neither of them trusted.

Nothing is written to disk, only the parts that are asked for are unpacked, counting bytes as they
come, and XML with a document type or entities is refused (docs/adr/0008).
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ..errors import NotADocument, Unreadable
from ..limits import Limits

ENCRYPTED = 0x1
"""The flag of a member that is locked with a password."""

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What the archive reader raises over an archive that is not what it says."""

_OTHERS = {"xl/": "a spreadsheet", "ppt/": "a presentation", "content.xml": "an OpenDocument file"}


class Package:
    """The parts of an office file by name; raises Unreadable for damaged or unsafe files."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.unpacked
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as error:
            raise Unreadable("the Word file is damaged; download it again") from error
        members = self._zip.infolist()
        limits.check("members", len(members))
        self._members = {member.filename.lstrip("/"): member for member in members}

    def document(self) -> str:
        """The name of the part that holds the text; NotADocument where this is no Word file."""
        targets = [target for kind, target in self._links("") if kind == "officeDocument"]
        name = targets[0] if targets else "word/document.xml"
        if not name.startswith("word/") or name not in self._members:
            what = (said for folder, said in _OTHERS.items() if self._has(folder))
            raise NotADocument(
                f"this is {next(what, 'an archive')}, which textmine does not read; save it as PDF"
            )
        return name

    def related_part(self, document: str, kind: str) -> Element | None:
        """The part that the document names as its styles, numbering or footnotes."""
        targets = [target for found, target in self._links(document) if found == kind]
        return self.part(targets[0]) if targets and targets[0] in self._members else None

    def part(self, name: str) -> Element:
        """The root of a part."""
        data = self._unpacked(name)
        try:
            root: Element = fromstring(data, forbid_dtd=True)
        except DefusedXmlException as error:
            raise Unreadable(
                "the Word file holds XML entities, which no word processor writes; save it again"
            ) from error
        except (ParseError, ValueError, LookupError) as error:
            raise Unreadable("the Word file is damaged; download it again") from error
        return root

    def _links(self, part: str) -> Iterator[tuple[str, str]]:
        """The parts that a part names: what each is, and its name. Outside links are no parts."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self._members:
            return
        for link in self.part(rels):
            if link.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(f"/{folder}", link.get("Target", "")))
                yield link.get("Type", "").rpartition("/")[2], target.lstrip("/")

    def _has(self, folder: str) -> bool:
        return any(name.startswith(folder) for name in self._members)

    def _unpacked(self, name: str) -> bytes:
        """The part's bytes; what the archive says of their number is not believed."""
        member = self._members[name]
        if member.flag_bits & ENCRYPTED:
            raise Unreadable("the Word file is locked with a password; save a copy without it")
        try:
            with self._zip.open(member) as stream:
                data = stream.read(self._left + 1)
        except DAMAGE as error:
            raise Unreadable("the Word file is damaged; download it again") from error
        self._limits.check("unpacked", self._limits.unpacked - self._left + len(data))
        self._left -= len(data)
        return data


def tag(element: Element) -> str:
    """The element's name without its namespace: there are two of them, strict and transitional."""
    return element.tag.rpartition("}")[2]


def value(element: Element | None, name: str = "val") -> str | None:
    """The element's attribute of that name, whatever its namespace."""
    if element is None:
        return None
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), None)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down the path of names."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if tag(each) == name), None)
    return element
