"""A brief: chosen, read in the page's own layout, and taken away as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args
from urllib.parse import quote

from starlette.responses import Response

from corpus.errors import UsageError

from ...briefs.annex import Annex, annex, in_words, quotation
from ...briefs.build import PURPOSES
from ...briefs.model import TOPICS, Brief, Cell, Evidence, Line, Purpose, Quote
from ...usecases.briefs import render
from ..addresses import document_href
from ..files import TYPES
from ..view import Answer, Asked, Page, PageRoute, address
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
FORMATS: Final = (("docx", "Word"), ("html", "Web page"), ("md", "Markdown"))
MEDIA: Final = {
    "docx": TYPES["docx"][1],
    "html": "text/html; charset=utf-8",
    "md": TYPES["md"][1],
}


@dataclass(frozen=True, slots=True)
class MarkLink:
    """A short mark such as "2025 ¶ 17", and the passage that it leads to."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table; `css` where it shows a grade."""

    text: str
    css: str
    marks: tuple[MarkLink, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its quote and marks."""

    text: str
    detail: str
    quote: str
    marks: tuple[MarkLink, ...]


@dataclass(frozen=True, slots=True)
class BriefSection:
    """A section."""

    key: str
    title: str
    intro: str
    header: tuple[str, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    lines: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of evidence in the annex."""

    mark: str
    text: str
    where: str
    href: str


@dataclass(frozen=True, slots=True)
class BriefText:
    """The brief itself."""

    title: str
    subtitle: str
    internal: bool
    sections: tuple[BriefSection, ...]
    entries: tuple[Entry, ...]
    sources: tuple[tuple[str, str], ...]
    """References of documents, and where they are."""
    provenance: str
    warnings: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


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
    kind = asked.arg("format")
    if kind not in MEDIA:
        raise UsageError(f"no format {kind!r} for a brief; choose docx, html or md")
    data = render(_make(whose, asked, library), f".{kind}")
    name = "-".join(filter(None, ("brief", whose.key, purpose, topic)))
    headers = {
        "content-disposition": f'attachment; filename="{quote(name)}.{kind}"',
        "cache-control": "no-store",
    }
    return Response(data, media_type=MEDIA[kind], headers=headers)


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


def _text(brief: Brief, path: str, asked: Asked, library: Library) -> BriefText:
    purpose, topic, internal = _choice(asked)
    rests_on = annex(brief)
    hrefs = {each: _href(each) for each in rests_on.entries}
    args = {"purpose": purpose, "topic": topic or "", "internal": "1" if internal else ""}
    return BriefText(
        title=PURPOSES[purpose][0] + (f": {TOPICS[topic].lower()}" if topic else ""),
        subtitle=brief.subtitle,
        internal=brief.internal,
        sections=tuple(
            BriefSection(
                key=each.key,
                title=each.title,
                intro=each.intro,
                header=each.grid.header if each.grid else (),
                rows=tuple(
                    tuple(
                        GridCell(cell.text, cell.grade or "", _marks(cell, rests_on, hrefs))
                        for cell in row
                    )
                    for row in (each.grid.rows if each.grid else ())
                ),
                lines=tuple(
                    Statement(
                        line.text, line.detail, quotation(line), _marks(line, rests_on, hrefs)
                    )
                    for line in each.lines
                ),
            )
            for each in brief.sections
        ),
        entries=tuple(
            Entry(
                rests_on.mark(each) if isinstance(each, Quote) else "",
                *in_words(each),
                href=hrefs[each],
            )
            for each in rests_on.entries
        ),
        sources=tuple((each.reference, document_href(each.sha256)) for each in brief.sources),
        provenance=brief.provenance,
        warnings=tuple(library.warnings((each.document, each.voice) for each in brief.sources)),
        files=tuple((label, address(f"{path}/file", args, format=kind)) for kind, label in FORMATS),
    )


def _marks(of: Line | Cell, rests_on: Annex, hrefs: dict[Evidence, str]) -> tuple[MarkLink, ...]:
    return tuple(
        MarkLink(each.text, hrefs[rests_on.entries[each.entry - 1]]) for each in rests_on.marks(of)
    )


def _href(evidence: Evidence) -> str:
    """Where the words of a quote stand; empty for counts and absences."""
    if not isinstance(evidence, Quote):
        return ""
    href = document_href(evidence.sha256)
    kind, _, number = evidence.spot.partition(" ")
    if kind == "¶":
        return f"{href}#para-{quote(number)}"
    return f"{href}#page-{quote(number)}" if kind == "p." else href


ROUTES: Final = (
    PageRoute("/authorities/{key}/brief", show),
    PageRoute("/authorities/{key}/brief/file", download),
)
