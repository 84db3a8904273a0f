"""Rows of what a library keeps: authorities, files, corrections, searches, what is wrong."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol

from ..outputs import Row

if TYPE_CHECKING:
    from corpus.model import Problem
    from index.annotations.notes import Note
    from index.annotations.passage_collections import CollectionCount
    from index.documents.authorities import AuthorityCount
    from index.documents.corrections import Correction
    from index.documents.decisions import Decision
    from index.documents.records import FileRecord
    from index.maintenance.issues import IntegrityIssue
    from index.maintenance.merge.records import Conflict
    from index.search.saved_searches import SavedSearch

    from ..evaluation.agreement import Agreement
    from ..evaluation.theme_changes import ThemeChange
    from ..themes import Theme


class Check(Protocol):
    """One thing that `doctor` looked at, as a row shows it."""

    @property
    def what(self) -> str: ...
    @property
    def result(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def todo(self) -> str | None: ...


def authority_row(authority: AuthorityCount) -> Row:
    """An authority of the register, its codes, and what the library holds and lacks of it."""
    return {
        "authority": authority.name,
        "region": authority.region,
        "documents": authority.documents,
        "key": authority.key,
        "urn": authority.urn,
        "gss": authority.gss,
        "la_code": authority.la_code,
        "aliases": "; ".join(authority.aliases),
        "last_inspection": authority.last_inspection,
        "missing": authority.missing,
    }


def theme_row(theme: Theme) -> Row:
    """A theme of findings."""
    return {
        "theme": theme.id,
        "label": theme.label,
        "area": theme.area,
        "definition": theme.definition,
    }


def theme_change_row(change: ThemeChange) -> Row:
    """A finding that other themes would add, drop or change."""
    return {
        "authority": change.document.authority_name,
        "date": change.document.date,
        "document": change.document.id,
        "page": change.passage.page,
        "paragraph": change.passage.number,
        "fate": change.fate,
        "theme": change.theme,
        "before": change.before,
        "after": change.after,
        "text": change.sentence,
    }


def file_row(record: FileRecord) -> Row:
    """A path, and what became of it when it was last tried."""
    return {
        "path": record.path,
        "outcome": record.outcome,
        "reason": record.reason,
        "message": record.message,
        "tried_at": record.tried_at,
    }


def problem_row(problem: tuple[int, str, Problem]) -> Row:
    """A problem that was noted on a document."""
    number, name, noted = problem
    return {
        "document": number,
        "name": name,
        "page": noted.page,
        "kind": noted.kind,
        "message": noted.message,
    }


def correction_row(correction: Correction) -> Row:
    """A value set by hand."""
    return {
        "field": correction.name,
        "value": correction.value if correction.value is not None else "(withdrawn)",
        "extracted": correction.extracted,
        "why": correction.why,
        "who": correction.who,
        "when": correction.made_at,
    }


def decision_row(decision: Decision) -> Row:
    """What a person decided about a finding."""
    return asdict(decision)


def note_row(note: Note) -> Row:
    """A note on a passage."""
    return asdict(note)


def collection_row(collection: CollectionCount) -> Row:
    """A collection of passages."""
    return {
        "collection": collection.name,
        "passages": collection.passages,
        "missing": collection.missing,
        "created": collection.created,
    }


def agreement_row(found: Agreement) -> Row:
    """The agreement of some coders on theme, polarity or timing."""
    row: dict[str, Any] = {
        "coders": " / ".join(found.coders),
        "what": found.what,
        "theme": found.theme,
        "units": found.units,
    }
    for name in ("percent", "kappa", "alpha"):
        measured = getattr(found, name)
        for part in ("value", "low", "high"):
            value = getattr(measured, part) if measured else None
            column = name if part == "value" else f"{name}_{part}"
            row[column] = None if value is None else round(value, 3)
    return row


def saved_search_row(saved: SavedSearch) -> Row:
    """A saved search; how many passages it found is None until it has been run."""
    return {
        "name": saved.name,
        "query": saved.query,
        "created": saved.made_at,
        "last_run": saved.last_run,
        "passages": saved.seen if saved.last_run else None,
    }


def check_row(check: Check) -> Row:
    """One thing that `doctor` looked at."""
    return {
        "check": check.what,
        "result": check.result,
        "state": check.state,
        "remedy": check.todo,
    }


def issue_row(issue: IntegrityIssue) -> Row:
    """Something wrong with the library."""
    return {
        "kind": issue.kind,
        "document": issue.document,
        "name": issue.name,
        "problem": issue.message,
        "remedy": None if issue.repaired else issue.remedy,
        "repaired": issue.repaired,
    }


def conflict_row(conflict: Conflict, *, values: bool = True) -> Row:
    """Something that two libraries say differently; without `values`, not what they say."""
    return {
        "kind": conflict.kind,
        "merged_library": conflict.source,
        "document": conflict.document,
        "name": conflict.name,
        "conflict": conflict.about,
        "here": conflict.here if values else None,
        "there": conflict.there if values else None,
        "holds": conflict.result if values else None,
        "remedy": conflict.remedy,
    }
