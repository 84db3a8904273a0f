"""Statistics of the whole library: words, rates, comparisons, themes that stand together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, Unpack

from corpus.lazy import lazy
from index.query.filters import Filters

from ..outputs import Row
from ..rows import statistics as rows
from ..usecases.searches import Question
from .lists import Lists
from .results import Results

if TYPE_CHECKING:
    from ..analysis.cooccurrence import Pairing
    from ..analysis.demands import DemandGroup
    from ..analysis.places import PlaceGrade, PlaceRate
    from ..analysis.rates import GradeRate, Rate
    from ..analysis.words import Collocate, Frequency, KeyWord, Spread
    from ..briefs.model import Brief
    from ..usecases.words import WordAnswer
    from .results import Narrowing


class _OfWord(Protocol):
    @property
    def word(self) -> str: ...


W = TypeVar("W", bound=_OfWord)


class WordResults(Results[W], Generic[W]):
    """Words with their figures. The library is asked once."""

    def __init__(self, ask: Callable[[], WordAnswer[W]], project: Callable[[W, str], Row]) -> None:
        super().__init__(
            lambda: self._answer.records,
            lambda record: project(record, self._answer.find(record.word)),
            lambda: len(self._answer.records),
        )
        self._ask = ask

    @lazy
    def _answer(self) -> WordAnswer[W]:
        return self._ask()

    @property
    def read_as(self) -> str:
        """How the query was understood, as a query."""
        return self._answer.read_as

    @property
    def notes(self) -> tuple[str, ...]:
        """What was mended in the query, or has to be known of the figures, a line each."""
        return self._answer.notes


@dataclass(frozen=True, slots=True)
class RateAnswer:
    """Rates, what has to be known of them, and the query as it was read."""

    rates: Sequence[Rate]
    notes: tuple[str, ...]
    read_as: str


class RateResults(Results["Rate"]):
    """Rates by group. The library is asked once."""

    def __init__(self, ask: Callable[[], RateAnswer]) -> None:
        super().__init__(lambda: self.answer.rates, rows.rate_row, lambda: len(self.answer.rates))
        self._ask = ask

    @lazy
    def answer(self) -> RateAnswer:
        """All of it."""
        return self._ask()


class Statistics(Lists):
    """Statistics; furniture of reports and documents that were issued again are left out."""

    def frequencies(
        self,
        query: str | Question = "",
        *,
        size: int = 1,
        function_words: bool = False,
        least: int = 2,
        reports: int = 1,
        limit: int | None = None,
        **narrow: Unpack[Narrowing],
    ) -> WordResults[Frequency]:
        """The words, or runs of `size` words, of the passages that answer, by frequency."""
        from ..usecases import words  # noqa: PLC0415 (one question needs it)

        question = self._question(query, None, narrow)
        return WordResults(
            lambda: words.frequencies(
                self._db,
                question,
                size=size,
                function_words=function_words,
                least=least,
                reports=reports,
                limit=limit,
            ),
            rows.frequency_row,
        )

    def keyness(
        self,
        of: str | Question,
        against: str | Question | None = None,
        *,
        size: int = 1,
        function_words: bool = False,
        least: int = 5,
        reports: int = 3,
        significance: float = 15.13,
        **narrow: Unpack[Narrowing],
    ) -> WordResults[KeyWord]:
        """Words that are more frequent where `of` answers than where `against` does, or elsewhere.

        A word must stand at least `least` times in `reports` documents, with a log-likelihood of
        at least `significance`; the largest log ratio comes first.
        """
        from ..usecases import words  # noqa: PLC0415 (one question needs it)

        one = self._question(of, None, narrow)
        other = None if against is None else self._question(against, None, narrow)
        return WordResults(
            lambda: words.keyness(
                self._db,
                one,
                other,
                size=size,
                function_words=function_words,
                least=least,
                reports=reports,
                significance=significance,
            ),
            rows.key_word_row,
        )

    def collocates(
        self,
        query: str | Question,
        *,
        window: int = 5,
        function_words: bool = False,
        least: int = 3,
        reports: int = 1,
        **narrow: Unpack[Narrowing],
    ) -> WordResults[Collocate]:
        """Words within `window` words of the matches, the strongest by logDice first."""
        from ..usecases import words  # noqa: PLC0415 (one question needs it)

        question = self._question(query, None, narrow)
        return WordResults(
            lambda: words.collocates(
                self._db,
                question,
                window=window,
                function_words=function_words,
                least=least,
                reports=reports,
            ),
            rows.collocate_row,
        )

    def dispersion(
        self,
        queries: Iterable[str],
        by: str = "la",
        *,
        asked: Question | None = None,
        **narrow: Unpack[Narrowing],
    ) -> Results[Spread]:
        """How the matches of each query are spread: by la, document, region or year."""
        from ..usecases import words  # noqa: PLC0415 (one question needs it)

        question = asked or self._question("", None, narrow)
        several = tuple(queries)
        return Results(
            lambda: words.dispersion(self._db, several, by, question), rows.spread_row
        )  # fmt: skip

    def trends(
        self, query: str | Question = "", by: str = "year", **narrow: Unpack[Narrowing]
    ) -> RateResults:
        """How many reports hold what answers, and how often, by year, quarter or framework.

        Each type of report has rows of its own.
        """
        from ..usecases import rates  # noqa: PLC0415 (one question needs it)

        question = self._question(query, None, narrow)
        return RateResults(lambda: RateAnswer(*rates.trends(self._db, question, by)))

    def grade_trends(
        self,
        area: str,
        by: str = "year",
        *,
        filters: Filters | None = None,
        **narrow: Unpack[Narrowing],
    ) -> Results[GradeRate]:
        """The grades of an area by year, quarter or framework; only those that mean the same."""
        from ..usecases import rates  # noqa: PLC0415 (one question needs it)

        narrowed = self._filters(filters, narrow)
        return Results(
            lambda: rates.grade_trends(self._db, area, by, narrowed), rows.grade_rate_row
        )

    def compare(
        self,
        names: Sequence[str],
        query: str | Question = "",
        *,
        themes: Sequence[str] = (),
        **narrow: Unpack[Narrowing],
    ) -> RateResults:
        """The same rates side by side: for authorities, regions, neighbours, saved searches.

        "neighbours:Durham" are the statistical neighbours of Durham, "saved:NAME" is a saved
        search, and "England" all that the library holds.
        """
        from ..usecases import rates  # noqa: PLC0415 (one question needs it)

        question = self._question(query, None, narrow)
        return RateResults(
            lambda: RateAnswer(*rates.compare(self._db, names, question, themes), "")
        )

    def map(self, query: str | Question = "", **narrow: Unpack[Narrowing]) -> Results[PlaceRate]:
        """How often what is asked for is said in the reports of each authority.

        Rows have the column and row of the authority's tile on our map of England.
        """
        from ..usecases import rates  # noqa: PLC0415 (one question needs it)

        question = self._question(query, None, narrow)
        return Results(lambda: rates.place_rates(self._db, question), rows.place_rate_row)

    def grade_map(
        self, area: str, *, filters: Filters | None = None, **narrow: Unpack[Narrowing]
    ) -> Results[PlaceGrade]:
        """The grade of an area at the last inspection of each authority."""
        from ..usecases import rates  # noqa: PLC0415 (one question needs it)

        narrowed = self._filters(filters, narrow)
        return Results(lambda: rates.place_grades(self._db, area, narrowed), rows.place_grade_row)

    def cooccurrence(
        self,
        within: str = "sentence",
        *,
        least: int = 5,
        filters: Filters | None = None,
        **narrow: Unpack[Narrowing],
    ) -> Results[Pairing]:
        """Pairs of themes that stand together in a sentence, passage or report."""
        from ..usecases import rates  # noqa: PLC0415 (one question needs it)

        narrowed = self._filters(filters, narrow)
        return Results(
            lambda: rates.cooccurrence(self._db, within, narrowed, least=least), rows.pairing_row
        )

    def followup_by(
        self, by: str, *, filters: Filters | None = None, **narrow: Unpack[Narrowing]
    ) -> Results[DemandGroup]:
        """What became of demands, counted by theme, region or grade (overall, of who asks)."""
        from ..usecases import followup  # noqa: PLC0415 (one question needs it)

        narrowed = self._filters(filters, narrow)
        return Results(lambda: followup.followup_by(self._db, by, narrowed), rows.demand_group_row)

    def region_pack(
        self,
        region: str,
        *,
        as_of: date | None = None,
        themes: Path | None = None,
        internal: bool | None = None,
    ) -> Brief:
        """The pack for a region's improvement alliance, to be written with `write_brief`."""
        from ..usecases import regions  # noqa: PLC0415 (one question needs it)

        return regions.region_pack(
            self._db,
            region,
            as_of or datetime.now(UTC).date(),
            themes_file=themes,
            internal=self.internal if internal is None else internal,
        )
