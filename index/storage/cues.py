"""Packed cues: the words that decided a finding, in an eighth of the space of JSON.

Three characters each: the first letter of what the words decided (`w` for the timing, when it was),
and two whose code points say how far behind the beginning of the finding they begin, and their
length, each plus one. Cues that do not speak for what the finding says, or are far away, stay JSON.
"""

from __future__ import annotations

import json
from typing import Final

from corpus.model import Cue, CueKind, Finding

_KINDS: Final[dict[str, CueKind]] = {
    "t": "theme",
    "p": "polarity",
    "w": "timing",
    "e": "extent",
    "a": "aspect",
}
_LETTERS: Final = {kind: letter for letter, kind in _KINDS.items()}
_FAR: Final = 50_000  # characters; from 55,295 on some code points are no characters


def pack(finding: Finding) -> str:
    """The packed cues of a finding."""
    start = finding.start
    if all(_is_usual(cue, finding) for cue in finding.cues):
        return "".join(
            f"{_LETTERS[kind]}{chr(1 + begin - start)}{chr(1 + end - begin)}"
            for kind, _, begin, end in finding.cues
        )
    return json.dumps(finding.cues)


def _is_usual(cue: Cue, finding: Finding) -> bool:
    return (
        cue.label == getattr(finding, cue.kind)
        and finding.start <= cue.start <= cue.end < finding.start + _FAR
    )


def unpack(packed: str, finding: Finding) -> Finding:
    """The finding with its cues."""
    if packed.startswith("["):
        return finding._replace(cues=tuple(Cue(*cue) for cue in json.loads(packed)))
    threes = zip(packed[::3], packed[1::3], packed[2::3], strict=True)
    return finding._replace(cues=tuple(_cue(finding, *three) for three in threes))


def _cue(finding: Finding, letter: str, behind: str, size: str) -> Cue:
    kind = _KINDS[letter]
    start = finding.start + ord(behind) - 1
    return Cue(kind, getattr(finding, kind), start, start + ord(size) - 1)
