"""REFI-QDA files: projects (.qdpx) and codebooks (.qdc) for programs of qualitative coding.

Written as it goes, one document in memory at a time: a project of a whole corpus may hold a
million codings. Texts lie beside the project in UTF-8, and places count Unicode code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import IO, Final, Protocol
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from ..themes import Theme
from .codes import USUAL, Code, Meaning, code_of, codebook, guid
from .model import CodedText, Coding

PROJECT: Final = "urn:QDA-XML:project:1.0"
CODEBOOK: Final = "urn:QDA-XML:codebook:1.0"
MACHINE: Final = guid("user", "machine")
"""The user who stands for what nobody has decided."""

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Authority(Protocol):
    """An authority with the attributes of its case."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def region(self) -> str | None: ...
    @property
    def urn(self) -> str | None: ...
    @property
    def gss(self) -> str | None: ...
    @property
    def la_code(self) -> str | None: ...


@dataclass(slots=True)
class _Contents:
    """What must be known of all texts before the first is written."""

    coders: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    cases: dict[str, tuple[str | None, list[str]]] = field(default_factory=dict)
    """By the name of an authority: its key, and its sources."""

    def add(self, text: CodedText) -> None:
        self.coders |= {each.who for each in text.codings if each.who}
        self.themes |= {each.theme for each in text.codings}
        self.attributes |= text.attributes.keys()
        if text.authority:
            case = self.cases.setdefault(text.authority, (text.authority_key, []))
            case[1].append(source_guid(text))


_ATTRIBUTES: Final = ("region", "urn", "gss", "la_code")
"""Of an authority."""


def source_guid(text: CodedText) -> str:
    """The identifier of a text: that of its file."""
    return guid("source", text.sha256 or text.name)


def write_project(
    texts: Iterable[CodedText],
    sink: IO[bytes],
    *,
    themes: Iterable[Theme],
    authorities: Iterable[Authority] = (),
    origin: str = "textmine",
) -> None:
    """Write a project. `texts` is iterated over twice: for the texts, and for the codings."""
    contents = _Contents()
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for text in texts:
            contents.add(text)
            name = f"Sources/{source_guid(text)}.txt"
            archive.writestr(name, text.text.encode("utf-8", "replace"))
        with archive.open("project.qde", "w", force_zip64=True) as project:
            for part in _project(texts, contents, themes, authorities, origin):
                project.write(part.encode())


def write_codebook(sink: IO[bytes], themes: Iterable[Theme], *, origin: str = "textmine") -> None:
    """Write the themes as a codebook."""
    codes = "".join(map(_code, codebook(themes)))
    head = f'{_HEAD}<CodeBook xmlns="{CODEBOOK}" origin={_attribute(origin)}>'
    sink.write(f"{head}<Codes>{codes}</Codes></CodeBook>\n".encode())


def _project(
    texts: Iterable[CodedText],
    contents: _Contents,
    themes: Iterable[Theme],
    authorities: Iterable[Authority],
    origin: str,
) -> Iterator[str]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    yield f'{_HEAD}<Project xmlns="{PROJECT}" name="textmine" origin={_attribute(origin)}'
    yield f' creatingUserGUID="{MACHINE}" creationDateTime="{now}">\n<Users>'
    yield f'<User guid="{MACHINE}" name={_attribute(origin)}/>'
    for coder in sorted(contents.coders):
        yield f'<User guid="{guid("user", coder)}" name={_attribute(coder)}/>'
    yield "</Users>\n<CodeBook><Codes>"
    yield from map(_code, codebook(themes, contents.themes))
    yield "</Codes></CodeBook>\n<Variables>"
    for name in (*_ATTRIBUTES, *sorted(contents.attributes - set(_ATTRIBUTES))):
        kind = "Date" if name in {"date", "published"} else "Text"
        head = f'<Variable guid="{_variable(name)}" name={_attribute(name)}'
        yield f'{head} typeOfVariable="{kind}"/>'
    yield "</Variables>\n"
    if contents.cases:
        known = {each.key: each for each in authorities}
        yield "<Cases>"
        for name, (key, sources) in sorted(contents.cases.items()):
            yield _case(name, known.get(key or ""), sources)
        yield "</Cases>\n"
    notes: list[tuple[str, Coding]] = []
    yield from _sources(texts, notes)
    if notes:
        yield "<Notes>"
        for identifier, coding in notes:
            yield (
                f'<Note guid="{identifier}" name="why"{_creator(coding)}>'
                f"<PlainTextContent>{_text(coding.why)}</PlainTextContent></Note>\n"
            )
        yield "</Notes>\n"
    yield "</Project>\n"


