"""Shards: shares of the files, so that each of several machines reads one, each file once.

A file's bytes decide its shard, whatever its path: machines may see the files in other places, and
the same bytes under two names come together. Each machine looks at all bytes, which is quick, and
reads its share.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from corpus.errors import UsageError
from corpus.files import read_regular
from corpus.limits import Limits
from index.maintenance.progress import Step, silent

from ..candidate import Candidate

_WRITTEN: Final = re.compile(r"([1-9]\d{0,3})/([1-9]\d{0,3})")


@dataclass(frozen=True, slots=True)
class Shard:
    """One of so many shares; the first is 1."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """The shard that is written as "3/8". Raises UsageError where it is none."""
        if found := _WRITTEN.fullmatch(text.strip()):
            shard = cls(*map(int, found.groups()))
            if shard.number <= shard.of:
                return shard
        raise UsageError(f"not a shard: {text!r}; write 3/8 for the third of eight")

    def select(self, files: Iterable[Candidate], step: Step = silent) -> Iterator[Candidate]:
        """The files of this shard. What cannot be opened is in one of them, by its name."""
        listed = list(files)
        for candidate in listed:
            step(candidate.name, len(listed))
            if int.from_bytes(_digest(candidate)[:8]) % self.of == self.number - 1:
                yield candidate


def _digest(candidate: Candidate) -> bytes:
    try:
        data = read_regular(candidate.path, Limits().bytes)
    except OSError:
        data = candidate.name.encode(errors="surrogateescape")
    return hashlib.sha256(data).digest()
