"""The history section: points of earlier inspections, and what the next report says of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from corpus.frameworks import kinds_of

from ...followup import wording
from ...followup.threads import FollowUp
from ...followup.verdicts import Verdict, Witness
from ..dossier import Dossier
from ..model import Absence, Cell, Grid, Line, Section, absent
from ..quoting import (
    QUOTED,
    asked_words,
    key_of,
    month,
    of_demand,
    of_finding,
    own,
    short,
    source,
)
from .demands import DEMAND, VISITS, whose

TITLE: Final = "Follow-up of earlier points"

WORDS: Final[dict[Verdict | None, str]] = {
    "asked_again": "asked for again",
    "not_yet": "not yet",
    "partly": "partly",
    "improved": "improved",
    "silent": "not mentioned",
    None: "no verdict",
}
"""Verdicts as a reader sees them, in the order in which they are shown."""

NONE_STANDS_OUT: Final = "no one sentence stands out: read the report"

_PLAIN, _SURE = 0.65, 0.85
"""Relevance of the quoted sentence, and score, from which "improved" is printed: of those read in
eleven authorities, most below were about a part of the demand, or something near it."""

_CLOSE: Final = 0.45
"""Relevance from which a sentence is shown beside a point: most of those read below it were about
something near only. A second one, of the other side, has to be as close as `_BESIDE`."""

_BESIDE: Final = 0.55

_CONDITION: Final = re.compile(r"(?:when|where|if|once|although|while)\b", re.IGNORECASE)
"""How sentences begin that say what would be, or both sides: none shows the other side alone."""

GENERAL: Final = re.compile(
    r"(?=.*\b(?:areas|points|recommendations|shortfalls|weaknesses|improvements)\b)"
    r"(?=.*\b(?:(?:last|previous|earlier|subsequent|20\d\d)\b.*\b(?:inspections?|visits?)"
    r"|(?:inspections?|visits?) (?:in|of) |for improvement have been|areas for improvement and))"
    r"(?=.*\b(?:identified|recommend\w*|for improvement)\b)"
    r".*\b(?:address\w*|progress|implement\w*|tackl\w*|resolv\w*|act(?:ed|ing)? (?:up)?on"
    r"|remain)\b",
    re.IGNORECASE | re.DOTALL,
)
"""A sentence on all that earlier inspections asked for: most of it, some or all was addressed."""

_MOST_GENERAL: Final = 2


def section(dossier: Dossier) -> Section:
    """The points of earlier inspections, with what the next report says about exactly that."""
    rows = [each for each in dossier.follow_ups if _is_history(each)]
    if not rows:
        said = "There is no earlier inspection to follow up."
        return Section(key="history", title=TITLE, lines=(absent("none", said, own(dossier)),))
    order, newest = list(WORDS), max(each.demand.date or "" for each in rows)
    chosen = sorted(
        (
            (each, verdict(dossier, each))
            for each in rows
            if (each.demand.date or "") == newest or each.recurs
        ),
        key=lambda pair: (
            not pair[0].recurs,
            (pair[0].demand.date or "") != newest,
            order.index(pair[1]),
            pair[0].demand.passage.ordinal,
        ),
    )
    return Section(
        key="history",
        title=TITLE,
        intro="The sentences of the next inspection report that come closest to each point. There"
        " is a verdict only where it is safe; otherwise read the sentence. Points of older reports"
        " are here only where a later one asks for something on the same subject.",
        grid=Grid(
            header=("Asked for", "Verdict", "What the later report says"),
            rows=tuple(_followed(dossier, each, said) for each, said in chosen),
            widths=(9, 3, 11),
        ),
        lines=tuple(_in_general(dossier)),
    )


def verdict(dossier: Dossier, each: FollowUp) -> Verdict | None:
    """The verdict, where a reader of the quoted sentences would say the same.

    None but "not mentioned" is said of a sentence that may be about something near only, or about
    another group of children. "Improved" is left out, too, where the one beside it says the
    opposite, where the facet that was asked for is not spoken of, or where the report asks for
    something on the same subject; "not mentioned" where the model is not as sure.
    """
    answer = each.answer
    if answer is None or answer.verdict is None:
        return None
    if answer.verdict == "silent":
        return "silent" if answer.score >= _SURE else None
    quoted = _quoted(each)
    if not quoted or not _same_group(each, quoted[0]):
        return None
    if answer.verdict != "improved":
        return answer.verdict
    plain = len(quoted) == 1 and quoted[0].relevance >= _PLAIN and answer.score >= _SURE
    whole = _same_facets(each, quoted[0]) and not _asked_on(dossier, each)
    return "improved" if plain and whole else None


def _in_general(dossier: Dossier) -> Iterable[Line]:
    """What the last inspection says of the earlier points all together."""
    if dossier.last is None:
        return
    rows = [row for row in dossier.observations(dossier.last.id) if GENERAL.match(row.evidence)]
    chosen = list({key_of(row): row for row in rows}.values())[:_MOST_GENERAL]
    for number, row in enumerate(chosen):
        yield Line(
            key=f"in-general-{row.sha256[:8]}-{row.finding.start}",
            text="Of earlier points in general, the last report says:"
            if not number
            else "It says too:",
            evidence=(of_finding(row),),
            show="whole",  # a verdict above may quote it, too
        )


def _is_history(each: FollowUp) -> bool:
    """Whether it is a point of an earlier inspection, or visit, that an inspection answers."""
    return (
        each.later is not None
        and each.demand.doc_type in {*kinds_of("inspection"), *VISITS}
        and each.demand.passage.about in {None, "council", "trust"}
    )


def _same_group(each: FollowUp, witness: Witness) -> bool:
    """Whether the paragraph of a sentence, or its heading, names the group of a demand.

    What it says of another group alone says nothing of the demand; what a later demand asks for
    more groups does.
    """
    statement = witness.statement
    row, asked = statement.row, wording.groups_of(each.demand.text)
    if not statement.asks and not wording.groups_of(row.evidence) <= asked:
        return False
    return asked <= wording.groups_of(f"{row.section} {row.text}")


def _same_facets(each: FollowUp, witness: Witness) -> bool:
    """Whether a sentence speaks of what the demand asks for: timeliness, recording, take-up ..."""
    said = wording.of_answer(witness.statement.row.evidence)
    return wording.of_demand(each.demand.text).facets <= said.facets


def _asked_on(dossier: Dossier, each: FollowUp) -> bool:
    """Whether the later report asks for something on a demand's theme, or of its group."""
    later = dossier.demands.get(each.later.id, ()) if each.later else ()
    groups = wording.groups_of(each.demand.text)
    return any(
        set(row.themes) & set(each.demand.themes) or wording.groups_of(row.text) & groups
        for row in later
    )


