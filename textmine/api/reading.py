"""Reading a library: every question that can be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from corpus.errors import LibraryMissing
from index.documents import file_log, provenance
from index.documents.authorities import AuthorityCount, count_documents, count_unresolved
from index.query.filters import Filters
from index.reports import counts
from index.views.facets import FACETS

from .. import disclosure, rows
from ..rows import ConcernChangeRecord
from ..usecases import searches
from ..usecases.searches import Answer, Question
from .documents import Documents
from .results import QueryAnswer, QueryResults, Results, SearchResults

if TYPE_CHECKING:
    from corpus.model import Problem
    from index.documents.records import FileOutcome, FileRecord
    from index.reports.counts import DocumentRow, FindingRow, RecommendationRow, Status
    from index.reports.figures import FigureRow
    from index.reports.matrix import Cell
    from index.search.hits import Hits
    from index.search.saved_searches import SavedSearch
    from index.views.facets import FacetValue
    from index.views.kwic import Line, Sort

    from ..analysis.changes import Change
    from ..analysis.cycle import Standing
    from ..briefs.model import Brief, Purpose
    from ..followup.threads import FollowUp
    from ..ingestion.refresh import Stale
    from ..rows import JudgementRecord
    from .results import Narrowing


class Reading(Documents):
    """The questions; each takes the keywords of `Narrowing`."""

    # -- passages ---------------------------------------------------------------------------

    def search(
        self,
        query: str | Question = "",
        *,
        limit: int | None = 20,
        offset: int = 0,
        collapse: bool = True,
        context: int = 0,
        explain: bool = False,
        engine: str | None = None,
        synonyms: bool = True,
        strict: bool = False,
        filters: Filters | None = None,
        **narrow: Unpack[Narrowing],
    ) -> SearchResults:
        """Passages that answer a query, the best first, as `Hit` records.

        Plain words are a question: passages with all of them come first, then those with some
        (`Hit.whole` says which); `strict` requires every word. "in quotes" finds a phrase, exploit*
        a beginning, theme:adoption a field (`textmine search --syntax` has all of it). `limit` is
        how many to list after the first `offset`, None for all (of a plain question with all the
        words). Passages worded alike are one hit unless `collapse` is off; `context` passages on
        each side are in `.around`. Raises UsageError for what is not understood or takes too long.
        """
        asked = Question(engine=engine, synonyms=synonyms, strict=strict, query="")
        question = self._question(query, filters, narrow, asked)
        return SearchResults(
            lambda: searches.search(
                self._db,
                question,
                limit=limit,
                offset=offset,
                collapse=collapse,
                context=context,
                explained=explain,
            )
        )

    def sample(
        self,
        query: str | Question,
        size: int,
        *,
        seed: int = 0,
        filters: Filters | None = None,
        **narrow: Unpack[Narrowing],
    ) -> SearchResults:
        """Passages that answer, drawn at random: the same for the same seed and library."""
        question = self._question(query, filters, narrow)
        return self._results_of(lambda: searches.draw_sample(self._db, question, size, seed))

    def facets(
        self,
        query: str | Question = "",
        fields: Iterable[str] = tuple(FACETS),
        **narrow: Unpack[Narrowing],
    ) -> QueryResults[FacetValue]:
        """How the passages that answer spread over fields: la, region, type, year, theme ..."""
        asked = self._question(query, None, narrow)
        wanted = tuple(fields)

        def ask() -> QueryAnswer[FacetValue]:
            prepared, values = searches.facets_of(self._db, asked, wanted)
            return QueryAnswer(prepared, values, len(values))

        return QueryResults(ask, rows.facet_row)

    def kwic(
        self,
        query: str | Question,
        *,
        width: int = 45,
        sort: Sort = "document",
        limit: int | None = None,
        **narrow: Unpack[Narrowing],
    ) -> QueryResults[Line]:
        """Each match in its context of `width` characters a side (keyword in context).

        Sorted by document, or by the words to the left, to the right, or of the match; the first
        `limit` of them.
        """
        question = self._question(query, None, narrow)

        def ask() -> QueryAnswer[Line]:
            asked, found = searches.lines(self._db, question, width=width, sort=sort, limit=limit)
            return QueryAnswer(asked, found.lines, found.total)

        return QueryResults(ask, rows.kwic_row)

    def matrix(
        self,
        queries: Iterable[str],
        by: str = "la",
        *,
        asked: Question | None = None,
        **narrow: Unpack[Narrowing],
    ) -> Results[Cell]:
        """How much each query finds in each group of documents: by la, region, year, type ..."""
        question = asked or self._question("", None, narrow)
        several = tuple(queries)
        return Results(lambda: searches.table(self._db, question, several, by), rows.cell_row)

    def like(
        self,
        doc: str | int,
        *,
        para: str | None = None,
        passage: int | None = None,
        limit: int | None = 10,
        filters: Filters | None = None,
        **narrow: Unpack[Narrowing],
    ) -> SearchResults:
        """The passages most like one of a document, named by printed number or by our count."""
        narrowed = self._filters(filters, narrow)
        return self._results_of(
            lambda: searches.like(
                self._db, str(doc), para=para, ordinal=passage, filters=narrowed, limit=limit
            )
        )

    # -- lists ------------------------------------------------------------------------------

    def findings(
        self,
        *,
        limit: int | None = None,
        filters: Filters | None = None,
        **narrow: Unpack[Narrowing],
    ) -> Results[FindingRow]:
        """Findings: what one sentence says of one theme, by authority, the newest document first.

        A decision of a person stands in the place of what the machine found. `finding.score` is
        how sure the model is, 0 to 1. Tags can be wrong: read `evidence`.
        """
        narrowed = self._filters(filters, narrow)
        return Results(
            lambda: counts.findings(self._db, narrowed, limit=limit),
            rows.finding_row,
            lambda: counts.count_findings(self._db, narrowed),
        )

    def judgements(
        self, *, filters: Filters | None = None, **narrow: Unpack[Narrowing]
    ) -> Results[JudgementRecord]:
        """Judgements: one record for each area that a document judges.

        A grade is None where `status` says why: not_printed, not_judged or unreadable.
        """
        narrowed = self._filters(filters, narrow)

        def read() -> Iterator[JudgementRecord]:
            for row in counts.documents(self._db, narrowed):
                yield from rows.judgements_of(row)

        return Results(read, rows.judgement_row)

    def figures(
        self,
        *,
        counts: str = "",
        units: Iterable[str] = (),
        least: float | None = None,
        most: float | None = None,
        comparisons: Iterable[str] = (),
        limit: int | None = None,
        filters: Filters | None = None,
        **narrow: Unpack[Narrowing],
    ) -> Results[FigureRow]:
        """Figures: numbers with what they count, of when, and whose value it is.

        `value` is in `unit`: a half is 50 percent. `counts` are words that what is counted must
        have; `comparisons` are national, neighbours, region, target, previous, change or own.
        """
        from index.reports import figures  # noqa: PLC0415 (one question needs it)

        narrowed = self._filters(filters, narrow)
        wanted = figures.FigureFilter(
            counts=counts,
            units=tuple(units),
            least=least,
            most=most,
            comparisons=tuple(comparisons),
        )
        most_rows = -1 if limit is None else limit
        return Results(
            lambda: figures.figures(self._db, narrowed, wanted, limit=most_rows),
            rows.figure_row,
            lambda: figures.count_figures(self._db, narrowed, wanted),
        )

    def recommendations(
        self,
        *,
        kinds: Iterable[str] = (),
        tags: Iterable[str] = (),
        filters: Filters | None = None,
        **narrow: Unpack[Narrowing],
    ) -> Results[RecommendationRow]:
        """What inspectors ask for: improvement, priority_action, recommendation, weakness.

        `tags` are parts of the national framework: "outcome 4", or "enabler" for any.
        """
        narrowed = self._filters(filters, narrow)
        read = partial(counts.recommendations, kinds=tuple(kinds), tags=tuple(tags))
        return Results(lambda: read(self._db, narrowed), rows.recommendation_row)

    def documents(
        self, *, filters: Filters | None = None, **narrow: Unpack[Narrowing]
    ) -> Results[DocumentRow]:
        """Documents with dates, fields and judgements, by authority, the newest first."""
        narrowed = self._filters(filters, narrow)
        return Results(
            lambda: counts.documents(self._db, narrowed),
            rows.document_row,
            lambda: counts.count_documents(self._db, narrowed),
        )

    def addresses(self) -> tuple[frozenset[str], frozenset[str]]:
        """The web addresses and the SHA-256 of all documents; none where there is no library."""
        from ..fetching.lacking import in_library  # noqa: PLC0415 (one command needs it)

        try:
            return in_library(self._db)
        except LibraryMissing:
            return frozenset(), frozenset()

    # -- through the years ------------------------------------------------------------------

    def changes(
        self, *, filters: Filters | None = None, **narrow: Unpack[Narrowing]
    ) -> Results[Change]:
        """Grades of inspections that follow each other, area by area, the oldest first.

        `direction` is better, worse or same, only where the two grades mean the same; else
        `note` says why not. `since` and `until` are of the later inspection.
        """
        from ..usecases import history  # noqa: PLC0415 (one question needs it)

        since, until = narrow.pop("since", None), narrow.pop("until", None)
        narrowed = self._filters(filters, narrow)
        return Results(
            lambda: history.changes(self._db, narrowed, since=since, until=until),
            rows.change_row,
        )

    def concern_changes(
        self, *, filters: Filters | None = None, **narrow: Unpack[Narrowing]
    ) -> Results[ConcernChangeRecord]:
        """Concerns by theme, from each authority's last inspection but one to its last.

        `fate` is new, recurring, resolved, or silent, which says nothing.
        """
        from ..usecases import history  # noqa: PLC0415 (one question needs it)

        narrowed = self._filters(filters, narrow)

        def read() -> Iterator[ConcernChangeRecord]:
            for before, after, changes in history.concern_changes(self._db, narrowed):
                for change in changes:
                    yield ConcernChangeRecord(before=before, after=after, change=change)

        return Results(read, rows.concern_change_row)

    def followup(
        self, *, filters: Filters | None = None, **narrow: Unpack[Narrowing]
    ) -> Results[FollowUp]:
        """What became of what inspectors asked for: the next report's words on just this.

        A verdict is given only where it is safe.
        """
        from ..usecases import followup  # noqa: PLC0415 (one question needs it)

        narrowed = self._filters(filters, narrow)
        return Results(lambda: followup.followup(self._db, narrowed), rows.followup_row)

    def cycle(
        self,
        as_of: date | None = None,
        *,
        filters: Filters | None = None,
        **narrow: Unpack[Narrowing],
    ) -> Results[Standing]:
        """Where authorities stand in the cycle of inspections, as of a day; today if not given.

        `months` are whole months since the last inspection. No due date is given.
        """
        from ..usecases import history  # noqa: PLC0415 (one question needs it)

        narrowed, day = self._filters(filters, narrow), as_of or _today()
        return Results(lambda: history.cycle(self._db, day, narrowed)[0], rows.standing_row)

    def uninspected(
        self,
        as_of: date | None = None,
        *,
        filters: Filters | None = None,
        **narrow: Unpack[Narrowing],
    ) -> int:
        """How many authorities of the library `cycle` says nothing of."""
        from ..usecases import history  # noqa: PLC0415 (one question needs it)

        return history.cycle(self._db, as_of or _today(), self._filters(filters, narrow))[1]

    def brief(
        self,
        authority: str,
        purpose: Purpose = "engagement-meeting",
        *,
        as_of: date | None = None,
        themes: Path | None = None,
        earlier: Path | None = None,
        topic: str | None = None,
        collection: str | None = None,
        internal: bool | None = None,
    ) -> Brief:
        """What a meeting with an authority needs; `write_brief` makes a file of it.

        `earlier` is the file of an earlier brief, to say first what has changed since; `topic` is
        what a focused visit is on, such as front-door. Raises
        UsageError where no authority, or more than one, is meant.
        """
        from ..usecases import briefs  # noqa: PLC0415 (takes its time to import)

        return briefs.brief(
            self._db,
            authority,
            purpose,
            as_of or _today(),
            themes_file=themes,
            earlier=earlier,
            topic=topic,
            collection=collection,
            internal=self.internal if internal is None else internal,
        )

    # -- the library ------------------------------------------------------------------------

    def status(self) -> Status:
        """What the library holds, what failed, and what made it."""
        return counts.status(self._db)

    def authorities(self) -> Results[AuthorityCount]:
        """The authorities of the register, with how many documents there are of each."""
        return Results(self._authorities, rows.authority_row)

    def _authorities(self) -> tuple[AuthorityCount, ...]:
        """Of the built-in register where there is no library yet."""
        try:
            return count_documents(self._db)
        except LibraryMissing:
            from corpus.register.authorities import Register  # noqa: PLC0415 (rarely needed)

            return tuple(
                AuthorityCount(key=each.key, name=each.name, region=each.region, documents=0)
                for each in sorted(Register.load(), key=lambda each: each.name)
            )

    def unresolved(self) -> int:
        """How many documents are filed under no authority: answers about one may lack them."""
        return count_unresolved(self._db)

    def problems(self) -> Results[tuple[int, str, Problem]]:
        """What is odd about documents: a number printed twice, a page without text."""
        return Results(lambda: counts.problems(self._db), rows.problem_row)

    def files(self, outcome: FileOutcome | None = None) -> Results[FileRecord]:
        """Every path that was tried, and what became of it; or those with one outcome."""
        return Results(lambda: file_log.files(self._db, outcome), rows.file_row)

    def saved_searches(self) -> Results[SavedSearch]:
        """The searches that are kept."""
        from index.search import saved_searches  # noqa: PLC0415 (one question needs it)

        return Results(lambda: saved_searches.list_all(self._db), rows.saved_search_row)

    def stale(self, themes: Path | None = None, *, encoder: bool = False) -> Stale:
        """The documents that this version, with these themes, would read or tag differently."""
        from ..usecases.library import stale  # noqa: PLC0415 (a search needs no workers)

        return stale(self._db, themes, encoder=encoder)

    def select_for_refresh(self, *docs: str | int, every: bool = False) -> Stale:
        """Documents to read again because somebody asks for it: some, or every one."""
        from ..usecases.library import select_for_refresh  # noqa: PLC0415 (a search needs no workers)

        return select_for_refresh(self._db, [str(doc) for doc in docs], every=every)

    def mixed(self) -> bool:
        """Whether findings come from different versions of rules or themes."""
        return provenance.mixed(self._db)

    def unknown(
        self, filters: Filters | None = None, **narrow: Unpack[Narrowing]
    ) -> tuple[str, ...]:
        """A note for each value that narrows down which nothing in the library has."""
        return counts.unknown(self._db, self._filters(filters, narrow))

    def count_omitted(self, filters: Filters | None = None, **narrow: Unpack[Narrowing]) -> int:
        """How many internal documents an answer leaves out."""
        return disclosure.count_omitted(self._db, self._filters(filters, narrow))

    def warnings(self, documents: Iterable[tuple[int, Any]]) -> Iterator[str]:
        """A warning for each document, given by number and voice, that may hold personal data."""
        return disclosure.warnings(self._db, documents)

    def about(self, question: Question, **more: Any) -> dict[str, Any]:
        """What one must know to get an answer again: query, versions, the library's state."""
        return searches.sidecar(self._db, question, **more)

    def _results_of(self, draw: Callable[[], Hits]) -> SearchResults:
        return SearchResults(
            lambda: Answer(hits=draw(), around={}, explanation=None, suggestions=())
        )

    def _question(
        self,
        query: str | Question,
        filters: Filters | None,
        narrow: Narrowing,
        options: Question | None = None,
    ) -> Question:
        """A question as given, or made of a query and what narrows it down."""
        if isinstance(query, Question):
            return query
        asked = options or Question(query="")
        return replace(asked, query=query, filters=self._filters(filters, narrow))

    def _filters(self, filters: Filters | None, narrow: Narrowing) -> Filters:
        """Filters as given, or made of keywords."""
        if filters is not None:
            return filters
        several: dict[str, Any] = {
            name: _several(value)
            for name, value in narrow.items()
            if name not in {"since", "until", "internal"}
        }
        since, until = narrow.get("since"), narrow.get("until")
        chosen = Filters(since=since, until=until, internal=narrow.get("internal", self.internal))
        return replace(chosen, **several)


def _several(value: object) -> tuple[str, ...]:
    """One value or several, as filters have them."""
    if isinstance(value, str):
        return (value,)
    return tuple(map(str, value)) if isinstance(value, Iterable) else ()


def _today() -> date:
    return datetime.now(UTC).date()
