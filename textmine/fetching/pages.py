"""The inspectorate's pages: lists of search results, and what is published on one authority."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from corpus.errors import SiteError

_URN: Final = re.compile(r"/provider/44/(\d+)/?$")
_TOTAL: Final = re.compile(r"\bof\s+([\d,]+)\s+results?\b|\b([\d,]+)\s+results?\b", re.IGNORECASE)
_DIGITS: Final = 9
"""More than these no number of results has."""
_DAY: Final = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]+) (\d{4})\b")
_PUBLICATION: Final = (
    ".//a[contains(concat(' ', normalize-space(@class), ' '), ' publication-link ')]"
)
_TIMELINE: Final = ".//*[contains(@class, 'timeline')]"
_CHANGED: Final = "the page is not laid out as textmine knows it; look for a newer textmine"


@dataclass(frozen=True, slots=True)
class Publication:
    """A document that a page links to."""

    url: str
    title: str
    published: str | None = None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of search results: authorities by the inspectorate's number, and how many in all."""

    authorities: dict[str, str]
    total: int | None


def result_page(content: bytes, url: str) -> ResultPage:
    """The authorities that a page of results lists. Raises SiteError for another layout."""
    tree = _tree(content, url)
    listed: dict[str, str] = {}
    for link in tree.iterfind(".//a[@href]"):
        if match := _URN.search(urlsplit(_joined(url, link.get("href", ""))).path):
            listed.setdefault(match[1], _words(link))
    count = _TOTAL.search(_words(tree))
    total = int((count[1] or count[2]).replace(",", "")[:_DIGITS]) if count else None
    if not listed and total is None:
        raise SiteError(f"{url}: {_CHANGED}")
    return ResultPage(listed, total)


def publications(content: bytes, url: str) -> tuple[Publication, ...]:
    """What an authority's page links to, each once. Raises SiteError for another layout."""
    tree = _tree(content, url)
    links = tree.xpath(_PUBLICATION)
    if not links and not tree.xpath(_TIMELINE):
        raise SiteError(f"{url}: {_CHANGED}")
    listed: dict[str, Publication] = {}
    for link in links:
        if whole := _joined(url, link.get("href", "")):
            listed.setdefault(whole, Publication(whole, _words(link), _published(link)))
    return tuple(listed.values())


def _joined(url: str, address: str) -> str:
    """The whole address of a link; empty where it is none of the web."""
    try:
        whole = urljoin(url, address) if address else ""
        return whole if urlsplit(whole).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _published(link: html.HtmlElement) -> str | None:
    """The day beside a link: in its own words, or in the nearest element that names one only."""
    for element in (link, *link.iterancestors("li", "div", "tr")):
        days = {day for day in map(_day, _DAY.finditer(_words(element))) if day}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _day(match: re.Match[str]) -> str | None:
    for form in ("%d %B %Y", "%d %b %Y"):
        with suppress(ValueError):
            return datetime.strptime(match[0], form).date().isoformat()  # noqa: DTZ007 (a day)
    return None


def _words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _tree(content: bytes, url: str) -> html.HtmlElement:
    try:
        return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError) as error:
        raise SiteError(f"{url}: {_CHANGED}") from error
