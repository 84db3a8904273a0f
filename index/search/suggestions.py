"""Suggestions for queries without hits: one part left out, or other words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from ..query.ast import And, Has, Node, Text, finds, join, leaves, read_as
from ..query.authority_register import of_library
from ..query.expansion import edits
from ..query.field_values import known_values
from ..storage.database import Database
from ..text.analyzer import fold, terms
from .prepared import PreparedQuery, count_visible, is_public

_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Another query, and how many passages it finds."""

    query: str
    passages: int


def suggest(db: Database, asked: PreparedQuery) -> tuple[Suggestion, ...]:
    """Alternatives to a query without hits: mended, with a name as a field, without a word.

    Of the last those come first that leave out the commonest word and keep the rare ones.
    """
    node = asked.node
    if node is None:
        return ()
    found = [*_respelt(db, asked, node), *_named(db, asked, node), *_without(db, asked, node)]
    return tuple({each.query: each for each in found}.values())[:_MOST]


def _without(db: Database, asked: PreparedQuery, node: Node) -> Iterator[Suggestion]:
    """The query less one of its parts, the commonest first."""
    if not isinstance(node, And):
        return
    parts = sorted(node.nodes, key=lambda part: -_count(db, asked, part))
    for left_out in (part for part in parts if finds(part)):
        rest = tuple(part for part in node.nodes if part is not left_out)
        smaller = rest[0] if len(rest) == 1 else And(rest)
        if finds(smaller):
            yield from _with_count(db, asked, smaller)


def _named(db: Database, asked: PreparedQuery, node: Node) -> Iterator[Suggestion]:
    """The query with a word that is spelt like the name of an authority or a theme as that field.

    The name of an authority counts as it is; of a theme only where the word occurs nowhere.
    """
    named = {
        "la": {
            fold(name): each.key for each in of_library(db) for name in (*each.aliases, each.name)
        },
        "theme": {fold(name): name for name in known_values(db, "theme")},
    }
    for leaf in leaves(node):
        if not isinstance(leaf, Text) or leaf.prefix:
            continue
        word = " ".join(leaf.forms)
        for field, names in named.items():
            near = [word] if word in names else get_close_matches(word, names, n=1, cutoff=0.8)
            if near and (near[0] == word or not _count(db, asked, leaf)):
                yield from _with_count(
                    db, asked, _replace(node, leaf, Has(field, (names[near[0]],)))
                )


def _respelt(db: Database, asked: PreparedQuery, node: Node) -> Iterator[Suggestion]:
    """The query with the words that occur nowhere changed for such as are spelt like them.

    A word that nothing is spelt like is left out.
    """
    mended: Node | None = node
    for leaf in leaves(node):
        alone = isinstance(leaf, Text) and len(leaf.forms) == 1 and not leaf.prefix
        if not alone or not isinstance(leaf, Text) or _count(db, asked, leaf):
            continue
        (form,) = leaf.forms
        near = [
            (distance, other)
            for other in asked.engine.vocabulary(db, form[0])
            if (distance := edits(form, other, 2))
            and (asked.internal or is_public(db, asked.engine, other))
        ]
        other = min(near)[1] if near else None
        word = terms(other)[0] if other else None
        mended = _replace(mended, leaf, Text((word.form,), (word.stem,)) if word else None)
    if mended is not None and mended != node and finds(mended):
        yield from _with_count(db, asked, mended)


def _replace(node: Node | None, old: Node, new: Node | None) -> Node | None:
    if node == old:
        return new
    if isinstance(node, And):
        return join(And, [_replace(inner, old, new) for inner in node.nodes])
    return node


def _with_count(db: Database, asked: PreparedQuery, node: Node | None) -> Iterator[Suggestion]:
    if node and (count := _count(db, asked, node)):
        yield Suggestion(query=read_as(node), passages=count)


def _count(db: Database, asked: PreparedQuery, node: Node) -> int:
    if any(not isinstance(leaf, Text | Has) for leaf in leaves(node)):
        return 0
    return count_visible(db, asked, node)
