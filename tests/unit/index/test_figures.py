"""Figures in the library: they come back as they were put, and are found by what they count."""

from dataclasses import replace

import pytest

from corpus.model import Figure
from index.documents import rows, store
from index.documents.rows import TagRows
from index.maintenance.verify import verify
from index.query.filters import Filters
from index.reports.figures import FigureFilter, figures

TEXT = "Visits to 40 care leavers were late. Of 12 homes, 50% are good, against 70% nationally."


def made(text, number, unit="count", **more):
    start = text.index(number)
    words = more.pop("counts")
    begin = text.index(words)
    places = {"counts_start": begin, "counts_end": begin + len(words)}
    plain = {"of": None, "comparison": None, "period_start": None, "period_end": None}
    value = float(number.rstrip("%"))
    return Figure(
        passage=1,
        value=value,
        unit=unit,
        start=start,
        end=start + len(number),
        **{**plain, **places, **more},
    )


@pytest.fixture
def filled(library, entry):
    """A library with one document; the theme is that of its first sentence."""
    one = entry(TEXT, findings=[(1, "planning")])
    finding = one.findings[0]._replace(end=TEXT.index(". ") + 1)
    found = (
        made(TEXT, "40", counts="care leavers"),
        made(TEXT, "12", counts="homes"),
        made(TEXT, "50%", "percent", counts="are good"),
        made(TEXT, "70%", "percent", counts="are good", comparison="national"),
    )
    store.put(library, rows.of(replace(one, findings=(finding,), figures=found)))
    return library, found


def test_figures_come_back_as_they_were_put(filled):
    library, found = filled
    assert store.get(library, 1).entry.figures == found
    assert [each for each in verify(library) if each.kind == "offsets"] == []


@pytest.mark.parametrize(
    ("filters", "wanted", "values"),
    [
        (Filters(), FigureFilter(), [40, 12, 50, 70]),
        (Filters(), FigureFilter(counts="care leaver"), [40]),
        (Filters(), FigureFilter(counts="leavers homes"), []),
        (Filters(), FigureFilter(units=("percent",)), [50, 70]),
        (Filters(), FigureFilter(units=("percent",), comparisons=("own",)), [50]),
        (Filters(), FigureFilter(comparisons=("national", "target")), [70]),
        (Filters(), FigureFilter(least=12, most=40), [40, 12]),
        (Filters(theme=("planning",)), FigureFilter(), [40]),
        (Filters(theme=("planning",)), FigureFilter(least=41), []),
        (Filters(authority=("Leeds",)), FigureFilter(), []),
    ],
)
def test_figures_are_narrowed_down(filled, filters, wanted, values):
    library, _ = filled
    assert [row.figure.value for row in figures(library, filters, wanted)] == values


def test_a_row_has_the_words_and_the_themes_of_the_sentence(filled):
    row = next(figures(filled[0]))
    assert (row.printed, row.counts, row.period, row.themes) == (
        "40",
        "care leavers",
        None,
        ("planning",),
    )


def test_tagging_anew_replaces_figures(filled):
    library, found = filled
    one = store.get(library, 1).entry
    again = rows.of_figures(found[:1], one.document.text)
    store.retag(library, 1, TagRows(findings=(), figures=again, made=one.made))
    assert store.get(library, 1).entry.figures == found[:1]


def test_a_figure_outside_its_passage_is_trouble(filled):
    library, _ = filled
    library.execute('UPDATE figure SET "end" = 999 WHERE value = 40')
    [trouble] = [each for each in verify(library) if each.kind == "offsets"]
    assert "figures outside their passage" in trouble.message
