"""The question in an address: query, facets, dates and order, the same for pages, files and API."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Self

from index.query.ast import Has
from index.query.filters import Filters
from index.query.parser import parse

from ..usecases.searches import Question
from .view import Asked, address

SORTS: Final = ("relevance", "date", "la")
KWIC_SORTS: Final = ("document", "left", "right", "match")
_NARROWING: Final = {
    "authority": "authority",
    "region": "region",
    "type": "doc_type",
    "theme": "theme",
    "polarity": "polarity",
    "timing": "timing",
    "extent": "extent",
    "aspect": "aspect",
}
"""Arguments with the filters that they fill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question as an address has it."""

    q: str = ""
    only: tuple[str, ...] = ()
    """Facets that must hold, each as `field:value`."""
    without: tuple[str, ...] = ()
    """Facets that must not."""
    narrowing: tuple[tuple[str, str], ...] = ()
    since: str = ""
    until: str = ""
    sort: str = "relevance"
    group: bool = False
    strict: bool = False
    view: str = "passages"
    order: str = "document"
    """The order of KWIC lines."""

    @classmethod
    def of(cls, asked: Asked) -> Self:
        """The question of a request; what it does not know is left out."""
        sort, order = asked.arg("sort"), asked.arg("order")
        return cls(
            q=asked.arg("q"),
            only=tuple(dict.fromkeys(asked.all("only"))),
            without=tuple(dict.fromkeys(asked.all("not"))),
            narrowing=tuple((name, value) for name in _NARROWING for value in asked.all(name)),
            since=asked.arg("since"),
            until=asked.arg("until"),
            sort=sort if sort in SORTS else "relevance",
            group=asked.arg("group") == "la",
            strict=asked.arg("strict") == "1",
            view="kwic" if asked.arg("view") == "kwic" else "passages",
            order=order if order in KWIC_SORTS else "document",
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked: then there is no answer to show."""
        return not (self.q or self.only or self.narrowing or self.since or self.until)

    def question(self, *, internal: bool) -> Question:
        """The question, as the use cases take it. Raises UsageError for what cannot be read."""
        parts = [self.q, *map(_quoted, self.only)]
        if self.sort != "relevance":
            parts.append(f"sort:{self.sort}")
        if self.group:
            parts.append("group:la")
        several: dict[str, list[str]] = {}
        for name, value in self.narrowing:
            several.setdefault(_NARROWING[name], []).append(value)
        chosen: dict[str, Any] = {name: tuple(values) for name, values in several.items()}
        filters = Filters(
            **chosen,
            since=self.since or None,
            until=self.until or None,
            without=tuple(has for each in self.without if (has := _has(each))),
            internal=internal,
        )
        return Question(query=" ".join(filter(None, parts)), filters=filters, strict=self.strict)

    def pairs(self) -> list[tuple[str, str]]:
        """The arguments of its address, usual ones left out."""
        pairs = [
            ("q", self.q),
            *(("only", each) for each in self.only),
            *(("not", each) for each in self.without),
            *self.narrowing,
            ("since", self.since),
            ("until", self.until),
            ("sort", "" if self.sort == "relevance" else self.sort),
            ("group", "la" if self.group else ""),
            ("strict", "1" if self.strict else ""),
            ("view", "kwic" if self.view == "kwic" else ""),
            ("order", "" if self.order == "document" else self.order),
        ]
        return [(name, value) for name, value in pairs if value]

    def href(self, path: str = "/", **more: Any) -> str:
        """Its address, with further arguments."""
        return address(path, self.pairs(), more)

    def with_only(self, facet: str) -> Self:
        """The same with another facet that must hold."""
        return replace(self, only=tuple(dict.fromkeys((*self.only, facet))))

    def with_out(self, facet: str) -> Self:
        """The same with another facet that must not hold."""
        return replace(self, without=tuple(dict.fromkeys((*self.without, facet))))

    def less(self, name: str, value: str) -> Self:
        """The same without one of its parts."""
        if name == "only":
            return replace(self, only=tuple(each for each in self.only if each != value))
        if name == "not":
            return replace(self, without=tuple(each for each in self.without if each != value))
        if name == "since":
            return replace(self, since="")
        if name == "until":
            return replace(self, until="")
        kept = tuple(each for each in self.narrowing if each != (name, value))
        return replace(self, narrowing=kept)


def _quoted(facet: str) -> str:
    name, colon, value = facet.partition(":")
    return f'{name}:"{value}"' if colon and '"' not in value else facet


def _has(facet: str) -> Has | None:
    node = parse(_quoted(facet)).node
    return node if isinstance(node, Has) else None
