"""Disclosure: the rule of what may be passed on.

Internal documents stay out of everything that is made to be passed on, unless somebody asks for
them; where some were left out, that is said. Whoever passes on words of documents that inspectors
did not write is warned where these may hold personal data. No surface has a rule of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from corpus.errors import UsageError
from corpus.model import Document, Voice
from index.documents import store
from index.query.filters import Filters
from index.reports import counts
from index.storage.database import Database

if TYPE_CHECKING:
    from corpus.language.personal import Personal

WORDS: Final = {
    "date_of_birth": "dates of birth",
    "case_number": "case numbers",
    "initials": "initials",
    "name": "names",
}


def is_export(output: str) -> bool:
    """Whether a format is made to be passed on; a table on the screen is for whoever asked."""
    return output != "table"


def count_omitted(db: Database, filters: Filters) -> int:
    """How many internal documents the filters keep out."""
    return 0 if filters.internal else counts.count_internal(db)


def refuse_internal(document: Document, output: str, *, internal: bool) -> None:
    """Raises UsageError for a document named by whoever asks: it is not left out in silence."""
    if document.visibility == "internal" and not internal:
        raise UsageError(f"the document is internal; add --internal to write it as {output}")


def personal(db: Database, number: int) -> tuple[Personal, ...]:
    """What in a document may say of a person who they are."""
    from corpus.language.personal import find_personal  # noqa: PLC0415 (few answers need it)
    from corpus.register.authorities import Register  # noqa: PLC0415

    return find_personal(store.get(db, number).document, Register.load())


def warnings(db: Database, documents: Iterable[tuple[int, Voice]]) -> Iterator[str]:
    """A warning for each document, given by number and voice, that may hold personal data.

    Only documents that inspectors did not write are looked at. No word of one is in a warning.
    """
    for number in sorted({number for number, voice in documents if voice != "inspectorate"}):
        if signs := personal(db, number):
            yield (
                f"document {number} may hold personal data ({summary(signs)}); "
                f"check before you pass it on: textmine check-personal {number}"
            )


def summary(signs: Iterable[Personal]) -> str:
    """How many of each kind."""
    found = Counter(sign.kind for sign in signs)
    return ", ".join(f"{WORDS[kind]}: {count}" for kind, count in found.items())
