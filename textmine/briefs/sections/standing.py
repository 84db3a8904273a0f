"""The opening section: grades over time, and the last visit of each kind."""

from __future__ import annotations

from corpus.frameworks import AREAS, DOCUMENTS, FRAMEWORKS, kinds_of
from corpus.model import Judgement
from index.reports.counts import DocumentRow

from ...analysis.changes import in_words, label
from ...analysis.grades import ROW_CHANGED, Pair, pairs
from ..dossier import Dossier
from ..model import Cell, Evidence, Grid, Line, Quote, Section, absent
from ..quoting import age, in_full, join_words, lower_first, month, of_judgement, own, source

_NO_AREA = Cell(text="–")


def section(dossier: Dossier) -> Section:
    """The judgement history, the last activity of each kind, region and neighbours."""
    where = f"Region: {dossier.authority.region}." if dossier.authority.region else ""
    names = [dossier.name_of(key) for key in dossier.authority.neighbours[:10]]
    near = f" Statistical neighbours: {', '.join(names)}." if names else ""
    return Section(
        key="standing",
        title="Where they stand",
        intro=f"{where}{near}".strip(),
        grid=_grid(dossier) if dossier.inspections else None,
        lines=(*_activity(dossier), *_by_hand(dossier)),
    )


def _grid(dossier: Dossier) -> Grid:
    rows = dossier.inspections
    grades = [{judged.area: judged for judged in row.judgements} for row in rows]
    areas = [area for area in AREAS if any(area in each for each in grades)]
    moved = {pair.after.area: pair for pair in pairs(rows[-2], rows[-1])} if len(rows) > 1 else {}
    body = [
        (
            Cell(text=label(area).capitalize()),
            *(
                _cell(dossier, row, each.get(area))
                for row, each in zip(rows, grades, strict=True)
            ),
            *((_direction(moved.get(area)),) if moved else ()),
        )
        for area in areas
    ]  # fmt: skip
    heads = [f"{month(row.date)} ({_framework(row)})" for row in rows]
    return Grid(
        header=("Judgement", *heads, *(("Change since previous",) if moved else ())),
        rows=tuple(body),
        widths=(4, *(3 for _ in heads), *((4,) if moved else ())),
    )


def _framework(row: DocumentRow) -> str:
    known = FRAMEWORKS.get(row.framework or "")
    return known.label if known else "framework unknown"


def _cell(dossier: Dossier, row: DocumentRow, judged: Judgement | None) -> Cell:
    if judged is None:
        return _NO_AREA
    quote = of_judgement(dossier, row, judged)
    by_hand = " (set by hand)" if judged.origin == "corrected" else ""
    return Cell(
        text=f"{in_words(judged)}{by_hand}",
        grade=judged.grade,
        evidence=(quote,) if quote else (),
        show="annex",
    )


def _direction(pair: Pair | None) -> Cell:
    if pair is None:
        return _NO_AREA
    arrows = {"better": "↑ better", "worse": "↓ worse", "same": "= same"}
    if pair.direction:
        return Cell(text=arrows[pair.direction])
    ended = pair.after.status == "not_printed" and pair.note != ROW_CHANGED
    return Cell(text=pair.note or "" if ended else f"not comparable: {pair.note}")


def _activity(dossier: Dossier) -> list[Line]:
    """When each kind of visit was last made, the latest first; the kinds never made together."""
    lines, never = [], []
    inspections = kinds_of("inspection")
    for kind in (*inspections, *kinds_of("visit")):
        name = DOCUMENTS[kind].label
        rows = [row for row in dossier.documents if row.doc_type == kind]
        if rows:
            row = rows[-1]
            when = f"{in_full(row.date)} ({age(row.date, dossier.as_of)})"
            visit = lower_first(name).removesuffix(" letter").removesuffix(" report")
            text = f"Latest {visit}: began on {when}{_on(row)}"
            evidence: tuple[Evidence, ...] = (_opening(dossier, row.id),)
            line = Line(key=f"last-{kind}", text=text, evidence=evidence, show="mark")
            lines.append((row.date or "", line))
        elif kind not in inspections:
            never.append(lower_first(name))
    lines.sort(key=lambda pair: pair[0], reverse=True)
    found = [line for _, line in lines]
    if never:
        said = f"None in the library: {', '.join(never)}."
        found.append(absent("never", said, own(dossier)))
    return found


def _on(row: DocumentRow) -> str:
    """What a visit was on, where it says so."""
    words = [
        field.value for field in row.fields if field.name in {"topic", "theme"} and field.value
    ]
    return f", on {join_words(words).replace('_', ' ').replace('-', ' ')}" if words else ""


def _opening(dossier: Dossier, number: int) -> Quote:
    """A document's first line, which says what it is."""
    row = next(row for row in dossier.documents if row.id == number)
    text = dossier.texts[number]
    end = text.find("\n")
    end = len(text) if end < 0 else end
    return Quote(
        text=text[:end],
        document=number,
        sha256=row.sha256,
        start=0,
        end=end,
        source=source(row),
        place="page 1",
        spot="p. 1",
        date=row.date,
    )


def _by_hand(dossier: Dossier) -> list[Line]:
    """What people set in these documents."""
    lines = []
    for row in dossier.documents:
        for each in dossier.corrections[row.id]:
            if each.value is not None:
                text = (
                    f"Set by hand in {source(row)}: {each.name} is {each.value}"
                    f" (read as {each.extracted or 'nothing'}; {each.who}: {each.why})"
                )
                evidence = (_opening(dossier, row.id),)
                key = f"set-{row.sha256[:8]}-{each.name}"
                lines.append(Line(key=key, text=text, evidence=evidence, show="mark"))
    return lines
