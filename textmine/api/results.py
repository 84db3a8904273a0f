"""Results: records that are read from the library when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypedDict, TypeVar

from corpus.lazy import lazy
from index.query.expansion import Expansion
from index.search.explain import Explanation
from index.search.hits import Hit, Hits
from index.search.prepared import PreparedQuery
from index.search.suggestions import Suggestion
from index.views.context import PassageContext

from ..outputs import Row
from ..rows import hit_row
from ..usecases.searches import Answer

R = TypeVar("R")

Names: TypeAlias = str | Iterable[str]
"""One value or several, any of which will do."""


class Narrowing(TypedDict, total=False):
    """Keywords that narrow an answer down; each is one value or several, any of which will do.

    `authority` is any name, ONS code or URN. `since` and `until` are days, months or years
    ("2024-05"), inclusive, compared with the inspection's start, else with the document's date.
    `internal` lets internal documents through; left out, the library's own default holds.
    """

    authority: Names
    region: Names
    doc_type: Names
    theme: Names
    polarity: Names
    timing: Names
    extent: Names
    aspect: Names
    collection: Names
    since: str | None
    until: str | None
    internal: bool


class Results(Generic[R]):
    """Records that are read lazily: iterate over them, or take them as rows.

    Each iteration asks the library anew. `list(results)` holds all of them at once.
    """

    def __init__(
        self,
        read: Callable[[], Iterable[R]],
        project: Callable[[R], Row],
        count: Callable[[], int] | None = None,
    ) -> None:
        self._read = read
        self._project = project
        self._count = count

    def __iter__(self) -> Iterator[R]:
        return iter(self._read())

    def __bool__(self) -> bool:
        return self.first() is not None

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.total} records>"

    @lazy
    def total(self) -> int:
        """How many there are, whatever limit was given."""
        return self._count() if self._count else sum(1 for _ in self._read())

    def first(self) -> R | None:
        """The first record; None where there is none."""
        return next(iter(self), None)

    def rows(self) -> Iterator[Row]:
        """The records as rows, one by one: mappings from column to value, as in `--format json`."""
        return map(self._project, self)

    def row(self, record: R) -> Row:
        """One of the records as a row."""
        return self._project(record)

    def to_rows(self) -> list[Row]:
        """The records as a list of rows, as `pandas.DataFrame` and `polars.DataFrame` take them."""
        return list(self.rows())


class SearchResults(Results[Hit]):
    """Passages that answer a query, the best first. The library is asked once."""

    def __init__(self, ask: Callable[[], Answer]) -> None:
        super().__init__(lambda: self.hits.hits, self._row, lambda: self.hits.total)
        self._ask = ask

    @lazy
    def _answer(self) -> Answer:
        return self._ask()

    def _row(self, hit: Hit) -> Row:
        return hit_row(hit, self._answer.around.get(hit.id))

    @property
    def hits(self) -> Hits:
        """The page of hits, with what belongs to the whole of it."""
        return self._answer.hits

    @property
    def read_as(self) -> str:
        """How the query was understood, as a query."""
        return self.hits.read_as

    @property
    def notes(self) -> tuple[str, ...]:
        """What was mended in the query or is not in the library, a line each."""
        return self.hits.notes

    @property
    def expansions(self) -> tuple[Expansion, ...]:
        """Other names that were looked for as well."""
        return self.hits.expansions

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What to ask instead, where nothing was found."""
        return self._answer.suggestions

    @property
    def explanation(self) -> Explanation | None:
        """How the answer was found and ranked, with `explain=True`."""
        return self._answer.explanation

    @property
    def around(self) -> dict[int, PassageContext]:
        """The passages around each hit, by its `id`, with `context`."""
        return self._answer.around

    def documents(self) -> set[int]:
        """The numbers of the documents that the hits are from."""
        return {hit.document for hit in self}


@dataclass(frozen=True, slots=True)
class QueryAnswer(Generic[R]):
    """The prepared query, what is listed of its answer, and how much there is in all."""

    prepared: PreparedQuery
    records: Sequence[R]
    total: int


class QueryResults(Results[R]):
    """What a query gives besides passages: facets, lines in context. The library is asked once."""

    def __init__(self, ask: Callable[[], QueryAnswer[R]], project: Callable[[R], Row]) -> None:
        super().__init__(lambda: self._answer.records, project, lambda: self._answer.total)
        self._ask = ask

    @lazy
    def _answer(self) -> QueryAnswer[R]:
        return self._ask()

    @property
    def prepared(self) -> PreparedQuery:
        """The query as it was prepared: its texts, its tree, its SQL."""
        return self._answer.prepared

    @property
    def read_as(self) -> str:
        """How the query was understood, as a query."""
        return self.prepared.read_as

    @property
    def notes(self) -> tuple[str, ...]:
        """What was mended in the query or is not in the library, a line each."""
        return self.prepared.notes

    @property
    def expansions(self) -> tuple[Expansion, ...]:
        """Other names that were looked for as well."""
        return self.prepared.expansions
