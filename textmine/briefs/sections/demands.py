"""The demands sections: points of the last inspection, and follow-up of earlier ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from corpus.frameworks import kinds_of
from index.reports.counts import DocumentRow, FindingRow, RecommendationRow

from ...analysis.changes import is_concern
from ...analysis.closeness import ALIKE
from ...followup.threads import FollowUp
from ...followup.verdicts import Verdict, Witness
from ..dossier import Dossier
from ..model import Absence, Cell, Grid, Line, Section, absent
from ..quoting import (
    asked_words,
    best,
    join_words,
    lower_first,
    month,
    of_demand,
    of_finding,
    own,
    short,
    source,
)

TITLE: Final = "What the last inspection asked for"
HISTORY: Final = "Follow-up of earlier points"

VISITS: Final = frozenset(kinds_of("visit", "social-care"))
"""Visits whose priority actions stand beside the points of the last inspection."""

OTHERS: Final = frozenset({"police", "health", "schools"})
"""Bodies whose priority actions are not the council's to answer for."""

WORDS: Final[dict[Verdict | None, str]] = {
    "asked_again": "asked for again",
    "not_yet": "not yet",
    "partly": "partly",
    "improved": "improved",
    "silent": "not mentioned",
    None: "no verdict",
}
"""Verdicts as a reader sees them, in the order in which they are shown."""

_PLAIN, _SURE = 0.65, 0.85
"""Relevance of the quoted sentence, and score, from which "improved" is printed: of those read in
eleven authorities, most below were about a part of the demand, or something near it."""

_CELL: Final = 320  # characters of a quote in a table
_INTRODUCED: Final = 8  # concerns of the introduction that are shown
_LIKELY: Final = 0.55  # score from which a concern of the introduction is quoted in its own words


def section(dossier: Dossier) -> Section:
    """The points of the last inspection: its demands, and the concerns of its introduction."""
    last = dossier.last
    if last is None:
        said = "There is no inspection report in the library."
        return Section(key="demands", title=TITLE, lines=(absent("none", said, own(dossier)),))
    asked = [*dossier.demands[last.id], *priority(dossier, last)]
    lines = tuple(_introduced(dossier, last, asked))
    if not asked:
        said = f"The {name_of(last)} has no list of points to improve."
        lines = (absent("none-asked", said, "its sections on what needs to improve"), *lines)
    return Section(
        key="demands",
        title=TITLE,
        intro=_intro(dossier, last),
        grid=_points(dossier, asked) if asked else None,
        lines=lines,
    )


def history(dossier: Dossier) -> Section:
    """The points of earlier inspections, with what the next report says about exactly that."""
    rows = [each for each in dossier.follow_ups if _is_history(each)]
    if not rows:
        said = "There is no earlier inspection to follow up."
        return Section(key="history", title=HISTORY, lines=(absent("none", said, own(dossier)),))
    order, newest = list(WORDS), _newest(rows)
    rows = sorted(
        (each for each in rows if each.demand.date == newest or each.recurs),
        key=lambda each: (
            not each.recurs,
            each.demand.date != newest,
            order.index(verdict(each)),
            each.demand.passage.ordinal,
        ),
    )
    return Section(
        key="history",
        title=HISTORY,
        intro="What the next inspection report says about exactly that point. There is a verdict"
        " only where it is safe; otherwise read the sentence.",
        grid=Grid(
            header=("Asked for", "Verdict", "What the later report says"),
            rows=tuple(_followed(dossier, each) for each in rows),
            widths=(9, 3, 11),
        ),
    )


def priority(dossier: Dossier, base: DocumentRow) -> list[RecommendationRow]:
    """Priority actions of visits since the inspection before `base`: those that led to it too."""
    earlier = [
        row.date or "" for row in dossier.inspections if (row.date or "") < (base.date or "")
    ]
    since = max(earlier, default="")
    return [
        row
        for document in dossier.documents
        if document.doc_type in VISITS and (document.date or "") > since
        for row in dossier.demands[document.id]
        if row.recommendation.kind == "priority_action" and row.passage.about not in OTHERS
    ]


