"""The section on what is missing: documents, fields, themes, and the limits of the method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final

from corpus.frameworks import FRAMEWORKS, is_lowest, kinds_of
from index.reports.counts import DocumentRow

from ...analysis.cycle import overall
from ...themes import Theme
from ..dossier import Dossier
from ..mentions import Mention, of_last_inspection, of_visits
from ..model import Line, Section, absent
from ..quoting import count_of, join_words, month, own, source

NO_CLAIMS: Final = "no-claims"
"""The key of the line that there is no self-evaluation."""

OLD = 3  # years without a document

INSPECTIONS: Final = tuple(kinds_of("inspection", "social-care"))
"""Types of inspections of social care."""


def section(dossier: Dossier) -> Section:
    """The section: missing documents, fields and themes, and limits of the method."""
    lines = [
        *_documents(dossier),
        *_monitoring(dossier),
        *_mentioned(dossier),
        *_fields(dossier),
        *_themes(dossier),
        absent(
            "meetings",
            "Not covered: letters about engagement meetings and most first monitoring visits, which"
            " are not published.",
            "published documents only",
        ),
        absent(
            "machine",
            "Findings are tagged automatically, and some are wrong or missing: read the passage"
            " before quoting a count.",
            "every document of this brief",
        ),
    ]
    return Section(key="missing", title="What is missing", lines=tuple(lines))


def _documents(dossier: Dossier) -> list[Line]:
    looked, lines = own(dossier), []
    if not dossier.claims():
        lines.append(absent(NO_CLAIMS, "No self-evaluation.", looked))
    last = dossier.documents[-1] if dossier.documents else None
    years = dossier.as_of.year - int((last.date or "0")[:4]) if last else 0
    if last and years >= OLD:
        said = f"No document later than: {source(last)}."
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
        if _is_monitored(row) and not visited:
            said = f"No monitoring visit letter after: {source(row)} ({overall(row)})."
            lines.append(absent(f"monitoring-{row.sha256[:8]}", said, own(dossier)))
    return lines


def _mentioned(dossier: Dossier) -> list[Line]:
    """Visits and inspections that reports mention and the library does not have."""
    missing = dict.fromkeys(
        (each.name, each.when)
        for row in dossier.inspected()
        for each in _mentions(dossier, row)
        if not any(
            known.doc_type in each.types and month(known.date).endswith(each.when)
            for known in dossier.documents
        )
    )
    names = [
        f"{name} of {when}"
        for name, when in missing
        if not any(other == name and more.endswith(f" {when}") for other, more in missing)
    ]
    if not names:
        return []
    said = f"Mentioned by inspectors with a date, and not in the library: {join_words(names)}."
    return [absent("mentioned", said, own(dossier))]


def _mentions(dossier: Dossier, row: DocumentRow) -> Iterator[Mention]:
    """What a report mentions; of inspections before it those that a reader would look for."""
    text = dossier.texts[row.id]
    yield from of_visits(text)
    if row == dossier.last:
        yield from of_last_inspection(text, INSPECTIONS)


def _is_monitored(row: DocumentRow) -> bool:
    """Whether monitoring visits follow an inspection with this grade by its framework."""
    framework = FRAMEWORKS.get(row.framework or "")
    lowest = is_lowest(overall(row), row.framework)
    return lowest and framework is not None and framework.monitored


def _fields(dossier: Dossier) -> list[Line]:
    lines = []
    for row in dossier.documents:
        unread = [field.name for field in row.fields if field.status == "unreadable"]
        unread += [judged.area for judged in row.judgements if judged.status == "unreadable"]
        if unread:
            said = f"{source(row)}: could not read {', '.join(unread)}."
            lines.append(absent(f"unread-{row.sha256[:8]}", said, f"document {row.id}"))
    return lines


def _is_named(theme: Theme, texts: Iterable[str]) -> bool:
    """Whether a text, in small letters, has a phrase of a theme, tagged or not."""
    return any(phrase.lower() in text for phrase in theme.phrases for text in texts)


def _themes(dossier: Dossier) -> list[Line]:
    """Themes on which no document of inspectors says anything."""
    spoken = {
        row.finding.theme
        for document in dossier.inspected()
        for row in dossier.findings[document.id]
    }
    texts = [dossier.texts[row.id].lower() for row in dossier.inspected()]
    silent = [
        theme.label for theme in dossier.themes.values()
        if theme.id not in spoken and theme.area != "send" and not _is_named(theme, texts)
    ]  # fmt: skip
    if not silent:
        return []
    said = f"Nothing was found on: {', '.join(sorted(silent))}."
    looked = f"{count_of(len(dossier.inspected()), 'document')} by inspectors"
    return [absent("silent-themes", said, looked)]
