"""Use cases of what coders said: each beside the others, and as truth to learn from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from corpus.language.sentences import sentence_ranges
from index.documents import decisions
from index.documents.decisions import Decision
from index.query.filters import Filters
from index.reports import counts
from index.reports.counts import FindingRow
from index.storage.database import Database

from ..evaluation.agreement import ABSENT, MACHINE, PRESENT, Codes, Judged, Unit
from ..outputs import Row

_ABSENT = Judged(ABSENT, None, None)


def codes(db: Database, *, machine: bool = True, filters: Filters | None = None) -> Codes:
    """By finding and coder; decisions whose words are gone are left out.

    A theme that one coder added, and another did not, says nothing of the other: a coder is asked
    only of what the machine found, so there the machine alone is the one that lacks it.
    """
    documents = {row.id for row in counts.documents(db, filters)} if filters else None
    found: dict[Unit, dict[str, Judged]] = defaultdict(dict)
    for document, decision in decisions.all_standing(db):
        if decision.start is not None and (documents is None or document in documents):
            for theme, judged in _judged(decision):
                found[Unit(document, decision.start, theme)][decision.who] = judged
    if machine and found:
        read = {
            Unit(row.document, row.finding.start, row.theme): Judged(
                PRESENT, row.polarity, row.timing
            )
            for row in counts.findings(db, filters, machine=True)
        }
        for unit, by_coder in found.items():
            by_coder[MACHINE] = read.get(unit, _ABSENT)
    return found


def _judged(decision: Decision) -> list[tuple[str, Judged]]:
    """What a decision says of its theme, and of the one that it puts in its place."""
    if decision.verdict == "rejected":
        return [(decision.theme, _ABSENT)]
    holds = Judged(PRESENT, decision.polarity, decision.timing)
    if decision.new_theme and decision.new_theme != decision.theme:
        return [(decision.theme, _ABSENT), (decision.new_theme, holds)]
    return [(decision.theme, holds)]


def coded_passages(db: Database, filters: Filters | None = None) -> Iterator[Row]:
    """Passages on whose every finding somebody decided, as `textmine evaluate` reads them.

    One passage a row: text, sentences as ranges in it, and for each the themes, polarity and
    timing that hold. Sentences without a theme are neutral.
    """
    decided = {
        (document, decision.start, decision.theme)
        for document, decision in decisions.all_standing(db)
    }
    machine = _by_passage(counts.findings(db, filters, machine=True))
    holding = _by_passage(counts.findings(db, filters))
    for key, rows in machine.items():
        if all((row.document, row.finding.start, row.theme) in decided for row in rows):
            yield _coded(rows[0], holding.get(key, []))


def _by_passage(rows: Iterable[FindingRow]) -> dict[tuple[int, int], list[FindingRow]]:
    groups: dict[tuple[int, int], list[FindingRow]] = defaultdict(list)
    for row in rows:
        groups[row.document, row.passage.ordinal].append(row)
    return groups


def _coded(place: FindingRow, rows: Iterable[FindingRow]) -> Row:
    ranges = sentence_ranges(place.text)
    found: list[list[FindingRow]] = [[] for _ in ranges]
    for row in rows:
        start = row.finding.start - place.passage.start
        for sentence, (first, end) in zip(found, ranges, strict=True):
            if first <= start < end:
                sentence.append(row)
    return {
        "id": f"{place.sha256[:12]}-{place.passage.ordinal}",
        "sha256": place.sha256,
        "kind": place.doc_type,
        "section": place.section,
        "text": place.text,
        "sentences": [list(span) for span in ranges],
        "labels": [_labels(each) for each in found],
    }


def _labels(rows: list[FindingRow]) -> Row:
    polarities = Counter(row.polarity for row in rows)
    timings = Counter(row.timing for row in rows)
    return {
        "themes": sorted({row.theme for row in rows}),
        "disputed": [],
        "polarity": [name for name, _ in polarities.most_common(1)] or ["neutral"],
        "timing": [name for name, _ in timings.most_common(1)] or ["current"],
    }
