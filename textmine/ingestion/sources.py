"""Sources: paths, folders, patterns and manifests into candidates.

Whatever is wrong with one path is that path's failure: a folder that cannot be opened becomes a
candidate with a problem, and the rest is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from glob import glob
from operator import attrgetter
from pathlib import Path
from typing import TypeAlias

from corpus.errors import UsageError
from corpus.printable import printable
from corpus.readers import SUFFIXES
from index.maintenance.progress import Step, silent

from .candidate import Candidate, Candidates, Skipped, whole
from .manifest import read_manifest

OUTSIDE = "link out of the folder"
IRREGULAR = "no regular file"

_Met: TypeAlias = Candidate | Skipped


def gather(
    paths: Iterable[str],
    *,
    manifest: Path | None = None,
    follow_links: bool = False,
    step: Step = silent,
) -> Candidates:
    """Every file that the paths and the manifest name, each once.

    A path is a file (read whatever its suffix), a folder (walked for the suffixes that we
    read; hidden files are not looked at, links out of it only when asked), or a pattern such as
    `letters/*.pdf`. Raises UsageError for a path that is not there and DataError for a faulty
    manifest.
    """
    files: dict[Path, Candidate] = {}
    skipped: list[Skipped] = []
    for candidate in read_manifest(manifest, step) if manifest else ():
        files.setdefault(whole(candidate.path), candidate)
    for text in paths:
        for path in _expand(text):
            for met in _candidates(path, follow_links=follow_links):
                if isinstance(met, Skipped):
                    skipped.append(met)
                else:
                    files.setdefault(whole(met.path), met)
    return Candidates(tuple(files.values()), tuple(skipped))


def _candidates(path: Path, *, follow_links: bool) -> Iterator[_Met]:
    try:
        folder = path.is_dir()
    except OSError as error:
        yield _unreadable(path, path.parent, error)
        return
    if folder:
        yield from _walk(path, follow_links=follow_links)
    else:
        yield Candidate(path, printable(path.name))


def _expand(text: str) -> list[Path]:
    path = Path(text)
    try:
        if path.exists() or path.is_symlink():
            return [path]
    except (OSError, ValueError):  # no rights to its folder, or no name that a file may have
        return [path]
    if any(char in text for char in "*?["):
        # Unlike pathlib's, this glob leaves hidden files alone, as a shell does.
        if found := sorted(glob(text, recursive=True)):  # noqa: PTH207
            return [Path(name) for name in found]
        raise UsageError(
            f"no file matches the pattern {printable(text)}; check it, or name a folder"
        )
    raise UsageError(f"there is no file or folder {printable(text)}; check the path")


def _walk(folder: Path, *, follow_links: bool) -> Iterator[_Met]:
    """What is in a folder and the folders in it, in the order of their paths."""
    yield from sorted(_entries(folder, follow_links=follow_links), key=attrgetter("path"))


def _entries(folder: Path, *, follow_links: bool) -> Iterator[_Met]:
    root = whole(folder)
    walked = {root}
    waiting: list[Path] = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                shown = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            yield _unreadable(here, folder, error)
            continue
        for entry in shown:
            path = here / entry.name
            if entry.is_symlink() and not follow_links and not whole(path).is_relative_to(root):
                yield Skipped(path, OUTSIDE)
            elif _is_folder(entry, follow_links=follow_links):
                if whole(path) not in walked:
                    walked.add(whole(path))
                    waiting.append(path)
            else:
                yield from _file(entry, path, folder)


def _is_folder(entry: os.DirEntry[str], *, follow_links: bool) -> bool:
    try:
        return entry.is_dir(follow_symlinks=follow_links)
    except OSError:  # a ring of links; what reads files tells of it
        return False


def _file(entry: os.DirEntry[str], path: Path, folder: Path) -> Iterator[_Met]:
    """A file of a folder; a link to a folder inside is met where that folder is."""
    try:
        regular = entry.is_file()
        if not regular and entry.is_dir():
            return
    except OSError as error:
        yield _unreadable(path, folder, error)
        return
    if path.suffix.lower() not in SUFFIXES:
        yield Skipped(path, path.suffix or "no suffix")
    elif not regular and not (entry.is_symlink() and not path.exists()):
        yield Skipped(path, IRREGULAR)
    else:
        yield Candidate(path, printable(path.relative_to(folder).as_posix()))


def _unreadable(path: Path, folder: Path, error: OSError) -> Candidate:
    name = path.relative_to(folder).as_posix() if path != folder else path.name
    what = "folder" if isinstance(error, PermissionError | NotADirectoryError) else "path"
    hint = "your rights to it" if isinstance(error, PermissionError) else "what it is"
    problem = f"cannot open the {what}: {error.strerror}; check {hint}"
    return Candidate(path, printable(name), problem=problem)
