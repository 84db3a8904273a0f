"""The dossier: the library's rows about one authority on a day, for the sections of a brief."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from corpus.frameworks import DOCUMENTS
from corpus.lazy import lazy
from index.annotations import notes
from index.annotations.notes import Note
from index.documents import authorities, citation_rows, corrections, store
from index.documents.authorities import Entry
from index.documents.citation_rows import Cited, Place, by_document
from index.documents.corrections import Correction
from index.query.filters import Filters
from index.reports import counts, passages, theme_presence
from index.reports.counts import DocumentRow, FindingRow, RecommendationRow
from index.reports.theme_presence import Presence
from index.storage import texts
from index.storage.database import Database

from ..analysis.changes import of_council
from ..analysis.closeness import (
    ASKED_AGAIN,
    FAINT,
    LINKED,
    MANY_SUBJECTS,
    ONE_SUBJECT,
    SUBJECT,
    StemWeights,
)
from ..analysis.grades import inspections
from ..followup import wording
from ..followup.threads import FollowUp, follow
from ..themes import Theme


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """A dossier: an authority's documents with their contents, and those of others."""

    authority: Entry
    as_of: date
    documents: tuple[DocumentRow, ...]
    """Its own, in the order of their dates."""
    library: tuple[DocumentRow, ...]
    """Everybody's, up to the day."""
    findings: Mapping[int, tuple[FindingRow, ...]]
    """By document, in the order of the text."""
    demands: Mapping[int, tuple[RecommendationRow, ...]]
    texts: Mapping[int, str]
    presence: Presence
    """Of every authority's last inspection, its own included."""
    cited: Mapping[int, Cited]
    corrections: Mapping[int, tuple[Correction, ...]]
    themes: Mapping[str, Theme]
    section_kinds: Mapping[int, tuple[str, ...]]
    """By document: the kind of each of its sections."""
    introduction: tuple[Place, ...] = ()
    """The passages with which its last inspection report sums up."""
    collected: tuple[Place, ...] = ()
    """Passages of a collection, in the order of the text."""
    notes: tuple[Note, ...] = ()
    names: Mapping[str, str]
    """The register's names of authorities by their keys."""

    @lazy
    def inspections(self) -> tuple[DocumentRow, ...]:
        """Its inspections, the oldest first."""
        return tuple(inspections(self.documents).get(self.authority.key, ()))

    @lazy
    def stem_weights(self) -> StemWeights:
        """Weights of the stems in its documents' findings."""
        return StemWeights(row.evidence for rows in self.findings.values() for row in rows)

    @lazy
    def follow_ups(self) -> tuple[FollowUp, ...]:
        """Every demand of its documents, with what the next report of its kind says of it.

        What was asked for before, in whichever earlier report, or again, only where both ask in
        like words and on the same theme.
        """
        rows = follow(self.documents, self.findings, self.demands)
        return tuple(map(self._on_one_subject, rows))

    def _on_one_subject(self, each: FollowUp) -> FollowUp:
        asked = each.demand.text

        def is_like(text: str) -> bool:
            return self.stem_weights.likeness(asked, text) >= ASKED_AGAIN

        answer = each.answer
        if answer and answer.verdict == "asked_again":
            asking = (one.statement for one in answer.witnesses if one.statement.asks)
            if not any(is_like(one.row.evidence) for one in asking):
                answer = replace(answer, verdict=None)
        linked = {(row.document, row.passage.ordinal) for row in each.before}
        before = tuple(
            row
            for document in self.documents
            if (document.date or "") < (each.demand.date or "")
            and DOCUMENTS[document.doc_type].strand == DOCUMENTS[each.demand.doc_type].strand
            for row in self.demands[document.id]
            if row.passage.about == each.demand.passage.about
            and set(row.themes) & set(each.demand.themes)
            and self._share_subject(
                asked,
                row.text,
                LINKED if (row.document, row.passage.ordinal) in linked else SUBJECT,
            )
        )
        return replace(each, before=before, answer=answer)

    def _share_subject(self, asked: str, before: str, enough: float) -> bool:
        """Whether two demands are alike enough, or name the same subjects in other words.

        An earlier one for a narrow group of children that the later does not name is another.
        """
        if not wording.groups_of(before) <= wording.groups_of(asked):
            return False
        likeness = self.stem_weights.likeness(asked, before)
        named = wording.shared_subjects(asked, before)
        least = MANY_SUBJECTS if likeness >= FAINT else ONE_SUBJECT
        return likeness >= enough or named >= least

    @property
    def last(self) -> DocumentRow | None:
        """Its last inspection."""
        return self.inspections[-1] if self.inspections else None

    def since_last(self) -> tuple[DocumentRow, ...]:
        """Its documents that are later than its last inspection."""
        if self.last is None:
            return self.documents
        began = self.last.date or ""
        return tuple(row for row in self.documents if (row.date or "") > began)

    def inspected(self) -> tuple[DocumentRow, ...]:
        """The documents in which inspectors speak."""
        return tuple(row for row in self.documents if row.voice == "inspectorate")

    def claims(self) -> tuple[DocumentRow, ...]:
        """The documents in which the authority speaks of itself."""
        return tuple(row for row in self.documents if row.voice == "authority")

    def of_council(self, document: int) -> tuple[FindingRow, ...]:
        """Inspectors' findings about the council or its trust in a document."""
        return tuple(row for row in self.findings.get(document, ()) if of_council(row))

    def observations(self, document: int) -> tuple[FindingRow, ...]:
        """Those findings without demands, which say what should be and not what is."""
        return tuple(
            row for row in self.of_council(document) if row.passage.kind != "recommendation"
        )

    def judged(self) -> tuple[DocumentRow, ...]:
        """The documents in which inspectors judge the council's social care, and find something."""
        return tuple(
            row
            for row in self.inspected()
            if row.doc_type not in {"area_send", "send_letter"} and self.of_council(row.id)
        )

    def name_of(self, key: str) -> str:
        """The name of another authority, as the library's documents have it."""
        return self.names.get(key, key.replace("-", " ").title())

    def label(self, theme: str) -> str:
        """A theme's name for a person."""
        known = self.themes.get(theme)
        return known.label if known else theme


