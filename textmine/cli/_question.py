"""What a plain question was understood as, and where its answer changes, in words for people."""

from __future__ import annotations

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


def count(found: Hits) -> str:
    """How many passages are listed, and how many have all the words and some of them."""
    whole = sum(hit.whole for hit in found.hits)
    parts = [f"{found.total:,} {_passages(found.total)} with all the words"]
    if found.some:
        parts.append(f"{found.some:,} more with some of them")
    return f"{'; '.join(parts)}; listed: {whole} and {len(found.hits) - whole}"


def _passages(count: int) -> str:
    return "passage" if count == 1 else "passages"
