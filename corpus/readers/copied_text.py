"""Copies of reports as text, put back into the shape that they had: rows, title lines, pages.

A copy has lost what a page shows by place and size: a table's cells stand on lines of their own, or
one behind the other; a running foot stands between two sentences; or all of it is one line. Only
what is sure is put right: a table whose rows and grades do not pair stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ..frameworks import grade_of

TABLE_WITHIN = 9000
"""In so many characters at the beginning the judgement table stands."""

LONG = 300
"""A line of more characters is a paragraph, or many."""

WIDE = "      "
"""What parts the cells of a row."""

_GRADE = (
    r"(?:outstanding|good|inadequate|adequate|not\s+judged"
    r"|requires\s+improvement(?:\s+to(?:\s+be\s+good)?)?)"
)
_LABEL = re.compile(
    r"(?<!\w)(?:\d(?:\.\d)?\.?\s+)?(?:"
    r"(?:The\s+)?impact\s+of\s+leaders\s+on\b|(?:The\s+)?experiences?\s+and\s+progress\s+of\b"
    r"|Overall\s+effectiveness\b|Children\s+who\s+need\s+help\b"
    r"|Children\s+looked\s+after\s+and\s+achieving\b|Adoption\s+performance\b"
    r"|Leadership,\s+management\s+and\s+governance\b)",
    re.IGNORECASE,
)
_HEAD = re.compile(r"(?<!\w)(?:Key )?Judgements?(?: area)?\s+Grade\s", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<!\w)1\.?\s+Children\s+who\s+need\s+help\b", re.IGNORECASE)
_WHOLE_GRADE = re.compile(rf"(?<![\w,’'-]){_GRADE}(?![\w’'-])", re.IGNORECASE)
_LABELS_REST = re.compile(
    r"(?:[\s,\f]|(?<!\w)(?:social|work|practice|with|children|and|families|who|need|help|protection"
    r"|in|care|of|leavers|looked|after|achieving|permanence|progress|experienced)(?!\w))*",
    re.IGNORECASE,
)
_WHOLE_LABEL = re.compile(
    r"(?:families|protection|in\s+care|leavers|effectiveness|permanence|performance|governance)\s*\Z",
    re.IGNORECASE,
)
_GRADES_REST = re.compile(
    r"[\s\f]*(?:improvement(?:\s+to\s+be\s+good)?|(?:to\s+)?be\s+good)(?!\w)", re.IGNORECASE
)
_FIELD = re.compile(
    r"\s(?=(?:Inspection dates?|Report published|Lead inspectors?|Publication date)\s*:"
    r"|The overall judgement is\b|Judgements? Grade\b)",
    re.IGNORECASE,
)
_MAIL_HEAD = re.compile(r"(?:From|Sent|To|Cc|Bcc|Subject|Date|Importance|Attachments):\s.*")
_QUOTED = re.compile(r"(?:>\s?)+")
_PAGE_NUMBER = re.compile(r"\s*([^.?!]{0,90}?)\s*\b(\d{1,3})\s*")
_DIGITS = re.compile(r"\d+")
HEAD_LINES = 5
"""A number among the first lines is no page's."""


class _Row(NamedTuple):
    label: str
    grade: str


def restored(text: str) -> str:
    """The text with its judgement table in rows, without a mail's head and marks of quoting."""
    lines = _unquoted(text.splitlines(keepends=True))
    text = "".join(
        _FIELD.sub("\n\n", line) if len(line) > LONG and "\f" not in line else line
        for line in lines
    )
    return _with_rows(_with_contents(text))


