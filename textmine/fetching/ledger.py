"""The ledger of a fetch: what each address held, so that nothing is asked for twice.

One JSON object a line in the library's folder; the last line of an address counts.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from .pages import Publication

FILE: Final = "fetched.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What an address held: a file by its SHA-256, or a page's publications."""

    url: str
    etag: str | None = None
    modified: str | None = None
    sha256: str | None = None
    links: tuple[Publication, ...] | None = None


class Ledger:
    """The ledger in a library's folder; a damaged line costs one request."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._held: dict[str, Held] = {}
        with suppress(FileNotFoundError):
            for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
                with suppress(ValueError, TypeError, KeyError):
                    entry = json.loads(line)
                    links = entry.pop("links", None)
                    pages = None if links is None else tuple(Publication(**each) for each in links)
                    self._held[entry["url"]] = Held(**entry, links=pages)

    def get(self, url: str) -> Held | None:
        """What the address held the last time."""
        return self._held.get(url)

    def add(self, held: Held) -> None:
        """Record what an address holds, on disk at once."""
        if self._held.get(held.url) == held:
            return
        self._held[held.url] = held
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(held), ensure_ascii=False) + "\n")
