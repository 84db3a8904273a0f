"""Printed paragraph numbers, told apart from other numbers.

A number is accepted when it continues the sequence (or repeats, restarts at 1, or goes on where
a list of its own broke the sequence off) and stands where numbers stand: after a gap, or at the
indent of those before it. "... children aged / 25. All of them", "50. 391 pupils" and
"1 February 2017" are traps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..model import Problem

_NUMBER = re.compile(r"(\d{1,3})(?:[.)](?=\D|$)|(?=\s+[A-Z‘“])|$)\s*")
_DATE = re.compile(
    r"\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\s+\d{4}\b"
)

INDENT = 3.0
"""Numbers stand at the same indent when they are this many points apart or less."""

SKIP = 3
"""How far a sequence may jump where both gap and indent speak for a number."""


@dataclass(slots=True)
class Numbering:
    """The number sequence of one document so far (mutable)."""

    last: int = 0
    broken_off: int = 0
    """The number at which the sequence last started again at 1."""
    dotted: bool | None = None
    indents: list[float] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def accept(self, text: str, x0: float, page: int, *, gap: bool) -> re.Match[str] | None:
        """The match of the number at the head of `text` if it is a paragraph's, else None."""
        match = _NUMBER.match(text)
        if not match or _DATE.match(text):
            return None
        number = int(match[1])
        dotted = not match.group().strip().isdigit()
        at_indent = any(abs(x0 - known) <= INDENT for known in self.indents)
        if not self._fits(number, dotted=dotted, gap=gap, at_indent=at_indent):
            return None
        self._note(number, page)
        if number == 1:
            self.broken_off = self.last
        self.last, self.dotted = number, dotted
        if not at_indent:
            self.indents.append(x0)
        return match

    def _fits(self, number: int, *, dotted: bool, gap: bool, at_indent: bool) -> bool:
        if not dotted and (self.dotted is not False) and not (number == 1 and gap):
            # Without a full stop it may be any number; a report keeps to one form.
            return False
        if self.last == 0:
            return number == 1 and gap
        if number == self.last + 1 or self._goes_on(number):
            return gap or at_indent
        if number in {self.last, 1}:
            return gap and at_indent
        return gap and at_indent and self.last < number <= self.last + SKIP

    def _goes_on(self, number: int) -> bool:
        return self.broken_off > 0 and number == self.broken_off + 1

    def _note(self, number: int, page: int) -> None:
        if number == self.last:
            message = f"paragraph number {number} is printed twice"
            self.problems.append(Problem("number-repeated", message, page))
        elif number == 1 and self.last:
            message = f"paragraph numbers start again at 1 after {self.last}"
            self.problems.append(Problem("number-restarted", message, page))
        elif self._goes_on(number) and number != self.last + 1:
            message = f"paragraph numbers go on at {number} after {self.last}"
            self.problems.append(Problem("number-resumed", message, page))
        elif number != self.last + 1:
            message = f"paragraph number {number} follows {self.last}"
            self.problems.append(Problem("number-skipped", message, page))
