"""Field readers that several types share: dates, inspectors, the authority's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ...frameworks import grade_of
from ...language.dates import Dates, find_date, find_range
from ...layout.blocks import Block
from ...model import Field, Judgement, Problem, RecommendationKind, Status
from ...register.authorities import Authority, Register
from ...tables.judgement_table import is_not_judged
from .base import Draft, Item, SectionStart

_PUBLISHED = re.compile(
    r"(?:(?:report )?published(?: on)?|publication date|date of publication)\s*:?\s", re.IGNORECASE
)
_PUBLISHED_AT = re.compile(
    r"(?:^|\n)(?:(?:report )?published(?: on)?|publication date|date of publication)\s*:\s",
    re.IGNORECASE,
)
HEAD = 1500
"""In so many characters at the beginning a label of the title block may stand."""

_RANGE_GOES_ON = re.compile(r"\d|\b(?:to|until|till|and|from|week|weeks)\b|[-–—]", re.IGNORECASE)
_BEYOND = re.compile(
    r"\n|\b(?:report )?published\b|\bpublication date|\bdate of publication", re.IGNORECASE
)
_INSPECTED = re.compile(
    r"(?:inspection dates?|dates? of (?:the |this )?inspection)\s*:?\s", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?<!deputy )(?:lead|reporting) inspectors?(?: on site)?\s*:?\s*(?P<names>.{3,160}?)"
    r"(?=\n\n|\n(?!(?:H[ei][rs]|and|Majesty|Inspectors?|Social Care)\b)"
    r"|\s(?:deputy|team|shadow|associate)\s(?:lead\s)?insp|$)",
    re.IGNORECASE | re.DOTALL,
)
_LEAD_LABEL = re.compile(r"(?<!deputy )\blead inspectors?\s*:", re.IGNORECASE)
_OFFICE = re.compile(
    r"[\s,(–-]*\b(?:(?:senior\s+)?(?:H[ei][rs]\s+Majesty[‘’']s\s+Inspectors?|HMI)|SHMI"
    r"|(?:(?:senior|social care|regulatory|Ofsted)\s+)+inspect(?:ors?|ion manager))\b\)?"
    r"(?:,?\s*\(?social care\b\)?)?",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?<=[A-Za-z?:’])\d{1,2}$")
NOTHING_ASKED = re.compile(
    r":$|\b(?:there (?:are|were)|found|identified|made|did not (?:find|identify|make)) (?:no|any) "
    r"(?:\w+ ){0,2}(?:areas? for (?:priority|improvement)|priority (?:and|or) immediate"
    r"|recommendations?\b)",
    re.IGNORECASE,
)
BOILERPLATE = re.compile(
    r"The Office for Standards in Education|If you would like a copy of this document"
    r"|You may reuse this information|© Crown copyright|If you are not happy with the inspection"
    r"|Yours (?:sincerely|faithfully)",
)


_OTHER_FIELD = re.compile(
    r"\b(?:inspection dates?|dates? of (?:the )?inspection|(?:lead|reporting) inspectors?"
    r"|published)\b",
    re.IGNORECASE,
)
NAME = 80
"""No authority's name is longer than so many characters."""


def unmarked(text: str) -> str:
    """A text less the mark of a footnote at its end."""
    return _MARK.sub("", text) if text[-1:].isdigit() else text


def judgement(area: str, printed: str, start: int, end: int) -> Judgement:
    """A judgement from its printed grade and the place of it."""
    grade = grade_of(printed)
    status: Status = "found" if grade else "not_judged" if is_not_judged(printed) else "unreadable"
    return Judgement(area=area, grade=grade, status=status, printed=printed, start=start, end=end)


def sections_by_heading(
    blocks: Sequence[Block], kind_of: Callable[[str], str | None], unknown: str | None = None
) -> list[SectionStart]:
    """Front matter, summary, then a section a heading, and the boilerplate at the end.

    A heading that `kind_of` does not know is a part of the section that it stands in and
    keeps that section's kind, unless `unknown` names a kind for it.
    """
    starts = [SectionStart(0, "front", "")]
    for index, block in enumerate(blocks):
        kind = starts[-1].kind
        text = block.text
        if block.kind == "footnote":
            if kind != "footnotes":
                starts.append(SectionStart(index, "footnotes", ""))
        elif kind == "boilerplate":
            continue
        elif BOILERPLATE.match(text):
            starts.append(SectionStart(index, "boilerplate", ""))
        elif block.kind == "heading":
            known = kind_of(text) or _set_apart(text, kind)
            if known or kind != "front":
                starts.append(SectionStart(index, known or unknown or kind, unmarked(text)))
        elif kind == "front" and block.kind == "paragraph" and _runs(block):
            starts.append(SectionStart(index, "summary", ""))
    return starts


