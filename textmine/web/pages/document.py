"""A document: its fields, its pages as pictures beside their text, and its original."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from corpus.errors import UsageError
from corpus.model import CONCERNS

from ...citation import reference
from .. import words
from ..addresses import document_href
from ..sheets import Sheet, Step, lay_out
from ..themes import theme_label
from ..view import Answer, Asked, Page, PageRoute, address

if TYPE_CHECKING:
    from corpus.model import Document
    from index.documents.records import StoredDocument

    from ...api import Library

PDF: Final = "application/pdf"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field with its value and how that is known."""

    name: str
    value: str
    how: str


@dataclass(frozen=True, slots=True)
class GradeLine:
    """A judgement."""

    area: str
    grade: str
    css: str
    how: str


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme of the document, with what its findings say."""

    label: str
    strengths: int
    concerns: int
    others: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The context of the page."""

    heading: str
    what: str
    internal: bool
    voice: str
    grades: tuple[GradeLine, ...]
    fields: tuple[FieldLine, ...]
    problems: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    themes: tuple[ThemeLine, ...]
    theme: str
    """The label of the theme whose findings are marked; empty where none is."""
    everything: str
    """The address that marks nothing."""
    q: str
    strict: bool
    steps: tuple[Step, ...]
    noun: str
    sheets: tuple[Sheet, ...]
    citation: str
    original: str
    original_name: str
    web: str
    authority: str
    beside: tuple[tuple[str, str], ...]
    """Documents that may be laid beside this one: what they are, and where."""
    pictures: bool
    number: int
    path: str


def show(asked: Asked, library: Library) -> Answer:
    """The page. A number or a file name leads to the address that lasts."""
    doc = asked.path["doc"]
    stored = library.show(doc)
    path = document_href(stored.entry.original.sha256)
    if not stored.entry.original.sha256.startswith(doc) or doc.isdigit():
        query = asked.url.partition("?")[2]
        return RedirectResponse(f"{path}?{query}" if query else path, 307)
    document = stored.document
    q, theme = asked.arg("q"), asked.arg("theme")
    query = " ".join(filter(None, (q, *asked.all("only"))))
    matches = library.matches(stored.id, query, internal=True) if query else ()
    laid_out = lay_out(
        stored,
        path,
        matches=matches,
        theme=theme,
        notes=tuple(library.notes(stored.id)),
        pictures=asked.arg("pictures") != "no",
    )
    cited = library.cited(stored.id)
    heading = cited.authority or cited.provider or cited.title or stored.entry.original.name
    context = DocumentPage(
        heading=heading,
        what=f"{words.doc_type(document.doc_type)}, {words.day(cited.date)}",
        internal=document.visibility == "internal",
        voice="" if document.voice == "inspectorate" else words.VOICES[document.voice],
        grades=tuple(_grades(document)),
        fields=tuple(_fields(document)),
        problems=tuple(
            f"Page {each.page}: {each.message}" if each.page else each.message
            for each in document.problems
        ),
        sections=laid_out.sections,
        themes=tuple(_themes(stored, path, theme)),
        theme=theme_label(theme) if theme else "",
        everything=path,
        q=q,
        strict=asked.arg("strict") == "1",
        steps=laid_out.steps,
        noun="finding" if theme else "match",
        sheets=laid_out.sheets,
        citation=reference(cited).text(),
        original=address(
            f"{path}/original", internal="1" if cited.visibility == "internal" else ""
        ),
        original_name=stored.entry.original.name,
        web=cited.url or "",
        authority=f"/authorities/{quote(document.authority)}" if document.authority else "",
        beside=tuple(_beside(stored, library)),
        pictures=laid_out.pictures,
        number=stored.id,
        path=path,
    )
    return Page("document.html", f"{heading}: {context.what}", context, "search", wide=True)


def _grades(document: Document) -> list[GradeLine]:
    return [
        GradeLine(
            area=words.area(each.area),
            grade=words.grade(each.grade) if each.grade else words.STATUSES[each.status],
            css=each.grade or "none",
            how=words.ORIGINS[each.origin] if each.origin == "corrected" else "",
        )
        for each in document.judgements
    ]


def _fields(document: Document) -> list[FieldLine]:
    lines = []
    for each in document.fields:
        how = words.ORIGINS[each.origin] if each.origin else words.STATUSES[each.status]
        value = each.value or each.printed or ""
        lines.append(FieldLine(words.plain(each.name), value, how))
    return lines


def _themes(stored: StoredDocument, path: str, chosen: str) -> list[ThemeLine]:
    """The themes of the document, those with most findings first."""
    tones: dict[str, Counter[str]] = {}
    for each in stored.findings:
        tones.setdefault(each.theme, Counter())[each.polarity] += 1
    ordered = sorted(tones.items(), key=lambda each: (-each[1].total(), each[0]))
    return [
        ThemeLine(
            label=theme_label(theme),
            strengths=tone["strength"],
            concerns=sum(tone[each] for each in CONCERNS),
            others=tone["neutral"],
            href=f"{address(path, theme=theme)}#pages",
            chosen=theme == chosen,
        )
        for theme, tone in ordered
    ]


def _beside(stored: StoredDocument, library: Library) -> list[tuple[str, str]]:
    """The other documents of the same authority, the newest first."""
    key = stored.document.authority
    if key is None:
        return []
    mine = document_href(stored.entry.original.sha256)
    return [
        (
            f"{words.doc_type(each.doc_type)}, {words.day(each.date)}",
            address("/beside", left=mine.rpartition("/")[2], right=_short(each.sha256)),
        )
        for each in library.documents(authority=key, internal=True)
        if each.id != stored.id
    ]


def _short(sha256: str) -> str:
    return document_href(sha256).rpartition("/")[2]


def picture(asked: Asked, library: Library) -> Answer:
    """The picture of a page."""
    given = asked.path["page"]
    number = int(given) if given.isdigit() and len(given) < 6 else 0
    found = asked.services.pictures.get(
        library, asked.path["doc"], number, photo=asked.arg("scan") == "1"
    )
    keep = {"cache-control": "private, max-age=86400, immutable"}
    return Response(found.data, media_type=found.media_type, headers=keep)


def original(asked: Asked, library: Library) -> Answer:
    """The file that the document was read from, to be saved."""
    number = library.number(asked.path["doc"])
    if library.cited(number).visibility == "internal" and asked.arg("internal") != "1":
        raise UsageError("the document is internal; add internal=1 to the address to take it away")
    file, data = library.original(number)
    safe = quote(file.name.replace("/", "_"), safe="")
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{safe}",
        "content-security-policy": "sandbox; default-src 'none'",  # where it is shown after all
    }
    return Response(data, media_type=file.media_type, headers=headers)


ROUTES: Final = (
    PageRoute("/documents/{doc}", show),
    PageRoute("/documents/{doc}/original", original),
    PageRoute("/documents/{doc}/pages/{page}", picture),
)
