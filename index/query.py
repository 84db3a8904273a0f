"""The query language: any string is read, or refused in plain words.

    care leavers            both words, in any of their forms
    "personal adviser"      a phrase;  ="personal adviser" in exactly this wording
    exploit*                words that begin so
    -x, NOT x, OR, AND, ( ) NOT binds before AND, AND before OR
    theme:care-leavers      a field; values with spaces in quotes

A query becomes a tree of frozen nodes. `read_as` writes a tree back as a query that gives the
same tree, so that people can see how theirs was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal, TypeAlias

from corpus.errors import UsageError

from .terms import terms

MOST_CHARACTERS: Final = 1_000
MOST_TERMS: Final = 64
DEEPEST: Final = 16

FIELDS: Final = {
    "theme": "what a finding is about",
    "polarity": "strength, concern, mixed or neutral",
    "timing": "current, improved, worsened, planned or past",
    "la": "the authority, by name or key",
    "region": "the authority's region",
    "type": "the document's type",
    "section": "the section, by kind or by words of its heading",
    "voice": "who speaks: inspectorate or authority",
    "visibility": "public or internal",
    "year": "the year of the inspection's start, else of the document's date",
}
"""The fields of a query, each with what its value is."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand side by side: one word, or a phrase. The last may be a beginning only."""

    forms: tuple[str, ...]
    stems: tuple[str, ...]
    exact: bool = False
    prefix: bool = False

    @property
    def column(self) -> Literal["stems", "forms"]:
        """What is compared: stems, or forms where the wording counts."""
        return "forms" if self.exact or self.prefix else "stems"

    @property
    def terms(self) -> tuple[str, ...]:
        return self.forms if self.column == "forms" else self.stems


@dataclass(frozen=True, slots=True)
class Has:
    """A field with any of these values."""

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


