"""The JSON API: the same use cases and the same rows as `--format json`, read-only.

Every list answers with `total`, `limit`, `offset`, `next` and `items`; every error with
`{"error": {"status": ..., "message": ...}}`. Internal documents are left out unless asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, get_args

from starlette.responses import Response

from corpus.errors import UsageError
from corpus.model import Aspect, Extent, Polarity, Timing
from index.query.filters import Filters
from index.views.facets import FACETS

from .. import __version__
from ..disclosure import refuse_internal
from ..rows import STAGES, fact_rows
from ..usecases.searches import Question
from .asking import KWIC_SORTS
from .view import Answer, Asked, PageRoute, address

if TYPE_CHECKING:
    from ..api import Library
    from ..outputs import Row

BASE: Final = "/api/v1"
LIMIT: Final = 20
MOST: Final = 1000
FARTHEST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of an address."""

    name: str
    meaning: str
    values: tuple[str, ...] = ()
    several: bool = False
    kind: str = "string"
    least: int | None = None
    most: int | None = None

    def described(self) -> dict[str, Any]:
        """The argument as OpenAPI has it."""
        schema: dict[str, Any] = {"type": self.kind}
        if self.values:
            schema["enum"] = list(self.values)
        if self.least is not None:
            schema |= {"minimum": self.least, "maximum": self.most}
        if self.several:
            schema = {"type": "array", "items": schema}
        return {
            "name": self.name,
            "in": "query",
            "description": self.meaning,
            "required": False,
            "schema": schema,
        }