def asked_themes(dossier: Dossier) -> frozenset[str]:
    """The themes of what the last inspection asks for."""
    rows = dossier.demands[dossier.last.id] if dossier.last else ()
    return frozenset(theme for row in rows for theme in row.themes)


def threads(dossier: Dossier) -> list[FollowUp]:
    """The council's points of the last inspection that earlier reports asked for too."""
    if dossier.last is None:
        return []
    return [
        each
        for each in dossier.follow_ups
        if each.demand.document == dossier.last.id and each.before
    ]


def since(dossier: Dossier, asked: RecommendationRow) -> tuple[FindingRow, ...]:
    """What later visits, or the authority itself, say in the demand's own words; newest first."""
    rows = [
        row
        for document in reversed(dossier.documents)
        if (document.date or "") > (asked.date or "")
        and (document.voice == "authority" or document.doc_type in VISITS)
        for row in dossier.findings[document.id]
        if row.passage.kind != "recommendation"
        and row.finding.theme in asked.themes
        and dossier.stem_weights.close(asked.text, row.evidence, ALIKE)
    ]
    return best(rows, 1, near=lambda row: dossier.stem_weights.likeness(asked.text, row.evidence))


def demand_key(asked: RecommendationRow) -> str:
    """A name for a demand that stays the same from brief to brief."""
    return f"demand-{asked.sha256[:8]}-{asked.passage.ordinal}"


def name_of(row: DocumentRow) -> str:
    """A document in a sentence: "ILACS inspection report of May 2024"."""
    kind, _, when = source(row).rpartition(", ")
    return f"{kind} of {when}"


def _intro(dossier: Dossier, last: DocumentRow) -> str:
    later = dossier.since_last()
    if not later:
        return f"From the {name_of(last)}. Nothing later is in the library."
    return f"From the {name_of(last)}. Later: {join_words([name_of(row) for row in later[:4]])}."


def _points(dossier: Dossier, asked: Iterable[RecommendationRow]) -> Grid:
    before = {_key(each.demand): each.before for each in dossier.follow_ups}
    rows = [
        (
            Cell(
                text=f"{whose(row)}“{short(asked_words(dossier, row), _CELL)}”",
                evidence=(of_demand(row),),
            ),
            _earlier(before.get(_key(row), ())),
            _since(dossier, row),
        )
        for row in asked
    ]
    rows.sort(key=lambda cells: not cells[1].text)
    return Grid(
        header=("Asked for", "In like words in", "Later evidence"),
        rows=tuple(rows),
        widths=(10, 4, 9),
    )


def _earlier(before: Sequence[RecommendationRow]) -> Cell:
    if not before:
        return Cell(text="")
    dates = join_words(list(dict.fromkeys(month(row.date) for row in before)))
    return Cell(text=dates, evidence=tuple(of_demand(row) for row in before))


def _since(dossier: Dossier, asked: RecommendationRow) -> Cell:
    for row in since(dossier, asked):
        who = "the authority" if row.passage.voice == "authority" else "inspectors"
        text = f"{who}, {month(row.date)}: “{short(row.evidence, _CELL)}”"
        return Cell(text=text, evidence=(of_finding(row),))
    searched = own(dossier)
    return Cell(text="–", evidence=(Absence(said="nothing said since", searched=searched),))


def _introduced(
    dossier: Dossier, last: DocumentRow, asked: Iterable[RecommendationRow]
) -> Iterable[Line]:
    """The concerns that the report's introduction names beside its list of points."""
    kinds = dossier.section_kinds[last.id]
    texts = [row.text for row in asked]
    rows = [
        row
        for row in dossier.observations(last.id)
        if kinds[row.passage.section] == "summary" and is_concern(row) and _is_likely(row)
    ]
    seen: set[int] = set()
    quoted: set[int] = set()
    for row in rows:
        if row.finding.start in seen or any(
            dossier.stem_weights.close(text, row.evidence, ALIKE) for text in texts
        ):
            continue
        seen.add(row.finding.start)
        if len(seen) > _INTRODUCED:
            return
        quote = of_finding(row)
        if quote.start in quoted:
            quote = of_finding(row, alone=True)
        quoted |= {quote.start, row.finding.start}
        yield Line(
            key=f"introduced-{row.sha256[:8]}-{row.finding.start}",
            text=f"Its introduction says, on {lower_first(dossier.label(row.finding.theme))}:",
            evidence=(quote,),
        )


