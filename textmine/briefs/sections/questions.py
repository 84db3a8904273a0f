"""The questions section: what to ask, each question tied to a passage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from index.reports.counts import RecommendationRow

from ...sure import is_beyond_doubt
from ..dossier import Dossier
from ..model import TOPICS, Line, Section
from ..quoting import (
    asked_words,
    count_of,
    month,
    of_demand,
    of_finding,
    quotes,
    sentences,
    short,
)
from . import demands, patterns, self_evaluation
from .coverage import concerns, suggested

MOST = 10
_DEMANDS, _EACH = 6, 2
_WORDS = 150  # characters of a demand in a question

AGAIN = "This was asked for before. What is different this time, and how will you know?"
CLAIMED = "What is the evidence for what the self-evaluation says?"

OF_THE_REST = (
    (r"timel|prompt|delay|waiting",
     "What do the figures say now, and for which children is it still late?"),
    (r"oversight|scrutiny|track|challenge|supervision|reviewing officer",
     "Who checks this now, how often, and what has it changed for children?"),
    (r"voice|participation|influence|views", "What has changed because of what children said?"),
    (r"sufficiency|workload|caseload|workforce|stability|recruitment|commissioning",
     "How far short is it today, and what do children go without in the meantime?"),
    (r"quality|assess|plan|record", "What have audits shown since, and where is it still weak?"),
    (r"consisten", "Where is it still uneven, and how do you know?"),
    (r"", "What has been done, and what difference has it made?"),
)  # fmt: skip
"""Of a demand on which nothing is said yet, by its first word that fits: what would show it."""


def section(dossier: Dossier) -> Section:
    """Up to ten: priority actions and demands first, then what recurs and what differs."""
    every = chain(
        islice(_on_demands(dossier), _DEMANDS),
        islice(_on_patterns(dossier), _EACH),
        islice(_on_claims(dossier), _EACH + 1),
        islice(_on_topics(dossier), 1),
    )
    lines = tuple(islice(every, MOST))
    intro = "" if lines else _no_questions(dossier)
    return Section(key="questions", title="Questions to ask", intro=intro, lines=lines)


def _no_questions(dossier: Dossier) -> str:
    if dossier.documents:
        return "No questions: nothing in the documents raises one."
    return f"No questions: there is no document of {dossier.authority.name}."


def _on_demands(dossier: Dossier) -> Iterator[Line]:
    """What the last inspection asks for: points that recur first, then priority actions."""
    last = dossier.last
    if last is None:
        return
    again = {id(each.demand): each for each in demands.threads(dossier)}
    asked = [*demands.priority(dossier, last), *dossier.demands[last.id]]
    asked.sort(key=lambda row: id(row) not in again)
    for row in asked:
        before = again[id(row)].before if id(row) in again else ()
        said = demands.since(dossier, row)
        claimed = bool(said) and said[0].passage.voice == "authority"
        yield Line(
            key=f"ask-{demands.demand_key(row)}",
            text=f"“{short(asked_words(dossier, row), _WORDS)}”: "
            + (AGAIN if before else CLAIMED if claimed else _ask(row)),
            detail=f"Asked for in {month(row.date)}.",
            evidence=(of_demand(row), *map(of_finding, said), *map(of_demand, before)),
        )


def _ask(row: RecommendationRow) -> str:
    """The question whose word stands first in a demand."""
    text = row.text.lower()
    found = [(match.start(), ask) for words, ask in OF_THE_REST[:-1]
             if (match := re.search(words, text))]  # fmt: skip
    return min(found)[1] if found else OF_THE_REST[-1][1]


def _on_patterns(dossier: Dossier) -> Iterator[Line]:
    for each in patterns.patterns(dossier, "concern"):
        yield Line(
            key=f"ask-concern-{each.theme}",
            text=f"{dossier.label(each.theme)}: why is this hard to put right, and what is new?",
            detail=f"Concerns in {each.documents} documents, including the last inspection.",
            evidence=quotes(filter(is_beyond_doubt, each.now), 3),
        )
    for each in patterns.patterns(dossier, "exception"):
        yield Line(
            key=f"ask-exception-{each.theme}",
            text=f"{dossier.label(each.theme)}: for which children is this not yet so, and why?",
            detail=f"{count_of(sentences(each.opposite), 'strength').capitalize()} in the last"
            f" inspection, but {each.documents} documents name concerns.",
            evidence=quotes(filter(is_beyond_doubt, each.now), 3),
        )


def _on_claims(dossier: Dossier) -> Iterator[Line]:
    claims = dossier.claims()
    if not claims:
        return
    for theme, relation, ours, theirs in self_evaluation.comparisons(dossier, claims[-1]):
        if relation == "differs":
            text = f"{dossier.label(theme)}: what is the evidence for the claim?"
            detail = "The self-evaluation and inspectors differ."
        elif relation == "self-evaluation silent":
            text = f"{dossier.label(theme)}: where do things stand?"
            detail = "Inspectors had concerns; nothing on it was found in the self-evaluation."
        else:
            continue
        evidence = (*quotes(ours, 1), *quotes(theirs, 1))
        yield Line(key=f"ask-claim-{theme}", text=text, detail=detail, evidence=evidence)


def _on_topics(dossier: Dossier) -> Iterator[Line]:
    for topic in suggested(dossier):
        rows = concerns(dossier, topic)
        yield Line(
            key=f"ask-topic-{topic}",
            text=f"{TOPICS[topic]}: what would a visit find today?",
            detail="The inspection raised concerns, and no later visit is in the library.",
            evidence=quotes(filter(is_beyond_doubt, rows), 3) or quotes(rows, 3),
        )
