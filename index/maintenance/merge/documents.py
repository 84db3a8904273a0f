"""One document of another library into ours: its rows, what was said of it, and people's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from corpus.errors import CannotStore, UsageError
from corpus.model import IngestOptions
from corpus.printable import printable

from ...documents import corrections, decisions, digests, ingest_options, reissues, rows, store
from ...documents.corrections import Correction
from ...documents.records import Entry, StoredDocument
from ...storage import originals, texts
from ...storage.database import Database
from . import people
from .records import Conflict, Kind, MergeResult
from .source import ForeignDocument, Refused, Source

_SKIPPED = "nothing of it was merged"


@dataclass(frozen=True, slots=True)
class _Report:
    """Makes conflicts about one document."""

    source: Source
    name: str
    number: int | None = None
    internal: bool = False

    def conflict(
        self,
        kind: Kind,
        about: str,
        *,
        result: str,
        remedy: str,
        here: str | None = None,
        there: str | None = None,
    ) -> Conflict:
        return Conflict(
            kind=kind,
            source=self.source.name,
            about=about,
            here=here,
            there=there,
            result=result,
            remedy=remedy,
            document=self.number,
            name=self.name,
            internal=self.internal,
        )


def merge_document(
    db: Database, source: Source, number: int, name: str, *, who: str
) -> MergeResult:
    """Brings in a document of another library, in one transaction."""
    try:
        if known := source.is_known(number, db):
            with db.transaction():
                return _merge_known(db, source, number, known)
        theirs = source.document(number)
        with db.transaction():
            return _merge(db, source, theirs, who)
    except Refused as refusal:
        return _refused(source, name, str(refusal))
    except (CannotStore, UsageError) as error:
        return _refused(source, name, f"it cannot be stored: {error}")


def lost_document(source: Source, name: str) -> MergeResult:
    """A document that the other library has lost."""
    return _refused(source, name, "it was stored and is not there")


def _refused(source: Source, name: str, why: str) -> MergeResult:
    conflict = _Report(source, name).conflict(
        "damaged",
        why,
        result=_SKIPPED,
        remedy=f"textmine verify --repair --library {source.name}, then merge again",
    )
    return MergeResult(source=source.name, name=name, result="refused", conflicts=(conflict,))


def _merge_known(db: Database, source: Source, number: int, known: int) -> MergeResult:
    """A document whose rows are here already: its names, and what people entered."""
    _merge_names(db, source, number, known)
    name = source.names(number)[0]
    report = _Report(source, name, known, store.is_internal(db, known))
    return _merge_people(db, report, number)


def _merge_names(db: Database, source: Source, number: int, here: int) -> None:
    known = {
        row["name"]
        for row in db.all(
            "SELECT name FROM document WHERE id = ?1 UNION ALL"
            " SELECT name FROM alias WHERE document = ?1",
            (here,),
        )
    }
    for name in source.names(number):
        if name not in known:
            store.add_alias(db, here, name)


def _merge(db: Database, source: Source, theirs: ForeignDocument, who: str) -> MergeResult:
    sha256 = theirs.entry.original.sha256
    number = store.document_with_hash(db, sha256)
    if number is None:
        originals.keep(db.folder, theirs.data, theirs.entry.original.media_type, sha256)
        number = store.put(db, theirs.rows, ingested_at=theirs.stored.ingested_at)
        if not _reads_back(db, number, source, theirs):
            raise Refused("it does not read back as it was")
        if theirs.at_ingest != IngestOptions():
            ingest_options.put(db, sha256, theirs.at_ingest)
        mine = None
    else:
        mine = store.get(db, number)
        media_type = mine.entry.original.media_type
        originals.keep(db.folder, theirs.data, media_type, sha256)  # puts back a missing one
    _merge_names(db, source, theirs.number, number)
    internal = "internal" in {
        each.document.visibility for each in (mine, theirs.stored) if each is not None
    }
    report = _Report(source, theirs.entry.original.name, number, internal)
    options_before = ingest_options.get(db, sha256)
    conflicts = list(_merge_options(db, report, theirs)) if mine else []
    result = _merge_people(db, report, theirs.number)
    conflicts += result.conflicts
    if mine:
        conflicts += _merge_rows(db, report, mine, theirs, options_before)
        conflicts += _keep_internal(db, report, mine, theirs, who)
    return replace(result, result="known" if mine else "added", conflicts=tuple(conflicts))


def _reads_back(db: Database, number: int, source: Source, theirs: ForeignDocument) -> bool:
    """Whether the rows are those that the other library has: by the digest, or one by one.

    Where people decided or corrected, the digest of the other library is over that too.
    """
    if digests.of_rows(db, number) == digests.of_rows(source.db, theirs.number):
        return True
    return store.get(db, number).entry == theirs.entry


def _merge_options(db: Database, report: _Report, theirs: ForeignDocument) -> Iterator[Conflict]:
    """What was said at the ingest: of both, where that is no contradiction."""
    sha256 = theirs.entry.original.sha256
    said = ingest_options.at_ingest(db, sha256)
    both = asdict(said)
    for name, there in asdict(theirs.at_ingest).items():
        if both[name] is None and name != "visibility":  # of which more below
            both[name] = there
        elif there is not None and there != both[name] and name != "visibility":
            yield report.conflict(
                "options",
                f"the option {name}",
                here=both[name],
                there=printable(there),
                result="what was said here holds",
                remedy=f"to take the other: textmine set {report.number} {_field(name)}=VALUE",
            )
    ingest_options.put(db, sha256, IngestOptions(**both))


def _field(name: str) -> str:
    return "type" if name == "doc_type" else name


def _merge_people(db: Database, report: _Report, number_there: int) -> MergeResult:
    """Corrections, decisions, notes and collections."""
    number, other = report.number, report.source.db
    assert number is not None
    result = MergeResult(
        source=report.source.name, name=report.name, result="known", document=number
    )
    if not people.entered(other, number_there):
        return result
    conflicts: list[Conflict] = []
    counts: dict[str, int] = {}
    behind = reissues.dependants(db, number)
    with digests.changing(db, number):
        for history, follow in (
            (people.CORRECTIONS, corrections.follow),
            (people.DECISIONS, decisions.follow),
        ):
            there = people.words(other, number_there, history)
            union = people.unite(db, number, there, history)
            counts[f"{history.table}s"] = union.new
            if union.new:
                follow(db, number)
            conflicts += _disagreements(db, report, union.disagreements())
        counts["notes"] = people.merge_notes(db, number, other, number_there)
        counts["collected"] = people.merge_collections(db, number, other, number_there)
    if counts["corrections"]:
        reissues.link(db, [number, *behind])
    return replace(
        result,
        conflicts=tuple(conflicts),
        corrections=counts["corrections"],
        decisions=counts["decisions"],
        notes=counts["notes"],
        collected=counts["collected"],
    )


def _disagreements(
    db: Database, report: _Report, found: Iterable[people.Disagreement]
) -> Iterator[Conflict]:
    assert report.number is not None
    text = texts.text(db, report.number)
    for each in found:
        decision = len(each.here.value) == len(people.DECISIONS.value)
        correct = f"textmine set {report.number} FIELD=VALUE"
        yield report.conflict(
            "decision" if decision else "correction",
            people.about(db, report.number, text, each.here),
            here=people.says(each.here),
            there=people.says(each.there),
            result=f"the latest holds: {people.says(each.holds)}; all are kept",
            remedy="decide again: textmine review" if decision else f"to settle it: {correct}",
        )


def _merge_rows(
    db: Database,
    report: _Report,
    mine: StoredDocument,
    theirs: ForeignDocument,
    before: IngestOptions,
) -> Iterator[Conflict]:
    """The rows that were read with what holds now; where both were, ours stay."""
    sha256 = theirs.entry.original.sha256
    now = ingest_options.get(db, sha256)
    if _without_name(mine.entry) == _without_name(theirs.entry):
        return
    again = f"textmine refresh {report.number}"
    if now == before:
        if mine.entry.made != theirs.entry.made:
            yield report.conflict(
                "version",
                "made by another version of textmine, or with other themes",
                result="the rows that were here stay",
                remedy="textmine refresh, which brings all documents up to date",
            )
        elif theirs.options == now:
            yield report.conflict(
                "rows",
                "read from the same bytes with the same options, and differs",
                result="the rows that were here stay",
                remedy=f"to read it again: {again}",
            )
    elif now == theirs.options:
        original = replace(theirs.entry.original, name=mine.entry.original.name)
        store.put(db, rows.of(replace(theirs.entry, original=original)))
    else:
        yield report.conflict(
            "options",
            "more was said of it in one library than in the other",
            result="what was said in both is noted",
            remedy=f"to read it with that: {again}",
        )


def _without_name(entry: Entry) -> Entry:
    return replace(entry, original=replace(entry.original, name="", media_type=""))


def _keep_internal(
    db: Database, report: _Report, mine: StoredDocument, theirs: ForeignDocument, who: str
) -> Iterator[Conflict]:
    """What is internal in one library is internal in the end, also when it is read again."""
    here, there = mine.document.visibility, theirs.stored.document.visibility
    if here == there:
        return
    number, sha256 = mine.id, mine.entry.original.sha256
    stored = store.get(db, number).document.visibility
    if stored == "public" or ingest_options.get(db, sha256).visibility == "public":
        why = f"internal in one of the libraries that were merged ({report.source.name})"
        corrections.add(
            db,
            number,
            Correction(part="given", name="visibility", value="internal", why=why, who=who),
        )
        with digests.changing(db, number, "extracted"):
            db.execute("UPDATE document SET visibility = 'internal' WHERE id = ?", (number,))
    yield report.conflict(
        "visibility",
        "internal in one library, public in the other",
        here=here,
        there=there,
        result="it is internal",
        remedy=f"if it is public: textmine set {number} visibility=public",
    )
