"""What a plain question was understood as, and where its answer changes, in words for people."""

from __future__ import annotations

from pathlib import Path

from index.query.question import Question
from index.search.hits import Hits

_POLARITIES = {"concern": "a concern", "strength": "a strength"}


def understood(question: Question) -> str | None:
    """The line above the hits, with the filters that narrow to what was understood."""
    about = [theme.replace("-", " ") for theme, _ in question.themes]
    polarity = _POLARITIES.get(question.polarity or "")
    if not about and not polarity:
        return None
    line = f"understood as {polarity or 'a question'}"
    line += f" about {' or '.join(about)}" if about else ""
    filters = [f"theme:{theme}" for theme, _ in question.themes[:1]]
    filters += [f"polarity:{question.polarity}"] if question.polarity else []
    return f"{line}; to see only that, add: {' '.join(filters)}; to switch it off: --strict"


def count(found: Hits, out: Path | None) -> str:
    """How many passages are listed of those with all the words and with some."""
    whole = min(sum(hit.repeats for hit in found.hits if hit.whole), found.total)
    some = min(sum(hit.repeats for hit in found.hits if not hit.whole), found.some)
    line = f"{_of(whole, found.total)} with all the words"
    if some:
        line += f", {_of(some, found.some, '')} with some of them"
    line += " shown" if out is None else " written"
    if found.some and not some:
        line += f"; {found.some:,} more {'has' if found.some == 1 else 'have'} some of them"
    if out is None and whole < found.total:
        line += f"; for all with all the words: --limit {found.total}, or -o FILE"
    elif out is None and some < found.some:
        line += "; for more: --limit N"
    return line


def _of(shown: int, total: int, noun: str = " passages") -> str:
    if not total:
        return f"no{noun}"
    noun = noun.removesuffix("s") if total == 1 else noun
    return f"{shown:,} of {total:,}{noun}" if shown < total else f"{total:,}{noun}"
