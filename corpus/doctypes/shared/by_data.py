"""Document types that are read by what frameworks.py says of them alone.

For a report that begins with its title, the name of the body and the dates, prints its grades in
a table headed "Judgement" and "Grade", and has a section for each area and for what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...framework_records import Row
from ...frameworks import DOCUMENTS, FRAMEWORKS, in_force
from ...layout.blocks import Block
from ...model import Judgement, Problem
from .base import DocType, Draft, Facts, Opening, SectionStart
from .common import (
    authority_field,
    date_fields,
    date_problems,
    items_in,
    judgement,
    lead_inspector_field,
    sections_by_heading,
    value_date,
)

FRONT = 1000
"""How many characters at the beginning may hold names and dates, at the least."""


@dataclass(frozen=True, slots=True)
class _ByData:
    """How documents of one kind are read: by the patterns of its entry and its frameworks."""

    id: str

    def area_of(self, words: str) -> str | None:
        """The area that a row's label or a section's heading names."""
        rows = (row for each in DOCUMENTS[self.id].frameworks for row in FRAMEWORKS[each].rows)
        text = " ".join(words.split())
        return next((row.area for row in rows if _prints(row, text)), None)

    def section_of(self, heading: str) -> str | None:
        asks = DOCUMENTS[self.id].asks
        for pattern, kind in asks.items():
            if re.search(pattern, heading, re.IGNORECASE):
                return "improve" if kind == "improvement" else kind
        return self.area_of(heading)

    def recognise(self, opening: Opening) -> int:
        """The title, and the rows of the table."""
        if not re.search(DOCUMENTS[self.id].title, opening.title, re.IGNORECASE):
            return 0
        return 4 + len({area for row in opening.rows if (area := self.area_of(row))})

    def sections(self, blocks: Sequence[Block]) -> list[SectionStart]:
        return sections_by_heading(blocks, self.section_of)

    def read(self, draft: Draft) -> Facts:
        draft = replace(draft, front=max(draft.front, min(FRONT, len(draft.text))))
        dates = date_fields(draft)
        began = value_date(dates, "start_date")
        key, body, problems = authority_field(draft, self._body(draft.title), began)
        if key is None and body.printed:  # a body that is no council is not in the register
            body = replace(body, value=body.printed, status="found", origin="printed")
            problems = ()
        frameworks = DOCUMENTS[self.id].frameworks
        day = began or value_date(dates, "published")
        framework = in_force(day, frameworks) if day and frameworks else None
        judgements, more = self._judgements(draft, framework)
        return Facts(
            framework=framework,
            authority=key,
            fields=(body, *dates, lead_inspector_field(draft)),
            judgements=judgements,
            problems=(*problems, *date_problems(draft, dates), *more),
        )

    def _body(self, title: str) -> str | None:
        match = re.search(DOCUMENTS[self.id].title, title, re.IGNORECASE)
        return match.groupdict().get("name") if match else None

    def _judgements(
        self, draft: Draft, framework: str | None
    ) -> tuple[tuple[Judgement, ...], tuple[Problem, ...]]:
        found = {
            area: judgement(area, placed.row.grade_text, placed.start, placed.end)
            for placed in draft.rows
            if (area := self.area_of(placed.row.label_text))
        }
        problems = []
        for row in FRAMEWORKS[framework].rows if framework else ():
            if row.area not in found:
                missing = Judgement(area=row.area, grade=None, status="not_printed")
                found[row.area] = missing
                if row.ended is None:
                    found[row.area] = replace(missing, status="unreadable")
                    message = f"no row for {row.area} in the judgement table"
                    problems.append(Problem("judgement-row", message))
        return tuple(found.values()), tuple(problems)


def _prints(row: Row, words: str) -> bool:
    pattern = row.printed or re.escape(row.area.replace("_", " "))
    return bool(re.search(pattern, words, re.IGNORECASE))


def doctype_by_data(name: str) -> DocType:
    """The document type that the entry of this id describes."""
    kind, by_data = DOCUMENTS[name], _ByData(name)
    asked = {"improve" if each == "improvement" else each: each for each in kind.asks.values()}
    return DocType(
        id=name,
        recognise=by_data.recognise,
        sections=by_data.sections,
        read=by_data.read,
        item=items_in(asked),
        about=kind.about,
        verified=False,
    )