def on_topic(dossier: Dossier, topic: str) -> Dossier:
    """The same dossier with what is said and asked on the themes of one topic of visits."""
    themes = {t.id for t in dossier.themes.values() if t.focused_visit_topic == topic}
    spoken = {
        (row.document, row.passage.ordinal)
        for rows in dossier.findings.values()
        for row in rows
        if row.finding.theme in themes
    }
    return replace(
        dossier,
        introduction=tuple(
            each for each in dossier.introduction if (each.document, each.passage.ordinal) in spoken
        ),
        findings={
            number: tuple(row for row in rows if row.finding.theme in themes)
            for number, rows in dossier.findings.items()
        },
        demands={
            number: tuple(row for row in rows if themes & set(row.themes))
            for number, rows in dossier.demands.items()
        },
        themes={t.id: t for t in dossier.themes.values() if t.id in themes},
    )


def gather(
    db: Database,
    authority: Entry,
    as_of: date,
    themes: Iterable[Theme],
    *,
    internal: bool,
    collection: str | None = None,
) -> Dossier:
    """The dossier of an authority; internal documents only if `internal`."""
    with db.snapshot():
        library = tuple(row for row in counts.documents(db) if _is_known_by(row, as_of, internal))
        own = sorted(
            (row for row in library if (row.authority or row.authority_name) == authority.key),
            key=lambda row: (row.date or "", row.id),
        )
        last = [rows[-1].id for rows in inspections(library).values()]
        only = Filters(authority=(authority.key,))
        numbers = [row.id for row in own]
        kinds = {number: store.section_kinds(db, number) for number in numbers}
        latest = {rows[-1].id for rows in inspections(own).values()}

        def is_own(row: Place) -> bool:
            return row.document in numbers

        return Dossier(
            authority=authority,
            as_of=as_of,
            documents=tuple(own),
            library=library,
            findings=by_document(filter(is_own, counts.findings(db, only)), numbers),
            demands=by_document(filter(is_own, counts.recommendations(db, only)), numbers),
            section_kinds=kinds,
            cited={number: citation_rows.document(db, number) for number in numbers},
            texts={number: texts.text(db, number) for number in numbers},
            presence=theme_presence.of_council(db, last),
            corrections={number: corrections.of(db, number) for number in numbers},
            introduction=tuple(
                row
                for row in passages.passages(db, only)
                if row.document in latest and kinds[row.document][row.passage.section] == "summary"
            ),
            collected=tuple(
                row
                for row in passages.passages(db, replace(only, collection=(collection,)))
                if is_own(row)
            )
            if collection
            else (),
            notes=tuple(note for number in numbers for note in notes.of(db, number))
            if collection
            else (),
            names=authorities.names(db),
            themes={theme.id: theme for theme in themes},
        )


def _is_known_by(row: DocumentRow, as_of: date, internal: bool) -> bool:
    """Whether a document was out by then, and may be quoted."""
    out = row.published or row.date
    return (internal or row.visibility == "public") and (out or "") <= as_of.isoformat()
