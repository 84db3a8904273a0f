"""How often inspection reports use each word: what a word says where it is found."""

from __future__ import annotations

import json
import math
from functools import cache, lru_cache
from importlib import resources

_RARE = 2


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    data = json.loads(resources.files(__package__).joinpath("stem_frequencies.json").read_bytes())
    return data["passages"], data["stems"]


@lru_cache(maxsize=50_000)
def rarity(stem: str) -> float:
    """The weight of a stem: 0 for one in every passage, about 9 for a rare one."""
    total, counts = _frequencies()
    return math.log(1 + total / counts.get(stem, _RARE)) - math.log(2)
