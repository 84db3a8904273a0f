"""Candidates: files to read, and paths passed over, each with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from corpus.model import IngestOptions
from corpus.printable import printable


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to read, what the library will call it, and what was said of it."""

    path: Path
    name: str
    given: IngestOptions = field(default_factory=IngestOptions)
    problem: str | None = None
    """Why it cannot be opened, where that is known already: a folder without rights."""

    @property
    def location(self) -> str:
        """The whole path as it is recorded and shown; `corpus.printable.original` undoes it."""
        return printable(str(whole(self.path)))

    def with_defaults(self, said: IngestOptions) -> Candidate:
        """The same file with what is said of all files, where nothing is said of this one."""
        own = {each.name: getattr(self.given, each.name) for each in fields(IngestOptions)}
        return replace(self, given=replace(said, **{k: v for k, v in own.items() if v is not None}))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that is not read, and why: its suffix, a link out of the folder, no regular file."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """Files to read in order, and paths passed over."""

    files: tuple[Candidate, ...]
    skipped: tuple[Skipped, ...] = ()


def whole(path: Path) -> Path:
    """The path without links and dots; as it is where it leads nowhere."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a ring of links, rights, a null character
        return path.absolute()
