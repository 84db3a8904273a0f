"""The opening of a brief: five lines on where things stand."""

from __future__ import annotations

from collections.abc import Iterable

from index.reports.counts import RecommendationRow

from ...analysis.changes import in_words
from ...analysis.grades import pairs
from ..dossier import Dossier
from ..model import Evidence, Line, Section, absent
from ..quoting import (
    asked_words,
    count_of,
    join_words,
    month,
    of_demand,
    of_finding,
    of_judgement,
    own,
    short,
)
from . import demands, history

_SHOWN, _WORDS = 3, 130  # demands that a line quotes, and characters of each


def section(dossier: Dossier) -> Section:
    """Grade and direction, what was asked, what recurs, what improved, what is not known."""
    lines = (
        _grade(dossier),
        _points(dossier),
        _recurring(dossier),
        _improved(dossier),
        _unknown(dossier),
    )
    return Section(key="summary", title="Summary", lines=tuple(filter(None, lines)))


def _grade(dossier: Dossier) -> Line:
    last = dossier.last
    if last is None:
        return absent("grade", "There is no inspection report in the library.", own(dossier))
    judged = next((each for each in last.judgements if each.area == "overall"), None)
    quote = of_judgement(dossier, last, judged) if judged else None
    grade = in_words(judged) if judged and judged.grade else "no overall grade"
    text = f"{demands.name_of(last)}: {grade}."
    before = dossier.inspections[-2] if len(dossier.inspections) > 1 else None
    moved = {pair.after.area: pair for pair in pairs(before, last)} if before else {}
    detail = ""
    if before and "overall" in moved and moved["overall"].direction:
        directions = {"better": "better than", "worse": "worse than", "same": "the same as"}
        way = directions[moved["overall"].direction]
        detail = f"Overall {way} in {month(before.date)}."
    evidence: tuple[Evidence, ...] = (quote,) if quote else ()
    if not evidence:
        return absent("grade", f"{text} {detail}".rstrip(), own(dossier))
    return Line(key="grade", text=text, detail=detail, evidence=evidence, show="mark")


def _points(dossier: Dossier) -> Line | None:
    last = dossier.last
    if last is None:
        return None
    rows = dossier.demands[last.id]
    if not rows:
        return absent("asked", "It has no list of points to improve.", own(dossier))
    text = f"It asks for {count_of(len(rows), 'improvement')}: {_in_words(dossier, rows)}."
    return Line(key="asked", text=text, evidence=tuple(map(of_demand, rows)), show="mark")


def _recurring(dossier: Dossier) -> Line | None:
    """What was asked for before; that nothing was cannot be said from words that differ."""
    rows = demands.threads(dossier)
    if not rows:
        return None
    return Line(
        key="recurring",
        text=f"Asked for before: {_in_words(dossier, [row.demand for row in rows])}.",
        evidence=tuple(of_demand(one) for row in rows for one in (row.demand, *row.before)),
        show="mark",
    )


def _improved(dossier: Dossier) -> Line | None:
    last = dossier.last
    rows = [
        each
        for each in dossier.follow_ups
        if last is not None
        and each.later is not None
        and each.later.id == last.id
        and history.verdict(dossier, each) == "improved"
    ]
    if not rows:
        return None
    evidence = tuple(
        of_finding(each.answer.witnesses[0].statement.row) for each in rows if each.answer
    )
    text = f"Improved since it was asked for: {_in_words(dossier, [each.demand for each in rows])}."
    return Line(key="improved", text=text, evidence=evidence, show="mark")


def _unknown(dossier: Dossier) -> Line:
    return absent("unknown", "What is not known is under “What is missing”.", own(dossier))


def _in_words(dossier: Dossier, rows: Iterable[RecommendationRow]) -> str:
    """The beginnings of demands: a subject in our words could say more than was asked."""
    words = [f"“{short(asked_words(dossier, each), _WORDS)}”" for each in rows]
    rest = len(words) - _SHOWN
    return join_words([*words[:_SHOWN], *([count_of(rest, "more point")] if rest > 0 else [])])
