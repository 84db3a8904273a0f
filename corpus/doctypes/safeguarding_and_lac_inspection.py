"""Inspections of safeguarding and looked after children services, 2009 to 2012.

Source of the rules: the framework of Ofsted and the Care Quality Commission for these
inspections. A report has two parts with the same headings, each with its own grades; the keys of
the judgements begin with "safeguarding_" and "looked_after_".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..layout.blocks import Block
from ..model import Judgement
from .shared.base import DocType, Draft, Facts, Opening, SectionStart
from .shared.until_2013 import ITEM, facts, judged, parts, points

_TITLE = re.compile(r"inspection of safeguarding and looked[- ]after children", re.IGNORECASE)
_PARTS = {
    re.compile(
        r"(?:outcomes|judgements?)\W+(?:services for )?looked after", re.IGNORECASE
    ): "in_care",
    re.compile(r"(?:outcomes|judgements?)\W+safeguarding", re.IGNORECASE): "help_and_protection",
    re.compile(r"^services for looked after children$", re.IGNORECASE): "in_care",
    re.compile(r"^safeguarding services$", re.IGNORECASE): "help_and_protection",
}
_PREFIXES = {"help_and_protection": "safeguarding", "in_care": "looked_after"}


def recognise(opening: Opening) -> int:
    """Its title and its cover."""
    return points(opening, _TITLE)


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """Safeguarding, then looked after children; leaders and demands in each."""
    return parts(blocks, _PARTS, "help_and_protection")


def read(draft: Draft) -> Facts:
    """The cover's facts and the graded headings of both parts."""
    wanted = [f"{prefix}_overall" for prefix in _PREFIXES.values()]
    overall = Judgement(area="overall", grade=None, status="not_printed")
    return facts(draft, _TITLE, [overall, *judged(draft, wanted, _PREFIXES)])


DOCTYPE = DocType(
    id="safeguarding_and_lac_inspection",
    recognise=recognise,
    sections=sections,
    read=read,
    item=ITEM,
    verified=False,
)
"""What `doctypes()` finds."""
