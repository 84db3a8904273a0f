"""Rows of what is said: hits, findings, figures, recommendations, matches, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.views.facets import FACETS

from ..citation import link, place, reference
from ..outputs import Row

if TYPE_CHECKING:
    from index.documents.citation_rows import Place
    from index.reports.counts import FindingRow, RecommendationRow
    from index.reports.figures import FigureRow
    from index.reports.matrix import Cell
    from index.search.hits import Hit
    from index.views.context import PassageContext
    from index.views.facets import FacetValue
    from index.views.kwic import Line


def _source(row: Place) -> Row:
    """What a row ends with: a reference to copy, a link, and the document."""
    return {
        "citation": reference(row, row.passage).text(),
        "link": link(row, row.passage),
        "document": row.document,
        "sha256": row.sha256,
        "name": row.name,
    }


def hit_row(hit: Hit, around: PassageContext | None = None) -> Row:
    """A hit, with the passages before and after it if asked for."""
    context = {
        "before": [each.text for each in around.before] if around else [],
        "after": [each.text for each in around.after] if around else [],
    }
    return {
        "authority": hit.authority,
        "type": hit.doc_type,
        "date": hit.date,
        "published": hit.published,
        "page": hit.passage.page,
        "paragraph": hit.passage.number,
        "ordinal": hit.passage.ordinal,
        "kind": hit.passage.kind,
        "about": hit.passage.about,
        "voice": hit.passage.voice,
        "visibility": hit.visibility,
        "section": hit.section,
        "text": hit.text,
        "highlights": [list(place) for place in hit.highlights],
        "findings": [each._asdict() for each in hit.findings],
        **(context if around else {}),
        "repeats": hit.repeats,
        **({"all_words": hit.whole} if hit.parts else {}),
        **({} if hit.group is None else {"passages_of_authority": hit.group}),
        "score": round(hit.score, 6),
        **_source(hit),
    }


def finding_row(row: FindingRow) -> Row:
    """A finding, with the words that decided it and a reference to copy."""
    start = row.finding.start
    return {
        "authority": row.authority,
        "date": row.date,
        "page": row.passage.page,
        "paragraph": row.passage.number,
        "theme": row.finding.theme,
        "polarity": row.finding.polarity,
        "timing": row.finding.timing,
        "extent": row.finding.extent,
        "aspect": row.finding.aspect,
        "about": row.finding.about,
        "voice": row.passage.voice,
        "visibility": row.visibility,
        "score": row.finding.score,
        "evidence": row.evidence,
        "section": row.section,
        "kind": row.passage.kind,
        "type": row.doc_type,
        "published": row.published,
        "start": start,
        "end": row.finding.end,
        "cues": [
            {
                "kind": cue.kind,
                "label": cue.label,
                "words": row.evidence[cue.start - start : cue.end - start],
            }
            for cue in row.finding.cues
        ],
        "ordinal": row.passage.ordinal,
        **_source(row),
    }


def passage_row(row: Place) -> Row:
    """A passage with a reference to copy."""
    return {
        "authority": row.authority,
        "type": row.doc_type,
        "date": row.date,
        "published": row.published,
        "page": row.passage.page,
        "paragraph": row.passage.number,
        "ordinal": row.passage.ordinal,
        "kind": row.passage.kind,
        "about": row.passage.about,
        "voice": row.passage.voice,
        "visibility": row.visibility,
        "section": row.section,
        "text": row.text,
        "start": row.passage.start,
        "end": row.passage.end,
        **_source(row),
    }


def figure_row(row: FigureRow) -> Row:
    """A figure with its sentence and a reference to copy."""
    figure = row.figure
    return {
        "authority": row.authority,
        "date": row.date,
        "figure": row.printed,
        "counts": row.counts,
        "period": row.period,
        "comparison": row.figure.comparison,
        "voice": row.passage.voice,
        "visibility": row.visibility,
        "place": place(row.passage),
        "value": figure.value,
        "unit": figure.unit,
        "of": figure.of,
        "themes": list(row.themes),
        "text": row.text,
        "section": row.section,
        "kind": row.passage.kind,
        "type": row.doc_type,
        "published": row.published,
        "page": row.passage.page,
        "paragraph": row.passage.number,
        "ordinal": row.passage.ordinal,
        "start": figure.start,
        "end": figure.end,
        "counts_start": figure.counts_start,
        "counts_end": figure.counts_end,
        **_source(row),
    }


def recommendation_row(row: RecommendationRow) -> Row:
    """A recommendation with its passage and a reference to copy."""
    return {
        "authority": row.authority,
        "date": row.date,
        "type": row.doc_type,
        "kind": row.recommendation.kind,
        "tag": row.recommendation.tag,
        "place": place(row.passage),
        "text": row.text,
        "number": row.recommendation.number,
        "responsible": row.recommendation.responsible,
        "about": row.passage.about,
        "themes": list(row.themes),
        "section": row.section,
        "published": row.published,
        "page": row.passage.page,
        "ordinal": row.passage.ordinal,
        "start": row.passage.start,
        "end": row.passage.end,
        **_source(row),
    }


def kwic_row(line: Line) -> Row:
    """A match with its context."""
    return {
        "left": line.left,
        "match": line.match,
        "right": line.right,
        "authority": line.authority,
        "type": line.doc_type,
        "date": line.date,
        "page": line.passage.page,
        "paragraph": line.passage.number,
        "ordinal": line.passage.ordinal,
        "section": line.section,
        "document": line.document,
        "sha256": line.sha256,
    }


def cell_row(cell: Cell) -> Row:
    """One query in one group of documents."""
    return {
        "query": cell.query,
        "group": cell.group,
        "passages": cell.passages,
        "reports": cell.reports,
        "of_reports": cell.of_reports,
        "of_words": cell.of_words,
        "per_report": round(cell.per_report, 3),
        "per_10000_words": round(cell.per_10000_words, 3),
    }


def facet_row(found: FacetValue) -> Row:
    """A value of a field, and how to ask for it or leave it out."""
    value = f'"{found.value}"' if " " in found.value else found.value
    field = f"{found.field}:{value}"
    return {
        "facet": FACETS[found.field],
        "value": found.label,
        "passages": found.count,
        "include": field,
        "exclude": f"-{field}",
    }
