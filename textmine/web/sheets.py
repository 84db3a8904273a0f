"""Sheets: the pages of a document, each with its picture, the boxes on it and its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from . import words
from .addresses import text_anchor
from .marking import Box, Piece, boxes, pieces
from .themes import theme_label

if TYPE_CHECKING:
    from corpus.model import Document, Finding, PageSize, Passage
    from index.annotations.notes import Note
    from index.documents.records import StoredDocument
    from index.views.matches import PassageMatch

PDF: Final = "application/pdf"
ALL: Final = "all"
"""The theme that stands for findings of every theme."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a finding says, beside the passage."""

    theme: str
    polarity: str


@dataclass(frozen=True, slots=True)
class Step:
    """A place to go to: a match, or a finding of the chosen theme."""

    number: int
    anchor: str
    where: str
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class PassageItem:
    """A passage with what is marked in it."""

    anchor: str
    kind: str
    number: str
    permalink: str
    pieces: tuple[Piece, ...]
    labels: tuple[Label, ...]
    step: Step | None
    voice: str
    note: str
    """The address where the passage is noted or collected."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the document."""

    number: int
    picture: str
    """The address of its picture; empty where there is none."""
    width: float
    height: float
    boxes: tuple[Box, ...]
    passages: tuple[PassageItem, ...]
    recognised: str


@dataclass(frozen=True, slots=True)
class LaidOut:
    """All pages, and what leads through them."""

    sheets: tuple[Sheet, ...]
    steps: tuple[Step, ...]
    sections: tuple[tuple[str, str], ...]
    """Headings with the addresses of where they begin."""
    pictures: bool
    """Whether there are pictures to show."""


def lay_out(
    stored: StoredDocument,
    path: str,
    *,
    matches: Sequence[PassageMatch] = (),
    theme: str = "",
    notes: Sequence[Note] = (),
    pictures: bool = True,
) -> LaidOut:
    """The pages of a document, with matches of a query and findings of a theme marked."""
    return _Layout(stored, path, matches, theme, notes).whole(pictures=pictures)


class _Layout:
    """The layout of one document."""

    def __init__(
        self,
        stored: StoredDocument,
        path: str,
        matches: Sequence[PassageMatch],
        theme: str,
        notes: Sequence[Note],
    ) -> None:
        self._notes = notes
        self._document: Document = stored.document
        self._path = path
        self._is_pdf = stored.entry.original.media_type == PDF
        self._matches = {each.ordinal: each for each in matches}
        self._findings: dict[int, list[Finding]] = {}
        for finding in stored.findings:
            if theme in {finding.theme, ALL}:
                self._findings.setdefault(finding.passage, []).append(finding)
        self._anchors = _anchors(self._document)
        numbers = [each.number for each in self._document.passages if each.kind == "paragraph"]
        self._unique = {each for each in numbers if each and numbers.count(each) == 1}
        self._steps = self._steps_in_order()

    def whole(self, *, pictures: bool) -> LaidOut:
        """All of it."""
        document = self._document
        by_page: dict[int, list[Passage]] = {}
        for passage in document.passages:
            by_page.setdefault(passage.page, []).append(passage)
        drawn: dict[int, list[Box]] = {}
        for page, box in self._boxes():
            drawn.setdefault(page, []).append(box)
        return LaidOut(
            sheets=tuple(
                self._sheet(
                    page, by_page.get(page.number, ()), drawn.get(page.number, ()), pictures
                )
                for page in document.pages
            ),
            steps=tuple(self._steps.values()),
            sections=tuple(self._sections()),
            pictures=self._is_pdf,
        )

    def _sheet(
        self,
        page: PageSize,
        passages: Sequence[Passage],
        drawn: Sequence[Box],
        pictures: bool,
    ) -> Sheet:
        scan = page.recognised is not None and bool(passages)
        recognised = f"read by OCR, confidence {page.recognised:.0%}" if scan else ""
        address = f"{self._path}/pages/{page.number}{'?scan=1' if scan else ''}"
        return Sheet(
            number=page.number,
            picture=address if self._is_pdf and pictures else "",
            width=page.width,
            height=page.height,
            boxes=tuple(drawn),
            passages=tuple(self._passage(each) for each in passages),
            recognised=recognised,
        )

    def _passage(self, passage: Passage) -> PassageItem:
        text = self._text(passage)
        match = self._matches.get(passage.ordinal)
        findings = self._findings.get(passage.ordinal, [])
        said = dict.fromkeys((each.theme, each.polarity) for each in findings)
        anchor = self._anchors[passage.ordinal]
        lasting = f"para-{passage.number}" if passage.number in self._unique else anchor
        return PassageItem(
            anchor=anchor,
            kind=passage.kind,
            number=passage.number or "",
            permalink=lasting,
            pieces=pieces(
                text,
                match.highlights if match else (),
                [(e.start - passage.start, e.end - passage.start, e.polarity) for e in findings],
            ),
            labels=tuple(Label(theme_label(theme), polarity) for theme, polarity in said),
            step=self._steps.get(passage.ordinal),
            note=f"{self._path}/passages/{passage.ordinal}",
            notes=tuple(
                f"{each.who}: {each.text}"
                for each in self._notes
                if each.start is not None and passage.start <= each.start < passage.end
            ),
            voice="" if passage.voice == self._document.voice else words.VOICES[passage.voice],
        )

    def _text(self, passage: Passage) -> str:
        return self._document.text[passage.start : passage.end]

    def _steps_in_order(self) -> dict[int, Step]:
        """The passages to go to, by their position."""
        stops = [
            each
            for each in self._document.passages
            if each.ordinal in self._findings
            or ((match := self._matches.get(each.ordinal)) and match.answers)
        ]
        anchors = [self._anchors[each.ordinal] for each in stops]
        return {
            each.ordinal: Step(
                number=at + 1,
                anchor=anchors[at],
                where=f"page {each.page}, paragraph {each.number}"
                if each.number
                else f"page {each.page}",
                previous=anchors[at - 1] if at else "",
                next=anchors[at + 1] if at + 1 < len(anchors) else "",
            )
            for at, each in enumerate(stops)
        }

    def _boxes(self) -> Iterator[tuple[int, Box]]:
        for passage in self._document.passages:
            for finding in self._findings.get(passage.ordinal, ()):
                yield from boxes(self._document, finding.start, finding.end, finding.polarity)
            if match := self._matches.get(passage.ordinal):
                for start, end in match.highlights:
                    at = passage.start
                    yield from boxes(self._document, at + start, at + end, "words")

    def _sections(self) -> Iterator[tuple[str, str]]:
        for number, section in enumerate(self._document.sections):
            first = next((p for p in self._document.passages if p.section == number), None)
            if section.heading and first:
                yield section.heading, f"#{self._anchors[first.ordinal]}"


def _anchors(document: Document) -> dict[int, str]:
    """The name of each passage on the page; of equal ones, all but the first have a number."""
    seen: dict[str, int] = {}
    anchors = {}
    for passage in document.passages:
        anchor = text_anchor(document.text[passage.start : passage.end])
        seen[anchor] = seen.get(anchor, 0) + 1
        anchors[passage.ordinal] = anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}"
    return anchors
