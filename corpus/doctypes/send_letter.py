"""Joint local area SEND letters, 2016 to 2022: inspections, and revisits where they found weakness.

Source of the rules: Ofsted's and the CQC's "Local area SEND inspection: framework and handbook"
(2016), their guidance on revisits (2021), and what areas published of such letters. None of these
letters was at hand when this was written: the type is not verified on real documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..layout.blocks import Block
from ..model import Field, Problem
from .shared.base import DocType, Draft, Facts, Item, Opening, SectionStart
from .shared.common import absent, authority_field, field_from_match, unreadable, value_date
from .shared.letters import PERSON, letter_dates, letter_sections, named_authority, person

_SEND = r"(?:SEND|special educational needs(?:,? and(?:/or)? disabilit(?:y|ies))?(?: \(SEND\))?)"
_TITLE = rf"Joint (?i:(?:local )?area {_SEND} (?P<visit>inspection|re-?visit) (?:in|of))"
_SUBJECT = re.compile(rf"{_TITLE} (?P<name>[^\n]+)")
_ADDRESSED = re.compile(rf"\bDear (?:(?!visit\b).){{3,300}}?{_TITLE}")
_OPENS = re.compile(
    r"Ofsted and the Care Quality Commission.{0,10}?,? (?:(?:conducted|carried out|undertook) a"
    r" joint inspection of|re-?visited) the (?:local )?area of (?P<name>[^\n,.]{3,60}?) to ",
    re.IGNORECASE,
)

_KINDS = (
    (
        "weaknesses",
        re.compile(r"significant concerns|areas? of significant weakness", re.IGNORECASE),
    ),
    ("strengths", re.compile(r"^strengths", re.IGNORECASE)),
    ("development", re.compile(r"^areas? for (?:development|improvement)", re.IGNORECASE)),
    ("identifying", re.compile(r"in identifying", re.IGNORECASE)),
    ("meeting_needs", re.compile(r"meeting the needs", re.IGNORECASE)),
    ("outcomes", re.compile(r"improving outcomes", re.IGNORECASE)),
    ("findings", re.compile(r"main findings|findings from the re-?visit", re.IGNORECASE)),
    ("next_steps", re.compile(r"next steps", re.IGNORECASE)),
)
_LISTED = re.compile(
    r"following (?:\w+ )?areas? of significant weakness(?:es)?\s*:$", re.IGNORECASE
)

_REQUIRED = re.compile(
    r"written statement of action (?:\(W[Ss][Oo]A\) )?(?:is|was) (?P<not>not )?required",
    re.IGNORECASE,
)
_INITIAL = re.compile(
    r"(?:^|(?<=\n))(?:At )?the (?:time of the )?(?:initial|original|previous) inspection\b",
    re.IGNORECASE,
)
_PROGRESS = re.compile(
    r"ha(?:s|ve) (?P<not>not )?(?:yet )?(?:made|been) sufficient progress"
    r"|sufficient progress has (?P<not2>not )?(?:yet )?been made",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"sufficient progress (?:in|to|on|against) [^.\n]{3,160}", re.IGNORECASE)
"""How the opening sums up, where the days of the visit and the progress are told."""

_OFFICE = r"(?:\(?HMI\b\)?|H[ei][rs] Majesty’s Inspector\b)"
_SIGNED = (
    re.compile(rf"{PERSON},? {_OFFICE}"),
    re.compile(rf"(?:^|(?<=\n)){PERSON},?\s+(?:{_OFFICE}|(?i:lead inspector))"),
)
"""Who led the inspection; in two columns of signatures only what stands in one line is sure."""


def kind_of(heading: str) -> str | None:
    """The kind of section that a heading begins."""
    return next((kind for kind, pattern in _KINDS if pattern.search(heading)), None)


def recognise(opening: Opening) -> int:
    """A letter with this subject, and how it opens; a mention elsewhere is none."""
    points = 3 if _ADDRESSED.search(opening.text) or _SUBJECT.search(opening.title) else 0
    return points + 2 * bool(_OPENS.search(opening.text))


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """Sections: address, findings, the list of weaknesses, signatures."""
    starts = letter_sections(blocks, _SUBJECT, kind_of)
    listed = [
        SectionStart(index, "weaknesses", "")
        for index, block in enumerate(blocks)
        if block.kind == "paragraph" and _LISTED.search(block.text)
    ]
    begun = {start.block for start in starts}
    return sorted(
        (*starts, *(start for start in listed if start.block not in begun)),
        key=lambda start: start.block,
    )


def item(section: str, block: Block) -> Item | None:
    """A weakness of the list; what introduces the list or follows it is none."""
    return Item("weakness") if section == "weaknesses" and block.kind == "bullet" else None


def read(draft: Draft) -> Facts:
    """The facts of the opening, whether a statement is required, and progress on each weakness."""
    dates, problems = letter_dates(draft)
    began = value_date(dates, "start_date") or value_date(dates, "published")
    subject = _SUBJECT.search(draft.text)
    opens = _OPENS.search(draft.text)
    names = [match["name"].rstrip(" .,0123456789") for match in (subject, opens) if match]
    key, authority, unknown = authority_field(draft, named_authority(draft, names, began), began)
    revisit = bool(subject and subject["visit"].lower() != "inspection")
    signed = draft.text.rfind("Yours ")
    leads = (pattern.search(draft.text, max(signed, 0)) for pattern in _SIGNED)
    fields = (
        authority,
        *dates,
        person("lead_inspector", next(filter(None, leads), None), expected=signed >= 0),
        _visit(subject, revisit=revisit),
        _statement(draft, revisit=revisit),
    )
    progress, doubts = _progress(draft) if revisit else ((absent("progress"),), ())
    return Facts(
        framework="send-2016",
        authority=key,
        fields=(*fields, *progress),
        problems=(*unknown, *problems, *doubts),
    )


def _visit(subject: re.Match[str] | None, *, revisit: bool) -> Field:
    """Whether this is the inspection or the visit that followed it."""
    if subject is None:
        return unreadable("visit")
    return field_from_match("visit", "revisit" if revisit else "inspection", subject, "visit")


def _statement(draft: Draft, *, revisit: bool) -> Field:
    """Whether the area has to write a statement of action; a letter that asks for none is silent.

    On a revisit: whether it had to after the inspection, which is why there is a revisit.
    """
    name = "written_statement"
    if match := _REQUIRED.search(draft.text):
        return field_from_match(name, "not_required" if match["not"] else "required", match)
    if listed := re.search(r"required to produce and submit", draft.text):
        return field_from_match(name, "required", listed)
    if revisit:
        return absent(name)
    return Field(name=name, value="not_required", status="not_printed")


def _progress(draft: Draft) -> tuple[tuple[Field, ...], tuple[Problem, ...]]:
    """`progress` ("3 of 4"), and `progress_1` and so on for each weakness in the letter's order."""
    begins = [match.start() for match in _INITIAL.finditer(draft.text, draft.front)]
    each: list[Field] = []
    ends = [*begins[1:], len(draft.text)] if begins else []
    for number, (start, end) in enumerate(zip(begins, ends, strict=True), start=1):
        name = f"progress_{number}"
        if match := _PROGRESS.search(draft.text, start, end):
            made = match["not"] is None and match["not2"] is None
            each.append(field_from_match(name, "sufficient" if made else "not_sufficient", match))
        else:
            each.append(unreadable(name))
    told = [field for field in each if field.value]
    if not told or len(told) < len(each):
        problem = Problem("progress-unclear", "progress on at least one weakness could not be read")
        return (unreadable("progress"), *each), (problem,)
    enough = sum(field.value == "sufficient" for field in told)
    value = f"{enough} of {len(each)}"
    summary = _SUMMARY.search(draft.text, draft.front, begins[0])
    if summary:
        return (field_from_match("progress", value, summary), *each), ()
    return (replace(each[0], name="progress", value=value), *each), ()


DOCTYPE = DocType(
    id="send_letter",
    recognise=recognise,
    sections=sections,
    read=read,
    item=item,
    about="partnership",
    verified=False,
)
"""What `doctypes()` finds."""
