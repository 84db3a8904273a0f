"""Limits on what a file may contain.

Far above any real report (the largest of 613 has 58 pages and 22,000 words). A file beyond one of
them fails alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from .errors import Unreadable


@dataclass(frozen=True, slots=True)
class Limits:
    """The caps. All are inclusive."""

    bytes: int = 200 * 2**20
    pages: int = 2_000
    characters: int = 10_000_000
    objects_per_page: int = 200_000
    """Drawn things: text runs, paths, images."""
    side: float = 14_400.0
    """Of a page, in points: 200 inches, the most that PDF 1.7 knows."""
    pixels: int = 40_000_000
    """Of the picture of a page for text recognition: A3 at 450 dots an inch. A larger page is
    drawn smaller."""
    members: int = 10_000
    """Files in an archive."""
    unpacked: int = 100 * 2**20
    """Bytes of an archive's text, unpacked."""

    def check(self, what: str, found: float) -> None:
        """Raise Unreadable if `found` exceeds the limit `what` (a field's name)."""
        cap = getattr(self, what)
        if found > cap:
            raise Unreadable(f"over the limit of {cap:,} {what.replace('_', ' ')}")