Node: TypeAlias = Text | Has | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood. `node` is None for an empty one."""

    node: Node | None
    notes: tuple[str, ...] = ()
    """What the reader should know: a quotation closed, a field unknown."""

    @property
    def read_as(self) -> str:
        return read_as(self.node) if self.node else ""


def parse(text: str) -> Query:
    """Read a query. Raises UsageError where nothing sensible can be made of it."""
    if len(text) > MOST_CHARACTERS:
        raise UsageError(f"the query is longer than {MOST_CHARACTERS:,} characters; shorten it")
    notes: list[str] = []
    tokens = list(_lex(text, notes))
    node = _Parser(tokens, notes).query()
    if node is None:  # nothing but operators: then they are words
        node = _joined(And, [_text(t.text, notes) for t in tokens if t.kind in {"and", "or"}])
    if node is None and text.strip():
        raise UsageError("nothing to search for: the query has no letters or digits")
    if node and sum(len(t.terms) for t in leaves(node) if isinstance(t, Text)) > MOST_TERMS:
        raise UsageError(f"the query has more than {MOST_TERMS} words; shorten it")
    return Query(node, tuple(dict.fromkeys(notes)))


def leaves(node: Node) -> Iterator[Text | Has]:
    """Every text and field of the tree, from left to right."""
    match node:
        case Text() | Has():
            yield node
        case Not(inner):
            yield from leaves(inner)
        case And(nodes) | Or(nodes):
            for inner in nodes:
                yield from leaves(inner)


def wanted(node: Node) -> Iterator[Text]:
    """The texts that hits are ranked by and shown with: those that are not excluded."""
    match node:
        case Text():
            yield node
        case And(nodes) | Or(nodes):
            for inner in nodes:
                yield from wanted(inner)
        case _:
            return


def finds(node: Node) -> bool:
    """Whether the tree says what to find, not only what to leave out."""
    match node:
        case Not():
            return False
        case And(nodes):
            return any(finds(inner) for inner in nodes)
        case Or(nodes):
            return all(finds(inner) for inner in nodes)
        case _:
            return True


def read_as(node: Node) -> str:
    """The tree as a query, with every operator and bracket written out."""
    match node:
        case Text(forms, _, exact, prefix):
            words = " ".join(forms)
            if prefix:
                return "-".join(forms) + "*"
            return f'="{words}"' if exact else f'"{words}"' if len(forms) > 1 else words
        case Has(field, values):
            return " OR ".join(f"{field}:{_quoted(value)}" for value in values)
        case Not(inner):
            return f"NOT {_grouped(inner)}"
        case And(nodes):
            return " AND ".join(_grouped(inner) for inner in nodes)
        case Or(nodes):
            return " OR ".join(_grouped(inner) for inner in nodes)


def _grouped(node: Node) -> str:
    many = isinstance(node, And | Or) or (isinstance(node, Has) and len(node.values) > 1)
    return f"({read_as(node)})" if many else read_as(node)


def _quoted(value: str) -> str:
    return value if re.fullmatch(r'[^\s()"]+', value) else f'"{value}"'


# ---------------------------------------------------------------- lexer

_QUOTES: Final = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-")
    | {"\uff08": "(", "\uff09": ")", "\uff1a": ":"}
)
_TOKEN: Final = re.compile(
    r"""\s+
    | (?P<open>\()
    | (?P<close>\))
    | (?<![^\s(])(?P<minus>-)(?=[^\s)-])
    | (?P<exact>=?)"(?P<phrase>[^"]*)(?:"|$)
    | (?P<field>[^\W\d_]\w*):(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<bare>[^\s()"]+))
    | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
_OPERATORS: Final = {"AND": "and", "OR": "or", "NOT": "not"}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """open, close, and, or, not; or leaf, for words and fields."""
    text: str = ""
    node: Node | None = None


def _lex(text: str, notes: list[str]) -> Iterator[_Token]:
    plain = text.translate(_QUOTES)
    if plain.count('"') % 2:
        notes.append("a quotation was not closed; it was read up to the end of the query")
    for match in _TOKEN.finditer(plain):
        if match["open"] or match["close"]:
            yield _Token("open" if match["open"] else "close")
        elif match["minus"]:
            yield _Token("not", "-")
        elif match["phrase"] is not None:
            yield _Token("leaf", node=_text(match["phrase"], notes, exact=bool(match["exact"])))
        elif match["field"]:
            yield _Token("leaf", node=_field(match, notes))
        elif word := match["word"]:
            if kind := _OPERATORS.get(word):
                yield _Token(kind, word)
            else:
                yield _Token("leaf", node=_word(word, notes))


def _text(text: str, notes: list[str], *, exact: bool = False, prefix: bool = False) -> Text | None:
    found = terms(text)
    if not found:
        if text.strip():
            notes.append(f"{text.strip()!r} has no letters or digits and was left out")
        return None
    forms, stems = tuple(t.form for t in found), tuple(t.stem for t in found)
    return Text(forms, stems, exact, prefix)


def _word(word: str, notes: list[str]) -> Text | None:
    name = word.rstrip(":")
    if name != word and name.lower() in FIELDS:
        notes.append(f"{name}: has no value behind it and was read as a word")
    bare = word.rstrip("*")
    if "*" in bare:
        notes.append("a * stands only at the end of a word; elsewhere it was left out")
    return _text(bare.removeprefix("="), notes, exact=word.startswith("="), prefix=bare != word)


def _field(match: re.Match[str], notes: list[str]) -> Node | None:
    name = match["field"]
    value = match["bare"] if match["quoted"] is None else match["quoted"]
    if name.lower() in FIELDS:
        if value.strip():
            return Has(name.lower(), (value.strip(),))
        notes.append(f"{name}: has no value behind it and was read as a word")
    else:
        close = get_close_matches(name.lower(), FIELDS, n=1)
        hint = f"did you mean {close[0]}:?" if close else f"there are {', '.join(FIELDS)}"
        notes.append(f"there is no field {name}: and it was read as words ({hint})")
    rest = _text(value, notes) if match["bare"] is None else _word(value, notes)
    return _joined(And, [_text(name, notes), rest])


# ---------------------------------------------------------------- parser


class _Parser:
    """Recursive descent. What lacks an operand or a bracket is mended and noted."""

    def __init__(self, tokens: Sequence[_Token], notes: list[str]) -> None:
        self._tokens = tokens
        self._notes = notes
        self._place = 0
        self._depth = 0

    def query(self) -> Node | None:
        found = []
        while self._place < len(self._tokens):
            found.append(self._either())
            if self._kind() == "close":
                self._notes.append("a ) had no ( before it and was left out")
                self._place += 1
        return _joined(And, found)

    def _kind(self) -> str:
        return self._tokens[self._place].kind if self._place < len(self._tokens) else "end"

    def _either(self) -> Node | None:
        found = [self._all()]
        while self._kind() == "or":
            self._place += 1
            found.append(self._all())
        if len(found) > 1 and None in found:
            self._notes.append("an OR had nothing on one side and was left out")
        return _joined(Or, found)

    def _all(self) -> Node | None:
        found: list[Node | None] = []
        while (kind := self._kind()) not in {"or", "close", "end"}:
            if kind == "and":
                self._place += 1
                if not found or self._kind() in {"and", "or", "close", "end"}:
                    self._notes.append("an AND had nothing on one side and was left out")
            else:
                found.append(self._one())
        return _joined(And, found)

    def _one(self) -> Node | None:
        negated = False
        while self._kind() == "not":
            negated = not negated
            self._place += 1
            if self._kind() not in {"not", "leaf", "open"}:
                raise UsageError("NOT needs something to leave out, as in: care NOT leavers")
        token = self._tokens[self._place]
        self._place += 1
        node = self._group() if token.kind == "open" else token.node
        return Not(node) if negated and node else node

    def _group(self) -> Node | None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UsageError(f"the query has brackets more than {DEEPEST} deep; simplify it")
        node = self._either()
        self._depth -= 1
        if self._kind() == "close":
            self._place += 1
        else:
            self._notes.append("a bracket was not closed; it was closed at the end of the query")
        return node


def _joined(kind: type[And | Or], nodes: Sequence[Node | None]) -> Node | None:
    """The nodes under one And or Or, flattened; the node itself where there is only one."""
    flat: list[Node] = []
    for node in nodes:
        if isinstance(node, kind):
            flat += node.nodes
        elif node is not None:
            flat.append(node)
    return kind(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None
