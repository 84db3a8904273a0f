"""Arrivals in a folder: files that are new or changed, once they are complete."""

from __future__ import annotations

from pathlib import Path

from ..ingestion.candidate import Candidate
from ..ingestion.sources import gather


class Arrivals:
    """What has come into a folder since the last look.

    A file is complete when two looks agree on its size and its time of change, it is not empty,
    and it has been left alone for some seconds.
    """

    def __init__(self, folder: Path, settle: float) -> None:
        self._folder = folder
        self._settle = settle
        self._seen: dict[Path, tuple[int, int]] = {}
        self._given: dict[Path, tuple[int, int]] = {}

    def look(self, now: float) -> tuple[Candidate, ...]:
        """The complete files that have not been given yet, as of a time in seconds."""
        complete = []
        states: dict[Path, tuple[int, int]] = {}
        for each in gather([str(self._folder)]).files:
            try:
                status = each.path.stat()
            except OSError:  # gone again
                continue
            state = status.st_size, status.st_mtime_ns
            states[each.path] = state
            settled = self._seen.get(each.path) == state and now - status.st_mtime >= self._settle
            if settled and status.st_size and self._given.get(each.path) != state:
                complete.append(each)
        self._seen = states
        self._given = {path: state for path, state in self._given.items() if path in states}
        return tuple(complete)

    def remember(self, files: tuple[Candidate, ...]) -> None:
        """Remember files as dealt with, in the state of the last look."""
        self._given |= {each.path: self._seen[each.path] for each in files}
