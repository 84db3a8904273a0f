"""A brief: chosen, read in the page's own layout, and taken away as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args

from ...briefs.build import PURPOSES
from ...briefs.model import TOPICS, Brief, Purpose
from ..layouts.brief_text import BriefText, brief_file, brief_text, files_of
from ..view import Answer, Asked, Page, PageRoute
from .authorities import href_of
from .authority import authority_of

if TYPE_CHECKING:
    from index.documents.authorities import AuthorityCount

    from ...api import Library

OCCASIONS: Final[dict[str, str]] = {
    "engagement-meeting": "Annual engagement meeting",
    "focused-visit": "Focused visit",
    "inspection": "Inspection",
}


@dataclass(frozen=True, slots=True)
class BriefPage:
    """The context of the page."""

    name: str
    back: str
    action: str
    purpose: str
    purposes: tuple[tuple[str, str], ...]
    topic: str
    topics: tuple[tuple[str, str], ...]
    ignored: bool
    """Whether a topic was chosen for an occasion that has none."""
    omitted: int
    """Internal documents that are left out."""
    internal: bool
    empty: bool
    """Whether there is nothing to make a brief of."""
    brief: BriefText | None


def show(asked: Asked, library: Library) -> Answer:
    """The page: the choice, and the brief once it is made."""
    whose = authority_of(asked, library)
    purpose, topic, internal = _choice(asked)
    made = _make(whose, asked, library) if asked.arg("purpose") and whose.documents else None
    path = f"{href_of(whose.key)}/brief"
    omitted = library.count_omitted(authority=whose.key, internal=False)
    context = BriefPage(
        name=whose.name,
        back=href_of(whose.key),
        action=path,
        purpose=purpose,
        purposes=tuple(OCCASIONS.items()),
        topic=asked.arg("topic"),
        topics=tuple(TOPICS.items()),
        ignored=bool(asked.arg("topic") and not topic),
        omitted=omitted,
        internal=internal,
        empty=not whose.documents or (made is not None and not made.sources),
        brief=_text(made, path, asked, library) if made and made.sources else None,
    )
    return Page("brief.html", f"Brief on {whose.name}", context, "authorities")


def download(asked: Asked, library: Library) -> Answer:
    """The brief as a file."""
    whose = authority_of(asked, library)
    purpose, topic, _ = _choice(asked)
    name = "-".join(filter(None, ("brief", whose.key, purpose, topic)))
    return brief_file(_make(whose, asked, library), asked.arg("format"), name)


def _choice(asked: Asked) -> tuple[Purpose, str | None, bool]:
    """Occasion, topic where the occasion has one, and whether internal documents are quoted."""
    chosen = asked.arg("purpose")
    purpose: Purpose = next(
        (each for each in get_args(Purpose) if each == chosen), "engagement-meeting"
    )
    topic = asked.arg("topic") if purpose == "focused-visit" else ""
    return purpose, topic if topic in TOPICS else None, asked.arg("internal") == "1"


def _make(whose: AuthorityCount, asked: Asked, library: Library) -> Brief:
    purpose, topic, internal = _choice(asked)
    return library.brief(whose.key, purpose, topic=topic, internal=internal)


def _text(made: Brief, path: str, asked: Asked, library: Library) -> BriefText:
    purpose, topic, internal = _choice(asked)
    args = {"purpose": purpose, "topic": topic or "", "internal": "1" if internal else ""}
    title = PURPOSES[purpose][0] + (f": {TOPICS[topic].lower()}" if topic else "")
    return brief_text(made, title, files_of(f"{path}/file", args), library)


ROUTES: Final = (
    PageRoute("/authorities/{key}/brief", show),
    PageRoute("/authorities/{key}/brief/file", download),
)
