"""The analyzer: text into terms (tokenise, normalise, stem), keeping offsets.

A number is one term: `3,400` is 3400, and `1.5` is written `1p5`, as a term has no point.

What is indexed, what is asked for, what is highlighted and what the tests match by brute
force all come from here. A raw token is found in the original text, quotes, soft hyphens
and accents included; what it normalises to depends on the token alone and is remembered.
Terms are made of lower-case letters and digits, so the plainest tokenizers of both
full-text engines (`ascii`, `simple`) split our strings where we did and nowhere else.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import Final, NamedTuple
from unicodedata import category, normalize

import Stemmer

VERSION: Final = f"4/{Stemmer.version()}"
"""Changes when the same text may give other terms; recorded with what was made of them."""

LONGEST: Final = 64
"""Characters of a term; the rest of a longer one, always debris, is dropped."""

# Invisible inside a word: soft hyphen, zero-width characters, combining accents.
_INVISIBLE: Final = "\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f"
_APOSTROPHES: Final = "'\u2018\u2019"
_LETTERS: Final = r"[^\W_]+"
_NUMBER: Final = (
    r"(?<![0-9.,])(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])(?:\.[0-9]+)?|[0-9]+\.[0-9]+)"
    r"(?![0-9]|\.[0-9]|[^\W_])"
)
_TOKEN: Final = re.compile(
    f"(?=[0-9]){_NUMBER}|"
    "[A-Za-z0-9]+(?=[ .,])|"  # most tokens are so plain: a fifth less time in all
    rf"{_LETTERS}(?:(?:[{_INVISIBLE}]+|[{_APOSTROPHES}](?=[^\W_]))[^\W_]*)*"
)
_PARTS: Final = re.compile(f"({_TOKEN.pattern})")
_DROPPED: Final = re.compile(rf"[{_INVISIBLE}]+")
_APOSTROPHE: Final = re.compile("['\u2018\u2019\u02bc\uff07]")
_WORD: Final = re.compile(_LETTERS)
_FIGURE: Final = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_TIME: Final = re.compile(r"([0-9]{1,2})([ap]m)")
_SHORT: Final = 65_535  # characters; in longer texts a place takes four bytes
_REMEMBERED: Final = 200_000  # tokens; a vocabulary must not grow without bound


class Term(NamedTuple):
    """A term: normal form, stem, and its range in the original text."""

    form: str
    stem: str
    start: int
    end: int


def _forms(token: str) -> list[str]:
    """The normal forms in a raw token: compatibility forms, case and accents folded."""
    if token.isascii():
        folded = token.lower()
        if folded[0].isdigit():
            if _FIGURE.fullmatch(folded):
                return [folded.replace(",", "").replace(".", "p")[:LONGEST]]
            if clock := _TIME.fullmatch(folded):
                return [clock[1], clock[2]]
    else:
        plain = normalize("NFKD", _DROPPED.sub("", token))
        folded = normalize("NFKD", plain.casefold())
        folded = "".join(c for c in folded if category(c) != "Mn")
    *head, tail = _APOSTROPHE.split(folded)
    if not head or tail != "s":  # the possessive goes: children's -> children
        head.append(tail)
    return [form[:LONGEST] for form in _WORD.findall("".join(head))]


class _Memory(dict[str, str]):
    """What each raw token gives, learned on first sight.

    One term as a rule; two, with a space between, from such as a vulgar fraction; or none.
    """

    def __init__(self, learn: Callable[[str], Iterable[str]]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, token: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[token] = learned = " ".join(self._learn(token))
        return learned


_stemmer: Final = Stemmer.Stemmer("english", 0)  # the memory makes its own cache superfluous
_form_of: Final = _Memory(_forms)
_stem_of: Final = _Memory(lambda token: _stemmer.stemWords(_form_of[token].split()))


def terms(text: str) -> list[Term]:
    """The terms of `text` with their places in it."""
    return [
        Term(form, stem, match.start(), match.end())
        for match in _TOKEN.finditer(text)
        for form, stem in zip(_form_of[match[0]].split(), _stem_of[match[0]].split(), strict=True)
    ]


class Words(NamedTuple):
    """A text's words: stems and forms with spaces between, and where each word begins."""

    stems: str
    forms: str
    starts: Sequence[int] = ()


def words(text: str) -> Words:
    """The terms of `text` as columns: many times faster than `terms`."""
    parts = _PARTS.split(text)  # what is between the tokens, and they
    tokens = parts[1::2]
    forms = list(map(_form_of.__getitem__, tokens))
    stems = map(_stem_of.__getitem__, tokens)
    joined = " ".join(forms)
    # Rare: a token gave no term, or two.
    if "  " in f" {joined} " or joined.count(" ") >= len(forms):
        found = terms(text)
        return Words(
            " ".join(term.stem for term in found),
            " ".join(term.form for term in found),
            [term.start for term in found],
        )
    return Words(" ".join(stems), joined, list(accumulate(map(len, parts)))[:-1:2])


def end_of_word(text: str, start: int, following: int = 0) -> int:
    """The end of the word that begins at `start`; `following` is the start of the next."""
    end = following - 1
    if following and text[end] == " " and text[start:end].isalnum():  # most, and sooner seen
        return end
    match = _TOKEN.match(text, start)
    return match.end() if match else start


def pack(starts: Sequence[int], size: int) -> bytes:
    """Pack the word starts of a text of `size` characters."""
    return _little(array(_code(size), starts)).tobytes()


def unpack(starts: bytes, size: int) -> Sequence[int]:
    """Unpack word starts."""
    return _little(array(_code(size), starts))


def _code(size: int) -> str:
    return "H" if size <= _SHORT else "I"


def _little(numbers: array[int]) -> array[int]:
    """Stored libraries go from one machine to another: the lower byte comes first."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def index_text(text: str) -> tuple[str, str]:
    """The stems and the forms of `text`, each as one string separated by spaces."""
    tokens = _TOKEN.findall(text)
    return (
        " ".join(map(_stem_of.__getitem__, tokens)),
        " ".join(map(_form_of.__getitem__, tokens)),
    )


def term_row(text: str) -> tuple[str, str, int, bytes, str]:
    """A passage's row: stems, forms, a digest of the words, where they begin, and the text.

    The digest is the same for texts that repeat one another.
    """
    stems, forms, starts = words(text)
    digest = blake2b(forms.encode(), digest_size=8).digest()
    same = int.from_bytes(digest, "big", signed=True)
    return stems, forms, same, pack(starts, len(text)), text


def fold(text: str) -> str:
    """`text` as its forms with spaces between: what names and headings are compared by."""
    return " ".join(index_text(text)[1].split())
