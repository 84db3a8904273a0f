"""The SQL compiler: an AST into one condition on a passage `p`, every value bound.

Text becomes the set of passages that the engine matches, fields become indexed conditions,
and AND, OR, NOT join them: one algebra over text, documents and findings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from corpus.errors import UsageError

from ..annotations import passage_collections
from ..engines.base import Engine
from ..engines.matching import may_overlap
from ..engines.near_function import NEARBY, spec
from ..query.ast import FINDING, OF_FINDING, And, Has, Near, Node, Not, Or, Similar, Text
from ..query.field_values import meanings
from ..query.fields import FIELDS
from ..storage import passage_tags
from ..storage.database import Database, Value
from .conditions import documents, flagged, numbered, scored, sections

_MOST_FINDINGS: Final = 64


@dataclass(slots=True)
class Compiler:
    """The compiler of one query; collects bound values in order, and notes.

    The tree must have been expanded. Where few passages are asked, as texts were found in them
    before, what they say of findings is read off their own rows.
    """

    db: Database
    engine: Engine
    few: bool = False
    values: list[Value] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def condition(self, node: Node) -> str:  # noqa: PLR0911  a line for each kind of node
        """The condition that `p` meets the tree."""
        if (expression := self.engine.expression(node)) is not None:
            self.values.append(expression)
            table = self.engine.table
            return f"p.id IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)"
        match node:
            case Text() | Similar():
                assert isinstance(node, Text), "expand first"
                return self._matching(node)
            case Near(left, right, _) if may_overlap(node):
                both = f"{self.condition(left)} AND {self.condition(right)}"
                self.values.append(spec(node))
                return (
                    f"({both} AND (SELECT {NEARBY}(text, ?) FROM passage_text"
                    " WHERE passage = p.id))"
                )
            case Near():
                return self._matching(node)
            case Has():
                return self._has(node)
            case Not(inner):
                return f"NOT ({self.condition(inner)})"
            case And(nodes):
                return self._all(nodes)
            case Or(nodes):
                return "(" + " OR ".join(self.condition(inner) for inner in nodes) + ")"

    def _matching(self, text: Text | Near) -> str:
        sql, values = self.engine.matching(text)
        self.values += values
        return f"p.id IN ({sql})"

    def _all(self, nodes: Sequence[Node]) -> str:
        """Theme, polarity, timing and about side by side are asked of the same finding."""
        about = [node for node in nodes if of_finding(node)]
        texts = [node for node in nodes if self.engine.expression(node) is not None]
        rest = [node for node in nodes if node not in about and node not in texts]
        parts = [self._with_finding(one) for one in combinations(about)] if about else []
        # The texts in one go: an engine reads only what all of them have.
        parts += [self.condition(And(tuple(texts)))] if texts else []
        parts += [self.condition(node) for node in rest]
        return "(" + " AND ".join(parts) + ")"

    def documents(self, node: Has) -> str:
        """The statement that selects the documents with a field's value."""
        names = self._meanings(node) if FIELDS[node.field].kind == "name" else ()
        sql, values = documents(node, names)
        self.values += values
        return sql

    def collected(self, node: Has) -> str:
        """The statement that selects the passages of collections, by row number."""
        found = passage_collections.passage_ids(self.db, self._meanings(node))
        self.values.append(json.dumps(found))
        return "SELECT value FROM json_each(?)"

    def finding(self, nodes: Sequence[Node]) -> str:
        """The condition that a row of `finding` meets all of the nodes."""
        return " AND ".join(self._row(node) for node in nodes) or "1"

    def _has(self, node: Has) -> str:
        if node.field in OF_FINDING:
            return self._with_finding((node,))
        if node.field == "voice":
            return f"p.voice IN ({self._bind(self._meanings(node))})"
        if node.field == "in":
            return f"p.id IN ({self.collected(node)})"
        if node.field in {"section", "para", "is"}:
            make = {"section": sections, "para": numbered, "is": flagged}[node.field]
            sql, values = make(self.db, node.values)
            self.values += values
            return sql
        return f"p.document IN ({self.documents(node)})"

    def _with_finding(self, nodes: Sequence[Node]) -> str:
        if self.few and (begins := _first_of_tag(nodes)):
            before = " " if begins[0].field == FINDING[0] else "/"
            columns = [
                [passage_tags.value_code(has.field, value) for value in self._meanings(has)]
                for has in begins
            ]
            tags = [f"{before}{'/'.join(values)}/" for values in product(*columns)]
            self.values += tags
            either = " OR ".join(["instr(' ' || p.tags, ?)"] * len(tags))
            return f"({either or '0'})"
        found = f"p.id IN (SELECT passage FROM finding_now WHERE {self.finding(nodes)})"
        match tuple(nodes):
            case (Has("about") as alone,):  # then it may also be said of the whole passage
                whole = self._bind(self._meanings(alone))
                return f"({found} OR coalesce(p.about, '') IN ({whole}))"
        return found

    def _row(self, node: Node) -> str:
        if isinstance(node, Has) and node.field == "score":
            sql, values = scored(node.values)
            self.values += values
            return sql
        if isinstance(node, Has):
            return f"{node.field} IN ({self._bind(self._meanings(node))})"
        assert isinstance(node, Or)
        return "(" + " OR ".join(self._row(inner) for inner in node.nodes) + ")"

    def _meanings(self, node: Has) -> Sequence[str]:
        """The values as the library writes them."""
        values, notes = meanings(self.db, node.field, node.values)
        self.notes += notes
        return values

    def _bind(self, values: Sequence[str]) -> str:
        self.values += values
        return ", ".join("?" * len(values))


def _first_of_tag(nodes: Sequence[Node]) -> Sequence[Has]:
    """The nodes in their order, where they ask for the first of what tags say, or a polarity."""
    fields_of = (node for node in nodes if isinstance(node, Has))
    found = sorted(fields_of, key=lambda has: OF_FINDING.index(has.field))
    fields = tuple(has.field for has in found)
    known = len(found) == len(nodes) and fields in {FINDING[: len(fields)], ("polarity",)}
    return found if known else ()


def of_finding(node: Node) -> bool:
    """Whether the node is a condition on one finding: a field, or alternatives of fields."""
    if isinstance(node, Or):
        return all(isinstance(n, Has) and n.field in OF_FINDING for n in node.nodes)
    return isinstance(node, Has) and node.field in OF_FINDING


def combinations(nodes: Sequence[Node]) -> list[tuple[Node, ...]]:
    """The combinations of conditions on findings.

    `theme:a theme:b polarity:concern` asks for one of each theme, both of them concerns.
    """
    groups: dict[object, list[Node]] = {}
    for node in dict.fromkeys(nodes):
        groups.setdefault(node.field if isinstance(node, Has) else node, []).append(node)
    found = list(product(*groups.values()))
    if len(found) > _MOST_FINDINGS:
        raise UsageError("the query has too many conditions on findings; use fewer themes")
    return found