def _set_apart(heading: str, within: str) -> str | None:
    """What a heading in the middle of demands begins that is no demand: praise, or an example."""
    if within not in _DEMANDING:
        return None
    return next((kind for kind, pattern in _NO_DEMAND if pattern.search(heading)), None)


_DEMANDING = frozenset({"improve", "priority_action", "priority", "recommendations", "weaknesses"})
_NO_DEMAND = (
    (
        "case_study",
        re.compile(
            r"\b(?:case|practice) (?:stud(?:y|ies)|examples?)\b|good practice", re.IGNORECASE
        ),
    ),
    (
        "strengths",
        re.compile(
            r"^(?:(?:key|main|the) )*strengths\b|\bwork(?:s|ing) well\b|\bhas improved\b"
            r"|^(?:progress|achievements)\b|\bis effective\b",
            re.IGNORECASE,
        ),
    ),
)


def _runs(block: Block) -> bool:
    """Running text, not a line of the title block."""
    return len(block.lines) > 1 or block.text.endswith(".")


def items_in(kinds: Mapping[str, RecommendationKind]) -> Callable[[str, Block], Item | None]:
    """Recommendations are the bullets and paragraphs of these kinds of sections.

    What introduces them, or says that there are none, asks for nothing.
    """

    def item(section: str, block: Block) -> Item | None:
        kind = kinds.get(section)
        if kind is None or block.kind not in {"bullet", "paragraph"}:
            return None
        return None if NOTHING_ASKED.search(block.text) else Item(kind)

    return item


def absent(name: str) -> Field:
    """A field that this kind of document does not print."""
    return Field(name=name, value=None, status="not_printed")


def unreadable(name: str) -> Field:
    """A field that this kind of document prints, but that could not be read."""
    return Field(name=name, value=None, status="unreadable")


def field_from_match(name: str, value: str, match: re.Match[str], group: str | int = 0) -> Field:
    """A field read from a match's group."""
    return Field(
        name=name,
        value=value,
        status="found",
        origin="printed",
        printed=match[group],
        start=match.start(group),
        end=match.end(group),
    )


def date_fields(draft: Draft) -> tuple[Field, ...]:
    """`start_date`, `end_date` and `published`, from the title block."""
    front = draft.text[: draft.front]
    if not _INSPECTED.search(front):
        # In a copy as text the first running paragraph may hold the label.
        front = draft.text[: max(draft.front, HEAD)]
    inspected = _after_label(_INSPECTED, front, find_range)
    names = ("start_date", "end_date")
    if inspected is None or _is_doubtful(inspected, front):
        said = _printed_behind(_INSPECTED, front)
        return (
            *(replace(unreadable(name), printed=said) for name in names),
            published_field(draft),
        )
    days = zip(names, (inspected.first, inspected.last), strict=True)
    dates = (printed_date(name, day, inspected, front) for name, day in days)
    return (*dates, published_field(draft))


def _is_doubtful(dates: Dates, text: str) -> bool:
    """Whether a lone day stands beside the rest of a range that was not understood."""
    if dates.first != dates.last:
        return False
    begin = text.rfind("\n", 0, dates.start) + 1
    label = max((match.end() for match in _INSPECTED.finditer(text, begin, dates.start)), default=0)
    before = text[max(label, begin) : dates.start]
    behind = _OTHER_FIELD.split(_BEYOND.split(text[dates.end :], maxsplit=1)[0], maxsplit=1)[0]
    return any(_RANGE_GOES_ON.search(each) for each in (before, behind[:40]))


def _printed_behind(label: re.Pattern[str], text: str) -> str | None:
    """What is printed after a label, for a person to look at."""
    match = label.search(text)
    rest = _BEYOND.split(text[match.end() :], maxsplit=1)[0] if match else ""
    return " ".join(_OTHER_FIELD.split(rest, maxsplit=1)[0].split())[:NAME] or None


def published_field(draft: Draft) -> Field:
    """The date of publication: as given, else as printed, else as the file is named."""
    name = "published"
    if draft.options.published:
        return Field(name=name, value=draft.options.published, status="found", origin="given")
    front = draft.text[: draft.front]
    if printed := _after_label(_PUBLISHED, front, find_date):
        return printed_date(name, printed.first, printed, front)
    if draft.file_date:
        day = draft.file_date.isoformat()
        return Field(name=name, value=day, status="found", origin="file_name")
    if said := _printed_behind(_PUBLISHED_AT, front):
        return replace(unreadable(name), printed=said)
    return absent(name)


def printed_date(name: str, day: date, dates: Dates, text: str) -> Field:
    """A date as it is printed at `dates` in the text."""
    return Field(
        name=name,
        value=day.isoformat(),
        status="found",
        origin="printed",
        printed=text[dates.start : dates.end],
        start=dates.start,
        end=dates.end,
    )


