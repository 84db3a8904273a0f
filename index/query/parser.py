"""The parser: any string into an AST, or refused with a reason.

care leavers            both words, in any of their forms; +leavers  the word whatever the rest
"personal adviser"      a phrase;  ="personal adviser" in exactly this wording
exploit*  adviser~      words that begin so; words that are spelt like it
children NEAR/8 seen    at most eight words between
-x, NOT x, OR, AND, ( ) NOT binds before AND, AND before OR
theme:care-leavers      a field; values with spaces in quotes
sort:date group:la      how the answer is ordered
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, cast

from corpus.errors import UsageError

from .ast import And, Near, Node, Not, Or, Similar, Text, finds, join, read_as, words
from .lexer import Token, lex, text_node

MOST_CHARACTERS: Final = 1_000
MOST_TERMS: Final = 64
DEEPEST: Final = 16

Sort: TypeAlias = Literal["relevance", "date", "la"]


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; `node` is None for an empty one."""

    node: Node | None
    notes: tuple[str, ...] = ()
    """What the reader should know: a quotation closed, a field unknown."""
    sort: Sort | None = None
    group: Literal["la"] | None = None
    loose: tuple[str, ...] = ()
    """The plain words as typed, of a query without operators; none where it has operators."""
    firm: Node | None = None
    """What such a query asks for besides: quotations, fields, words with a + before them."""

    @property
    def read_as(self) -> str:
        return to_text(self.node, self.sort, self.group)


def to_text(node: Node | None, sort: str | None, group: str | None) -> str:
    """A tree and the order of its answer as a query."""
    parts = [read_as(node)] if node else []
    parts += [f"sort:{sort}"] if sort else []
    parts += [f"group:{group}"] if group else []
    return " ".join(parts)


def parse(text: str) -> Query:
    """Parse a query; raises UsageError if it makes no sense."""
    if len(text) > MOST_CHARACTERS:
        raise UsageError(f"the query is longer than {MOST_CHARACTERS:,} characters; shorten it")
    notes: list[str] = []
    tokens, sort, group = _directives(list(lex(text, notes)), notes)
    node = _Parser(tokens, notes).query()
    operators = [token for token in tokens if token.kind in {"and", "or", "near"}]
    if node is None and operators:  # nothing but operators: then they are words
        node = join(And, [text_node(token.text, notes) for token in operators])
    if node is None and text.strip() and (tokens or not (sort or group)):
        raise UsageError("nothing to search for: the query has no letters or digits")
    if node and words(node) > MOST_TERMS:
        raise UsageError(f"the query has more than {MOST_TERMS} words; shorten it")
    loose = () if any(token.kind != "leaf" for token in tokens) else tokens
    return Query(
        node,
        tuple(dict.fromkeys(notes)),
        sort,
        group,
        tuple(token.text for token in loose if token.loose and token.node),
        join(And, [token.node for token in loose if not token.loose]),
    )


def require_something(node: Node | None) -> None:
    """Raise UsageError for a query that only excludes."""
    if node and not finds(node):
        raise UsageError(
            "the query only says what to leave out; add what to find, as in: care -leavers"
        )


def _directives(
    tokens: Sequence[Token], notes: list[str]
) -> tuple[list[Token], Sort | None, Literal["la"] | None]:
    """The tokens without those that order the answer, of which the last of each kind counts."""
    chosen: dict[str, str] = {}
    rest: list[Token] = []
    for token in tokens:
        if token.kind not in {"sort", "group"}:
            rest.append(token)
            continue
        if rest and rest[-1].kind == "not":
            rest.pop()
            notes.append(f"{token.kind}: applies to the whole answer and cannot be negated")
        if token.text:
            if token.kind in chosen and chosen[token.kind] != token.text:
                notes.append(f"{token.kind}: was given more than once; the last one counts")
            chosen[token.kind] = token.text
    return (
        rest,
        cast("Sort | None", chosen.get("sort")),
        cast('Literal["la"] | None', chosen.get("group")),
    )


class _Parser:
    """Recursive descent. What lacks an operand or a bracket is mended and noted."""

    def __init__(self, tokens: Sequence[Token], notes: list[str]) -> None:
        self._tokens = tokens
        self._notes = notes
        self._place = 0
        self._depth = 0

    def query(self) -> Node | None:
        found = []
        while self._place < len(self._tokens):
            found.append(self._either())
            if self._kind() == "close":
                self._notes.append("a ) without a ( was ignored")
                self._place += 1
        return join(And, found)

    def _kind(self) -> str:
        return self._tokens[self._place].kind if self._place < len(self._tokens) else "end"

    def _either(self) -> Node | None:
        found = [self._all()]
        while self._kind() == "or":
            self._place += 1
            found.append(self._all())
        if len(found) > 1 and None in found:
            self._notes.append("an OR with nothing on one side was ignored")
        return join(Or, found)

    def _all(self) -> Node | None:
        found: list[Node | None] = []
        while (kind := self._kind()) not in {"or", "close", "end"}:
            if kind in {"and", "near"}:
                self._place += 1
                # A NEAR with something before it was taken by `_chain`.
                if not found or kind == "near" or self._kind() in {"and", "or", "close", "end"}:
                    self._notes.append(f"{kind.upper()} with nothing on one side was ignored")
            else:
                found.append(self._one())
        return join(And, found)

    def _one(self) -> Node | None:
        negated = False
        while self._kind() == "not":
            negated = not negated
            self._place += 1
            if self._kind() not in {"not", "leaf", "open"}:
                raise UsageError("NOT needs something to leave out, as in: care NOT leavers")
        node = self._chain()
        if negated and isinstance(node, Not):
            return node.node
        return Not(node) if negated and node else node

    def _chain(self) -> Node | None:
        """One operand, or several with NEAR between: `a NEAR b NEAR c` is both pairs."""
        operands, pairs = [self._operand()], []
        while self._kind() == "near":
            token = self._tokens[self._place]
            following = self._place + 1
            if following >= len(self._tokens) or self._tokens[following].kind not in {
                "leaf",
                "open",
            }:
                break
            self._place = following
            operands.append(self._operand())
            pairs.append(self._near(operands[-2], operands[-1], token.number))
        return join(And, pairs) if pairs else operands[0]

    def _near(self, left: Node | None, right: Node | None, distance: int) -> Node | None:
        """The pair, or each of the pairs where a side is a choice of texts."""
        if left is None or right is None:
            self._notes.append("NEAR with nothing on one side was ignored")
            return join(And, [left, right])
        lefts, rights = _texts(left), _texts(right)
        if not lefts or not rights:
            self._notes.append("NEAR only works between words or phrases; it was read as AND")
            return join(And, [left, right])
        return join(Or, [Near(one, other, distance) for one in lefts for other in rights])

    def _operand(self) -> Node | None:
        token = self._tokens[self._place]
        self._place += 1
        return self._group() if token.kind == "open" else token.node

    def _group(self) -> Node | None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UsageError(f"the query has more than {DEEPEST} levels of brackets; simplify it")
        node = self._either()
        self._depth -= 1
        if self._kind() == "close":
            self._place += 1
        else:
            self._notes.append("a bracket was not closed; it was read to the end of the query")
        return node


def _texts(node: Node) -> list[Text | Similar]:
    """The texts of which the node is a choice; none where it is something else."""
    nodes = node.nodes if isinstance(node, Or) else (node,)
    found = [inner for inner in nodes if isinstance(inner, Text | Similar)]
    return found if len(found) == len(nodes) else []
