"""REFI-QDA projects, as any program writes them: what is coded in them, by whom.

Nothing of a file is trusted: archives are read part by part, counting bytes as they come, nothing
is unpacked to disk, and XML with a document type or entities is refused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from corpus.errors import DataError
from corpus.files import open_regular
from corpus.readers.package import DAMAGE

from .codes import USUAL, Codes, Meaning
from .model import CodedText, Coding
from .refi_write import MACHINE

MOST_MEMBERS: Final = 100_000
MOST_PROJECT: Final = 1_000_000_000
"""Bytes of the project's XML, unpacked."""
MOST_TEXT: Final = 64_000_000
"""Bytes of a text."""
MOST_NOTES: Final = 64_000_000
"""Characters of all notes together."""
MOST_TEXTS: Final = 1_000_000_000
"""Bytes of all texts and notes in files of their own: some may be named again and again."""
MOST_AT_ONCE: Final = 1_000_000
"""Elements of the project's XML that are held at once: codes, and those of one text."""
MOST_BETWEEN: Final = 256_000_000
"""Bytes of the project's XML in which no text and no note ends."""
MOST_LEVELS: Final = 100
"""Levels of codes below each other."""

_DAMAGE: Final = (*DAMAGE, ParseError, LookupError)  # an encoding that nobody knows, for the last
_PIECE: Final = 2**20

_DROPPED: Final = frozenset(
    {"TextSource", "Note", "PDFSource", "PictureSource", "AudioSource", "VideoSource"}
)
"""Elements that are dropped as soon as they have been read."""


@dataclass(slots=True)
class Unknown:
    """What of a file means nothing here, by name: codes that are no themes, with their number."""

    codes: dict[str, int] = field(default_factory=dict)
    sources: int = 0
    """Sources that are not text."""


@dataclass(slots=True)
class _Catalogue:
    """Users, codes and notes of a project."""

    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The names of a code, from the top."""
    notes: dict[str, str] = field(default_factory=dict)


class _Counted(io.RawIOBase):
    """A stream that gives no more bytes than it may, altogether and between two events."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self._left = most
        self.count = 0
        self.event = 0
        """The count at the last event of the parser that reads this."""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._left -= len(data)
        self.count += len(data)
        if self._left < 0 or self.count - self.event > MOST_TEXT + 2 * _PIECE:
            raise ValueError("too large")
        return data


class _Pieces(_Counted):
    """The same in large pieces, whatever is asked for.

    Some versions of expat look at what they have of an attribute anew with each piece.
    """

    def read(self, size: int = -1) -> bytes:
        return super().read(_PIECE if size >= 0 else size)


