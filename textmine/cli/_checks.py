"""A check of the installation and of the library: what is missing, and how to get it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal

from corpus.errors import LibraryMissing, TextmineError
from corpus.register.authorities import Register
from index.maintenance import health

from ..themes import load_themes
from ..usecases.library import tag

Result = Literal["ok", "optional", "problem"]

EXTRAS: Final = {
    "charts": (("resvg_py",), "charts as pictures"),
    "cluster": (("distributed",), "reading and tagging on several machines"),
    "encoder": (("onnxruntime",), "the more accurate model of findings"),
    "fetch": (("httpx2", "lxml", "protego"), "fetching published documents"),
    "mcp": (("mcp",), "serving a language model"),
    "ocr": (("tesserocr",), "reading scans"),
    "parquet": (("arro3.core", "arro3.io"), "Parquet files"),
}
"""What each extra installs that is imported, and what it is for."""

LEAST_DISK: Final = 2**30
_AGAIN: Final = "install textmine again"
_SENTENCE: Final = "Children in care live in stable homes and see their social workers often."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, how it is, and what to do if it is not well."""

    what: str
    result: Result
    state: str
    todo: str | None = None


def examine(folder: Path) -> Iterator[Check]:
    """Looks at Python, packages, SQLite, the data that is shipped, and the library."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield Check("Python", "ok", python)
    yield from _packages()
    yield from _engines()
    yield from _data()
    yield from _library(folder)


def _packages() -> Iterator[Check]:
    try:
        metadata("textmine")
        yield Check("textmine", "ok", version("textmine"))
    except PackageNotFoundError:
        yield Check(
            "textmine", "problem", "run from a folder, not installed", "install it with pip or uv"
        )
    for name, (modules, use) in EXTRAS.items():
        if all(map(_is_there, modules)):
            yield Check(f"textmine[{name}]", "ok", use)
        else:
            todo = f"pip install 'textmine[{name}]'"
            yield Check(f"textmine[{name}]", "optional", f"not installed: {use}", todo)


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # its package is not there
        return False


def _engines() -> Iterator[Check]:
    engines = health.engines()
    if "fts5" in engines:
        yield Check("SQLite full-text search", "ok", ", ".join(engines).upper())
    else:
        todo = "install a Python whose SQLite has FTS5; searches use FTS4 meanwhile"
        yield Check("SQLite full-text search", "problem", "FTS5 is missing", todo)


def _data() -> Iterator[Check]:
    try:
        authorities, themes = len(Register.load()), len(load_themes())
    except (TextmineError, OSError) as error:
        yield Check("register and themes", "problem", str(error), _AGAIN)
    else:
        yield Check("register and themes", "ok", f"{authorities} authorities, {themes} themes")
    yield _model()


def _model() -> Check:
    """The tagger with its model, tried on a sentence."""
    from ..pipeline import TagInput  # noqa: PLC0415 (spaCy takes its time)

    try:
        [findings] = tag([TagInput(_SENTENCE, "ilacs_inspection", "")])
    except (TextmineError, OSError, ImportError, ValueError) as error:
        return Check("model of findings", "problem", str(error), _AGAIN)
    if not findings:
        return Check("model of findings", "problem", "it finds nothing", _AGAIN)
    return Check("model of findings", "ok", "tags a sentence")


def _library(folder: Path) -> Iterator[Check]:
    free = shutil.disk_usage(_nearest(folder)).free
    todo = None if free >= LEAST_DISK else "make room: a library needs about half a MB a document"
    room = f"{free / 2**30:.1f} GB free"
    yield Check("disk", "problem" if todo else "ok", room, todo)
    if not os.access(_nearest(folder), os.W_OK | os.X_OK):
        todo = f"use --library with a folder of yours, or ask for rights to {folder}"
        yield Check("rights", "problem", f"{folder} cannot be written", todo)
    else:
        yield Check("rights", "ok", f"{folder} can be written")
    try:
        state = health.look(folder)
    except LibraryMissing:
        todo = f"textmine ingest PATH --library {folder}"
        yield Check("library", "optional", f"none in {folder}", todo)
    except TextmineError as error:
        yield Check("library", "problem", str(error), "docs/reference/errors.md explains it")
    else:
        if state.damage:
            yield Check("library", "problem", state.damage, "textmine verify --repair")
        else:
            yield Check("library", "ok", f"{state.documents:,} documents in {folder}")


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    whole = folder.absolute()
    return next((each for each in (whole, *whole.parents) if each.exists()), whole)
