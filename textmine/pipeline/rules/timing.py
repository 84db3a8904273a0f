"""Of what time a sentence speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

from corpus.model import Timing

from .phrase_matcher import Match

ORDER: Final[tuple[Timing, ...]] = ("past", "worsened", "planned", "improved")
TIMINGS: Final[tuple[Timing, ...]] = get_args(Timing)


def when(cues: Sequence[Match]) -> tuple[Timing, Match | None]:
    """The first kind of time, by weight, that the cues show, and the cue; else the present."""
    for timing in ORDER:
        for cue in cues:
            if cue.label == timing:
                return timing, cue
    return "current", None
