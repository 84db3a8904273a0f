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
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import accumulate, pairwise
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
_CODES: Final = (("B", 1 << 8), ("H", 1 << 16), ("I", 1 << 32))
"""The types of packed numbers, each with the first number that it cannot hold."""
_REMEMBERED: Final = 200_000  # strings; a vocabulary must not grow without bound


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
    """What each string gives, learned on first sight: terms with spaces between.

    A token gives one term as a rule; two from such as a vulgar fraction; or none.
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
_forms_in: Final = _Memory(lambda chunk: _terms_in(chunk, _form_of)).__getitem__
_stems_in: Final = _Memory(lambda chunk: _terms_in(chunk, _stem_of)).__getitem__


def _terms_in(chunk: str, memory: _Memory) -> Iterator[str]:
    """The terms of a text without white space."""
    return filter(None, map(memory.__getitem__, _TOKEN.findall(chunk)))


def terms(text: str) -> list[Term]:
    """The terms of `text` with their places in it."""
    return [
        Term(form, stem, match.start(), match.end())
        for match in _TOKEN.finditer(text)
        for form, stem in zip(_form_of[match[0]].split(), _stem_of[match[0]].split(), strict=True)
    ]


def stems_of(text: str) -> str:
    """The stems of `text` with spaces between.

    No word spans white space, and most of what stands between it was met before.
    """
    return " ".join(filter(None, map(_stems_in, text.split())))


def forms_of(text: str) -> str:
    """The forms of `text` with spaces between."""
    return " ".join(filter(None, map(_forms_in, text.split())))


class Words:
    """The words of a text: stems and forms, read off it when they are asked for, and starts."""

    __slots__ = ("_forms", "_stems", "_text", "starts")

    def __init__(self, text: str, starts: Sequence[int] = ()) -> None:
        self._text = text
        self._stems: str | None = None
        self._forms: str | None = None
        self.starts = starts
        """Where each word begins, where the caller knows it."""

    @property
    def stems(self) -> str:
        if self._stems is None:
            self._stems = stems_of(self._text)
        return self._stems

    @property
    def forms(self) -> str:
        if self._forms is None:
            self._forms = forms_of(self._text)
        return self._forms


def word_starts(text: str) -> list[int]:
    """Where each word of `text` begins: many times faster than `terms`."""
    parts = _PARTS.split(text)  # what is between the tokens, and they
    forms = list(map(_form_of.__getitem__, parts[1::2]))
    joined = " ".join(forms)
    # Rare: a token gave no term, or two.
    if "  " in f" {joined} " or joined.count(" ") >= len(forms):
        return [term.start for term in terms(text)]
    return list(accumulate(map(len, parts)))[:-1:2]


def end_of_word(text: str, start: int, following: int = 0) -> int:
    """The end of the word that begins at `start`; `following` is the start of the next."""
    end = following - 1
    if following and text[end] == " " and text[start:end].isalnum():  # most, and sooner seen
        return end
    match = _TOKEN.match(text, start)
    return match.end() if match else start


def pack(starts: Sequence[int]) -> bytes:
    """Pack the starts of words: the distance of each from the one before, most of them a byte."""
    gaps = [after - before for before, after in pairwise((0, *starts))]
    most = max(gaps, default=0)
    return _little(array(next(code for code, end in _CODES if most < end), gaps)).tobytes()


def unpack(packed: bytes, words: int) -> list[int]:
    """Unpack the starts of so many words."""
    if len(packed) == words:
        return list(accumulate(packed))
    code = next(code for code, _ in _CODES if array(code).itemsize * words == len(packed))
    return list(accumulate(_little(array(code, packed))))


def _little(numbers: array[int]) -> array[int]:
    """Stored libraries go from one machine to another: the lower byte comes first."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def index_text(text: str) -> tuple[str, str]:
    """The stems and the forms of `text`, each as one string separated by spaces."""
    return stems_of(text), forms_of(text)


class TermRow(NamedTuple):
    """What is stored of a passage's terms: a digest of its forms, their number and starts.

    The digest is the same for texts that repeat one another.
    """

    same: int
    words: int
    starts: bytes


def term_row(text: str) -> TermRow:
    """The row of a passage of this text."""
    digest = blake2b(forms_of(text).encode(), digest_size=8).digest()
    starts = word_starts(text)
    return TermRow(int.from_bytes(digest, "big", signed=True), len(starts), pack(starts))


def fold(text: str) -> str:
    """`text` as its forms with spaces between: what names and headings are compared by."""
    return forms_of(text)
