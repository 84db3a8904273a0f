"""What is missing: documents that the library seems to lack, and files that could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from ...rows import authority_row
from ...rows.lists import USUAL
from .. import words
from ..files import file_response
from ..view import Answer, Asked, Page, PageRoute
from .authorities import files_of, href_of, regions

if TYPE_CHECKING:
    from index.documents.authorities import AuthorityCount

    from ...api import Library


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing of an authority."""

    name: str
    href: str
    region: str
    documents: int
    inspected: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be read."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class MissingPage:
    """The context of the page."""

    region: str
    regions: tuple[str, ...]
    some: tuple[Lack, ...]
    """Authorities with documents here."""
    none: tuple[Lack, ...]
    """Authorities without any."""
    failed: tuple[FailedFile, ...]
    unresolved: int
    files: tuple[tuple[str, str], ...]


def show(asked: Asked, library: Library) -> Answer:
    """The page."""
    region = asked.arg("region")
    known = list(library.authorities())
    found = [_lack(each) for each in _narrowed(known, region)]
    context = MissingPage(
        region=region,
        regions=regions(known),
        some=tuple(each for each in found if each.documents),
        none=tuple(each for each in found if not each.documents),
        failed=tuple(
            FailedFile(PurePath(each.path).name, each.message or each.reason or "")
            for each in library.files("failed")
        ),
        unresolved=library.unresolved(),
        files=files_of("/missing/file", region=region),
    )
    return Page("missing.html", "What is not covered", context, "missing")


def download(asked: Asked, library: Library) -> Answer:
    """The file."""
    found = _narrowed(list(library.authorities()), asked.arg("region"))
    rows = list(map(authority_row, found))
    return file_response(rows, asked.arg("format"), "textmine-missing", USUAL["authorities"])


def _narrowed(known: list[AuthorityCount], region: str) -> list[AuthorityCount]:
    return [each for each in known if each.missing and (not region or each.region == region)]


def _lack(each: AuthorityCount) -> Lack:
    return Lack(
        name=each.name,
        href=href_of(each.key),
        region=each.region or "",
        documents=each.documents,
        inspected=words.day(each.last_inspection) if each.last_inspection else "",
        missing=tuple((each.missing or "").split("; ")),
    )


ROUTES: Final = (
    PageRoute("/missing", show),
    PageRoute("/missing/file", download),
)
