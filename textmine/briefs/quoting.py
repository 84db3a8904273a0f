"""Quotes of findings, demands and grades, and phrases for documents, dates and counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date
from typing import TypeAlias

from corpus.doctypes import doctypes
from corpus.language.sentences import sentence_ranges
from corpus.model import Judgement
from index.documents.citation_rows import Place
from index.reports.counts import DocumentRow, FindingRow, RecommendationRow

from ..analysis.changes import label
from ..analysis.cycle import months_between
from ..citation import page_of, place, spot
from .dossier import Dossier
from .model import Quote

_SHORT, _LONG = 60, 260
"""Characters of a sentence that says enough by itself and is read at a glance."""

QUOTED = 320
"""Characters of a quote that are printed under a statement, or in a cell."""

_STEP = 0.1  # of likeness

_TAIL = re.compile(
    r"(?:\s*\((?:outcomes?|enablers?|principles?|national framework|paragraphs?|pages?)\b[^)]*\)"
    r"|(?<=\.) (?:Outcome|Enabler) \w+: National Framework|[;,]? and|[;,.])$",
    re.IGNORECASE,
)
"""What stands at the end of a demand and is none of it: where it belongs in a list or framework."""

_LEANS = re.compile(
    r"(?:(?:However|In addition|Additionally|But|And),? )?"
    r"(?i:This|These|They|Their|It|Its|Such|There|Both|He|She|"
    r"(?:Some|Most|Many|Others|Too many|Too few|Few|A few)"
    r"(?= (?:are|have|do|did|were|receive|feel|say)\b))\b"
    r"|(?:Consequently|As a result|Therefore|Similarly|Also|For example|Despite this|Where this)\b"
)
"""How sentences begin that say little without the one before."""

_POINTS_BACK = re.compile(r"\b(?:of|for|by|in|from|to|with) (?:these|this)\b|\bthese children\b")
"""Words that speak of what the sentence before names."""

_TAKES_BACK = re.compile(r"(?:However|But|Despite this|Nevertheless|Nonetheless|Yet)\b")
"""How a sentence begins that takes back some of the one before."""

Key: TypeAlias = tuple[int, int]


def of_finding(row: FindingRow, *, alone: bool = False) -> Quote:
    """The sentence of a finding; with the one before, where it says little without it.

    `alone` leaves that one out, where it is quoted already. So does a pair that would be cut.
    """
    start, end = row.finding.start, row.finding.end
    if not alone and _leans(row.evidence) and end - _before(row) <= QUOTED:
        start = _before(row)
    first = row.passage.start
    return _quote(row, row.text[start - first : end - first], start, end)


def with_what_follows(row: FindingRow) -> Quote:
    """The sentence of a finding; with the next one, where that takes some of it back."""
    quote = of_finding(row)
    first, end = row.passage.start, row.finding.end
    after = row.text[end - first :]
    ranges = sentence_ranges(after)
    if not ranges or not _TAKES_BACK.match(after[ranges[0][0] :]):
        return quote
    until = end + ranges[0][1]
    return _quote(row, row.text[quote.start - first : until - first], quote.start, until)


def _leans(text: str) -> bool:
    """Whether a sentence says little without the one before."""
    return bool(_LEANS.match(text) or _POINTS_BACK.search(text))


def _before(row: FindingRow) -> int:
    """Where the sentence before a finding's begins in the same passage, if there is one."""
    own = row.finding.start
    starts = [row.passage.start + start for start, _ in sentence_ranges(row.text)]
    return max((start for start in starts if start < own), default=own)


def of_place(row: Place) -> Quote:
    """A whole passage."""
    return _quote(row, row.text, row.passage.start, row.passage.end)


def of_run(dossier: Dossier, rows: Sequence[Place]) -> Quote:
    """Passages of a document that follow each other, from the first word to the last."""
    first, start, end = rows[0], rows[0].passage.start, rows[-1].passage.end
    return _quote(first, dossier.texts[first.document][start:end], start, end)


def of_demand(row: RecommendationRow) -> Quote:
    """The whole passage of something that inspectors ask for."""
    return _quote(row, row.text, row.passage.start, row.passage.end)


def asked_words(dossier: Dossier, row: RecommendationRow) -> str:
    """The words of a demand; an item of a list with the words that lead in to the list."""
    text = row.text.rstrip()
    while (without := _TAIL.sub("", text)) != text:
        text = without.rstrip()
    if not text[:1].islower():
        return text
    before = dossier.texts[row.document][: row.passage.start].splitlines()
    lead = next((line for line in reversed(before) if line.rstrip().endswith(":")), "")
    return f"{lead} … {text}" if lead else text


def _quote(row: Place, text: str, start: int, end: int) -> Quote:
    return Quote(
        text=text,
        document=row.document,
        sha256=row.sha256,
        start=start,
        end=end,
        source=_source(row.doc_type, row.date),
        place=place(row.passage),
        spot=spot(row.passage),
        date=row.date,
        url=page_of(row),
    )


