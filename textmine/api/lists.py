"""Lists that can be taken away whole, by name, and those that no other question gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, Unpack

from index.query.filters import Filters
from index.reports import counts, passages, review

from .. import rows
from .coding import Coding
from .results import Results

if TYPE_CHECKING:
    from index.documents.citation_rows import Place
    from index.documents.decisions import Decision
    from index.reports.counts import ThemeCount
    from index.reports.review import Doubt

    from ..themes import Theme
    from .results import Narrowing


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """A decision with the number of its document."""

    document: int
    decision: Decision


class Lists(Coding):
    """Whole lists."""

    def passages(
        self,
        *,
        limit: int | None = None,
        filters: Filters | None = None,
        **narrow: Unpack[Narrowing],
    ) -> Results[Place]:
        """Passages in the order of the text, by authority, the newest document first.

        Theme, polarity and timing let through passages with such a finding.
        """
        narrowed = self._filters(filters, narrow)
        return Results(
            lambda: passages.passages(self._db, narrowed, limit=limit),
            rows.passage_row,
            lambda: passages.count_passages(self._db, narrowed),
        )

    def theme_counts(
        self, *, filters: Filters | None = None, **narrow: Unpack[Narrowing]
    ) -> Results[ThemeCount]:
        """Counts of each theme that occurs: findings, passages and documents.

        `strength`, `concern`, `mixed` and `neutral` count documents with such a finding.
        """
        narrowed = self._filters(filters, narrow)
        return Results(lambda: counts.themes(self._db, narrowed), asdict)

    def all_decisions(
        self, *, filters: Filters | None = None, **narrow: Unpack[Narrowing]
    ) -> Results[DecisionRecord]:
        """Everything that was ever decided about findings of documents, the first word first."""
        narrowed = self._filters(filters, narrow)

        def read() -> Iterator[DecisionRecord]:
            for document in counts.documents(self._db, narrowed):
                for decision in self.decisions(document.id):
                    yield DecisionRecord(document=document.id, decision=decision)

        return Results(
            read, lambda each: {"document": each.document, **rows.decision_row(each.decision)}
        )

    def review_queue(
        self,
        coder: str,
        *,
        limit: int | None = None,
        filters: Filters | None = None,
        **narrow: Unpack[Narrowing],
    ) -> tuple[Doubt, ...]:
        """The machine's findings that this person has not decided, the least sure first."""
        return review.queue(self._db, coder, self._filters(filters, narrow), limit=limit)

    def list(self, what: str, *, limit: int | None = None, filters: Filters) -> Results[Any]:
        """The list of this name, as `textmine export` knows it; all of it, or the first `limit`."""
        results = LISTS[what](self, filters, limit)
        if limit is None or what in LIMITED:
            return results
        return Results(lambda: islice(iter(results), limit), results.row, lambda: results.total)


_List: TypeAlias = Callable[[Lists, Filters, int | None], Results[Any]]

LIMITED: Final = frozenset({"findings", "passages", "figures"})
"""The lists of which the library reads no more than is asked for."""

LISTS: Final[Mapping[str, _List]] = MappingProxyType(
    {
        "findings": lambda lib, filters, limit: lib.findings(filters=filters, limit=limit),
        "passages": lambda lib, filters, limit: lib.passages(filters=filters, limit=limit),
        "documents": lambda lib, filters, _: lib.documents(filters=filters),
        "judgements": lambda lib, filters, _: lib.judgements(filters=filters),
        "figures": lambda lib, filters, limit: lib.figures(filters=filters, limit=limit),
        "recommendations": lambda lib, filters, _: lib.recommendations(filters=filters),
        "changes": lambda lib, filters, _: lib.changes(filters=filters),
        "concern-changes": lambda lib, filters, _: lib.concern_changes(filters=filters),
        "followup": lambda lib, filters, _: lib.followup(filters=filters),
        "cycle": lambda lib, filters, _: lib.cycle(filters=filters),
        "decisions": lambda lib, filters, _: lib.all_decisions(filters=filters),
        "notes": lambda lib, filters, _: lib.notes(filters=filters),
        "collections": lambda lib, _, __: lib.collections(),
        "coded": lambda lib, filters, _: lib.coded_passages(filters=filters),
        "authorities": lambda lib, _, __: lib.authorities(),
        "themes": lambda _, __, ___: Results(_themes, rows.theme_row),
    }
)


def _themes() -> tuple[Theme, ...]:
    from ..themes import load_themes  # noqa: PLC0415 (loads YAML, which a search does not need)

    return load_themes()