def _followed(dossier: Dossier, each: FollowUp, said: Verdict | None) -> tuple[Cell, ...]:
    demand = each.demand
    when = "" if demand.recommendation.kind == "priority_action" else f"{month(demand.date)}: "
    asked = f"{when}{whose(demand)}“{short(asked_words(dossier, demand), DEMAND)}”"
    return (
        Cell(text=asked, evidence=(of_demand(demand),)),
        Cell(text=WORDS[said]),
        _later_words(each, said),
    )


def _later_words(each: FollowUp, verdict: Verdict | None) -> Cell:
    """The sentences on which a verdict rests, or that come closest: one for, one against."""
    later = source(each.later) if each.later else "the later report"
    chosen = _quoted(each)
    if not chosen:
        said = "nothing about this point was found" if verdict == "silent" else NONE_STANDS_OUT
        return Cell(text=said, evidence=(Absence(said=said, searched=later),))
    quotes = tuple(of_finding(one.statement.row) for one in chosen)
    text = " But: ".join(f"“{short(quote.text, QUOTED)}”" for quote in quotes)
    return Cell(text=text, evidence=quotes)


def _quoted(each: FollowUp) -> Sequence[Witness]:
    """The sentence that comes closest, if it is close, and one that plainly says the opposite."""
    witnesses = each.answer.witnesses if each.answer else ()
    if not witnesses or witnesses[0].relevance < _CLOSE:
        return ()
    signs = {one.sign for one in witnesses[:2]}
    beside = (
        signs in ({"better", "worse"}, {"better", "both"})
        and witnesses[1].relevance >= _BESIDE
        and not _CONDITION.match(witnesses[1].statement.row.evidence)
        and _same_group(each, witnesses[1])
    )
    return witnesses[: 2 if beside else 1]