def of_judgement(dossier: Dossier, row: DocumentRow, judged: Judgement) -> Quote | None:
    """A printed grade; None for one without a place, such as one set by hand."""
    if judged.start is None or judged.end is None:
        return None
    return Quote(
        text=dossier.texts[row.id][judged.start : judged.end],
        document=row.id,
        sha256=row.sha256,
        start=judged.start,
        end=judged.end,
        source=source(row),
        place=f"the judgement of {label(judged.area)}",
        spot="grades",
        date=row.date,
    )


def own(dossier: Dossier) -> str:
    """The search scope of an absence: all documents of the authority."""
    return f"{count_of(len(dossier.documents), 'document')} of {dossier.authority.name}"


def source(row: DocumentRow) -> str:
    """A document in a few words."""
    return _source(row.doc_type, row.date)


def _source(doc_type: str, when: str | None) -> str:
    known = doctypes().get(doc_type)
    return f"{known.label if known else doc_type}, {month(when)}"


def month(when: str | None) -> str:
    """A day's month and year in words."""
    return date.fromisoformat(when).strftime("%B %Y") if when else "undated"


def age(when: str | None, as_of: date) -> str:
    """The age of a day in words: "3 months ago"."""
    if not when:
        return "undated"
    months = months_between(date.fromisoformat(when), as_of)
    if months < 1:
        return "this month"
    if months < 24:
        return f"{count_of(months, 'month')} ago"
    years, rest = divmod(months, 12)
    more = f" {count_of(rest, 'month')}" if rest else ""
    return f"{years} years{more} ago"


def best(
    rows: Iterable[FindingRow],
    most: int = 1,
    *,
    near: Callable[[FindingRow], float] | None = None,
    used: Container[Key] = (),
) -> tuple[FindingRow, ...]:
    """The findings to quote, one per passage: the most self-contained, newest first.

    `near` says how like a finding is to what the quote is wanted for, in steps that matter more
    than all else; sentences in `used` come after all others.
    """
    ordered = sorted(rows, key=lambda row: (row.finding.start, row.finding.theme))
    ordered.sort(key=lambda row: row.date or "", reverse=True)
    ordered.sort(key=lambda row: (key_of(row) in used, -round(near(row) / _STEP) if near
                                  else 0, _awkward(row)))  # fmt: skip
    chosen: dict[tuple[int, int], FindingRow] = {}
    for row in ordered:
        chosen.setdefault((row.document, row.passage.ordinal), row)
    return tuple(chosen.values())[:most]


def key_of(row: FindingRow) -> Key:
    """A sentence, whatever themes it was tagged with."""
    return row.document, row.finding.start


def sentences(rows: Iterable[FindingRow]) -> int:
    """The number of sentences of findings; one sentence may be about several themes."""
    return len({key_of(row) for row in rows})


def _awkward(row: FindingRow) -> int:
    """How badly a sentence would be quoted alone."""
    return sum(
        (
            row.passage.kind == "recommendation",  # says what should be, not what is
            not _SHORT <= len(row.evidence) <= _LONG,
            2 * _leans(row.evidence),  # on the sentence before
            2 * (not decided(row)),
            2 * (not names_theme(row)),
            row.finding.timing in {"past", "planned"},
        )
    )


def decided(row: FindingRow) -> bool:
    """Whether cues in the sentence decided its polarity, rather than a default."""
    return any(cue.kind in {"polarity", "timing"} for cue in row.finding.cues)


def names_theme(row: FindingRow) -> bool:
    """Whether words in the sentence name its theme; otherwise an earlier sentence does."""
    return any(cue.kind == "theme" for cue in row.finding.cues)


def quotes(rows: Iterable[FindingRow], most: int) -> tuple[Quote, ...]:
    """The findings to quote, as quotes."""
    return tuple(of_finding(row) for row in best(rows, most))


def one_each(rows: Iterable[FindingRow], most: int) -> tuple[Quote, ...]:
    """The best of each document, the latest document's first."""
    groups: dict[tuple[str, int], list[FindingRow]] = {}
    for row in rows:
        groups.setdefault((row.date or "", row.document), []).append(row)
    latest = sorted(groups, reverse=True)[:most]
    return tuple(of_finding(best(groups[each])[0]) for each in latest)


def short(text: str, most: int) -> str:
    """A text in one line, cut at a word where it is longer."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    return flat[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def in_full(when: str | None) -> str:
    """A day in words."""
    return f"{int(when[8:])} {month(when)}" if when else "undated"


def lower_first(name: str) -> str:
    """A name within a sentence: without its capital, unless it begins with an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def join_words(words: Sequence[str]) -> str:
    """Words as a list in a sentence."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def some(n: int, one: str) -> str:
    """A number with what it counts; "no concerns" for none."""
    return count_of(n, one) if n else f"no {one}s"


def count_of(n: int, one: str, many: str | None = None) -> str:
    """A number with what it counts."""
    return f"{n} {one if n == 1 else many or one + 's'}"
