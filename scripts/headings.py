"""Headings without the grade that inspectors print in them."""

from __future__ import annotations

import re
from typing import Final

_GRADE: Final = re.compile(
    r"\b(?:outstanding|good|inadequate|adequate|satisfactory|requires? improvement)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_DANGLING: Final = re.compile(
    r"(?:[\s:;,.–—-]|\b(?:is|are|was|were|be|been|that|it|they|judged|to|not|yet|and|as|rated))+$",
    re.IGNORECASE,
)


def without_grade(heading: str) -> str:
    """A heading up to the grade that it prints, and without the words that lead to one."""
    return _DANGLING.sub("", _GRADE.sub("", heading)).strip()
