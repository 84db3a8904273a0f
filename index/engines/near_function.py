"""The SQL function for NEAR where a word could belong to both sides."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final

from ..query.ast import Near, Text
from ..text.analyzer import Words
from .matching import Finder, finder

NEARBY: Final = "textmine_nearby"
"""The SQL function: a text and a `spec`; 1 where both sides are near."""


def spec(near: Near) -> str:
    """The NEAR as a value to bind."""
    sides = [near.left, near.right]
    return json.dumps(
        [
            near.distance,
            *([s.forms, s.stems, s.exact, s.prefix] for s in sides if isinstance(s, Text)),
        ]
    )


def nearby(text: str, wanted: str) -> int:
    return int(bool(_finder(wanted)(Words(text))))


@lru_cache(maxsize=64)
def _finder(wanted: str) -> Finder:
    distance, *sides = json.loads(wanted)
    left, right = (
        Text(tuple(forms), tuple(stems), exact, prefix) for forms, stems, exact, prefix in sides
    )
    return finder(Near(left, right, distance))
