"""Threads: each demand through all later reports of its own kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.frameworks import DOCUMENTS, kinds_of
from corpus.model import About
from index.reports.counts import DocumentRow, FindingRow, RecommendationRow

from . import wording
from .relevance import Question, Statement, relevances, statements
from .verdicts import Answer, Model, answer, shipped
from .wording import Rarity

_WHOLE: Final = frozenset({*kinds_of("inspection"), "area_send", "jtai"})
"""Reports that look at the whole of what they are about, so that their silence says something."""

_CODED: Final = frozenset({"ilacs_inspection", "sif_inspection"})
"""Reports on which the verdicts were measured: of others only their words are shown."""

_COUNCIL: Final[frozenset[About | None]] = frozenset({None, "council", "trust"})


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A demand, and what the next report of its kind says of just this.

    `later` is None where the library holds no later report of that kind.
    """

    demand: RecommendationRow
    body: str
    """Whose duty it is: as the report prints it, else "council", "police", "health" ..."""
    later: DocumentRow | None
    answer: Answer | None
    before: tuple[RecommendationRow, ...] = ()
    """Demands of earlier reports for the same, the oldest first."""

    @property
    def recurs(self) -> bool:
        """Whether it was asked for before, or is asked for again."""
        again = self.answer is not None and self.answer.verdict == "asked_again"
        return bool(self.before) or again


@dataclass(frozen=True, slots=True)
class Report:
    """A document with what it finds and asks for."""

    document: DocumentRow
    findings: tuple[FindingRow, ...]
    demands: tuple[RecommendationRow, ...]


def follow(
    documents: Iterable[DocumentRow],
    findings: Mapping[int, Sequence[FindingRow]],
    demands: Mapping[int, Sequence[RecommendationRow]],
    *,
    model: Model | None = None,
) -> Iterator[FollowUp]:
    """The demands of one authority's documents, the oldest first, each with its follow-up.

    Reports of another strand (social care, SEND, joint inspections) never answer for a demand.
    """
    model = model or shipped()
    ordered = sorted(documents, key=lambda row: (row.date or "", row.id))
    for strand in dict.fromkeys(DOCUMENTS[row.doc_type].strand for row in ordered):
        reports = [
            Report(row, tuple(findings.get(row.id, ())), tuple(demands.get(row.id, ())))
            for row in ordered
            if DOCUMENTS[row.doc_type].strand == strand and row.voice == "inspectorate"
        ]
        yield from _followed(reports, model)


def _followed(reports: Sequence[Report], model: Model) -> Iterator[FollowUp]:
    before: dict[tuple[int, int], tuple[RecommendationRow, ...]] = {}
    said = _StatementReader()
    for report, later in _with_next(reports):
        if later is None or not report.demands:
            for asked in report.demands:
                yield FollowUp(asked, body_of(asked), None, None, before.get(_key(asked), ()))
            continue
        rarity = Rarity(each.wording for one in (report, later) for each in said.by(one))
        for asked in report.demands:
            earlier = before.get(_key(asked), ())
            question = Question(wording.of_demand(asked.text), frozenset(asked.themes))
            witnesses = _witnesses(said.by(later), asked)
            given = answer(question, witnesses, rarity, model)
            if not (_is_coded(report, later) and asked.passage.about in _COUNCIL):
                given = Answer(None, given.score, given.witnesses)
            yield FollowUp(asked, body_of(asked), later.document, given, earlier)
            for again in _asking_again(question, later, witnesses, rarity, model):
                so_far = before.get(_key(again), ())
                before[_key(again)] = _in_time((*so_far, *earlier, asked))


class _StatementReader:
    """The sentences of reports: read only of those that ask or answer, each once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Statement, ...]] = {}

    def by(self, report: Report) -> tuple[Statement, ...]:
        """The sentences of a report."""
        number = report.document.id
        if number not in self._known:
            self._known[number] = statements(_in_order(report.findings))
        return self._known[number]


def body_of(asked: RecommendationRow) -> str:
    """Whose duty a demand is."""
    return asked.recommendation.responsible or asked.passage.about or "council"


def _with_next(reports: Sequence[Report]) -> Iterator[tuple[Report, Report | None]]:
    """Each report with the next that judges as a whole."""
    for at, report in enumerate(reports):
        began = report.document.date or ""
        yield (
            report,
            next(
                (
                    later
                    for later in reports[at + 1 :]
                    if later.document.doc_type in _WHOLE and (later.document.date or "") > began
                ),
                None,
            ),
        )


def _is_coded(report: Report, later: Report) -> bool:
    return {report.document.doc_type, later.document.doc_type} <= _CODED


def _witnesses(said: Sequence[Statement], asked: RecommendationRow) -> list[Statement]:
    """The sentences that can answer for whoever has to act: a council's never for another body."""
    if asked.passage.about in _COUNCIL:
        return [s for s in said if _about(s) in _COUNCIL]
    wanted = {asked.passage.about, "partnership"} if asked.passage.about != "police" else {"police"}
    return [s for s in said if _about(s) in wanted]


def _about(statement: Statement) -> About | None:
    return statement.row.finding.about or statement.row.passage.about


def _asking_again(
    question: Question,
    later: Report,
    witnesses: Iterable[Statement],
    rarity: Rarity,
    model: Model,
) -> Iterator[RecommendationRow]:
    """The demands of a later report for the same, on whoever had to act."""
    asking = [each for each in witnesses if each.asks]
    scores = relevances(question, asking, rarity, model.relevance)
    again = {
        each.row.passage.ordinal
        for each, score in zip(asking, scores, strict=True)
        if score >= model.asked_again
    }
    yield from (each for each in later.demands if each.passage.ordinal in again)


def _in_order(rows: Iterable[FindingRow]) -> list[FindingRow]:
    return sorted(rows, key=lambda row: (row.passage.ordinal, row.finding.start))


def _in_time(demands: Iterable[RecommendationRow]) -> tuple[RecommendationRow, ...]:
    """Demands once each, the oldest first: several may lead to one later demand."""
    distinct = {_key(each): each for each in demands}
    return tuple(sorted(distinct.values(), key=lambda each: (each.date or "", *_key(each))))


def _key(asked: RecommendationRow) -> tuple[int, int]:
    return asked.document, asked.passage.ordinal
