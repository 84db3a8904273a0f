"""Spread of a query over authorities, regions or years, and themes that stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from index.reports.theme_pairs import UNITS

from ...outputs import Row
from ...rows.statistics import part_row
from ...usecases.words import PARTS
from .. import words
from ..files import file_response
from ..layouts.counting import (
    SHOWN,
    Choice,
    CountAnswer,
    CountLine,
    Kind,
    bars,
    caption,
    chosen,
    filters_of,
    how_many,
    narrowing,
    notes,
    question_of,
    read,
    toning,
)
from ..themes import theme_label
from ..view import Answer, Asked, PageRoute
from .authorities import files_of

if TYPE_CHECKING:
    from ...analysis.words import Spread
    from ...api import Library

BY: Final = (("la", "Authority"), ("region", "Region"), ("year", "Year"))
WITHIN: Final = tuple((each, words.plain(each)) for each in UNITS)

DISPERSION: Final = Kind(
    path="/dispersion",
    title="Spread",
    heading="One authority, or all?",
    lead="Give words, or a condition such as theme:adoption. You see in how many authorities,"
    " regions or years it is said, and how evenly.",
    meanings=(
        ("Matches", "Matches of the words; of conditions alone, passages."),
        ("Words", "All words of the reports of that part, furniture of reports left out."),
        (
            "DP",
            (
                "Gries’s DP, normalised: 0 where matches are spread as the words are, 1 where all"
                " are in one small part (Gries 2008; Lijffijt and Gries 2012)."
            ),
        ),
        ("D", "Juilland’s D: 1 is even (Juilland and others 1970)."),
    ),
    examples=(
        ("Supervision, by authority", {"q": "supervision"}),
        ("Children missing from care, by region", {"q": '"missing from care"', "by": "region"}),
    ),
)
COOCCURRENCE: Final = Kind(
    path="/cooccurrence",
    title="Themes together",
    heading="Themes that are spoken of together",
    lead="Choose where both have to stand, and count.",
    meanings=(
        ("Together", "Sentences (or passages, or reports) with both, of those with either."),
        (
            "Times chance",
            "How many times as often as if the two had nothing to do with each other.",
        ),
        (
            "Right",
            "How many of the tags of the first and of the second theme are right, where measured.",
        ),
        (
            "Passages",
            (
                "All passages with both themes: more than are counted where both must stand in one"
                " sentence."
            ),
        ),
    ),
    examples=(
        ("Concerns in the same sentence", {"within": "sentence", "polarity": "concern"}),
        ("Strengths in the same report", {"within": "report", "polarity": "strength"}),
    ),
)


def dispersion(asked: Asked, library: Library) -> Answer:
    """How the matches of a query are spread."""
    by = chosen(asked, "by", BY, "la")
    fields = (
        Choice("q", "Words", asked.arg("q")),
        *narrowing(asked, library),
        Choice("by", "By", by, BY),
    )
    says = bool(asked.arg("q") or asked.arg("theme") or asked.arg("polarity"))
    found = _spread(asked, library, by) if says else None
    answer = _of_spread(found, asked, by) if found and found.matches else None
    return DISPERSION.page(fields, answer, asked=says)


def _of_spread(found: Spread, asked: Asked, by: str) -> CountAnswer:
    none = f"No {PARTS[by]}"
    rows = [
        {**part_row(part), "group": part.group if part.group != "none" else none}
        for part in found.parts
    ]
    named = caption("Spread", asked, "q")
    parts = [part for part in found.parts if part.group != "none"]
    having = sum(part.matches > 0 for part in parts)
    size = sum(part.words for part in found.parts)
    dp, even = found.dp, found.juilland_d
    figures = "; ".join(
        f"{name} {value:.2f}" for name, value in (("DP", dp), ("D", even)) if value is not None
    )
    return CountAnswer(
        caption=named,
        summary=(
            f"In {having} of {words.count(len(parts), PARTS[by])}: {found.in_words}. {figures}.",
            f"{words.matches(found.matches)} in {words.count(size, 'word')}.",
            *((how_many(rows, PARTS[by]),) if len(rows) > SHOWN else ()),
        ),
        chart=bars(
            rows,
            named,
            "Matches for 10,000 words",
            label="group",
            value="per_10000_words",
            said="{matches} in {words:,} words",
        ),
        heads=(words.plain(PARTS[by]), "Matches", "Words", "For 10,000 words"),
        lines=tuple(
            CountLine(
                str(row["group"]),
                (
                    words.number(row["matches"]),
                    words.number(row["words"]),
                    f"{row['per_10000_words']:.1f}",
                ),
                read(row["find"]),
            )
            for row in rows[:SHOWN]
        ),
        notes=notes(found.read_as),
        files=files_of("/dispersion/file", **dict(asked.args)),
    )


def dispersion_file(asked: Asked, library: Library) -> Answer:
    """The parts as a file."""
    found = _spread(asked, library, chosen(asked, "by", BY, "la"))
    rows = [part_row(part) for part in found.parts]
    return file_response(rows, asked.arg("format"), "textmine-dispersion")


def _spread(asked: Asked, library: Library, by: str) -> Spread:
    (found,) = library.dispersion([asked.arg("q")], by, asked=question_of(asked))
    return found


def cooccurrence(asked: Asked, library: Library) -> Answer:
    """Pairs of themes that stand together."""
    within = chosen(asked, "within", WITHIN, "")
    fields = (
        Choice("within", "In the same", within or "sentence", WITHIN),
        *toning(asked, library),
    )
    answer = _of_pairs(_pairs(asked, library, within), asked, within) if within else None
    return COOCCURRENCE.page(fields, answer, asked=bool(within))


def _of_pairs(rows: list[Row], asked: Asked, within: str) -> CountAnswer | None:
    if not rows:
        return None
    labelled: list[dict[str, Any]] = [
        {**row, "pair": f"{theme_label(row['theme'])} + {theme_label(row['other_theme'])}"}
        for row in rows
    ]
    named = caption(f"Themes in the same {within}", asked).rstrip(": ")
    return CountAnswer(
        caption=named,
        summary=(
            f"Out of {words.count(rows[0]['units'], within)} with any such finding.",
            how_many(rows, "pair"),
        ),
        chart=bars(
            labelled,
            named,
            f"How often both stand in one {within}",
            label="pair",
            value="together",
            said="{together:,} of {units:,}, {lift:.1f} × chance",
        ),
        heads=("Themes", "Together", "Times chance", "Right"),
        lines=tuple(
            CountLine(
                row["pair"],
                (
                    f"{row['together']:,} of {_either(row):,}",
                    f"{row['lift']:.1f}",
                    f"{_share(row['precision'])}, {_share(row['other_precision'])}",
                ),
                read(row["find"]),
            )
            for row in labelled[:SHOWN]
        ),
        notes=notes("polarity:" if asked.arg("polarity") else ""),
        files=files_of("/cooccurrence/file", **dict(asked.args)),
    )


def _either(row: Row) -> int:
    return int(row["of_theme"] + row["of_other"] - row["together"])


def _share(precision: float | None) -> str:
    return "–" if precision is None else f"{precision:.0%}"


def cooccurrence_file(asked: Asked, library: Library) -> Answer:
    """The pairs as a file."""
    rows = _pairs(asked, library, chosen(asked, "within", WITHIN, "sentence"))
    return file_response(rows, asked.arg("format"), "textmine-cooccurrence")


def _pairs(asked: Asked, library: Library, within: str) -> list[Row]:
    return library.cooccurrence(within, filters=filters_of(asked)).to_rows()


ROUTES: Final = (
    PageRoute("/dispersion", dispersion),
    PageRoute("/dispersion/file", dispersion_file),
    PageRoute("/cooccurrence", cooccurrence),
    PageRoute("/cooccurrence/file", cooccurrence_file),
)
