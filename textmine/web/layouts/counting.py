"""Pages that count: a form, a chart, its table, and what the numbers mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from index.query.filters import Filters

from ...analysis import accuracy
from ...charts import shapes
from ...charts.svg import draw
from ...outputs import Row
from ...themes import load_themes
from ...usecases.searches import Question
from .. import words
from ..themes import theme_label
from ..view import Asked, Page, address

if TYPE_CHECKING:
    from ...api import Library

SHOWN: Final = 40
"""So many rows are on the page; a file has them all."""

POLARITIES: Final = ("concern", "strength", "mixed", "neutral")

SISTERS: Final = (
    ("/frequencies", "Frequent words"),
    ("/keyness", "Words that set apart"),
    ("/collocates", "Words nearby"),
    ("/dispersion", "Spread"),
    ("/cooccurrence", "Themes together"),
)
"""The pages of this kind, each with what it is called."""

_THEMES: Final = re.compile(r"\btheme:\"?([\w-]+)")


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of the form: one of some values, or words where there are none."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class CountLine:
    """A row of the table."""

    name: str
    cells: tuple[str, ...]
    href: str
    """Where the passages are; empty where there are none."""


@dataclass(frozen=True, slots=True)
class CountAnswer:
    """What was counted."""

    caption: str
    summary: tuple[str, ...]
    """What holds for all rows: what they are out of."""
    chart: str
    heads: tuple[str, ...]
    """The first column, then those of numbers."""
    lines: tuple[CountLine, ...]
    notes: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    is_map: bool = False
    """Whether the chart is a map, which is no use when it is small."""


@dataclass(frozen=True, slots=True)
class CountPage:
    """The context of these pages."""

    heading: str
    path: str
    sisters: tuple[tuple[str, str], ...]
    fields: tuple[Choice, ...]
    checks: tuple[tuple[str, str, bool], ...]
    """Boxes to tick: name, label, and whether it is ticked."""
    lead: str
    meanings: tuple[tuple[str, str], ...]
    """Each number, and what it means."""
    examples: tuple[tuple[str, str], ...]
    asked: bool
    """Whether something was asked, so that no answer means that nothing was found."""
    answer: CountAnswer | None


@dataclass(frozen=True, slots=True)
class Kind:
    """What one of these pages is: its words, before anything is asked."""

    path: str
    title: str
    heading: str
    lead: str
    meanings: tuple[tuple[str, str], ...]
    examples: tuple[tuple[str, Mapping[str, str]], ...]
    sisters: tuple[tuple[str, str], ...] = SISTERS
    tab: str = "words"

    def page(
        self,
        fields: Iterable[Choice],
        answer: CountAnswer | None,
        *,
        asked: bool,
        checks: Iterable[tuple[str, str, bool]] = (),
    ) -> Page:
        """The page."""
        context = CountPage(
            heading=self.heading,
            path=self.path,
            sisters=tuple(
                (label, "" if path == self.path else path) for path, label in self.sisters
            ),
            fields=tuple(fields),
            checks=tuple(checks),
            lead=self.lead,
            meanings=self.meanings,
            examples=tuple((label, address(self.path, args)) for label, args in self.examples),
            asked=asked,
            answer=answer,
        )
        return Page("counts.html", self.title, context, self.tab)


def regions(library: Library) -> tuple[tuple[str, str], ...]:
    """The regions of which the library has documents, as a choice."""
    found = {each.region for each in library.authorities() if each.region and each.documents}
    return ("", "All regions"), *((each, each) for each in sorted(found))


def filters_of(asked: Asked) -> Filters:
    """What narrows; internal documents are left out, since counts are passed on."""
    return Filters(
        theme=tuple(filter(None, (asked.arg("theme"),))),
        polarity=tuple(filter(None, (asked.arg("polarity"),))),
        region=tuple(filter(None, (asked.arg("region"),))),
        internal=False,
    )


def question_of(asked: Asked, name: str = "q") -> Question:
    """The question of a form."""
    return Question(query=asked.arg(name), filters=filters_of(asked))


def narrowing(asked: Asked, library: Library) -> tuple[Choice, ...]:
    """The fields for theme, polarity and region."""
    themes = (("", "Any theme"), *((each.id, each.label) for each in load_themes()))
    return Choice("theme", "Theme", asked.arg("theme"), themes), *toning(asked, library)


def toning(asked: Asked, library: Library) -> tuple[Choice, ...]:
    """The fields for polarity and region."""
    tones = (("", "Anything"), *((each, words.POLARITIES[each]) for each in POLARITIES))
    return (
        Choice("polarity", "Said as", asked.arg("polarity"), tones),
        Choice("region", "Region", asked.arg("region"), regions(library)),
    )


def chosen(asked: Asked, name: str, options: Sequence[tuple[str, str]], default: str) -> str:
    """A value of a field that has options; the default where it is none of them."""
    given = asked.arg(name)
    return given if given in {value for value, _ in options} else default


def bars(rows: Sequence[Row], title: str, axis: str, *, label: str, value: str, said: str) -> str:
    """A chart of rows as SVG, without links of its own: the table has them for everyone."""
    chart = shapes.of_rows(
        rows[:SHOWN], title=title, axis=axis, label=(label,), value=value, said=said
    )
    return draw(chart, "bars", address=None)


def notes(query: str, more: Iterable[str] = ()) -> tuple[str, ...]:
    """What has to be known of the numbers: `more`, and how accurate the tags in a query are."""
    measured = accuracy.notes(_THEMES.findall(query), polarities="polarity:" in query)
    told = (*more, *(measured or (accuracy.NO_GRADES,)))
    return tuple(f"{each[:1].upper()}{each[1:].rstrip('.')}." for each in told)


def caption(title: str, asked: Asked, *names: str) -> str:
    """What is counted, in words: the queries of these fields, theme, polarity and region."""
    tone = words.POLARITIES.get(asked.arg("polarity"), "")
    theme = theme_label(asked.arg("theme")) if asked.arg("theme") else ""
    queries = " against ".join(filter(None, (asked.arg(name) for name in names)))
    of = filter(None, (queries, theme, tone.lower() if theme else tone, asked.arg("region")))
    return f"{title}: {', '.join(of)}"


def how_many(rows: Sequence[Row], noun: str) -> str:
    """How many of all rows are on the page."""
    if len(rows) <= SHOWN:
        return f"{words.count(len(rows), noun)}."
    return f"The first {SHOWN} of {words.count(len(rows), noun)}; the files have them all."


def read(find: object) -> str:
    """The address of the passages that a query finds."""
    return address("/", q=find) if find else ""