def _with_contents(text: str) -> str:
    """The text with each entry of its list of contents on one line with its page."""
    found = _CONTENTS.search(text[:CONTENTS_WITHIN])
    if found is None:
        return text
    entries: list[str] = []
    held: list[str] = []
    page = 0
    at = end = found.end()
    for line in text[at : at + CONTENTS_LONG].splitlines(keepends=True):
        at += len(line)
        words = line.strip()
        numbered = _ENTRY.fullmatch(words)
        if not words:
            continue
        if numbered is None:
            held.append(words)
            if "\f" in line or len(held) > HEADING_LINES or words.endswith("."):
                break
            continue
        if int(numbered[2]) < page or not (held or numbered[1].strip()):
            break  # the number of the page that the list stands on
        page = int(numbered[2])
        entries.append(" ".join([*held, numbered[1].rstrip(" ."), f"{page}"]))
        held, end = [], at
    if len(entries) < LEAST:
        return text
    head = [text[: found.start()], "", found.group().strip(), ""]
    return "\n".join([*head, *entries, "", text[end:]])


CONTENTS_WITHIN, CONTENTS_LONG = 40_000, 8000
_CONTENTS = re.compile(r"^[\s\f]*(?:table of )?contents\s*$", re.IGNORECASE | re.MULTILINE)
_ENTRY = re.compile(r"(.*?)[\s.]*(?<![\d/])(\d{1,3})")


def _unquoted(lines: Sequence[str]) -> Sequence[str]:
    filled = [line for line in lines if line.strip()]
    if filled and sum(line.startswith(">") for line in filled) > len(filled) / 2:
        lines = [_QUOTED.sub("", line, count=1) if line.startswith(">") else line for line in lines]
    head = 0
    while head < len(lines) and (_MAIL_HEAD.match(lines[head]) or not lines[head].strip()):
        head += 1
    return lines[head:] if sum(bool(_MAIL_HEAD.match(line)) for line in lines[:head]) > 2 else lines


def _with_rows(text: str) -> str:
    """The text with a row of the judgement table on each line, where all its grades pair."""
    near = text[:TABLE_WITHIN]
    # Chapters may have tables of their own after that of the whole report: the first one counts.
    heads = filter(None, (_HEAD.search(near), _NUMBERED.search(near)))
    for first in sorted(heads, key=lambda match: match.start()):
        head = first.re is _HEAD
        begin = first.end() if head else first.start()
        if found := _rows_in_turn(near, begin) or _labels_then_grades(near, begin):
            break
    else:
        return text
    rows, end = found
    width = max(len(row.label) for row in rows)
    table = [f"Judgement{' ' * (width - 9)}{WIDE}Grade"] if head else []
    table += [f"{row.label.ljust(width)}{WIDE}{row.grade}" for row in rows]
    return f"{text[: first.start()].rstrip(' ')}\n\n{SET_APART.join(table)}{SET_APART}{text[end:]}"


SET_APART = "\n\n\n"
CELLS = 260
"""A row's words take no more characters."""

ROWS = 6
"""No judgement table has more rows."""


def _rows_in_turn(text: str, begin: int) -> tuple[list[_Row], int] | None:
    """Rows of a label and its grade, and where the last one ends."""
    rows: list[_Row] = []
    at = begin
    while len(rows) < ROWS and (label := _next_label(text, at)):
        row = _row(text, label, label.start + CELLS)
        if row is None:
            break
        rows.append(row[0])
        at = row[1]
    return (rows, at) if len(rows) > 2 else None


class _Label(NamedTuple):
    """Where a label begins and ends, and what stands before it of its grade."""

    start: int
    end: int
    lead: str = ""


def _next_label(text: str, at: int) -> _Label | None:
    """The label that stands here, blanks and the number of a note or a page passed over.

    A grade that is set a little higher than its label is copied before it.
    """
    gap = _BETWEEN.match(text, at)
    lead = _LEAD.match(text, gap.end() if gap else at)
    for place, words in ((lead.end(), lead[1]) if lead else (at, ""), (gap and gap.end(), "")):
        label = _LABEL.match(text, place) if place is not None else None
        if label:
            return _Label(label.start(), label.end(), words)
    return None


_BETWEEN = re.compile(r"[\s\f]*(?:\d{1,2}\s+(?!Children|Leadership|\.))?")
_LEAD = re.compile(rf"({_GRADE}|requires)[\s\f]+", re.IGNORECASE)
_BEHIND = re.compile(
    rf"[\s\f]*(?:\d\s+)?({_GRADE}|requires|improvement(?:\s+to\s+be\s+good)?|to\s+be\s+good)"
    r"(?![\w’'-])",
    re.IGNORECASE,
)


