"""Authorities: those of the register, with what the library holds of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ...rows import authority_row
from ...rows.lists import USUAL
from .. import words
from ..files import file_response
from ..view import Answer, Asked, Page, PageRoute, address

if TYPE_CHECKING:
    from index.documents.authorities import AuthorityCount

    from ...api import Library


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    """An authority."""

    name: str
    href: str
    region: str
    documents: int
    inspected: str
    overall: str
    css: str
    """The grade as a class; empty where there is no inspection."""


@dataclass(frozen=True, slots=True)
class AuthoritiesPage:
    """The context of the page."""

    region: str
    regions: tuple[str, ...]
    every: bool
    """Whether those without documents are listed too."""
    lines: tuple[AuthorityLine, ...]
    without: int
    """How many have no documents."""
    files: tuple[tuple[str, str], ...]


def show(asked: Asked, library: Library) -> Answer:
    """The page."""
    region, every = asked.arg("region"), asked.arg("every") == "1"
    known = list(library.authorities())
    found = _narrowed(known, region)
    standing = {each.last.authority: each for each in library.cycle(internal=True)}
    lines = []
    for each in found:
        if not (each.documents or every):
            continue
        now = standing.get(each.key)
        lines.append(
            AuthorityLine(
                name=each.name,
                href=href_of(each.key),
                region=each.region or "",
                documents=each.documents,
                inspected=words.day(now.last.date) if now else "",
                overall=words.grade(now.overall) if now else "",
                css=(now.overall or "none") if now else "",
            )
        )
    context = AuthoritiesPage(
        region=region,
        regions=regions(known),
        every=every,
        lines=tuple(lines),
        without=sum(not each.documents for each in found),
        files=files_of("/authorities/file", region=region, every="1" if every else ""),
    )
    return Page("authorities.html", "Authorities", context, "authorities")


def download(asked: Asked, library: Library) -> Answer:
    """The file."""
    every = asked.arg("every") == "1"
    found = _narrowed(list(library.authorities()), asked.arg("region"))
    rows = [authority_row(each) for each in found if each.documents or every]
    name = "textmine-authorities"
    return file_response(rows, asked.arg("format"), name, USUAL["authorities"])


def href_of(key: str) -> str:
    """The address of an authority."""
    return f"/authorities/{quote(key, safe='')}"


def regions(known: list[AuthorityCount]) -> tuple[str, ...]:
    """The regions of authorities, by name."""
    return tuple(sorted({each.region for each in known if each.region}))


def files_of(path: str, **args: str) -> tuple[tuple[str, str], ...]:
    """The usual formats of a list, each with what people call it and its address."""
    return tuple(
        (label, address(path, args, format=name))
        for name, label in (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))
    )


def _narrowed(known: list[AuthorityCount], region: str) -> list[AuthorityCount]:
    return [each for each in known if not region or each.region == region]


ROUTES: Final = (
    PageRoute("/authorities", show),
    PageRoute("/authorities/file", download),
)
