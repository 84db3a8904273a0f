"""Joint targeted area inspections: letters of four inspectorates to the partners of an area.

Source of the rules: the inspectorates' "Joint targeted area inspections" guidance (2016, 2022)
and 64 published letters. They grade nothing; each looks deeply at one theme.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ..layout.blocks import SIDE, Block
from ..model import Field
from ..readers import TableReader
from .shared.base import DocType, Draft, Facts, Opening, SectionStart
from .shared.common import (
    absent,
    authority_field,
    field_from_match,
    items_in,
    unreadable,
    value_date,
)
from .shared.letters import letter_dates, letter_sections, named_authority

_SUBJECT = re.compile(
    r"Joint targeted area inspection (?:\(JTAI\) )?(?:of|in) (?P<of>[^\n]+)", re.IGNORECASE
)
_ADDRESSED = re.compile(
    r"\bDear (?:(?!visit\b).){3,400}?(?<!\ba )(?<!\bthe )"
    r"\b(?:Joint|JOINT) (?i:targeted area inspection (?:\(JTAI\) )?(?:of|in) )"
)
_DATED = re.compile(r"\d{1,2} [A-Z][a-z]+ 20\d\d\b")

_KINDS = (
    (
        "case_study",
        re.compile(r"\b(?:case|practice) stud(?:y|ies)|highly effective practice", re.IGNORECASE),
    ),
    ("priority_action", re.compile(r"areas? for priority action", re.IGNORECASE)),
    ("improve", re.compile(r"needs? to improve|areas? for improvement", re.IGNORECASE)),
    ("strengths", re.compile(r"^(?:key )?strengths", re.IGNORECASE)),
    ("summary", re.compile(r"headline findings", re.IGNORECASE)),
    ("context", re.compile(r"^context\b|^background\b", re.IGNORECASE)),
    ("findings", re.compile(r"main findings", re.IGNORECASE)),
    ("next_steps", re.compile(r"next steps", re.IGNORECASE)),
)

_BOXED = re.compile(r"(?:case|practice) stud(?:y|ies):", re.IGNORECASE)

THEMES = (
    ("serious_youth_violence", re.compile(r"youth violence", re.IGNORECASE)),
    (
        "child_exploitation",
        re.compile(
            r"gang|child(?:ren)? exploitation|sexual.{0,90}criminal(?:ly)? exploit"
            r"|criminal.{0,90}sexual(?:ly)? exploit",
            re.IGNORECASE,
        ),
    ),
    ("criminal_exploitation", re.compile(r"criminal(?:ly)? exploit", re.IGNORECASE)),
    ("child_sexual_exploitation", re.compile(r"sexual(?:ly)? exploit", re.IGNORECASE)),
    ("sexual_abuse_in_the_family", re.compile(r"sexual abuse|sexually abused", re.IGNORECASE)),
    ("domestic_abuse", re.compile(r"domestic abuse", re.IGNORECASE)),
    ("mental_health", re.compile(r"mental(?:ly)? (?:ill|health)", re.IGNORECASE)),
    (
        "initial_need_and_risk",
        re.compile(
            r"initial needs?|needs? and risk|families who need help|need(?:ing)? (?:of )?help",
            re.IGNORECASE,
        ),
    ),
    ("neglect", re.compile(r"neglect", re.IGNORECASE)),
)
"""What an inspection looked at deeply, the more special words first; a closed list."""

_ANY_HARM = re.compile(r"abuse and neglect|abuse, neglect", re.IGNORECASE)
"""The subject of most letters to 2017, whatever they looked at."""

_PHRASES = (
    re.compile(
        r"deep[\s-]dive[’'”\"]?\s+(?:\w+\s+){0,2}?(?:on|into|of)\s+"
        r"(?:the\s+)?(?:responses?\s+to\s+)?(?P<theme>[^.\n]+)",
        re.IGNORECASE,
    ),
    re.compile(r"multi-\s?agency\s+responses?\s+to\s+(?:the\s+)?(?P<theme>[^.\n]+)", re.IGNORECASE),
    re.compile(r"front door.{0,60}focused\s+on\s+(?P<theme>[^.\n]+)", re.IGNORECASE),
)
"""Where the theme is said, the plainest first."""

_PLACE_AT_END = re.compile(
    r"\s+in\s+(?:[A-Z][\w’-]*|the|of|and|upon|on)(?:\s+(?:[A-Z][\w’-]*|the|of|and|upon|on))*\W*$"
)
_PRINCIPAL = re.compile(
    r"determined that (?:the )?(?P<name>[^.\n]{3,160}?) (?:is|are|should be) the "
    r"principal authority",
    re.IGNORECASE,
)


def kind_of(heading: str) -> str | None:
    """The kind of section that a heading begins."""
    return next((kind for kind, pattern in _KINDS if pattern.search(heading)), None)


def recognise(opening: Opening) -> int:
    """A letter to partners with this subject; a mention elsewhere is none."""
    if not (_ADDRESSED.search(opening.text) or _SUBJECT.match(opening.title)):
        return 0
    return 3 + bool(_DATED.match(opening.text))


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """Sections: address and subject, the findings, signatures."""
    return letter_sections(blocks, _SUBJECT, kind_of)


def arrange(blocks: Sequence[Block], _tables: TableReader) -> list[Block]:
    """The parts of a demand ("This includes:" and dashes further in) join its bullet.

    A box's heading is one in plain type too.
    """
    arranged: list[Block] = []
    parent: Block | None = None
    for block in blocks:
        if len(block.lines) == 1 and _BOXED.match(block.text):
            block.kind = "heading"
        if parent and block.kind == "bullet" and _edge(block) > _edge(parent) + SIDE:
            first, *rest = block.lines
            text = f"- {first.line.text[first.skip :].strip()}"
            parent.lines += [first._replace(line=first.line._replace(text=text), skip=0), *rest]
            continue
        opens = block.kind == "bullet" and block.text.endswith(":")
        parent = block if opens else None
        arranged.append(block)
    return arranged


def _edge(block: Block) -> float:
    return block.lines[0].line.x0


def read(draft: Draft) -> Facts:
    """Dates, the authority of the subject line, the theme and who has to answer."""
    dates, problems = letter_dates(draft)
    began = value_date(dates, "start_date") or value_date(dates, "published")
    key, authority, unknown = authority_field(draft, _authority(draft, began), began)
    return Facts(
        framework="jtai",
        authority=key,
        fields=(authority, *dates, absent("lead_inspector"), _theme(draft), _principal(draft)),
        problems=(*unknown, *problems),
    )


def _authority(draft: Draft, on: date | None) -> str | None:
    """As the subject names it after its last "in" or "of", else the first addressee."""
    names: list[str] = []
    if subject := _SUBJECT.search(draft.text[: draft.front]):
        of = subject["of"].rstrip(" .,0123456789")
        ends = [match.end() for match in re.finditer(r"\bin\s+(?:the\s+)?", of)]
        names = [*(of[end:] for end in reversed(ends)), of]
    return named_authority(draft, names, on)


def _theme(draft: Draft) -> Field:
    """The theme of the deep dive; the subject says it only where it is not any abuse or neglect."""
    near = draft.text[: draft.front + 6000]
    for pattern in _PHRASES:
        for match in pattern.finditer(near):
            words = _PLACE_AT_END.sub("", match["theme"])
            if _ANY_HARM.search(words):
                continue
            theme = next((name for name, said in THEMES if said.search(words)), None)
            if theme:
                return Field(
                    name="theme",
                    value=theme,
                    status="found",
                    origin="printed",
                    printed=words,
                    start=match.start("theme"),
                    end=match.start("theme") + len(words),
                )
    return unreadable("theme")


def _principal(draft: Draft) -> Field:
    """The principal authority, which has to answer; printed since 2022."""
    match = _PRINCIPAL.search(draft.text)
    if match is None:
        return absent("principal_authority")
    return field_from_match("principal_authority", " ".join(match["name"].split()), match, "name")


DOCTYPE = DocType(
    id="jtai",
    recognise=recognise,
    sections=sections,
    read=read,
    arrange=arrange,
    item=items_in({"improve": "improvement", "priority_action": "priority_action"}),
    about="partnership",
)
"""What `doctypes()` finds."""
