"""Sources: paths, folders, patterns and manifests into candidates."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from glob import glob
from io import StringIO
from pathlib import Path
from typing import get_args

from corpus.doctypes import doctypes
from corpus.errors import DataError, UsageError
from corpus.model import IngestOptions, Visibility
from corpus.readers import SUFFIXES

MANIFEST_COLUMNS = ("path", "authority", "type", "published", "as_at", "url", "visibility")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate: a file to read, its name in the library, and its ingest options."""

    path: Path
    name: str
    given: IngestOptions = field(default_factory=IngestOptions)

    def with_defaults(self, said: IngestOptions) -> Candidate:
        """The candidate with default options where it has none of its own."""
        own = {each.name: getattr(self.given, each.name) for each in fields(IngestOptions)}
        return replace(self, given=replace(said, **{k: v for k, v in own.items() if v is not None}))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates in order, and files skipped for their suffix."""

    files: tuple[Candidate, ...]
    skipped: tuple[Path, ...] = ()


def gather(paths: Iterable[str], *, manifest: Path | None = None) -> Candidates:
    """Every file that the paths and the manifest name, each once.

    A path is a file (read whatever its suffix), a folder (walked for the suffixes that we
    read; hidden files are not looked at), or a pattern such as `letters/*.pdf`. Raises
    UsageError for a path that is not there and DataError for a faulty manifest.
    """
    files: dict[Path, Candidate] = {}
    skipped: list[Path] = []
    for candidate in read_manifest(manifest) if manifest else ():
        files.setdefault(candidate.path.resolve(), candidate)
    for text in paths:
        for path in _expand(text):
            if path.is_dir():
                for found in _walk(path):
                    if found.suffix.lower() in SUFFIXES:
                        name = found.relative_to(path).as_posix()
                        files.setdefault(found.resolve(), Candidate(found, name))
                    else:
                        skipped.append(found)
            else:
                files.setdefault(path.resolve(), Candidate(path, path.name))
    return Candidates(tuple(files.values()), tuple(skipped))


def _expand(text: str) -> list[Path]:
    path = Path(text)
    if path.exists():
        return [path]
    if any(char in text for char in "*?["):
        # Unlike pathlib's, this glob leaves hidden files alone, as a shell does.
        if found := sorted(glob(text, recursive=True)):  # noqa: PTH207
            return [Path(name) for name in found]
        raise UsageError(f"no file matches the pattern {text}; check it, or name a folder")
    raise UsageError(f"there is no file or folder {text}; check the path")


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(
            part.startswith(".") for part in path.relative_to(folder).parts
        ):
            yield path


def read_manifest(path: Path) -> Iterator[Candidate]:
    """The files that a manifest names; its paths are relative to its own folder."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"the manifest {path} is not UTF-8 text; save it as CSV UTF-8") from error
    except OSError as error:
        raise DataError(f"cannot read the manifest {path}: {error.strerror}") from error
    rows = csv.DictReader(StringIO(text))
    columns = rows.fieldnames or []
    if "path" not in columns or set(columns) - set(MANIFEST_COLUMNS):
        known = ", ".join(MANIFEST_COLUMNS)
        raise DataError(f"{path} line 1: the columns must be path and any of {known}")
    for row in rows:
        try:
            yield _candidate(
                path, {key: (value or "").strip() for key, value in row.items() if key}
            )
        except ValueError as error:
            raise DataError(f"{path} line {rows.line_num}: {error}") from error


def _candidate(manifest: Path, row: dict[str, str]) -> Candidate:
    if not row["path"]:
        raise ValueError("the path is empty")
    kind, visibility = row.get("type") or None, row.get("visibility") or None
    if kind and kind not in doctypes():
        raise ValueError(f"unknown document type: {kind!r}. Use {', '.join(sorted(doctypes()))}")
    if visibility not in (None, *get_args(Visibility)):
        raise ValueError(f"visibility must be public or internal, not {visibility!r}")
    return Candidate(
        manifest.parent / row["path"],
        row["path"],
        IngestOptions(
            authority=row.get("authority") or None,
            doc_type=kind,
            published=day(row.get("published")),
            as_at=day(row.get("as_at")),
            url=row.get("url") or None,
            visibility="internal" if visibility == "internal" else visibility and "public",
        ),
    )


def day(text: str | None) -> str | None:
    """A day as the library keeps it, None for no text. Raises ValueError for what is no day."""
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError as error:
        raise ValueError(f"not a date: {text!r}. Use a day such as 2024-03-31") from error