QUERY: Final = (
    Parameter("q", "What to look for: plain words or a query"),
    Parameter("strict", "Whether every word must occur", kind="boolean"),
)
NARROW: Final = (
    Parameter("authority", "Only this authority: any name, ONS code or URN", several=True),
    Parameter("region", "Only this region", several=True),
    Parameter("type", "Only this type of document", several=True),
    Parameter("theme", "Only findings on this theme", several=True),
    Parameter("polarity", "Only findings with this polarity", get_args(Polarity), several=True),
    Parameter("timing", "Only findings with this timing", get_args(Timing), several=True),
    Parameter("extent", "Only findings with this extent", get_args(Extent), several=True),
    Parameter("aspect", "Only findings on this aspect", get_args(Aspect), several=True),
    Parameter("since", "Inspected on or after this date: 2024, 2024-05 or 2024-05-17"),
    Parameter("until", "Inspected on or before this date"),
    Parameter("internal", "Whether internal documents are let through", kind="boolean"),
)
PAGING: Final = (
    Parameter("limit", "How many to list", kind="integer", least=1, most=MOST),
    Parameter("offset", "How many to leave out first", kind="integer", least=0, most=FARTHEST),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list gives: its rows from the offset on, their number, and what belongs to all."""

    rows: Iterable[Row]
    total: int
    more: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A list of the API."""

    path: str
    summary: str
    read: Callable[[Arguments, Library], Listed]
    parameters: tuple[Parameter, ...]


class Arguments:
    """The arguments of a request, checked against what the list takes."""

    def __init__(self, asked: Asked, parameters: Iterable[Parameter]) -> None:
        self._asked = asked
        self._known = {each.name: each for each in parameters}
        for name in asked.args:
            if name not in self._known:
                known = ", ".join(self._known)
                raise UsageError(f"no argument {name!r} here; there are: {known}")

    def path(self, name: str) -> str:
        """A part of the address that the route names."""
        return self._asked.path[name]

    def text(self, name: str) -> str:
        """The value of an argument; empty where there is none."""
        value = self._asked.arg(name)
        values = self._known[name].values
        if value and values and value not in values:
            raise UsageError(f"{name} is one of {', '.join(values)}, not {value!r}")
        return value

    def several(self, name: str) -> tuple[str, ...]:
        """All values of an argument."""
        values = self._known[name].values
        for value in (found := self._asked.all(name)):
            if values and value not in values:
                raise UsageError(f"{name} is one of {', '.join(values)}, not {value!r}")
        return found

    def flag(self, name: str) -> bool:
        """Whether an argument is true."""
        value = self._asked.arg(name).lower()
        if value not in {"", "true", "false", "1", "0"}:
            raise UsageError(f"{name} is true or false, not {value!r}")
        return value in {"true", "1"}

    def number(self, name: str, default: int) -> int:
        """An argument as a number within its bounds."""
        value, known = self._asked.arg(name), self._known[name]
        if name not in self._asked.args:
            return default
        least, most = known.least or 0, known.most or 0
        plain = value.isascii() and value.isdigit() and len(value) < 10
        if not plain or not least <= int(value) <= most:
            raise UsageError(f"{name} is a number from {least} to {most}, not {value!r}")
        return int(value)

    def window(self) -> tuple[int, int]:
        """Limit and offset."""
        return self.number("limit", LIMIT), self.number("offset", 0)

    def filters(self) -> Filters:
        """What narrows the answer down."""
        return Filters(
            authority=self.several("authority"),
            region=self.several("region"),
            doc_type=self.several("type"),
            theme=self.several("theme"),
            polarity=self.several("polarity"),
            timing=self.several("timing"),
            extent=self.several("extent"),
            aspect=self.several("aspect"),
            since=self.text("since") or None,
            until=self.text("until") or None,
            internal=self.flag("internal"),
        )

    def question(self) -> Question:
        """The query with what narrows it down."""
        return Question(query=self.text("q"), filters=self.filters(), strict=self.flag("strict"))

    def next_page(self, total: int, count: int) -> str | None:
        """The address of the next page; None where this is the last one."""
        limit, offset = self.window()
        if count < limit or offset + count >= total or offset + limit > FARTHEST:
            return None
        kept = [
            pair for pair in self._asked.args.multi_items() if pair[0] not in {"limit", "offset"}
        ]
        path = self._asked.url.partition("?")[0]
        return address(path, kept, limit=limit, offset=offset + limit)


def _search(given: Arguments, library: Library) -> Listed:
    limit, offset = given.window()
    results = library.search(given.question(), limit=limit, offset=offset)
    more = {
        "read_as": results.read_as,
        "notes": list(results.notes),
        "also_searched": {each.of: list(each.also) for each in results.expansions},
        "with_some_words": results.hits.some,
    }
    return Listed(results.rows(), results.total + results.hits.some, more)


def _facets(given: Arguments, library: Library) -> Listed:
    fields = given.several("field") or tuple(FACETS)
    found = library.facets(given.question(), fields)
    return _windowed(given, found, {"read_as": found.read_as})


def _kwic(given: Arguments, library: Library) -> Listed:
    limit, offset = given.window()
    sort: Any = given.text("order") or "document"
    found = library.kwic(given.question(), sort=sort, limit=offset + limit)
    return Listed(islice(found.rows(), offset, None), found.total, {"read_as": found.read_as})


def _list(name: str) -> Callable[[Arguments, Library], Listed]:
    """A whole list by its name; some take filters."""

    def read(given: Arguments, library: Library) -> Listed:
        limit, offset = given.window()
        filters = given.filters() if name in _LISTS else Filters(internal=False)
        found = library.list(name, limit=offset + limit, filters=filters)
        notes = library.unknown(filters) if name in _LISTS else ()
        return _windowed(given, found, {"notes": list(notes)})

    return read


def _windowed(given: Arguments, found: Any, more: Mapping[str, Any]) -> Listed:
    limit, offset = given.window()
    return Listed(islice(found.rows(), offset, offset + limit), found.total, more)


def _document(stage: str) -> Callable[[Arguments, Library], Listed]:
    """Facts, passages, findings or figures of one document."""

    def read(given: Arguments, library: Library) -> Listed:
        stored = library.show(given.path("doc"))
        refuse_internal(stored.document, "json", internal=given.flag("internal"))
        number = stored.id
        if stage == "facts":
            rows = list(fact_rows(stored, library.reissue(number), library.cited(number)))
        else:
            rows = list(STAGES[stage](stored))
        limit, offset = given.window()
        return Listed(rows[offset : offset + limit], len(rows), {"document": number})

    return read


_LISTS: Final = {
    "documents": "Documents with dates, fields and judgements",
    "passages": "Passages in the order of the text",
    "findings": "Findings: what one sentence says of one theme",
    "judgements": "Judgements: one for each area that a document judges",
    "figures": "Figures: numbers with what they count",
    "recommendations": "What inspectors ask for",
    "changes": "Grades of inspections that follow each other",
    "concern-changes": "Concerns by theme from one inspection to the next",
    "followup": "What became of what inspectors asked for",
    "cycle": "Where authorities stand in the cycle of inspections",
}
_STAGES: Final = {
    "facts": "What is known of a document, and how",
    "passages": "The passages of a document",
    "findings": "The findings of a document",
    "figures": "The figures of a document",
}
_FIELD: Final = Parameter("field", "Only this facet", tuple(FACETS), several=True)
_ORDER: Final = Parameter("order", "By what lines are sorted", KWIC_SORTS)
_INTERNAL: Final = (NARROW[-1],)

ENDPOINTS: Final = (
    Endpoint("/search", "Passages that answer a query", _search, (*QUERY, *NARROW, *PAGING)),
    Endpoint("/facets", "Counts by field", _facets, (*QUERY, *NARROW, _FIELD, *PAGING)),
    Endpoint("/kwic", "Matches in context", _kwic, (*QUERY, *NARROW, _ORDER, *PAGING)),
    *(
        Endpoint(f"/{name}", summary, _list(name), (*NARROW, *PAGING))
        for name, summary in _LISTS.items()
    ),
    Endpoint("/authorities", "Authorities of the register", _list("authorities"), PAGING),
    Endpoint("/themes", "Themes with their definitions", _list("themes"), PAGING),
    *(
        Endpoint(f"/documents/{{doc}}/{name}", summary, _document(name), (*_INTERNAL, *PAGING))
        for name, summary in _STAGES.items()
    ),
)


def _answering(endpoint: Endpoint) -> Callable[[Asked, Library], Answer]:
    def show(asked: Asked, library: Library) -> Answer:
        given = Arguments(asked, endpoint.parameters)
        limit, offset = given.window()
        listed = endpoint.read(given, library)
        items = list(listed.rows)
        body = {
            "total": listed.total,
            "limit": limit,
            "offset": offset,
            "next": given.next_page(listed.total, len(items)),
            **listed.more,
            "items": items,
        }
        return json_response(body, asked)

    return show


def json_response(body: Any, asked: Asked | None = None, status: int = 200) -> Response:
    """A body as JSON, under a tag by which a reader learns that it is still the same."""
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"etag": tag} if status == 200 else {}
    if asked and status == 200 and tag in asked.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(data, status, headers, media_type="application/json")


