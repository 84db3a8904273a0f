"""Citations: the place of a passage, and references in RIS and BibTeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from corpus.framework_records import DocumentKind
from corpus.frameworks import DOCUMENTS, INSPECTORATES, authors, publishers
from corpus.model import Passage
from index.documents.citation_rows import Cited

_UNKNOWN = DocumentKind(label="", family="other")

UNKNOWN = "unknown"
"""The author of a document that nobody is known to have written."""

_TEX = {ord(sign): f"\\{sign}" for sign in "&%$#_{}"} | {
    ord("\\"): r"\textbackslash{}",
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
}
_KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document, or a passage in it, as a list of references names it."""

    key: str
    """A name for it that has no spaces and is the same wherever the file is ingested."""
    authors: tuple[str, ...]
    title: str
    published: str | None
    year: str | None
    url: str | None
    page: int | None
    place: str | None
    """Where the passage stands, in words."""

    @property
    def author(self) -> str:
        """The authors, in words."""
        *others, last = self.authors
        return f"{', '.join(others)} and {last}" if others else last

    def text(self) -> str:
        """One line to copy."""
        head = f"{self.author} ({self.year or 'undated'}) {self.title}"
        named = f"{head}, {self.place}" if self.place else head
        return f"{named}. {self.url}" if self.url else f"{named}."


def reference(cited: Cited, passage: Passage | None = None) -> Reference:
    """The document, or a passage in it, as a reference."""
    kind = DOCUMENTS.get(cited.doc_type, _UNKNOWN)
    subject = cited.authority or cited.provider or cited.name
    year = (cited.published or cited.date or "")[:4] or None
    label = kind.label or cited.doc_type
    days = inspected(cited)
    title = f"{subject}: {label}{f', {days}' if days else ''}"
    return Reference(
        key=_KEY.sub("-", f"{subject}-{cited.doc_type}-{year or 'undated'}-".lower())
        + cited.sha256[:6],
        authors=_authors(cited, subject),
        title=title if cited.document_voice != "unknown" else cited.title or cited.name,
        published=cited.published,
        year=year,
        url=page_of(cited),
        page=passage.page if passage else None,
        place=place(passage) if passage else None,
    )


def _authors(cited: Cited, subject: str) -> tuple[str, ...]:
    """Who published it: the inspectorates, the authority itself, or nobody that we know."""
    if cited.document_voice == "unknown":
        return (UNKNOWN,)
    if cited.document_voice == "authority":
        return (subject,)
    return authors(DOCUMENTS.get(cited.doc_type, _UNKNOWN))


def place(passage: Passage) -> str:
    """The place of a passage: its printed paragraph number, else its number in the document."""
    if passage.number:
        return f"page {passage.page}, paragraph {passage.number}"
    return f"page {passage.page}, unnumbered passage {passage.ordinal}"


def spot(passage: Passage) -> str:
    """The place of a passage as short as can be: "¶ 17", or its page where it has no number."""
    return f"¶ {passage.number}" if passage.number else f"p. {passage.page}"


def page_of(cited: Cited) -> str | None:
    """The URL of a document: the one given with the file, else the inspectorate's page."""
    if cited.url:
        return cited.url
    if cited.document_voice != "inspectorate":
        return None
    inspectorate = INSPECTORATES[publishers(DOCUMENTS.get(cited.doc_type, _UNKNOWN))[0]]
    childcare = cited.provider_urn is not None
    page = inspectorate.provider_page if childcare else inspectorate.body_page
    urn = cited.provider_urn or cited.urn
    return page.format(urn) if page and urn else None


def link(cited: Cited, passage: Passage | None = None) -> str | None:
    """Where a reader finds the words: the web page, or the page of a PDF that is on the web."""
    address = page_of(cited)
    if address is None or not address.startswith(("https://", "http://")):
        return None
    whole = passage is None or "#" in address or not address.lower().endswith(".pdf")
    return address if whole or passage is None else f"{address}#page={passage.page}"


def inspected(cited: Cited) -> str:
    """The days of an inspection or a visit in words; nothing where they are not known."""
    if not cited.start_date:
        return ""
    first = date.fromisoformat(cited.start_date)
    last = date.fromisoformat(cited.end_date or cited.start_date)
    begin = [f"{first.day}"]
    if (first.year, first.month) != (last.year, last.month):
        begin.append(f"{first:%B}")
    if first.year != last.year:
        begin.append(f"{first.year}")
    until = f"{last.day} {last:%B} {last.year}"
    return until if first == last else f"{' '.join(begin)} to {until}"


def ris(each: Reference) -> str:
    """A record of the RIS format, which reference managers import."""
    day = (each.published or "").replace("-", "/")
    lines: Iterator[tuple[str, str | int | None]] = iter(
        (
            ("TY", "RPRT"),
            # The comma keeps a body's name in one piece.
            *(("AU", f"{author},") for author in each.authors),
            ("TI", each.title),
            ("PY", each.year),
            ("DA", f"{day}/" if day else None),
            ("PB", each.author if each.author != UNKNOWN else None),
            ("SP", each.page),
            ("N1", each.place),
            ("UR", each.url),
            ("ID", each.key),
        )
    )
    written = [f"{tag}  - {' '.join(str(value).split())}" for tag, value in lines if value]
    return "\n".join([*written, "ER  - ", ""])


def bibtex(each: Reference) -> str:
    """An entry for BibTeX."""
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in each.authors),
        "title": f"{{{_tex(each.title)}}}",
        "institution": _tex(each.author) if each.author != UNKNOWN else None,
        "year": each.year,
        "pages": each.page,
        "note": _tex(each.place) if each.place else None,
        "url": each.url,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@techreport{{{each.key},", *lines, "}"])


def _text(each: Reference) -> str:
    return each.text()


Written: TypeAlias = Callable[[Reference], str]

FORMATS: dict[str, Written] = {"text": _text, "ris": ris, "bibtex": bibtex}
"""How a reference may be written."""


def _tex(text: str) -> str:
    return text.translate(_TEX)