def _code(code: Code) -> str:
    colour = f' color="{code.colour}"' if code.colour else ""
    codable = "true" if code.meaning else "false"
    head = f'<Code guid="{code.guid}" name={_attribute(code.name)} isCodable="{codable}"{colour}>'
    described = f"<Description>{_text(code.description)}</Description>" if code.description else ""
    return f"{head}{described}{''.join(map(_code, code.below))}</Code>\n"


def _case(name: str, authority: Authority | None, sources: Iterable[str]) -> str:
    values = "".join(
        _value(attribute, str(value))
        for attribute in _ATTRIBUTES
        if authority and (value := getattr(authority, attribute))
    )
    refs = "".join(f'<SourceRef targetGUID="{source}"/>' for source in sources)
    return f'<Case guid="{guid("case", name)}" name={_attribute(name)}>{values}{refs}</Case>\n'


def _sources(texts: Iterable[CodedText], notes: list[tuple[str, Coding]]) -> Iterator[str]:
    """The texts with their codings; what somebody wrote about one goes to the notes."""
    opened = False
    for text in texts:
        if not opened:
            opened = True
            yield "<Sources>\n"
        source = source_guid(text)
        yield f'<TextSource guid="{source}" name={_attribute(text.name)}'
        yield f' plainTextPath="internal://{source}.txt" creatingUser="{MACHINE}">\n'
        for number, coding in enumerate(text.codings):
            note = guid("note", source, str(number)) if coding.why else None
            if note:
                notes.append((note, coding))
            yield _selection(source, number, coding, note)
        yield "".join(_value(name, value) for name, value in sorted(text.attributes.items()))
        yield "</TextSource>\n"
    if opened:
        yield "</Sources>\n"


def _selection(source: str, number: int, coding: Coding, note: str | None) -> str:
    by = _creator(coding)
    codes = [Meaning(theme=coding.theme, polarity=coding.polarity, rejected=coding.rejected)]
    if coding.timing and coding.timing != USUAL:
        codes.append(Meaning(timing=coding.timing))
    described = f"<Description>{_text(coding.details)}</Description>" if coding.details else ""
    noted = f'<NoteRef targetGUID="{note}"/>' if note else ""
    codings = "".join(
        f'<Coding guid="{guid("coding", source, str(number), str(at))}"{by}>'
        f'<CodeRef targetGUID="{code_of(meaning)}"/>{noted}</Coding>'
        for at, meaning in enumerate(codes)
    )
    return (
        f'<PlainTextSelection guid="{guid("selection", source, str(number))}"'
        f' startPosition="{coding.start}" endPosition="{coding.end}"{by}>'
        f"{described}{codings}</PlainTextSelection>\n"
    )


def _creator(coding: Coding) -> str:
    user = guid("user", coding.who) if coding.who else MACHINE
    when = f" creationDateTime={_attribute(coding.made_at)}" if coding.made_at else ""
    return f' creatingUser="{user}"{when}'


def _variable(name: str) -> str:
    return guid("variable", name)


def _value(name: str, value: str) -> str:
    """A value of a variable; a date that is no whole day has none."""
    tag = "TextValue"
    if name in {"date", "published"}:
        tag = "DateValue"
        try:
            date.fromisoformat(value)
        except ValueError:
            return ""
    ref = f'<VariableRef targetGUID="{_variable(name)}"/>'
    return f"<VariableValue>{ref}<{tag}>{_text(value)}</{tag}></VariableValue>"


def _text(value: str) -> str:
    return escape(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value))


def _attribute(value: str) -> str:
    return quoteattr(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value))