class Project:
    """A .qdpx file that is open."""

    def __init__(self, path: Path, codes: Codes) -> None:
        self._path = path
        self._codes = codes
        self.unknown = Unknown()
        self._left = MOST_TEXTS
        with self._trouble():
            self._file = open_regular(path)
        try:
            self._open()
        except BaseException:
            self._file.close()
            raise

    def _open(self) -> None:
        """Look at the parts, and at all that the texts refer to."""
        path = self._path
        with self._trouble():
            self._zip = zipfile.ZipFile(self._file)
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS:
            raise DataError(f"{path} has {len(members):,} parts; at most {MOST_MEMBERS:,} are read")
        # Programs write "Sources" or "sources", and name the project as they like.
        self._members = {member.filename.lower().lstrip("/"): member for member in members}
        projects = [name for name in self._members if name.endswith(".qde") and "/" not in name]
        if not projects:
            raise DataError(f"{path} is no REFI-QDA project: it has no .qde file")
        self._project = self._members[min(projects, key=lambda name: name != "project.qde")]
        self._known = self._catalogue()

    def texts(self) -> Iterator[CodedText]:
        """The texts with what is coded in them, one in memory at a time; it ends closed."""
        try:
            for element in self._elements():
                name = _tag(element)
                if name == "TextSource":
                    yield self._text(element)
                elif name in _DROPPED and name != "Note":
                    self.unknown.sources += 1
        finally:
            self.close()

    def close(self) -> None:
        """Close the file."""
        self._zip.close()
        self._file.close()

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        try:
            yield
        except DefusedXmlException as error:
            raise DataError(f"{self._path} holds XML entities, which are not read") from error
        except _DAMAGE as error:
            raise DataError(
                f"{self._path} is damaged or no REFI-QDA project; export it again ({error})"
            ) from error

    def _elements(self) -> Iterator[Element]:
        """The elements of the project's XML, each when it ends. No more are held than may be."""
        with self._trouble(), self._zip.open(self._project) as stream:
            counted = _Pieces(stream, MOST_PROJECT)
            held, bytes_before = 0, 0
            outside: list[int] = []
            for event, element in iterparse(counted, events=("start", "end"), forbid_dtd=True):
                counted.event = counted.count
                dropped = _tag(element) in _DROPPED
                if event == "start":
                    held += 1
                    if dropped:
                        outside.append(held)
                    if held > MOST_AT_ONCE or counted.count - bytes_before > MOST_BETWEEN:
                        raise ValueError("more of it belongs together than any program writes")
                    continue
                yield element
                if dropped:
                    element.clear()
                    held, bytes_before = outside.pop(), counted.count

    def _catalogue(self) -> _Catalogue:
        known, length = _Catalogue(), 0
        for element in self._elements():
            match _tag(element):
                case "User":
                    known.users[_guid(element, "guid")] = element.get("name", "")
                case "Codes":
                    for code in element:
                        self._walk(code, (), known.codes)
                case "Note":
                    note = self._content(element)
                    length += len(note)
                    if length > MOST_NOTES:
                        raise DataError(
                            f"{self._path} has more than {MOST_NOTES:,} characters of notes"
                        )
                    known.notes[_guid(element, "guid")] = note
        return known

    def _walk(
        self, code: Element, above: tuple[str, ...], known: dict[str, tuple[str, ...]]
    ) -> None:
        names = (*above, code.get("name", ""))
        if len(names) > MOST_LEVELS:
            raise DataError(f"{self._path} has codes below codes on over {MOST_LEVELS} levels")
        known[_guid(code, "guid")] = names
        for below in code:
            if _tag(below) == "Code":
                self._walk(below, names, known)

    def _text(self, source: Element) -> CodedText:
        text = self._content(source)
        name = source.get("name", "")
        whole = [each for each in source if _tag(each) == "PlainTextSelection"]
        return CodedText(
            name=name,
            text=text,
            codings=tuple(coding for each in whole for coding in self._codings(each, len(text))),
            sha256=_guid(source, "guid"),
        )

    def _content(self, source: Element) -> str:
        """The text of a source, which is in it or in a file beside the project."""
        if path := source.get("plainTextPath"):
            name = path.removeprefix("internal://").replace("\\", "/").rpartition("/")[2].lower()
            member = self._members.get(f"sources/{name}")
            if member is None:
                return ""
            with self._trouble(), self._zip.open(member) as stream:
                data = _Counted(stream, min(MOST_TEXT, self._left)).read()
                self._left -= len(data)
                return data.decode("utf-8-sig")
        content = next((each for each in source if _tag(each) == "PlainTextContent"), None)
        return (content.text or "") if content is not None else ""

    def _codings(self, selection: Element, most: int) -> Iterator[Coding]:
        """What a selection is coded with: each theme once, with a polarity if one is said."""
        start, end = _number(selection, "startPosition"), _number(selection, "endPosition")
        if not 0 <= start < end <= most:
            return
        said: dict[tuple[str, str | None, bool], tuple[Meaning, Element]] = {}
        timing = None
        for each in selection:
            if _tag(each) != "Coding":
                continue
            meaning = self._meaning(each)
            if meaning and meaning.timing:
                timing = meaning.timing
            elif meaning and meaning.theme:
                who = self._who(each, selection)
                before = said.get((meaning.theme, who, meaning.rejected))
                if before is None or before[0].polarity is None:
                    said[meaning.theme, who, meaning.rejected] = (meaning, each)
        for (theme, who, rejected), (meaning, coding) in said.items():
            yield Coding(
                start=start,
                end=end,
                theme=theme,
                polarity=meaning.polarity,
                timing=timing or (None if meaning.polarity is None else USUAL),
                who=who,
                why=self._note(coding) or self._note(selection),
                made_at=coding.get("creationDateTime", ""),
                rejected=rejected,
            )

    def _meaning(self, coding: Element) -> Meaning | None:
        ref = next((_guid(each, "targetGUID") for each in coding if _tag(each) == "CodeRef"), "")
        names = self._known.codes.get(ref, (ref,))
        meaning = self._codes.meaning(ref, names)
        if meaning is None:
            name = " / ".join(names)
            self.unknown.codes[name] = self.unknown.codes.get(name, 0) + 1
        return meaning

    def _who(self, coding: Element, selection: Element) -> str | None:
        """The coder's name; empty where the file does not say, None for the machine."""
        user = _guid(coding, "creatingUser") or _guid(selection, "creatingUser")
        return None if user == MACHINE else self._known.users.get(user, "")

    def _note(self, element: Element) -> str:
        refs = (_guid(each, "targetGUID") for each in element if _tag(each) == "NoteRef")
        return " ".join(filter(None, (self._known.notes.get(ref, "") for ref in refs)))


def _tag(element: Element) -> str:
    """The name without its namespace: some programs write none."""
    return str(element.tag).rpartition("}")[2]


def _guid(element: Element, name: str) -> str:
    return element.get(name, "").strip("{}").lower()


def _number(element: Element, name: str) -> int:
    try:
        return int(element.get(name, ""))
    except ValueError:
        return -1
