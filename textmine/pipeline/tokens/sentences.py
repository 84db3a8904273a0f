"""Where sentences begin: full stops that end one, and those that do not."""

from __future__ import annotations

import re
from collections.abc import Collection

_STOP = re.compile(r"[.!?…][\"'”’)\]]*\d{0,2}\s+(?=[\"'“‘(\[•]*[A-Z0-9])")
_LIST_NUMBER = re.compile(r"^\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]$")
_INITIALS = re.compile(r"^[\"'“‘(]*(?:[A-Z]\.)+$")
_NUMBER_NEXT = re.compile(r"\d")


def sentence_starts(
    text: str, titles: Collection[str], abbreviations: Collection[str]
) -> list[int]:
    """The offsets at which the sentences of a paragraph begin.

    `titles` are words whose stop never ends a sentence ("Dr."); after `abbreviations` ("No.",
    "e.g.") it ends one only where a capital follows that is not part of the abbreviation.
    """
    starts = [len(text) - len(text.lstrip())]
    for match in _STOP.finditer(text):
        *before, word = text[starts[-1] : match.start() + 1].rsplit(None, 1)
        bare = word.lstrip("\"'“‘([").lower()
        if bare in titles or _INITIALS.match(word):
            continue
        if bare in abbreviations and (bare.count(".") > 1 or _NUMBER_NEXT.match(text, match.end())):
            continue
        if not before and _LIST_NUMBER.match(word):
            continue
        starts.append(match.end())
    return starts
