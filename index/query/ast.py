"""The query AST: frozen nodes, and functions over them.

`read_as` writes a tree back as a query that gives the same tree, so that people can see how
theirs was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from ..storage.passage_tags import Tag

_POINT: Final = re.compile(r"([0-9]+)p([0-9]+)")
"""What an analyzer writes for the point of a number."""
FINDING: Final = Tag._fields
"""The fields of a finding that tags hold; others are of a passage, its section or its document."""
OF_FINDING: Final = (*FINDING, "score")
"""All fields of a finding."""


@dataclass(frozen=True, slots=True)
class Text:
    """A word or phrase; the last word may be a prefix."""

    forms: tuple[str, ...]
    stems: tuple[str, ...]
    exact: bool = False
    prefix: bool = False
    quoted: bool = False
    """Whether it stands for itself alone, so that no synonyms are sought."""
    capitals: bool = field(default=False, compare=False)
    """Whether it was typed in capitals, as abbreviations are that are words of English too."""

    @property
    def column(self) -> Literal["stems", "forms"]:
        """The compared column: stems, or forms for exact wording."""
        return "forms" if self.exact or self.prefix else "stems"

    @property
    def terms(self) -> tuple[str, ...]:
        return self.forms if self.column == "forms" else self.stems


@dataclass(frozen=True, slots=True)
class Similar:
    """A fuzzy word: same first letter, few letters changed."""

    form: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Near:
    """Two texts in either order that do not overlap, at most `distance` words between them."""

    left: Text | Similar
    right: Text | Similar
    distance: int


@dataclass(frozen=True, slots=True)
class Has:
    """A field with any of these values, each as it was written."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple[Node, ...]


Leaf: TypeAlias = Text | Similar | Near | Has
Node: TypeAlias = Leaf | Not | And | Or


def join(kind: type[And | Or], nodes: Sequence[Node | None]) -> Node | None:
    """The nodes under one And or Or, flattened; the node itself where there is only one.

    Equal alternatives are one. Words that must all occur stay as typed: "one to one" has other
    names.
    """
    flat: list[Node] = []
    for node in nodes:
        if isinstance(node, kind):
            flat += node.nodes
        elif node is not None:
            flat.append(node)
    if kind is Or:
        flat = list(dict.fromkeys(flat))
    return kind(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def leaves(node: Node) -> Iterator[Leaf]:
    """Every text and field of the tree, from left to right."""
    match node:
        case Not(inner):
            yield from leaves(inner)
        case And(nodes) | Or(nodes):
            for inner in nodes:
                yield from leaves(inner)
        case _:
            yield node


def words(node: Node) -> int:
    """The number of words in the AST."""
    count = 0
    for leaf in leaves(node):
        for text in (leaf.left, leaf.right) if isinstance(leaf, Near) else (leaf,):
            if isinstance(text, Text | Similar):
                count += len(text.forms) if isinstance(text, Text) else 1
    return count


def positive_texts(node: Node) -> Iterator[Text | Near]:
    """The texts that hits are ranked by and shown with: those that are not excluded."""
    match node:
        case Text() | Near():
            yield node
        case And(nodes) | Or(nodes):
            for inner in nodes:
                yield from positive_texts(inner)
        case _:
            return


def finds(node: Node) -> bool:
    """Whether the AST has a positive part."""
    match node:
        case Not():
            return False
        case And(nodes):
            return any(finds(inner) for inner in nodes)
        case Or(nodes):
            return all(finds(inner) for inner in nodes)
        case _:
            return True


def read_as(node: Node) -> str:  # noqa: PLR0911  a line for each kind of node
    """The tree as a query, with every operator and bracket written out."""
    match node:
        case Text(written, _, exact, prefix, quoted):
            forms = [_typed(form) for form in written]
            if prefix:
                return "-".join(forms) + "*"
            plain = " ".join(forms)
            return f'="{plain}"' if exact else f'"{plain}"' if quoted else "-".join(forms)
        case Similar(form, distance):
            return f"{form}~" if distance == 1 else f"{form}~{distance}"
        case Near(left, right, distance):
            return f"{read_as(left)} NEAR/{distance} {read_as(right)}"
        case Has(field, values):
            return " OR ".join(f"{field}:{_quoted(value)}" for value in values)
        case Not(inner):
            return f"NOT {_grouped(inner)}"
        case And(nodes):
            return " AND ".join(_grouped(inner) for inner in nodes)
        case Or(nodes):
            return " OR ".join(_grouped(inner) for inner in nodes)


def _typed(form: str) -> str:
    """A form as it may be typed: 0p5 stands for 0.5, but is a part of other words too."""
    figure = _POINT.fullmatch(form)
    return f"{figure[1]}.{figure[2]}" if figure else form


def _grouped(node: Node) -> str:
    many = isinstance(node, And | Or) or (isinstance(node, Has) and len(node.values) > 1)
    return f"({read_as(node)})" if many else read_as(node)


def _quoted(value: str) -> str:
    return value if re.fullmatch(r'[^\s()"]+', value) else f'"{value}"'
