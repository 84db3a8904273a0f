"""The lexer: a query's characters into tokens. No string fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal, TypeAlias

from ..text.analyzer import terms
from .ast import And, Has, Node, Similar, Text, join
from .fields import canonical, complaint, iso_value, near_miss

Kind: TypeAlias = Literal["open", "close", "and", "or", "not", "near", "leaf", "sort", "group"]

FURTHEST: Final = 100
"""Words that may stand between two that are NEAR."""
_NEAR: Final = 10
_DIRECTIVES: Final[dict[str, tuple[str, ...]]] = {
    "sort": ("relevance", "date", "la"),
    "group": ("la",),
}
_PLAIN: Final = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-")
    | {"\uff08": "(", "\uff09": ")", "\uff1a": ":", "\uff0a": "*", "\uff1d": "=", "\u223c": "~"}
    | {"\u2264": "<=", "\u2265": ">=", "\u2026": ".."}
)
_DOUBLED: Final = re.compile(r'(?<![^\s(=:])"{2,}(?=[^\s")])|(?<=[^\s"(=:])"{2,}(?![^\s)])')
"""Quotation marks that were typed or pasted twice."""
_TOKEN: Final = re.compile(
    r"""\s+
    | (?P<open>\()
    | (?P<close>\))
    | (?<![^\s(])(?P<minus>-)(?=[^\s)-])
    | (?P<exact>=?)"(?P<phrase>[^"]*)(?:"|$)
    | (?P<field>[^\W\d_][\w-]*(?:\.[^\W\d_][\w-]*)?)
      :(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<bare>[^\s()"]+))
    | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
_OPERATORS: Final[dict[str, Kind]] = {"AND": "and", "OR": "or", "NOT": "not"}
_NEAR_WORD: Final = re.compile(r"(?:NEAR(?:/([0-9]+))?|[wW]/([0-9]+))")
_SIMILAR: Final = re.compile(r"([^~]+)~([0-9]?)")


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is what was typed, or a directive's value; `number` is NEAR's distance."""

    kind: Kind
    text: str = ""
    node: Node | None = None
    number: int = 0
    loose: bool = False
    """Whether it is a word with nothing about it that asks for it strictly."""


def lex(text: str, notes: list[str]) -> Iterator[Token]:
    """The tokens; what had to be mended is noted. A leaf's node is None where it has no words."""
    plain = _DOUBLED.sub('"', text.translate(_PLAIN))
    if plain.count('"') % 2:
        notes.append("a quotation mark was not closed; the phrase was read to the end of the query")
    for match in _TOKEN.finditer(plain):
        kind = match.lastgroup
        if kind == "word":
            yield _word(match[0], notes)
        elif kind == "open":
            yield Token("open")
        elif kind == "close":
            yield Token("close")
        elif kind == "minus":
            yield Token("not", "-")
        elif kind == "phrase":
            yield Token("leaf", node=_phrase(match["phrase"], notes, exact=bool(match["exact"])))
        elif kind:
            yield _field(match, notes)


def text_node(
    text: str, notes: list[str], *, exact: bool = False, prefix: bool = False, quoted: bool = False
) -> Text | None:
    """The words of a text; None, with a note, where it has none."""
    found = terms(text)
    if not found:
        if text.strip():
            notes.append(f"{text.strip()!r} has no letters or digits and was ignored")
        return None
    forms, stems = tuple(t.form for t in found), tuple(t.stem for t in found)
    exact = exact and not prefix
    capitals = text.isupper() or (text[:-1].isupper() and text[-1] == "s")
    return Text(forms, stems, exact, prefix, not prefix and (quoted or exact), capitals)


def _phrase(text: str, notes: list[str], *, exact: bool) -> Text | None:
    return text_node(text, notes, exact=exact, prefix=text.endswith("*"), quoted=True)


def _word(word: str, notes: list[str]) -> Token:
    if word.isalpha() and word.islower():  # operators have capitals
        return Token("leaf", word, text_node(word, notes), loose=True)
    if kind := _OPERATORS.get(word):
        return Token(kind, word)
    if match := _NEAR_WORD.fullmatch(word):
        number = match[1] or match[2]
        # So long a number that it is no number of words is cut before it is read.
        distance = int(number[:6]) if number else _NEAR
        if distance > FURTHEST:
            notes.append(f"NEAR reaches {FURTHEST} words at most")
        return Token("near", word, number=min(distance, FURTHEST))
    node = _leaf(word, notes)
    loose = isinstance(node, Text) and not (node.quoted or node.prefix or word.startswith("+"))
    return Token("leaf", word, node, loose=loose)


def _leaf(word: str, notes: list[str]) -> Text | Similar | None:
    name = word.rstrip(":")
    if name != word and canonical(name):
        notes.append(f"{name}: has no value and was read as a word")
    if (match := _SIMILAR.fullmatch(word)) and (node := text_node(match[1], notes)):
        if len(node.forms) == 1:
            distance = int(match[2] or 1)
            if distance > 2:
                notes.append("~ allows at most two different letters")
            return Similar(node.forms[0], min(max(distance, 1), 2))
        notes.append("~ only works after a single word and was ignored")
        return node
    bare = word.rstrip("*")
    if "*" in bare:
        notes.append("* only works at the end of a word and was ignored")
    return text_node(bare.removeprefix("="), notes, exact=bare.startswith("="), prefix=bare != word)


def _field(match: re.Match[str], notes: list[str]) -> Token:
    typed = match["field"]
    value = (match["bare"] if match["quoted"] is None else match["quoted"]).strip()
    if known := _DIRECTIVES.get(typed.lower()):
        return _directive(typed.lower(), value, known, notes)
    name = canonical(typed)
    if name:
        value = iso_value(name, value)
    if name and not value:
        notes.append(f"{typed}: has no value and was read as a word")
    elif name:
        wrong = complaint(name, value)
        if wrong is None:
            return Token("leaf", node=Has(name, (value,)))
        notes.append(f"{typed}: takes {wrong}; {value!r} was read as words")
    else:
        notes.append(f"there is no field {typed}: so it was read as words ({near_miss(typed)})")
    rest = _leaf(value, notes) if match["quoted"] is None else text_node(value, notes, quoted=True)
    return Token("leaf", node=join(And, [text_node(typed, notes), rest]))


def _directive(name: str, value: str, known: tuple[str, ...], notes: list[str]) -> Token:
    plain = value.lower()
    if canonical(plain) in known:
        plain = str(canonical(plain))
    if plain not in known:
        close = get_close_matches(plain, known, n=1)
        hint = f"did you mean {name}:{close[0]}?" if close else f"use {', '.join(known)}"
        notes.append(f"{name}:{value} was ignored ({hint})")
        plain = ""
    return Token("sort" if name == "sort" else "group", plain)
