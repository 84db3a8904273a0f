"""Inspections of looked after children services, 2013.

Source of the rules: Ofsted's framework of 2013 for these inspections, of which few were made
before the single inspection framework took their place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..layout.blocks import Block
from .shared.base import DocType, Draft, Facts, Opening, SectionStart
from .shared.until_2013 import ITEM, facts, judged, parts, points

_TITLE = re.compile(
    r"inspection of (?:services for )?looked[- ]after children(?:[’']s)?(?: services)?",
    re.IGNORECASE,
)


def recognise(opening: Opening) -> int:
    """Its title and its cover."""
    return points(opening, _TITLE, re.compile(r"safeguarding and looked", re.IGNORECASE))


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """Sections: all on children in care, except leadership."""
    return parts(blocks, {}, "in_care")


def read(draft: Draft) -> Facts:
    """The cover's facts and the graded headings."""
    return facts(draft, _TITLE, judged(draft, ("overall",), {}))


DOCTYPE = DocType(
    id="looked_after_children_inspection",
    recognise=recognise,
    sections=sections,
    read=read,
    item=ITEM,
)
"""What `doctypes()` finds."""
