"""Findings, figures, recommendations and facts as a person reads them on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import click

from index.documents.citation_rows import Place
from index.reports.counts import FindingRow, RecommendationRow
from index.reports.figures import FigureRow

from ..citation import place
from ..followup.threads import FollowUp
from ..outputs import Row
from ..sure import SURE
from . import _screen
from ._hits import INDENT, citation

LABEL = 30
"""Columns for the name of a fact, at most."""


def print_findings(rows: Iterable[FindingRow]) -> None:
    """Each sentence once, with the findings in it below."""
    for _, group in groupby(rows, key=lambda row: (row.document, row.finding.start)):
        findings = list(group)
        head(findings[0])
        click.echo(_screen.wrapped(findings[0].evidence, INDENT))
        for row in findings:
            finding = row.finding
            parts = (finding.polarity, finding.timing, finding.extent, finding.aspect)
            about = f"about: {finding.about}" if finding.about else None
            doubt = "uncertain" if (finding.score or 1) < SURE else None
            said = ", ".join(part for part in (*parts, about, doubt) if part)
            click.secho(_screen.wrapped(f"{finding.theme}: {said}", INDENT), dim=True)
        click.echo()


def print_figures(rows: Iterable[FigureRow]) -> None:
    """Each passage once, with the figures in it below."""
    for _, group in groupby(rows, key=lambda row: (row.document, row.passage.ordinal)):
        figures = list(group)
        head(figures[0])
        for row in figures:
            more = ", ".join(part for part in (row.period, row.figure.comparison) if part)
            counts = f": {row.counts}" if row.counts else ""
            line = f"{row.printed}{counts}{f' ({more})' if more else ''}"
            click.echo(_screen.wrapped(line, INDENT, f"{INDENT}  "))
        click.echo()


def print_recommendations(rows: Iterable[RecommendationRow]) -> None:
    """Each with its kind, and the part of the national framework if it names one."""
    for row in rows:
        asked = row.recommendation
        head(row)
        click.echo(_screen.wrapped(row.text, INDENT))
        parts = (asked.kind.replace("_", " "), asked.tag, ", ".join(row.themes))
        click.secho(_screen.wrapped(" · ".join(filter(None, parts)), INDENT), dim=True)
        click.echo()


def print_followup(rows: Iterable[FollowUp]) -> None:
    """Each demand with its verdict, and the first sentence of the later report that decides."""
    for row in rows:
        head(row.demand)
        click.echo(_screen.wrapped(row.demand.text, INDENT))
        click.secho(_screen.wrapped(_answer(row), INDENT), dim=True)
        if row.answer and row.answer.witnesses:
            later = row.answer.witnesses[0].statement.row
            words = f"{place(later.passage)}: {later.evidence}"
            click.echo(_screen.wrapped(words, f"{INDENT}  ", f"{INDENT}  "))
        click.echo()


def _answer(row: FollowUp) -> str:
    """The verdict, and which report it is from."""
    if row.later is None:
        return "no later report of the same kind"
    verdict = row.answer.verdict if row.answer else None
    return f"{(verdict or 'no verdict').replace('_', ' ')} · {row.later.doc_type} {row.later.date}"


def print_facts(rows: Sequence[Row]) -> None:
    """A fact a line: its name, its value, and how it is known."""
    room = min(max(len(str(row["fact"])) for row in rows), LABEL) + 2
    for row in rows:
        value = row["value"]
        page = f"page {row['page']}" if row.get("page") else None
        printed = row.get("printed")
        quoted = f'"{printed}"' if printed and printed != value else None
        more = ", ".join(part for part in (row.get("known"), quoted, page) if part)
        plain = "" if value is None else str(value)
        text = f"{plain} ({more})" if plain and more else plain or more
        if text:
            click.echo(_screen.wrapped(text, f"{row['fact']:<{room}}", " " * room))


def head(row: Place) -> None:
    click.secho(_screen.wrapped(citation(row), "", INDENT), bold=True)