def _after_label(
    label: re.Pattern[str], text: str, find: Callable[[str], Dates | None]
) -> Dates | None:
    """What `find` finds after a label, in the label's own block; offsets in `text`."""
    for match in label.finditer(text):
        if found := find(_BEYOND.split(text[match.end() :], maxsplit=1)[0]):
            return Dates(
                found.first, found.last, match.end() + found.start, match.end() + found.end
            )
    return None


def date_problems(draft: Draft, dates: Sequence[Field]) -> tuple[Problem, ...]:
    """Dates that contradict those of the heading: in a running head or foot, or in the file's name.

    The heading's are kept. A running date inside the inspection, or the day of publication, agrees.
    """
    began, ended = value_date(dates, "start_date"), value_date(dates, "end_date")
    published = next((field for field in dates if field.name == "published"), None)
    problems = []
    for line in draft.running:
        printed = find_range(line)
        if not (printed and began and ended) or str(printed.first) == _value(published):
            continue
        one_day = printed.first == printed.last and began <= printed.first <= ended
        if not one_day and (printed.first, printed.last) != (began, ended):
            words = line[printed.start : printed.end]
            message = f"the page header or footer says {words}, the heading {began} to {ended}"
            problems.append(_contradicted(f"{message}; the heading is used"))
    named = draft.file_date
    if published and published.origin == "printed" and named and published.value != str(named):
        message = f"the file name says {named}, the document was published {published.value}"
        problems.append(_contradicted(f"{message}; the document is used"))
    return tuple(dict.fromkeys(problems))


def _contradicted(message: str) -> Problem:
    return Problem("date-contradicted", message)


def _value(field: Field | None) -> str | None:
    return field.value if field else None


def lead_inspector_field(draft: Draft, start: int = 0) -> Field:
    """The lead inspector, without the office; two are joined by "and".

    Looked for in the title block, or from `start` to the end of the text where it is given.
    """
    match = _LEAD.search(draft.text, start, len(draft.text) if start else draft.front)
    if not match:
        labelled = _LEAD_LABEL.search(
            draft.text, start, len(draft.text) if start else max(draft.front, HEAD)
        )
        return unreadable("lead_inspector") if labelled else absent("lead_inspector")
    value = without_office(match["names"])
    printed = match["names"].strip()
    return Field(
        name="lead_inspector",
        value=value or None,
        status="found" if value else "unreadable",
        origin="printed" if value else None,
        printed=printed,
        start=match.start("names"),
        end=match.start("names") + len(printed),
    )


def without_office(printed: str) -> str:
    """The names of inspectors as printed, joined by "and"; what they are is left out."""
    bare = _OFFICE.sub(",", " ".join(printed.split()))
    names = (re.sub(r"^and\s+|\.$", "", part.strip(" ;")) for part in bare.split(","))
    return " and ".join(filter(None, names))


def authority_field(
    draft: Draft, printed: str | None, on: date | None
) -> tuple[str | None, Field, tuple[Problem, ...]]:
    """The register's key, the field, and a problem where the name is not in the register."""
    if draft.options.authority:
        return _authority_from_options(draft.register, draft.options.authority, on)
    if not printed:
        return None, unreadable("authority"), ()
    start = draft.text.find(printed)
    place = (start, start + len(printed)) if start >= 0 else (None, None)
    known = _resolved(draft.register, printed, on)
    field = Field(
        name="authority",
        value=known.name if known else None,
        status="found" if known else "unreadable",
        origin="printed" if known else None,
        printed=printed,
        start=place[0],
        end=place[1],
    )
    return (known.key, field, ()) if known else (None, field, (_unknown(printed),))


def _authority_from_options(
    register: Register, name: str, on: date | None
) -> tuple[str | None, Field, tuple[Problem, ...]]:
    known = register.resolve(name, on)
    field = Field(
        name="authority",
        value=known.name if known else None,
        status="found" if known else "unreadable",
        origin="given" if known else None,
        printed=name,
    )
    return (known.key, field, ()) if known else (None, field, (_unknown(name),))


def _unknown(printed: str) -> Problem:
    short = printed if len(printed) <= NAME else f"{printed[:NAME]}…"
    message = f"{short!r} is not in the register of authorities; the document has no authority"
    return Problem("authority-unknown", message)


def _resolved(register: Register, printed: str, on: date | None) -> Authority | None:
    """The authority, or the one that a trust of this name works for; else one that is named in it.

    What other fields print after a name on the same line is no part of it.
    """
    for name in (printed, _OTHER_FIELD.split(printed, maxsplit=1)[0].strip(" .,:;–-")):
        if known := register.resolve(name, on) or register.by_trust(name):
            return known
    named = register.find(printed, on)
    return named[0] if named else None


def value_date(fields: Sequence[Field], name: str) -> date | None:
    """The named field's date, None where it has none."""
    value = next((field.value for field in fields if field.name == name), None)
    return date.fromisoformat(value) if value else None
