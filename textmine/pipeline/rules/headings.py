"""What the heading says of the sentences below it: part of the report, judgement by place.

Grades that a heading prints are taken out before anything looks at it: findings know nothing of
grades, so that they can be compared with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias

Stance: TypeAlias = Literal["", "concern", "doubt", "strength", "silent"]

NOWHERE: Final = ("", "", "paragraph")
"""The place of a text of which nothing is known."""

_QUOTES = str.maketrans("’‘", "''")
_SPACES = re.compile(r"\s+")


class Place(NamedTuple):
    """Setting, and the judgement that the heading itself makes."""

    setting: str
    stance: Stance
    heading: str
    """The heading in lower case, without grades."""


class Headings:
    """Reads headings by the rules of headings.yaml; remembers those it has read."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self.rules = rules
        self._grades = re.compile("|".join(rules["grades"]))
        self._known: dict[tuple[str, str, str], Place] = {}

    def place(self, kind: str, heading: str, passage_kind: str) -> Place:
        """What the heading says of a passage below it."""
        key = (kind, heading, passage_kind)
        if key not in self._known:
            self._known[key] = self._read(kind, self.without_grades(heading), passage_kind)
        return self._known[key]

    def without_grades(self, heading: str) -> str:
        """A heading in lower case, with none of the grades that it may print."""
        plain = _SPACES.sub(" ", heading.lower().translate(_QUOTES))
        return _SPACES.sub(" ", self._grades.sub(" ", plain)).strip(" :-–.,")

    def _read(self, kind: str, heading: str, passage_kind: str) -> Place:
        return Place(self._setting(kind, heading), self._stance(heading, passage_kind), heading)

    def _setting(self, kind: str, heading: str) -> str:
        if "send" in kind:
            return "send"
        settings: Mapping[str, Sequence[str]] = self.rules["settings"]
        combined = "in care and care leavers" in heading
        for setting, words in settings.items():
            if combined and setting == "care-leavers":
                continue
            if any(word in heading for word in words):
                return setting
        return ""

    def _stance(self, heading: str, passage_kind: str) -> Stance:
        stances: tuple[Stance, ...] = ("silent", "concern", "doubt", "strength")
        for stance in stances:
            if any(word in heading for word in self.rules[stance]):
                return stance
        return "concern" if passage_kind == "recommendation" else ""
