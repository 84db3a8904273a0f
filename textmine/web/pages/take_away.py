"""Take away: the results of a search as a file, exactly those that are shown or all of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import Response

from ...rows.lists import USUAL
from .. import words
from ..asking import Asking
from ..files import file_response, formats
from ..view import Answer, Asked, Page, PageRoute
from .search import LINES, PAGE

if TYPE_CHECKING:
    from ...api import Library
    from ...api.results import Results


@dataclass(frozen=True, slots=True)
class TakeAwayPage:
    """The context of the page."""

    back: str
    read_as: str
    shown: str
    whole: str
    number: int
    noun: str
    fields: tuple[tuple[str, str], ...]
    formats: tuple[tuple[str, str], ...]
    internal: str
    """What is left out, as internal; empty where nothing is."""
    warnings: tuple[str, ...]
    about: str


def show(asked: Asked, library: Library) -> Answer:
    """The page."""
    asking = Asking.of(asked)
    number = asked.number("page", 1, most=500)
    question = asking.question(internal=False)
    results = _results(asking, library, number, whole=False, internal=True)
    records: list[Any] = list(results)
    omitted = library.count_omitted(question.filters)
    noun = "passage" if asking.view == "passages" else "line"
    context = TakeAwayPage(
        back=asking.href(page=number if number > 1 else ""),
        read_as=results.read_as,  # type: ignore[attr-defined]
        shown=words.count(len(records), noun),
        whole=words.count(results.total, noun),
        number=number,
        noun=noun,
        fields=tuple(asking.pairs()),
        formats=formats(),
        internal=words.count(omitted, "internal document") if omitted else "",
        warnings=tuple(library.warnings((each.document, each.passage.voice) for each in records)),
        about=asking.href("/take-away/about"),
    )
    return Page("take_away.html", "Take away", context, "search")


def download(asked: Asked, library: Library) -> Answer:
    """The file."""
    asking = Asking.of(asked)
    number = asked.number("page", 1, most=500)
    results = _results(
        asking,
        library,
        number,
        whole=asked.arg("what") == "all",
        internal=asked.arg("internal") == "1",
    )
    kind = "hits" if asking.view == "passages" else "kwic"
    return file_response(results.rows(), asked.arg("format"), "textmine-search", USUAL.get(kind))


def about(asked: Asked, library: Library) -> Answer:
    """What one must know to get the same answer again."""
    asking = Asking.of(asked)
    question = asking.question(internal=asked.arg("internal") == "1")
    text = json.dumps(library.about(question), ensure_ascii=False, indent=2) + "\n"
    headers = {"content-disposition": 'attachment; filename="textmine-search.about.json"'}
    return Response(text, media_type="application/json", headers=headers)


def _results(
    asking: Asking, library: Library, number: int, *, whole: bool, internal: bool
) -> Results[Any]:
    """The records of a page, or all of them, as the page shows them."""
    question = asking.question(internal=internal)
    if asking.view == "kwic":
        limit = None if whole else number * LINES
        return library.kwic(question, width=60, sort=asking.order, limit=limit)  # type: ignore[arg-type]
    if whole:
        return library.search(question, limit=None)
    return library.search(question, limit=PAGE, offset=(number - 1) * PAGE)


ROUTES: Final = (
    PageRoute("/take-away", show),
    PageRoute("/take-away/file", download),
    PageRoute("/take-away/about", about),
)