def _row(text: str, label: _Label, limit: int) -> tuple[_Row, int] | None:
    """The row that begins with this label; None where it has no grade, or more than one."""
    span = text[:limit]
    rest = _LABELS_REST.match(span, label.end)
    end = rest.end() if rest else label.end
    name, words = span[label.start : end], label.lead
    if (behind := _BEHIND.match(span, end)) and not _is_whole(words):
        words, end = f"{words} {behind[1]}", behind.end()
    # The rest of a label that wraps may stand behind the first line of its grade.
    more = _LABELS_REST.match(span, end)
    words_more = more.group().split() if more else []
    if more and words_more and (not _WHOLE_LABEL.search(name) or words_more[0] == "and"):
        name, end = f"{name} {' '.join(words_more)}", more.end()
    if words.split()[:1] and not _is_whole(words) and (tail := _GRADES_REST.match(span, end)):
        words, end = f"{words} {tail.group()}", tail.end()
    grade = " ".join(words.split())
    return (_Row(" ".join(name.split()), grade), end) if grade_of(grade) else None


def _is_whole(words: str) -> bool:
    """Whether nothing can be missing of a grade."""
    said = " ".join(words.split()).lower()
    return bool(said) and (not said.startswith("requires") or said.endswith("good"))


def _labels_then_grades(text: str, begin: int) -> tuple[list[_Row], int] | None:
    """All labels and then as many grades."""
    labels: list[str] = []
    at = begin
    while len(labels) < ROWS and (label := _next_label(text, at)) and not label.lead:
        rest = _LABELS_REST.match(text, label.end)
        end = rest.end() if rest else label.end
        labels.append(" ".join(text[label.start : end].split()))
        at = end
    grades: list[str] = []
    while len(grades) < len(labels):
        grade = re.compile(rf"\s*(?:Grade\s+)?({_GRADE})(?![\w’'-])", re.IGNORECASE).match(text, at)
        if grade is None:
            return None
        grades.append(" ".join(grade[1].split()))
        at = grade.end()
    if len(labels) < 3 or _WHOLE_GRADE.match(text[at:].lstrip()):
        return None
    return [_Row(*pair) for pair in zip(labels, grades, strict=True)], at


def pages_of(text: str) -> list[list[str]]:
    """The lines of each page, by form feeds or by the numbers at their ends; else one page."""
    if "\f" in text:
        return [chunk.splitlines() for chunk in text.split("\f")]
    lines = text.splitlines()
    ends = _numbered_ends(lines)
    if len(ends) < LEAST:
        return [lines]
    bounds = [0, *(end + 1 for end in ends), len(lines)]
    pages = [lines[a : b - 1] for a, b in pairwise(bounds[:-1])] + [lines[bounds[-2] :]]
    return [page for page in pages if any(line.strip() for line in page)]


