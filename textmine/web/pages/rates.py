"""Trends and comparisons: how often something is said, as a chart with its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpus.frameworks import AREAS
from index.query.filters import Filters

from ...analysis import accuracy
from ...charts import shapes
from ...charts.svg import draw
from ...themes import load_themes
from ...usecases.searches import Question
from .. import words
from ..files import file_response
from ..themes import theme_label
from ..view import Answer, Asked, Page, PageRoute, address
from .authorities import files_of, regions

if TYPE_CHECKING:
    from ...analysis.rates import GradeRate, Rate
    from ...api import Library

BY: Final = {"year": "Year", "quarter": "Quarter", "framework": "Framework", "region": "Region"}
POLARITIES: Final = ("concern", "strength", "mixed", "neutral")
NAMES: Final = "Durham, neighbours:Durham, England"


@dataclass(frozen=True, slots=True)
class RateLine:
    """A rate as a row of the table."""

    panel: str
    """The type of report, or the period of grades."""
    group: str
    of: str
    share: str
    interval: str
    per_words: str
    """Passages for 10,000 words; empty for grades."""
    href: str
    """Where the passages are; empty where there are none."""


@dataclass(frozen=True, slots=True)
class RateAnswer:
    """What was counted."""

    chart: str
    caption: str
    lines: tuple[RateLine, ...]
    notes: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RatesPage:
    """The context of both pages."""

    kind: str
    """`trends` or `compare`."""
    q: str
    theme: str
    themes: tuple[tuple[str, str], ...]
    polarity: str
    polarities: tuple[tuple[str, str], ...]
    by: str
    bys: tuple[tuple[str, str], ...]
    region: str
    regions: tuple[str, ...]
    grade: str
    areas: tuple[tuple[str, str], ...]
    names: str
    answer: RateAnswer | None
    asked: bool
    """Whether something was asked, so that no answer means that nothing was found."""
    examples: tuple[tuple[str, str], ...]


def trends(asked: Asked, library: Library) -> Answer:
    """How often something is said over the years, or the share of each grade."""
    wanted, by = _question(asked), _by(asked)
    area = asked.arg("grade")
    answer = None
    if area:
        answer = _of_grades(library, area, by, asked)
    elif _says_what(asked):
        results = library.trends(wanted, by)
        found = list(results)
        title = f"{_title(asked)}, by {BY[by].lower()}"
        answer = _answer(found, title, results.answer.notes, asked, "/trends/file")
    examples = (
        (
            "Concerns on management oversight",
            address("/trends", theme="supervision-and-oversight", polarity="concern"),
        ),
        ("Children placed out of area", address("/trends", q="placed out of area", by="framework")),
        ("Grades for help and protection", address("/trends", grade="help_and_protection")),
    )
    return Page("rates.html", "Trends", _page("trends", asked, library, answer, examples), "trends")


def compare(asked: Asked, library: Library) -> Answer:
    """The same of authorities, regions, neighbours and England."""
    answer = None
    if _says_what(asked) and _names(asked):
        results = library.compare(_names(asked), _question(asked), themes=_themes(asked))
        title = f"{_title(asked)}: {', '.join(_names(asked))}"
        answer = _answer(list(results), title, results.answer.notes, asked, "/compare/file")
    examples = (
        ("Regions of the north", address("/compare", names="North East, North West", q="neglect")),
        (
            "Concerns on placements, London and England",
            address("/compare", names="London, England", theme="placements", polarity="concern"),
        ),
    )
    context = _page("compare", asked, library, answer, examples)
    return Page("rates.html", "Compare", context, "trends")


def trends_file(asked: Asked, library: Library) -> Answer:
    """The rows of a trend as a file."""
    area = asked.arg("grade")
    rows = (
        library.grade_trends(area, _by(asked), filters=_question(asked).filters).rows()
        if area
        else library.trends(_question(asked), _by(asked)).rows()
    )
    return file_response(rows, asked.arg("format"), "textmine-trends")


def compare_file(asked: Asked, library: Library) -> Answer:
    """The rows of a comparison as a file."""
    rows = library.compare(_names(asked), _question(asked), themes=_themes(asked)).rows()
    return file_response(rows, asked.arg("format"), "textmine-compare")


def _page(
    kind: str,
    asked: Asked,
    library: Library,
    answer: RateAnswer | None,
    examples: tuple[tuple[str, str], ...],
) -> RatesPage:
    known = load_themes()
    return RatesPage(
        kind=kind,
        q=asked.arg("q"),
        theme=asked.arg("theme"),
        themes=tuple((each.id, each.label) for each in known),
        polarity=asked.arg("polarity"),
        polarities=tuple((each, words.POLARITIES[each]) for each in POLARITIES),
        by=_by(asked),
        bys=tuple(BY.items()),
        region=asked.arg("region"),
        regions=regions(list(library.authorities())),
        grade=asked.arg("grade"),
        areas=tuple((each, words.area(each)) for each in AREAS if each != "outcome"),
        names=asked.arg("names") or NAMES,
        answer=answer,
        asked=bool(_says_what(asked) or asked.arg("grade")),
        examples=examples,
    )


def _by(asked: Asked) -> str:
    return asked.arg("by") if asked.arg("by") in BY else "year"


def _says_what(asked: Asked) -> bool:
    return bool(asked.arg("q") or asked.arg("theme") or asked.arg("polarity"))


def _themes(asked: Asked) -> tuple[str, ...]:
    return (asked.arg("theme"),) if asked.arg("theme") else ()


def _names(asked: Asked) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, asked.arg("names").split(","))))


def _question(asked: Asked) -> Question:
    """The question; internal documents are left out, since a chart is passed on."""
    filters = Filters(
        theme=_themes(asked),
        polarity=tuple(filter(None, (asked.arg("polarity"),))),
        region=tuple(filter(None, (asked.arg("region"),))),
        internal=False,
    )
    return Question(query=asked.arg("q"), filters=filters)


def _title(asked: Asked) -> str:
    """What is counted, in words."""
    tone = words.POLARITIES.get(asked.arg("polarity"), "")
    theme = theme_label(asked.arg("theme")) if asked.arg("theme") else ""
    return ", ".join(filter(None, (asked.arg("q"), theme, tone.lower() if theme else tone)))


# The charts have no links of their own: a picture hides them from screen readers. The table has.


def _answer(
    found: Sequence[Rate], title: str, notes: Iterable[str], asked: Asked, path: str
) -> RateAnswer | None:
    if not any(rate.passages for rate in found):
        return None
    about = accuracy.notes(_themes(asked), polarities=bool(asked.arg("polarity")))
    told = (*notes, *about)
    chart = shapes.of_rates(found, title, ("Bars across a dot are 95% intervals.",))
    return RateAnswer(
        chart=draw(chart, "dots", address=None),
        caption=title,
        lines=tuple(map(_rate_line, found)),
        notes=tuple(f"{each[:1].upper()}{each[1:]}" for each in told),
        files=_files(asked, path),
    )


def _of_grades(library: Library, area: str, by: str, asked: Asked) -> RateAnswer | None:
    found = list(library.grade_trends(area, by, filters=_question(asked).filters))
    if not found:
        return None
    chart = shapes.of_grades(found, area, ("Bars show a share, lines its 95% interval.",))
    return RateAnswer(
        chart=draw(chart, "bars", address=None),
        caption=chart.title,
        lines=tuple(map(_grade_line, found)),
        notes=("Only grades that mean the same are counted together.",),
        files=_files(asked, "/trends/file"),
    )


def _search(query: str) -> str:
    return address("/", q=query)


def _files(asked: Asked, path: str) -> tuple[tuple[str, str], ...]:
    names = ("q", "theme", "polarity", "by", "region", "grade", "names")
    return files_of(path, **{name: asked.arg(name) for name in names})


def _rate_line(rate: Rate) -> RateLine:
    return RateLine(
        panel=words.doc_type(rate.doc_type),
        group=rate.group,
        of=f"{rate.reports} of {rate.of_reports}",
        share=f"{rate.share:.0%}",
        interval=_interval(rate.share_interval),
        per_words=f"{rate.per_10000_words:.1f}",
        href=_search(rate.find) if rate.passages else "",
    )


def _grade_line(rate: GradeRate) -> RateLine:
    return RateLine(
        panel=rate.group,
        group=words.grade(rate.grade),
        of=f"{rate.reports} of {rate.of_reports}",
        share=f"{rate.share:.0%}",
        interval=_interval(rate.share_interval),
        per_words="",
        href=_search(rate.find) if rate.reports else "",
    )


def _interval(interval: tuple[float, float]) -> str:
    return f"{interval[0]:.0%} to {interval[1]:.0%}"


ROUTES: Final = (
    PageRoute("/trends", trends),
    PageRoute("/trends/file", trends_file),
    PageRoute("/compare", compare),
    PageRoute("/compare/file", compare_file),
)
