"""Filters: conditions on hits besides the query."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import UsageError

from .ast import Has, Node, Not
from .fields import DATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What hits must be besides what the query says; of several values, any one.

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
    since: str | None = None
    until: str | None = None
    without: tuple[Has, ...] = ()
    internal: bool = True
    """Whether internal documents are let through too."""

    def nodes(self) -> tuple[Has, ...]:
        """What must be so, as parts of a query."""
        check_dates(self.since, self.until)
        several = {
            "la": self.authority,
            "region": self.region,
            "type": self.doc_type,
            "theme": self.theme,
            "polarity": self.polarity,
            "timing": self.timing,
            "extent": self.extent,
            "aspect": self.aspect,
        }
        dates = [f">={self.since}"] if self.since else []
        dates += [f"<={self.until}"] if self.until else []
        return (
            *(Has(name, values) for name, values in several.items() if values),
            *(Has("date", (value,)) for value in dates),
        )

    def all_nodes(self) -> tuple[Node, ...]:
        """All parts, those that must not be so behind NOT."""
        return (*self.nodes(), *(Not(has) for has in self.without))


def check_dates(*dates: str | None) -> None:
    """Raises UsageError where one is no day, month or year."""
    for each in dates:
        if each is not None and not DATE.fullmatch(each):
            raise UsageError(f"not a date: {each!r}. Use 2024, 2024-05 or 2024-05-17")