def _is_likely(row: FindingRow) -> bool:
    """Whether a sentence of the introduction is shown: its words stand there, without a verdict."""
    score = row.finding.score
    return score is None or score >= _LIKELY


def _is_history(each: FollowUp) -> bool:
    """Whether it is a point of an earlier inspection, or visit, that an inspection answers."""
    return (
        each.later is not None
        and each.demand.doc_type in {*kinds_of("inspection"), *VISITS}
        and each.demand.passage.about in {None, "council", "trust"}
    )


def _newest(rows: Iterable[FollowUp]) -> str | None:
    return max((each.demand.date or "" for each in rows), default=None)


def verdict(each: FollowUp) -> Verdict | None:
    """The verdict, where a reader of the quoted sentences would say the same.

    "Improved" is left out where the sentence that is quoted may be about something near only, or
    the one that is quoted beside it says the opposite.
    """
    answer = each.answer
    if answer is None or answer.verdict != "improved":
        return answer.verdict if answer else None
    quoted = _both_sides(answer.witnesses)
    plain = len(quoted) == 1 and quoted[0].relevance >= _PLAIN and answer.score >= _SURE
    return "improved" if plain else None


def _followed(dossier: Dossier, each: FollowUp) -> tuple[Cell, ...]:
    demand = each.demand
    when = "" if demand.recommendation.kind == "priority_action" else f"{month(demand.date)}: "
    asked = f"{when}{whose(demand)}“{short(asked_words(dossier, demand), _CELL)}”"
    word = WORDS[verdict(each)]
    if each.before:
        dates = join_words(list(dict.fromkeys((row.date or "")[:4] for row in each.before)))
        word += f" (in like words in {dates})"
    evidence = (of_demand(demand), *(of_demand(row) for row in each.before))
    return Cell(text=asked, evidence=evidence), Cell(text=word), _later_words(each)


def _later_words(each: FollowUp) -> Cell:
    """The sentences on which a verdict rests, or that come closest: one for, one against."""
    witnesses = each.answer.witnesses if each.answer else ()
    later = source(each.later) if each.later else "the later report"
    if not witnesses:
        silent = each.answer is not None and each.answer.verdict == "silent"
        said = "nothing about this point" if silent else "no sentence was matched to this point"
        return Cell(text=said, evidence=(Absence(said=said, searched=later),))
    chosen = _both_sides(witnesses)
    quotes = tuple(of_finding(one.statement.row) for one in chosen)
    text = " But: ".join(f"“{short(quote.text, _CELL)}”" for quote in quotes)
    return Cell(text=text, evidence=quotes)


def _both_sides(witnesses: Sequence[Witness]) -> Sequence[Witness]:
    """The first, and the second where it says the opposite."""
    signs = {each.sign for each in witnesses[:2]}
    return witnesses[: 2 if signs in ({"better", "worse"}, {"better", "both"}) else 1]


def whose(row: RecommendationRow) -> str:
    """The prefix of a demand: priority action or not, and the body, if it is not the council."""
    others = row.passage.about not in {None, "council", "trust"}
    body = row.recommendation.responsible or row.passage.about
    whom = f" for the {body}" if others else ""
    if row.recommendation.kind == "priority_action":
        return f"Priority action{whom} ({month(row.date)}): "
    return f"Asked{whom}: " if others else ""


def _key(row: RecommendationRow) -> tuple[int, int]:
    return row.document, row.passage.ordinal
