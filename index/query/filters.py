"""Filters: conditions on hits besides the query."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import UsageError

from .ast import Has, Node, Not
from .fields import iso_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Filters of hits; several values of one are alternatives.

    `since` and `until` are days, months or years ("2024-05"), compared with the inspection's
    start, else with the document's date; both are inclusive. `without` are fields with values
    that hits must not have.
    """

    authority: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    doc_type: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    timing: tuple[str, ...] = ()
    extent: tuple[str, ...] = ()
    aspect: tuple[str, ...] = ()
    collection: tuple[str, ...] = ()
    """Names of collections that hits must be in."""
    min_score: float | None = None
    """The least score of a finding."""
    since: str | None = None
    until: str | None = None
    without: tuple[Has, ...] = ()
    internal: bool = True
    """Whether internal documents are let through too."""

    def nodes(self) -> tuple[Has, ...]:
        """The filters as query nodes."""
        since, until = check_dates(self.since, self.until)
        several = {
            "la": self.authority,
            "region": self.region,
            "type": self.doc_type,
            "theme": self.theme,
            "polarity": self.polarity,
            "timing": self.timing,
            "extent": self.extent,
            "aspect": self.aspect,
            "in": self.collection,
        }
        dates = [f">={since}"] if since else []
        dates += [f"<={until}"] if until else []
        return (
            *(Has(name, values) for name, values in several.items() if values),
            *([] if self.min_score is None else [Has("score", (f">={self.min_score:.3f}",))]),
            *(Has("date", (value,)) for value in dates),
        )

    def all_nodes(self) -> tuple[Node, ...]:
        """All filters as query nodes, exclusions under NOT."""
        return (*self.nodes(), *(Not(has) for has in self.without))


def check_dates(*dates: str | None) -> tuple[str | None, ...]:
    """Days, months and years as a query has them; raises UsageError for a value that is none."""
    found = tuple(None if each is None else iso_date(each) for each in dates)
    for each, date in zip(dates, found, strict=True):
        if each is not None and date is None:
            raise UsageError(f"not a date: {each!r}. Use 2024, 2024-05 or 2024-05-17")
    return found
