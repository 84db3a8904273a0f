"""Coded texts: what all formats of interchange hold, whichever program wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from corpus.model import Polarity, Timing

if TYPE_CHECKING:
    from index.documents.decisions import Decision
    from index.reports.coding import CodedDocument

POLARITIES: Final[tuple[Polarity, ...]] = ("strength", "concern", "mixed", "neutral")
TIMINGS: Final[tuple[Timing, ...]] = ("current", "improved", "worsened", "planned", "past")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """A theme on a stretch of text; places are characters (Unicode code points), half-open."""

    start: int
    end: int
    theme: str
    polarity: Polarity | None = None
    """None where only the theme was coded, or where it was rejected."""
    timing: Timing | None = None
    who: str | None = None
    """None for the machine."""
    why: str = ""
    made_at: str = ""
    rejected: bool = False
    """Whether it is said that the words are not about the theme."""
    details: str = ""
    """What the machine says besides, for whoever reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedText:
    """A text with its codings, in the order of the text."""

    name: str
    text: str
    codings: tuple[Coding, ...]
    sha256: str | None = None
    """The fingerprint of the file that the text was read from, where the format holds it."""
    authority: str | None = None
    authority_key: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    """What is known of the document: its type, its date, its grades."""
    offset: int = 0
    """Where the text begins in its document, if it is a piece of it."""
    passages: tuple[tuple[int, int], ...] = ()


def pieces(text: CodedText) -> Iterator[CodedText]:
    """The passages of a text as texts of their own, each with the codings that begin in it."""
    codings = sorted(text.codings, key=lambda each: each.start)
    at = 0
    for start, end in text.passages or ((0, len(text.text)),):
        inside: list[Coding] = []
        while at < len(codings) and codings[at].start < end:
            each = codings[at]
            if each.start >= start:
                last = min(each.end, end) - start
                inside.append(replace(each, start=each.start - start, end=last))
            at += 1
        yield replace(
            text,
            text=text.text[start:end],
            codings=tuple(inside),
            offset=text.offset + start,
            passages=(),
        )


def polarity_of(name: object) -> Polarity | None:
    """The polarity of this name, if it is one."""
    return next((each for each in POLARITIES if each == name), None)


def timing_of(name: object) -> Timing | None:
    """The timing of this name, if it is one."""
    return next((each for each in TIMINGS if each == name), None)


def coded_text(coded: CodedDocument) -> CodedText:
    """A document of a library as a coded text."""
    row = coded.document
    known = {
        "type": row.doc_type,
        "framework": row.framework,
        "date": row.date,
        "published": row.published,
        "region": row.region,
        "voice": row.voice,
        "visibility": row.visibility,
        "url": row.url,
    } | {f"grade: {each.area}": each.grade for each in row.judgements}
    codings = (*_findings(coded), *_rejections(coded))
    return CodedText(
        name=row.name,
        text=coded.text,
        codings=tuple(sorted(codings, key=lambda each: (each.start, each.end, each.theme))),
        sha256=row.sha256,
        authority=row.authority_name,
        authority_key=row.authority,
        attributes={name: value for name, value in known.items() if value},
        passages=coded.passages,
    )


def _findings(coded: CodedDocument) -> Iterator[Coding]:
    for each in coded.findings:
        found, decision = each.finding, each.decision
        said = {
            "extent": found.extent,
            "aspect": found.aspect,
            "about": found.about,
            "score": None if found.score is None else f"{found.score:.2f}",
        }
        yield Coding(
            start=found.start,
            end=found.end,
            theme=found.theme,
            polarity=found.polarity,
            timing=found.timing,
            details="; ".join(f"{name}: {value}" for name, value in said.items() if value),
            **_by(decision),
        )


def _rejections(coded: CodedDocument) -> Iterator[Coding]:
    for each in coded.rejections:
        yield Coding(
            start=each.start,
            end=each.end,
            theme=each.decision.theme,
            rejected=True,
            **_by(each.decision),
        )


def _by(decision: Decision | None) -> dict[str, Any]:
    if decision is None:
        return {}
    return {"who": decision.who, "why": decision.why, "made_at": decision.made_at}
