"""The formats of interchange, by name and by the ending of their files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, TypeAlias

from corpus.errors import UsageError

from ..themes import Theme
from . import ENDINGS
from .annotations import write_annotations
from .codes import Codes
from .docbin import read_docbin, write_docbin
from .model import CodedText
from .refi_read import Project, Unknown
from .refi_write import Authority, write_codebook, write_project
from .tasks import (
    label_studio_config,
    read_label_studio,
    read_prodigy,
    write_label_studio,
    write_prodigy,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What is written: texts, which can be iterated over more than once, and what they refer to."""

    texts: Iterable[CodedText]
    themes: tuple[Theme, ...]
    authorities: tuple[Authority, ...] = ()
    origin: str = "textmine"


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that is read: its texts, and what of it means nothing here."""

    texts: Iterator[CodedText]
    unknown: Unknown = field(default_factory=Unknown)


Write: TypeAlias = Callable[[Coded, IO[bytes]], None]
Read: TypeAlias = Callable[[Path, tuple[Theme, ...]], Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: its ending, how it is written, and how it is read if it can be."""

    suffix: str
    write: Write
    read: Read | None = None
    beside: Callable[[Coded], str] | None = None
    """The text of a second file that the program needs."""


def _project(path: Path, themes: tuple[Theme, ...]) -> Reading:
    project = Project(path, Codes(themes))
    return Reading(project.texts(), project.unknown)


FORMATS: Final[dict[str, Format]] = {
    "project": Format(
        suffix=ENDINGS["project"],
        write=lambda coded, sink: write_project(
            coded.texts,
            sink,
            themes=coded.themes,
            authorities=coded.authorities,
            origin=coded.origin,
        ),
        read=_project,
    ),
    "codebook": Format(
        suffix=ENDINGS["codebook"],
        write=lambda coded, sink: write_codebook(sink, coded.themes, origin=coded.origin),
    ),
    "docbin": Format(
        suffix=ENDINGS["docbin"],
        write=lambda coded, sink: write_docbin(coded.texts, sink),
        read=lambda path, _: Reading(read_docbin(path)),
    ),
    "label-studio": Format(
        suffix=ENDINGS["label-studio"],
        write=lambda coded, sink: write_label_studio(coded.texts, sink),
        read=lambda path, _: Reading(read_label_studio(path)),
        beside=lambda coded: label_studio_config(theme.id for theme in coded.themes),
    ),
    "prodigy": Format(
        suffix=ENDINGS["prodigy"],
        write=lambda coded, sink: write_prodigy(coded.texts, sink),
        read=lambda path, _: Reading(read_prodigy(path)),
    ),
    "annotations": Format(
        suffix=ENDINGS["annotations"],
        write=lambda coded, sink: write_annotations(coded.texts, sink),
    ),
}


def reader_of(path: Path) -> Read:
    """What reads a file of this ending. Raises UsageError where nothing does."""
    for known in FORMATS.values():
        if known.read and path.suffix.lower() == known.suffix:
            return known.read
    endings = ", ".join(known.suffix for known in FORMATS.values() if known.read)
    raise UsageError(f"cannot import {path}: its name must end in {endings}")
