"""A query's tree into SQL: one condition on a passage `p`, every value bound.

Text becomes the set of passages that the engine matches, fields become indexed conditions,
and AND, OR, NOT join them: one algebra over text, documents and findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from corpus.errors import UsageError

from .database import Database, Value
from .engines.base import Engine
from .names import meanings
from .query import And, Has, Node, Not, Or, Text
from .terms import fold

FINDING: Final = ("theme", "polarity", "timing")
"""The fields of a finding; the others are of its document or section."""

_MOST_FINDINGS: Final = 64

_DOCUMENT: Final = {
    "la": "SELECT id FROM document WHERE whose IN ({})",
    "region": "SELECT d.id FROM document d JOIN authority a ON a.key = d.authority"
    " WHERE a.region IN ({})",
    "type": "SELECT id FROM document WHERE doc_type IN ({})",
    "voice": "SELECT id FROM document WHERE voice IN ({})",
    "visibility": "SELECT id FROM document WHERE visibility IN ({})",
    "year": "SELECT id FROM document WHERE substr(date, 1, 4) IN ({})",
}
PUBLIC: Final = "{} NOT IN (SELECT id FROM document WHERE visibility = 'internal')"
"""The condition that the document of that number is not internal."""

_DATES: Final = {
    # A shorter date is all of its month or year.
    "since": "SELECT id FROM document WHERE date >= ?",
    "until": "SELECT id FROM document WHERE substr(date, 1, length(?)) <= ?",
}


@dataclass(slots=True)
class Compiler:
    """Compiles one query; collects the values in the order of their marks, and notes."""

    db: Database
    engine: Engine
    values: list[Value] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def condition(self, node: Node) -> str:
        """The condition that `p` meets the tree."""
        match node:
            case Text():
                sql, values = self.engine.matching(node)
                self.values += values
                return f"p.id IN ({sql})"
            case Has():
                return self._has(node)
            case Not(inner):
                return f"NOT ({self.condition(inner)})"
            case And(nodes):
                return self._all(nodes)
            case Or(nodes):
                return "(" + " OR ".join(self.condition(inner) for inner in nodes) + ")"

    def _all(self, nodes: Sequence[Node]) -> str:
        """Theme, polarity and timing side by side are asked of the same finding."""
        about = [node for node in nodes if _is_finding(node)]
        rest = [node for node in nodes if node not in about]
        parts = [self._with_finding(one) for one in _combinations(about)] if about else []
        parts += [self.condition(node) for node in rest]
        return "(" + " AND ".join(parts) + ")"

    def documents(self, node: Has) -> str:
        """The statement that selects the documents with a field's value."""
        if sql := _DATES.get(node.field):
            self.values += node.values * sql.count("?")
            return sql
        return _DOCUMENT[node.field].format(self._bind(self._meanings(node)))

    def finding(self, nodes: Sequence[Node]) -> str:
        """The condition that a row of `finding` meets all of the nodes."""
        return " AND ".join(self._row(node) for node in nodes) or "1"

    def _has(self, node: Has) -> str:
        if node.field in FINDING:
            return self._with_finding((node,))
        if node.field == "section":
            return self._section(node.values)
        return f"p.document IN ({self.documents(node)})"

    def _with_finding(self, nodes: Sequence[Node]) -> str:
        return f"p.id IN (SELECT passage FROM finding WHERE {self.finding(nodes)})"

    def _row(self, node: Node) -> str:
        if isinstance(node, Has):
            return f"{node.field} IN ({self._bind(self._meanings(node))})"
        assert isinstance(node, Or)
        return "(" + " OR ".join(self._row(inner) for inner in node.nodes) + ")"

    def _meanings(self, node: Has) -> Sequence[str]:
        """The values as the library writes them."""
        if node.field == "year":
            return node.values
        values, notes = meanings(self.db, node.field, node.values)
        self.notes += notes
        return values

    def _section(self, values: Sequence[str]) -> str:
        parts = []
        for value in values:
            words = fold(value.replace("_", " "))
            parts.append("kind = ? OR instr(' ' || terms || ' ', ?)")
            self.values += ["_".join(words.split()), f" {words} "]
        return (
            "(p.document, p.section) IN"
            f" (SELECT document, position FROM section WHERE {' OR '.join(parts)})"
        )

    def _bind(self, values: Sequence[str]) -> str:
        self.values += values
        return ", ".join("?" * len(values))


def _is_finding(node: Node) -> bool:
    """Whether the node says something of one finding: a field of it, or a choice of them."""
    if isinstance(node, Or):
        return all(isinstance(n, Has) and n.field in FINDING for n in node.nodes)
    return isinstance(node, Has) and node.field in FINDING


def _combinations(nodes: Sequence[Node]) -> list[tuple[Node, ...]]:
    """The findings asked for.

    `theme:a theme:b polarity:concern` asks for one of each theme, both of them concerns.
    """
    groups: dict[object, list[Node]] = {}
    for node in dict.fromkeys(nodes):
        groups.setdefault(node.field if isinstance(node, Has) else node, []).append(node)
    found = list(product(*groups.values()))
    if len(found) > _MOST_FINDINGS:
        raise UsageError("too many findings are asked for at once; ask for fewer themes")
    return found
