"""What the heading says of the sentences below it: part of the report, judgement by place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias

Stance: TypeAlias = Literal["", "concern", "doubt", "strength", "silent"]

NOWHERE: Final = ("", "", "paragraph")
"""The place of a text of which nothing is known."""

_QUOTES = str.maketrans("’‘", "''")


class Place(NamedTuple):
    """Setting, and the judgement that the heading itself makes."""

    setting: str
    stance: Stance
    grade: str = ""
    """The grade that the heading prints."""
    headed: bool = True


class Headings:
    """Reads headings by the rules of headings.yaml; remembers those it has read."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self.rules = rules
        self._known: dict[tuple[str, str, str], Place] = {}

    def place(self, kind: str, heading: str, passage_kind: str) -> Place:
        """What the heading says of a passage below it."""
        key = (kind, heading, passage_kind)
        if key not in self._known:
            heading = heading.lower().translate(_QUOTES)
            self._known[key] = Place(
                self._setting(kind, heading),
                self._stance(heading, passage_kind),
                next((grade for grade in self.rules["grades"] if grade in heading), ""),
                bool(heading),
            )
        return self._known[key]

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