def without_running(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages without their running heads and feet; what the first one begins with is a title."""
    seen = Counter(
        each for page in pages for each in {_folded(page[index]) for index in _edges(page)}
    )
    needed = max(3, SHARE * len(pages))
    kept: list[list[str]] = []
    for number, page in enumerate(pages):
        edges = set(_edges(page))
        running = {
            index
            for index in edges
            if (seen[_folded(page[index])] >= needed and (number or index > len(page) / 2))
            or (_folded(page[index]) == "#" and len(pages) > 1 and index > HEAD_LINES)
        }
        kept.append([line for index, line in enumerate(page) if index not in running])
    return kept


LEAST = 3
"""So many numbers that go on by one are those of pages."""

EDGE = 3
SHARE = 0.25
"""A running line recurs among the first or last lines of this share of the pages."""


def _edges(page: Sequence[str]) -> list[int]:
    """The first and the last lines of a page that are not blank."""
    filled = [index for index, line in enumerate(page) if line.strip()]
    return [*filled[:EDGE], *filled[EDGE:][-EDGE:]]


def _folded(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))


def _numbered_ends(lines: Sequence[str]) -> list[int]:
    """Lines that end a page: its number alone, or one running foot with the number behind it."""
    feet: dict[str, list[tuple[int, int]]] = {}
    for index, line in enumerate(lines):
        match = _PAGE_NUMBER.fullmatch(line)
        if match:
            feet.setdefault(_DIGITS.sub("#", match[1].strip()), []).append((index, int(match[2])))
    runs = [_counting(places) for places in feet.values()]
    return max(runs, key=len, default=[])


PAGE_LINES = 10
"""A page has at least so many lines, and a list of contents has numbers closer together."""


def _counting(places: Sequence[tuple[int, int]]) -> list[int]:
    """The places at which numbers go on by one, or by two where a page has none."""
    ends: list[int] = []
    last = 0
    for index, number in places:
        # Some programs give a page's number before its text.
        apart = index - ends[-1] if ends else PAGE_LINES if number == 1 else index
        if last < number <= last + 2 and apart >= PAGE_LINES:
            ends.append(index)
            last = number
    return ends


class Shape(NamedTuple):
    """How the lines of a text are set."""

    full: int
    """The length of the longest line."""
    blanks: bool
    """Whether blank lines part its paragraphs."""


def shape_of(lines: Sequence[str]) -> Shape:
    """The shape of these lines."""
    blank = sum(not line.strip() for line in lines)
    return Shape(max((len(line.strip()) for line in lines), default=0), 12 * blank > len(lines))


def headings(lines: Sequence[str], shape: Shape) -> frozenset[int]:
    """The lines that are set as headings are: alone, short, and no sentence."""
    found: set[int] = set()
    block: list[int] = []
    for index in range(len(lines) + 1):
        line = lines[index].strip() if index < len(lines) else ""
        if line:
            block.append(index)
            continue
        if shape.blanks and len(block) <= HEADING_LINES:
            # Paragraphs stand apart: one that is no sentence is a heading.
            words = " ".join(lines[each].strip() for each in block)
            if block and _may_head(words):
                found |= set(block)
        elif not shape.blanks:
            found |= _between_sentences(lines, block, shape)
        block = []
    return frozenset(found)


HEADING_LINES, HEADING_WORDS = 3, 22
_NO_HEADING = re.compile(
    rf"(?:{_GRADE}|and|(?:inspection dates?|report published|lead inspectors?|published"
    r"|reporting inspector|dates? of previous.*)\s*:?.*"
    r"|[-•▪◼■\uf020-\uf0ff].*|\d+|[^A-Za-z]*)",
    re.IGNORECASE | re.DOTALL,
)
_ENDS = re.compile(r"[.;,!)][’”'\"\d]*$|[a-z]-$")


def _may_head(words: str) -> bool:
    if not words[:1].isupper() and not re.match(r"\d\.(?:\d\.?)?\s+[A-Z]", words):
        return False
    if len(words.split()) > HEADING_WORDS or _ENDS.search(words) or WIDE in words:
        return False
    return not _NO_HEADING.fullmatch(words)


def _between_sentences(lines: Sequence[str], block: Sequence[int], shape: Shape) -> set[int]:
    """Short lines behind the end of a sentence and before the beginning of one."""
    found: set[int] = set()
    texts = [lines[index].strip() for index in block]
    place = 0
    while place < len(texts):
        before = texts[place - 1] if place else ""
        ended = not before or before.isdigit() or bool(_ENDS.search(before))
        starts = ended or block[place - 1] in found
        end = place + 1
        while end < len(texts) and end < place + HEADING_LINES and texts[end][:1].islower():
            end += 1
        fresh = end == len(texts) or bool(_BEGINS.match(texts[end]))
        short = len(texts[end - 1]) < FITTING * shape.full
        if starts and fresh and short and _may_head(" ".join(texts[place:end])):
            found |= set(block[place:end])
            place = end
        else:
            place += 1
    return found


_BEGINS = re.compile("[A-Z\\d‘“•▪◼■\uf020-\uf0ff]")
FITTING = 0.8
"""The last line of a heading is shorter than this share of the longest line."""
