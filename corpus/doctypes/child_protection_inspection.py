"""Inspections of local authority arrangements for the protection of children, 2012 to 2013.

Source of the rules: Ofsted's framework of 2012 for these inspections.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..layout.blocks import Block
from .shared.base import DocType, Draft, Facts, Opening, SectionStart
from .shared.until_2013 import ITEM, facts, judged, parts, points

_TITLE = re.compile(
    r"inspection of (?:local authority )?arrangements for the protection of children", re.IGNORECASE
)
_WANTED = ("overall", "help_and_protection", "quality_of_practice", "leaders")


def recognise(opening: Opening) -> int:
    """Its title and its cover."""
    return points(opening, _TITLE)


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """Sections: all on help and protection, except leadership."""
    return parts(blocks, {}, "help_and_protection")


def read(draft: Draft) -> Facts:
    """The cover's facts and the four grades."""
    return facts(draft, _TITLE, judged(draft, _WANTED, {}))


DOCTYPE = DocType(
    id="child_protection_inspection",
    recognise=recognise,
    sections=sections,
    read=read,
    item=ITEM,
    verified=False,
)
"""What `doctypes()` finds."""
