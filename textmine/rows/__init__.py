"""Projections: each kind of record as a row, the same for every format and every surface.

A row is an ordered mapping from column to a value that JSON can hold. Columns are public:
`tests/golden/columns.json` lists them.
"""

from __future__ import annotations

from .document import STAGES, context_rows, fact_rows, line_rows
from .history import (
    ConcernChangeRecord,
    JudgementRecord,
    change_row,
    concern_change_row,
    document_row,
    followup_row,
    judgement_row,
    judgements_of,
    standing_row,
)
from .library import (
    agreement_row,
    authority_row,
    collection_row,
    conflict_row,
    correction_row,
    decision_row,
    file_row,
    issue_row,
    note_row,
    problem_row,
    saved_search_row,
    theme_change_row,
    theme_row,
)
from .passages import (
    cell_row,
    facet_row,
    figure_row,
    finding_row,
    hit_row,
    kwic_row,
    passage_row,
    recommendation_row,
)

__all__ = [
    "STAGES",
    "ConcernChangeRecord",
    "JudgementRecord",
    "agreement_row",
    "authority_row",
    "cell_row",
    "change_row",
    "collection_row",
    "concern_change_row",
    "conflict_row",
    "context_rows",
    "correction_row",
    "decision_row",
    "document_row",
    "facet_row",
    "fact_rows",
    "figure_row",
    "file_row",
    "finding_row",
    "followup_row",
    "hit_row",
    "issue_row",
    "judgement_row",
    "judgements_of",
    "kwic_row",
    "line_rows",
    "note_row",
    "passage_row",
    "problem_row",
    "recommendation_row",
    "saved_search_row",
    "standing_row",
    "theme_change_row",
    "theme_row",
]
