"""Consistency checks of one document: ranges inside the text, words where they should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal, Protocol, TypeAlias

from corpus.model import Document, Field, Figure, Finding, Judgement

Kind: TypeAlias = Literal["offsets", "quotation"]
Fault: TypeAlias = tuple[Kind, str, int]
"""What is wrong, in words that fit many such, and the character where it is."""

_NOWHERE: Final = -1


class Range(Protocol):
    """Anything with a place in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def contradictions(
    document: Document, findings: Sequence[Finding], figures: Sequence[Figure] = ()
) -> Iterator[tuple[Kind, str]]:
    """The inconsistencies of a document, one line for each kind."""
    found: dict[tuple[Kind, str], list[int]] = {}
    for kind, what, place in _faults(document, findings, figures):
        found.setdefault((kind, what), []).append(place)
    for (kind, what), places in found.items():
        yield kind, f"{what}: {len(places)}, the first at character {places[0]}"


def _faults(
    document: Document, findings: Sequence[Finding], figures: Sequence[Figure]
) -> Iterator[Fault]:
    whole = (0, len(document.text))
    yield from _sequence("printed lines", document.lines, whole)
    yield from _sequence("sections", document.sections, whole)
    yield from _sequence("passages", document.passages, whole)
    yield from _pages(document)
    yield from _passages(document)
    yield from _findings(document, findings)
    yield from _figures(document, figures)
    facts: tuple[Field | Judgement, ...] = document.fields + document.judgements
    for fact in facts:
        yield from _fact(document.text, fact)


def _sequence(name: str, ranges: Sequence[Range], within: tuple[int, int]) -> Iterator[Fault]:
    for each in ranges:
        if not _inside(each, within):
            yield "offsets", f"{name} outside the text", each.start
    for one, other in pairwise(ranges):
        if other.start < one.end:
            yield "offsets", f"{name} out of order", other.start


def _pages(document: Document) -> Iterator[Fault]:
    numbers = {page.number for page in document.pages}
    ranges: Iterable[tuple[str, int, int]] = (
        *(("printed lines", line.page, line.start) for line in document.lines),
        *(("passages", passage.page, passage.start) for passage in document.passages),
    )
    for name, page, start in ranges:
        if page not in numbers:
            yield "offsets", f"{name} on a page that is not there", start


def _passages(document: Document) -> Iterator[Fault]:
    for ordinal, passage in enumerate(document.passages, start=1):
        if passage.ordinal != ordinal:
            yield "offsets", "passages with a wrong ordinal", passage.start
        if not 0 <= passage.section < len(document.sections):
            yield "offsets", "passages in a section that is not there", passage.start
            continue
        section = document.sections[passage.section]
        if not _inside(passage, (section.start, section.end)):
            yield "offsets", "passages outside their section", passage.start


def _findings(document: Document, findings: Sequence[Finding]) -> Iterator[Fault]:
    passages = {passage.ordinal: passage for passage in document.passages}
    for finding in findings:
        passage = passages[finding.passage]  # the row that it was read with
        if not _inside(finding, (passage.start, passage.end)):
            yield "offsets", "findings outside their passage", finding.start
        for cue in finding.cues:
            if not _inside(cue, (finding.start, finding.end)):
                yield "offsets", "words that decided a finding outside it", cue.start


def _figures(document: Document, figures: Sequence[Figure]) -> Iterator[Fault]:
    passages = {passage.ordinal: passage for passage in document.passages}
    for figure in figures:
        passage = passages[figure.passage]  # the row that it was read with
        if not _inside(figure, (passage.start, passage.end)):
            yield "offsets", "figures outside their passage", figure.start
        if not 0 <= figure.counts_start < figure.counts_end <= len(document.text):
            yield "offsets", "figures that count what is not in the text", figure.start


def _fact(text: str, fact: Field | Judgement) -> Iterator[Fault]:
    name = "fields" if isinstance(fact, Field) else "judgements"
    if fact.start is None or fact.end is None:
        if fact.start != fact.end:
            yield "offsets", f"{name} with half a place", fact.start or fact.end or _NOWHERE
    elif not 0 <= fact.start <= fact.end <= len(text):
        yield "offsets", f"{name} outside the text", fact.start
    elif fact.printed is not None and _plain(fact.printed) != _plain(text[fact.start : fact.end]):
        yield "quotation", f"{name} that are not printed where they are said to be", fact.start


def _inside(each: Range, within: tuple[int, int]) -> bool:
    return within[0] <= each.start <= each.end <= within[1]


def _plain(words: str) -> str:
    return " ".join(words.split())
