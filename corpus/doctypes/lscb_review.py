"""Reviews of a safeguarding board that were published alone, 2013 to 2018.

Source of the rules: Ofsted's "Review of Local Safeguarding Children Boards", the second part of
the framework of SIF inspections, whose reports it resembles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..layout.blocks import Block
from .shared.base import DocType, Draft, Facts, Opening, SectionStart
from .shared.common import authority_field, date_fields, date_problems, value_date
from .shared.older import chapters, demands, inspector_at_the_back, items
from .shared.single_framework import BOARD, LETTER, REVIEW, TITLE, boards_grade, kind_of

_NAME = re.compile(
    r"\s*(?:local )?safeguarding children(?:[’']s)? board\b.*", re.IGNORECASE | re.DOTALL
)
_COUNCILS = frozenset({"help_and_protection", "in_care", "adoption", "care_leavers", "leaders"})


def recognise(opening: Opening) -> int:
    """The review's title without the inspection's."""
    head = f"{opening.title} {opening.text[:400]}"
    if not REVIEW.search(head) or TITLE.search(head) or LETTER.search(head):
        return 0
    return 3 + bool(re.search(r"inspection dates?|report published", opening.text, re.IGNORECASE))


def sections(blocks: Sequence[Block]) -> list[SectionStart]:
    """Summary, recommendations, findings about the board."""
    return chapters(blocks, _kind)


def _kind(heading: str, within: str) -> str | None:
    kind = kind_of(heading)
    if kind in {"lscb", "findings"} or kind in _COUNCILS:
        return None if within in {"front", "context", "definitions"} else "lscb"
    return kind


def read(draft: Draft) -> Facts:
    """The authority of the board, dates, inspector, and the one grade."""
    dates = date_fields(draft)
    began = value_date(dates, "start_date")
    key, authority, problems = authority_field(draft, _authority(draft), began)
    return Facts(
        framework="sif",
        authority=key,
        fields=(authority, *dates, inspector_at_the_back(draft)),
        judgements=(boards_grade(draft),),
        problems=(*problems, *date_problems(draft, dates)),
    )


def _authority(draft: Draft) -> str | None:
    """The board's name before the title, less the words that make it a board."""
    match = REVIEW.search(draft.text, 0, draft.front)
    printed = draft.text[: match.start()] if match else draft.title
    return " ".join(_NAME.sub("", printed).split()) or None


DOCTYPE = DocType(
    id="lscb_review",
    recognise=recognise,
    sections=sections,
    read=read,
    item=demands(
        items(
            {
                "improve": "improvement",
                "priority": "priority_action",
                "recommendations": "recommendation",
            },
            BOARD,
        )
    ),
    about="board",
)
"""What `doctypes()` finds."""
