"""The pack for a region, as a document that the renderers of briefs write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from corpus.frameworks import AREAS, FRAMEWORKS
from corpus.model import Judgement, Polarity
from index.reports.counts import DocumentRow, FindingRow

from ..analysis.changes import by_theme, in_words, label
from ..briefs.dossier import Dossier
from ..briefs.model import Brief, Cell, Grid, Line, Quote, Section, Source, absent
from ..briefs.quoting import (
    age,
    best,
    count_of,
    in_full,
    join_words,
    lower_first,
    month,
    of_finding,
    of_judgement,
    short,
)
from ..citation import reference
from .learning import LearningPair, clear, pairs, themes

TITLE: Final = "Pack for the region"
MOST: Final = 12
_PER_LEARNER: Final = 2
_CELL: Final = 260  # characters of a quote in a table
_OLD: Final = 48
"""Months after which an inspection is said to be old."""

SURE_ONLY: Final = (
    "Only the surest findings, of each authority's last inspection in the library."
    " A report that does not mention a theme counts as having none, and praise beside a concern on"
    " the same theme is not counted. Findings do not know the grade."
)


def build(region: str, dossiers: Sequence[Dossier], absent_names: Sequence[str]) -> Brief:
    """The pack; `absent_names` are authorities of the region of which the library has nothing."""
    as_of = dossiers[0].as_of
    documents = [row for each in dossiers for row in each.documents]
    learning = _chosen(pairs(dossiers))
    sections = (
        _standing(dossiers),
        _shared(dossiers, "concern", "Concerns that several share"),
        _shared(dossiers, "strength", "Strengths that several share"),
        _learning(learning),
        _claims(dossiers),
        _questions(dossiers, learning),
        _missing(region, dossiers, absent_names),
    )
    versions = sorted({row.made.pipeline for row in documents})
    return Brief(
        authority=region,
        purpose="engagement-meeting",
        title=TITLE,
        as_of=as_of.isoformat(),
        subtitle=f"From {count_of(len(documents), 'document')} of"
        f" {count_of(len(dossiers), 'authority', 'authorities')},"
        f" as of {in_full(as_of.isoformat())}",
        internal=any(row.visibility == "internal" for row in documents),
        sections=tuple(sections),
        sources=tuple(
            Source(
                document=cited.document,
                sha256=cited.sha256,
                voice=cited.document_voice,
                reference=reference(cited).text(),
            )
            for each in dossiers
            for cited in each.cited.values()
        ),
        provenance=f"textmine findings {', '.join(versions) or 'none'};"
        f" {count_of(len(dossiers[0].library), 'document')} in the library on that day",
    )


# -- where each stands ------------------------------------------------------------------------


def _standing(dossiers: Sequence[Dossier]) -> Section:
    inspected = [each for each in dossiers if each.last]
    if not inspected:
        said = "No inspection of these authorities in the library."
        line = absent("none", said, "inspections of the region")
        return Section(key="standing", title="Where each stands", lines=(line,))
    areas = [
        area
        for area in AREAS
        if any(judged.area == area for each in inspected for judged in _judged(each))
    ]
    rows = tuple(
        (
            Cell(text=each.authority.name),
            Cell(text=_when(each)),
            *(_grade(each, area) for area in areas),
        )
        for each in inspected
    )
    return Section(
        key="standing",
        title="Where each stands",
        intro="The last inspection of each in the library. Frameworks differ in what they judge: a"
        " dash is an area that a report does not judge.",
        grid=Grid(
            header=("Authority", "Inspection", *map(_head, areas)),
            rows=rows,
            widths=(6, 6, *(5 for _ in areas)),
        ).without_empty(),
    )


def _head(area: str) -> str:
    """An area in a narrow column."""
    return "Overall" if area == "overall" else label(area).capitalize()


def _judged(dossier: Dossier) -> tuple[Judgement, ...]:
    return dossier.last.judgements if dossier.last else ()


def _when(dossier: Dossier) -> str:
    row = dossier.last
    assert row is not None
    known = FRAMEWORKS.get(row.framework or "")
    return f"{month(row.date)}, {known.label if known else 'framework unknown'}"


def _grade(dossier: Dossier, area: str) -> Cell:
    judged = next((each for each in _judged(dossier) if each.area == area), None)
    if judged is None or dossier.last is None:
        return Cell(text="–")
    quote = of_judgement(dossier, dossier.last, judged)
    evidence = (_of(dossier, quote),) if quote else ()
    return Cell(text=in_words(judged), grade=judged.grade, evidence=evidence, show="annex")


# -- what several share -----------------------------------------------------------------------


def _shared(dossiers: Sequence[Dossier], polarity: Polarity, title: str) -> Section:
    inspected = [each for each in dossiers if each.last]
    found: list[tuple[int, Line]] = []
    for theme in themes(dossiers):
        rows = {each.authority.name: clear(each, theme, polarity) for each in inspected}
        having = [each for each in inspected if rows[each.authority.name]]
        if len(having) > 1:
            whose = [f"{each.authority.name} ({month(_date(each))})" for each in having]
            line = Line(
                key=f"{polarity}-{theme}",
                text=f"{dossiers[0].label(theme)}: {len(having)} of {len(inspected)}.",
                detail=f"{join_words(whose)}.",
                evidence=tuple(
                    _of(each, of_finding(best(rows[each.authority.name])[0])) for each in having
                ),
            )
            found.append((len(having), line))
    found.sort(key=lambda pair: -pair[0])
    lines = tuple(line for _, line in found[:MOST])
    if not lines:
        said = f"No theme is a sure {polarity} in the last inspections of two of them."
        scope = count_of(len(inspected), "last inspection")
        return Section(key=polarity, title=title, lines=(absent("none", said, scope),))
    return Section(key=polarity, title=title, intro=SURE_ONLY, lines=lines)


def _date(dossier: Dossier) -> str | None:
    return dossier.last.date if dossier.last else None


# -- who can learn from whom ------------------------------------------------------------------


def _chosen(found: Sequence[LearningPair]) -> list[LearningPair]:
    """At most two for each learner, and no sentence twice."""
    count: dict[str, int] = {}
    used: set[tuple[int, int]] = set()
    kept = []
    for pair in found:
        name = pair.learner.authority.name
        spots = {_spot(pair.concern), _spot(pair.strength)}
        if count.get(name, 0) < _PER_LEARNER and not spots & used:
            count[name] = count.get(name, 0) + 1
            used |= spots
            kept.append(pair)
    return sorted(kept[:MOST], key=lambda pair: pair.learner.authority.name)


def _spot(row: FindingRow) -> tuple[int, int]:
    return row.document, row.finding.start


def _learning(chosen: Sequence[LearningPair]) -> Section:
    title = "Who can learn from whom"
    if not chosen:
        said = "No sure concern of one authority stands beside a sure strength of another."
        line = absent("none", said, "last inspections of the region")
        return Section(key="learning", title=title, lines=(line,))
    rows = tuple(
        (
            Cell(text=pair.learner.label(pair.theme)),
            _quote_cell(pair.learner, pair.concern),
            _quote_cell(pair.teacher, pair.strength),
        )
        for pair in chosen
    )
    return Section(
        key="learning",
        title=title,
        intro="A concern of one beside praise of another on the same theme, in which the praised"
        " one has no point to improve. Read on in both letters before you call: inspections are of"
        " different years, and praise may have its exceptions.",
        grid=Grid(
            header=("Theme", "Inspectors were concerned", "Inspectors praised"),
            rows=rows,
            widths=(3, 8, 8),
        ),
    )


def _quote_cell(dossier: Dossier, row: FindingRow) -> Cell:
    quote = of_finding(row)
    words = short(quote.text, _CELL)
    return Cell(
        text=f"{dossier.authority.name}, {month(row.date)}: “{words}”",
        evidence=(_of(dossier, quote),),
    )


def _of(dossier: Dossier, quote: Quote) -> Quote:
    """A quote that says whose document it is from: a pack has those of many."""
    name = dossier.authority.name
    return replace(quote, source=f"{name}, {quote.source}", spot=f"{name} {quote.spot}")


# -- self-evaluations -------------------------------------------------------------------------


def _claims(dossiers: Sequence[Dossier]) -> Section:
    title = "Self-evaluations side by side"
    latest = [(each, each.claims()[-1]) for each in dossiers if each.claims()]
    if len(latest) < 2:
        said = "Fewer than two self-evaluations in the library (internal ones only if asked for)."
        scope = count_of(sum(len(each.documents) for each in dossiers), "document")
        return Section(key="claims", title=title, lines=(absent("none", said, scope),))
    said_by = {each.authority.name: by_theme(each.findings[row.id]) for each, row in latest}
    shared = [
        theme
        for theme in dossiers[0].themes
        if sum(theme in found for found in said_by.values()) > 1
    ]
    shared.sort(key=lambda theme: -sum(theme in found for found in said_by.values()))
    rows = tuple(
        (
            Cell(text=dossiers[0].label(theme)),
            *(_claim(each, said_by[each.authority.name].get(theme, ())) for each, _ in latest),
        )
        for theme in shared[:MOST]
    )
    heads = [f"{each.authority.name} ({month(row.date)})" for each, row in latest]
    return Section(
        key="claims",
        title=title,
        intro="What authorities say of themselves; no verdict is implied.",
        grid=Grid(header=("Theme", *heads), rows=rows, widths=(3, *(6 for _ in heads))),
    )


def _claim(dossier: Dossier, rows: Sequence[FindingRow]) -> Cell:
    if not rows:
        return Cell(text="–")
    quote = of_finding(best(rows)[0])
    return Cell(text=f"“{short(quote.text, 140)}”", evidence=(_of(dossier, quote),))


# -- questions --------------------------------------------------------------------------------


def _questions(dossiers: Sequence[Dossier], chosen: Sequence[LearningPair]) -> Section:
    return Section(
        key="questions",
        title="One question for peers from each",
        lines=tuple(_question(each, dossiers, chosen) for each in dossiers),
    )


def _question(
    dossier: Dossier, dossiers: Sequence[Dossier], chosen: Sequence[LearningPair]
) -> Line:
    name = dossier.authority.name
    pair = next((each for each in chosen if each.learner is dossier), None)
    key = f"ask-{dossier.authority.key}"
    if pair:
        return Line(
            key=key,
            text=f"{name} to {pair.teacher.authority.name}, on"
            f" {lower_first(dossier.label(pair.theme))}: what do you do that makes it work, and how"
            " do you know that it lasts?",
            detail=f"A concern in {name} ({month(pair.concern.date)}), a strength in"
            f" {pair.teacher.authority.name} ({month(pair.strength.date)}).",
            evidence=(
                _of(pair.teacher, of_finding(pair.strength)),
                _of(dossier, of_finding(pair.concern)),
            ),
        )
    for polarity, said in (
        ("concern", "who has been here before, and what helped?"),
        ("strength", "what should others know before they try the same?"),
    ):
        for theme in themes(dossiers):
            if rows := clear(dossier, theme, "concern" if polarity == "concern" else "strength"):
                whom = "all peers" if polarity == "concern" else name
                asker = name if polarity == "concern" else "Peers"
                return Line(
                    key=key,
                    text=f"{asker} to {whom}, on {lower_first(dossier.label(theme))}: {said}",
                    detail=f"A {polarity} in {name} ({month(_date(dossier))}).",
                    evidence=(_of(dossier, of_finding(best(rows)[0])),),
                )
    said = f"{name}: no sure finding to ask about."
    return absent(key, said, count_of(len(dossier.documents), "document"))


# -- what is missing --------------------------------------------------------------------------


def _missing(region: str, dossiers: Sequence[Dossier], names: Sequence[str]) -> Section:
    return Section(
        key="missing", title="What is missing", lines=tuple(_gaps(region, dossiers, names))
    )


def _gaps(region: str, dossiers: Sequence[Dossier], names: Sequence[str]) -> Iterator[Line]:
    whole = len(dossiers) + len(names)
    if names:
        said = f"Nothing in the library of {len(names)} of {whole}: {join_words(list(names))}."
        yield absent("authorities", said, f"all documents of {region}")
    for each in dossiers:
        scope = f"{count_of(len(each.documents), 'document')} of {each.authority.name}"
        if each.last is None:
            said = f"{each.authority.name}: no inspection in the library."
            yield absent(f"inspection-{each.authority.key}", said, scope)
        elif _months(each.last, each.as_of) > _OLD:
            said = f"{each.authority.name}: the last inspection here is old"
            when = f"{month(each.last.date)}, {age(each.last.date, each.as_of)}"
            yield absent(f"old-{each.authority.key}", f"{said} ({when}).", scope)


def _months(row: DocumentRow, as_of: date) -> int:
    if not row.date:
        return 0
    day = date.fromisoformat(row.date)
    return 12 * (as_of.year - day.year) + as_of.month - day.month
