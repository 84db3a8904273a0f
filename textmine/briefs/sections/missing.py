"""What is missing, said plainly."""

from __future__ import annotations

from itertools import zip_longest

from ...analysis.cycle import overall
from ..dossier import Dossier
from ..model import Line, Section, absent
from ..quoting import count_of, own, source

OLD = 3  # years without a document


def section(dossier: Dossier) -> Section:
    """What the brief could not know: documents, fields, themes, and its own limits."""
    lines = [
        *_documents(dossier),
        *_monitoring(dossier),
        *_fields(dossier),
        *_themes(dossier),
        absent(
            "meetings",
            "Letters about engagement meetings are not published, nor are most first monitoring"
            " visits; what was said there is not here.",
            "published documents only",
        ),
        absent(
            "machine",
            "Findings were tagged by rules and a small model and some are wrong or missing: read"
            " the passage before quoting a count.",
            "every document of this brief",
        ),
    ]
    return Section(key="missing", title="What is missing", lines=tuple(lines))


def _documents(dossier: Dossier) -> list[Line]:
    looked, lines = own(dossier), []
    if not dossier.claims():
        lines.append(absent("no-claims", "There is no self-evaluation.", looked))
    last = dossier.documents[-1] if dossier.documents else None
    years = dossier.as_of.year - int((last.date or "0")[:4]) if last else 0
    if last and years >= OLD:
        said = f"Nothing here is later than {source(last)}."
        lines.append(absent("old", said, looked))
    return lines


def _monitoring(dossier: Dossier) -> list[Line]:
    """Inadequate grades after which the library has no monitoring visit, though some must be."""
    lines = []
    for row, later in zip_longest(dossier.inspections, dossier.inspections[1:]):
        until = (later.date or "") if later else dossier.as_of.isoformat()
        visited = any(
            visit.doc_type == "monitoring_visit" and (row.date or "") < (visit.date or "") <= until
            for visit in dossier.documents
        )
        if overall(row) == "inadequate" and row.framework != "sif" and not visited:
            said = f"After {source(row)}, graded inadequate, there is no monitoring visit here."
            lines.append(absent(f"monitoring-{row.sha256[:8]}", said, own(dossier)))
    return lines


def _fields(dossier: Dossier) -> list[Line]:
    lines = []
    for row in dossier.documents:
        unread = [field.name for field in row.fields if field.status == "unreadable"]
        unread += [judged.area for judged in row.judgements if judged.status == "unreadable"]
        if unread:
            said = f"{source(row)}: could not read {', '.join(unread)}."
            lines.append(absent(f"unread-{row.sha256[:8]}", said, f"document {row.id}"))
    return lines


def _themes(dossier: Dossier) -> list[Line]:
    """Themes on which no document of inspectors says anything."""
    spoken = {
        row.finding.theme
        for document in dossier.inspected()
        for row in dossier.findings[document.id]
    }
    silent = [
        theme.label for theme in dossier.themes.values()
        if theme.id not in spoken and theme.area != "send"
    ]  # fmt: skip
    if not silent:
        return []
    said = f"Nothing is said of: {', '.join(sorted(silent))}."
    looked = f"{count_of(len(dossier.inspected()), 'document')} of inspectors"
    return [absent("silent-themes", said, looked)]
