"""A passage: its citation to copy, notes on it, and the collections that it may go into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import RedirectResponse

from corpus.errors import UsageError

from ...api import Library
from ...citation import place
from .. import words
from ..addresses import document_href, short, text_anchor
from ..view import Answer, Asked, Page, PageRoute, address
from .search import who

if TYPE_CHECKING:
    from index.documents.citation_rows import Place


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note."""

    number: int
    text: str
    who: str
    made: str


@dataclass(frozen=True, slots=True)
class PassagePage:
    """The context of the page."""

    who: str
    what: str
    where: str
    internal: bool
    text: str
    href: str
    citation: str
    notes: tuple[NoteLine, ...]
    collections: tuple[str, ...]
    action: str
    coder: str
    said: str


@dataclass(frozen=True, slots=True)
class CollectionLine:
    """A collection."""

    name: str
    passages: int
    missing: int
    created: str
    href: str


@dataclass(frozen=True, slots=True)
class CollectionsPage:
    """The context of the list of collections."""

    lines: tuple[CollectionLine, ...]


_SAID: Final = {
    "noted": "The note is kept.",
    "collected": "The passage is in the collection.",
    "removed": "The note is removed.",
}


def show(asked: Asked, library: Library) -> Answer:
    """The page."""
    found = _passage(asked, library)
    anchor = text_anchor(found.text)
    path = f"{document_href(found.sha256)}/passages/{found.passage.ordinal}"
    context = PassagePage(
        who=who(found),
        what=f"{words.doc_type(found.doc_type)}, {words.day(found.date)}",
        where=place(found.passage),
        internal=found.visibility == "internal",
        text=found.text,
        href=f"{document_href(found.sha256)}#{anchor}",
        citation=library.cite(found.document, passage=found.passage.ordinal).text(),
        notes=tuple(
            NoteLine(each.id, each.text, each.who, words.day(each.made_at[:10]))
            for each in library.notes(found.document)
            if each.start is not None and found.passage.start <= each.start < found.passage.end
        ),
        collections=tuple(each.name for each in library.collections()),
        action=path,
        coder=asked.arg("coder"),
        said=_SAID.get(asked.arg("said"), ""),
    )
    return Page("passage.html", f"{context.who}, {context.where}", context, "search")


def _passage(asked: Asked, library: Library) -> Place:
    given = asked.path["ordinal"]
    if not given.isascii() or not given.isdigit() or len(given) > 6:
        raise UsageError(f"no document has a passage {given!r}")
    return library.passage(asked.path["doc"], passage=int(given)).passage


def write(asked: Asked, library: Library) -> Answer:
    """Keep a note, remove one, or put the passage into a collection."""
    found, coder, act = _passage(asked, library), asked.value("coder"), asked.value("act")
    if not coder and act != "remove":
        raise UsageError("fill in your name: it stands beside what you write")
    with Library(asked.settings.library, internal=True) as writing:
        if act == "note":
            writing.annotate(found, asked.value("text"), who=coder)
            said = "noted"
        elif act == "collect":
            name = asked.value("name") or asked.value("known")
            writing.collect(name, [found], who=coder)
            said = "collected"
        elif act == "remove":
            number = asked.value("note")
            writing.remove_note(int(number) if number.isdigit() else 0)
            said = "removed"
        else:
            raise UsageError("choose what to do with the passage")
    path = f"/documents/{short(found.sha256)}/passages/{found.passage.ordinal}"
    return RedirectResponse(address(path, said=said, coder=coder), 303)


def collect(asked: Asked, library: Library) -> Answer:
    """Put the results that were marked on the search page into a collection."""
    coder, name = asked.value("coder"), asked.value("name")
    if not coder:
        raise UsageError("fill in your name: it stands beside what you collect")
    places = [_marked(library, str(each)) for each in asked.form.getlist("passage")]
    if not places:
        raise UsageError("mark one or more results first")
    with Library(asked.settings.library, internal=True) as writing:
        writing.collect(name, places, who=coder)
    return RedirectResponse(address("/", only=f"in:{name}"), 303)


def _marked(library: Library, given: str) -> Place:
    document, _, ordinal = given.partition("-")
    if not (document.isdigit() and ordinal.isdigit() and len(given) < 16):
        raise UsageError("a result that was marked is not there any more; search again")
    return library.passage(document, passage=int(ordinal)).passage


def collections(asked: Asked, library: Library) -> Answer:
    """All collections."""
    del asked
    lines: list[Any] = list(library.collections())
    context = CollectionsPage(
        tuple(
            CollectionLine(
                each.name,
                each.passages,
                each.missing,
                words.day(each.created[:10]),
                address("/", only=f"in:{each.name}"),
            )
            for each in lines
        )
    )
    return Page("collections.html", "Collections", context, "collections")


def drop(asked: Asked, library: Library) -> Answer:
    """Remove a collection; its passages stay in their documents."""
    del library
    with Library(asked.settings.library, internal=True) as writing:
        if not writing.uncollect(asked.value("name")):
            raise UsageError("there is no collection of this name any more")
    return RedirectResponse("/collections", 303)


ROUTES: Final = (
    PageRoute("/documents/{doc}/passages/{ordinal}", show),
    PageRoute("/documents/{doc}/passages/{ordinal}", write, writes=True),
    PageRoute("/collections", collections),
    PageRoute("/collections", collect, writes=True),
    PageRoute("/collections/remove", drop, writes=True),
)
