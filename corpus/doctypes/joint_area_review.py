"""Joint area reviews of children's services, 2005 to 2009, and inspections of progress after them.

Source of the rules: a progress report of 2009 by three inspectorates. Its verdict is a narrative
("limited progress"); it prints neither grades nor days of inspection nor who led it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ..layout.blocks import Block
from ..model import Field, Judgement
from .shared.base import DocType, Draft, Facts, Item, Opening, SectionStart
from .shared.common import (
    absent,
    authority_field,
    date_fields,
    date_problems,
    lead_inspector_field,
    value_date,
)
from .shared.older import chapters, demands, items

_TITLE = re.compile(
    r"joint area review|inspection of progress made in the provision of safeguarding services",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"joint (?:targeted|local) area|\bdear [A-Z]|services for children in need"
    r"|looked after children",
    re.IGNORECASE,
)
_PARTNERS = re.compile(
    r"care quality commission|healthcare commission|commission for social care inspection"
    r"|inspectorate of constabulary|audit commission|adult learning inspectorate",
    re.IGNORECASE,
)
_BODY = re.compile(r"[Tt]he ([^.;:]{3,90}?) (?:should|must|needs? to)\b")
_KINDS = (
    (
        "definitions",
        re.compile(
            r"(?:about the |about this )?(?:inspection|review)$|evidence|glossary", re.IGNORECASE
        ),
    ),
    ("context", re.compile(r"context", re.IGNORECASE)),
    (
        "improve",
        re.compile(
            r"priorities for (?:further )?improvement|recommendations|areas? for imp", re.IGNORECASE
        ),
    ),
    ("overall", re.compile(r"overall judge?ment", re.IGNORECASE)),
    ("summary", re.compile(r"summary|main findings", re.IGNORECASE)),
    ("findings", re.compile(r"key findings|(?:key )?judge?ments", re.IGNORECASE)),
)


def recognise(opening: Opening) -> int:
    """The title, and an inspectorate besides Ofsted."""
    head = f"{opening.title} {opening.text[:300]}"
    if not _TITLE.search(head) or _NOT.search(head):
        return 0
    return 2 + bool(_PARTNERS.search(opening.text)) + ("Reference no" in opening.text)


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """Summary, priorities, findings; other headings are parts of those."""
    return chapters(blocks, _kind)


def _kind(heading: str, _within: str) -> str | None:
    return next((kind for kind, pattern in _KINDS if pattern.match(heading)), None)


def read(draft: Draft) -> Facts:
    """The authority and the day of publication; the rest is not printed, or as narrative."""
    dates = tuple(_printed(field) for field in date_fields(draft))
    on = value_date(dates, "start_date") or value_date(dates, "published")
    key, authority, problems = authority_field(draft, _authority(draft, on), on)
    return Facts(
        framework="pre-2013",
        authority=key,
        fields=(authority, *dates, lead_inspector_field(draft)),
        judgements=(Judgement(area="overall", grade=None, status="not_printed"),),
        problems=(*problems, *date_problems(draft, dates)),
    )


def _printed(field: Field) -> Field:
    """These reports print no days of inspection."""
    if field.status != "unreadable":
        return field
    return absent(field.name)


def _authority(draft: Draft, on: date | None) -> str | None:
    if named := draft.register.find(draft.text[: draft.front], on):
        _, start, end = named
        return draft.text[start:end]
    return None


_demand = demands(items({"improve": "improvement"}), introductions=True)


def _item(section: str, block: Block) -> Item | None:
    """A priority, and the body that it is laid upon: "The council's partners should ..."."""
    item = _demand(section, block)
    body = _BODY.match(block.text)
    return replace(item, responsible=body[1]) if item and body else item


DOCTYPE = DocType(
    id="joint_area_review",
    recognise=recognise,
    sections=sections,
    read=read,
    item=_item,
    about="partnership",
)
"""What `doctypes()` finds."""
