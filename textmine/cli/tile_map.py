"""textmine map."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from corpus.errors import UsageError

from ..api import Library
from ..charts import tile_map
from ..charts.tile_map import TileMap
from ..outputs import Row
from ..themes import load_themes
from ..usecases.searches import Question
from . import _chart, _disclosure, _export, _figures, _help, _options
from ._help import Command

TOGETHER = "Reports of all types are counted together; --type chooses one."
LAST = "Inspections are of different years, and frameworks differ in what they judge."


@click.command(
    cls=Command,
    epilog="textmine map --theme caseloads --polarity concern -o caseloads.svg\n"
    "textmine map --grade help_and_protection -o grades.html",
)
@_help.query("--grade", metavar="AREA", help="Map the last grade of this area, not passages.")
@_options.asking
@_chart.to_file
def command(
    *, grade: str | None, output: str, out: Path | None, library: Library, **given: Any
) -> None:
    """Map England's authorities by what is said, or by grade.

    Each authority is a tile of one size near its neighbours, with its number printed: matches for
    10,000 words of its reports, in thirds of those that have any. With --grade, it is the grade of
    its last inspection in the library. Without -o, the numbers are listed with their tiles.
    """
    if grade:
        if given["query"]:
            raise UsageError("--grade maps grades of inspections; leave out the query")
        filters = _options.filters_of(given, _export.kind(output, out))
        grades = library.grade_map(grade, filters=filters)
        rows = grades.to_rows()
        _disclosure.note_omitted(library, filters)
        if not rows:
            _options.none_fit("no inspections to map", library, filters)
        asked = Question(query="", filters=filters)
        drawn = tile_map.of_grades(list(grades), grade, (LAST,))
        _write(drawn, rows, output, out, library, asked, grade=grade)
        return
    question = _options.question_of(given, _export.kind(output, out))
    rates = library.map(question)
    rows = rates.to_rows()
    _disclosure.note_omitted(library, question.filters)
    if not any(row["matches"] for row in rows):
        _options.found_nothing("nothing found")
    filters = question.filters
    labels = {each.id: each.label for each in load_themes()}
    themes = (labels.get(each, each) for each in filters.theme)
    title = ", ".join(filter(None, (question.query, *themes, *filters.polarity)))
    notes = (*_chart.measured(question), TOGETHER)
    _write(tile_map.of_rates(list(rates), title, notes), rows, output, out, library, question)
    _figures.tell_accuracy(filters.theme, polarities=bool(filters.polarity))


def _write(  # noqa: PLR0917  as the command has them
    drawn: TileMap,
    rows: list[Row],
    output: str,
    out: Path | None,
    library: Library,
    question: Question,
    **more: Any,
) -> None:
    if out and output == _chart.CHART:
        svg = tile_map.draw(drawn)
        _chart.save(
            svg,
            drawn.title,
            drawn.notes,
            rows=rows,
            out=out,
            library=library,
            question=question,
            **more,
        )
    else:
        _export.write(rows, output, out, library, question, **more)