def error_response(status: int, message: str) -> Response:
    """An error in the one shape that errors have."""
    return json_response({"error": {"status": status, "message": message}}, status=status)


def openapi() -> dict[str, Any]:
    """The description of the API (OpenAPI 3.1)."""
    failing = {"$ref": "#/components/responses/Error"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "textmine",
            "version": __version__,
            "description": "Read-only. Rows are those of `--format json`; docs/reference/columns.md"
            " says what each column is.",
        },
        "servers": [{"url": BASE}],
        "paths": {
            each.path: {
                "get": {
                    "operationId": each.path.strip("/").replace("/{doc}/", "_"),
                    "summary": each.summary,
                    "parameters": [
                        *(
                            [
                                {
                                    "name": "doc",
                                    "in": "path",
                                    "required": True,
                                    "description": "Number, file name or start of the SHA-256",
                                    "schema": {"type": "string", "minLength": 1},
                                }
                            ]
                            if "{doc}" in each.path
                            else []
                        ),
                        *(one.described() for one in each.parameters),
                    ],
                    "responses": {
                        "200": {
                            "description": each.summary,
                            "headers": {"ETag": {"schema": {"type": "string"}}},
                            "content": {
                                "application/json": {
                                    "schema": {"$ref": "#/components/schemas/Page"}
                                }
                            },
                        },
                        "304": {"description": "Still the same"},
                        "400": failing,
                        "404": failing,
                        "503": failing,
                    },
                }
            }
            for each in ENDPOINTS
        },
        "components": _COMPONENTS,
    }


_COMPONENTS: Final[dict[str, Any]] = {
    "schemas": {
        "Page": {
            "type": "object",
            "required": ["total", "limit", "offset", "next", "items"],
            "properties": {
                "total": {"type": "integer", "minimum": 0},
                "limit": {"type": "integer", "minimum": 1},
                "offset": {"type": "integer", "minimum": 0},
                "next": {"type": ["string", "null"]},
                "items": {"type": "array", "items": {"type": "object"}},
            },
        },
        "Error": {
            "type": "object",
            "required": ["error"],
            "properties": {
                "error": {
                    "type": "object",
                    "required": ["status", "message"],
                    "properties": {
                        "status": {"type": "integer"},
                        "message": {"type": "string"},
                    },
                }
            },
        },
    },
    "responses": {
        "Error": {
            "description": "What is wrong, in one line",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
        }
    },
}


def description(asked: Asked, _: Library) -> Answer:
    """The OpenAPI description."""
    return json_response(openapi(), asked)


ROUTES: Final = (
    PageRoute(f"{BASE}/openapi.json", description),
    *(PageRoute(f"{BASE}{each.path}", _answering(each)) for each in ENDPOINTS),
)
